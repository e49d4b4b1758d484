using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncFileIoFlagTests : RuleTests<SyncFileIoAnalyzer, SyncFileIoFix>
{
    [Fact]
    public Task Flags_every_method_of_File_that_has_a_twin() => Flags(
        """
        using System.Collections.Generic;
        using System.IO;
        using System.Text;
        using System.Threading.Tasks;

        class Store
        {
            public async Task<int> M(string path, IEnumerable<string> lines, byte[] bytes)
            {
                await Task.Yield();
                var n = File.[|ReadAllText|](path).Length + File.[|ReadAllText|](path, Encoding.UTF8).Length + File.[|ReadAllLines|](path).Length + File.[|ReadAllBytes|](path).Length;
                foreach (var line in File.[|ReadLines|](path))
                    n += line.Length;

                File.[|WriteAllText|](path, "x");
                File.[|WriteAllLines|](path, lines);
                File.[|WriteAllBytes|](path, bytes);
                File.[|AppendAllText|](path, "x");
                File.[|AppendAllLines|](path, lines, Encoding.UTF8);
                System.IO.File.[|AppendAllBytes|](path, bytes);
                return n;
            }
        }
        """);

    [Fact]
    public Task Flags_streams_that_are_files_by_type_by_creation_and_through_wrappers() => Flags(
        """
        using System.IO;
        using System.IO.Compression;
        using System.Threading.Tasks;

        class Store
        {
            private readonly FileStream log = new("log", FileMode.Append);
            private Stream data = File.OpenRead("data");

            public async Task<int> M(string path, byte[] buffer, bool packed)
            {
                await Task.Yield();
                using var file = new FileStream(path, FileMode.Open);
                file.[|ReadExactly|](buffer, 0, 4);
                Stream source = packed ? new GZipStream(file, CompressionMode.Decompress) : file;
                var n = source.[|Read|](buffer, 0, buffer.Length) + source.[|ReadAtLeast|](buffer, 4);
                log.[|Write|](buffer, 0, n);
                log.[|Flush|]();
                data.[|CopyTo|](new MemoryStream());
                using (var created = File.Create(path + ".copy"))
                    new MemoryStream(buffer).[|CopyTo|](created);

                return n;
            }
        }
        """);

    [Fact]
    public Task Flags_readers_and_writers_over_files() => Flags(
        """
        using System.IO;
        using System.Text;
        using System.Threading.Tasks;

        class Report
        {
            public async Task M(string path, char[] buffer)
            {
                await Task.Yield();
                using var reader = new StreamReader(path);
                var head = reader.[|ReadLine|]();
                reader.[|Read|](buffer, 0, 10);
                reader.[|ReadBlock|](buffer, 0, 10);
                var text = new StreamReader(File.OpenRead(path), Encoding.UTF8).[|ReadToEnd|]();
                using TextWriter writer = File.CreateText(path);
                writer.[|WriteLine|](head);
                writer.[|Write|](text);
                writer.[|WriteLine|]();
                writer.[|Flush|]();
                using var info = new FileInfo(path).OpenText();
                text = info.[|ReadToEnd|]();
            }
        }
        """);

    [Fact]
    public Task Flags_request_and_response_bodies() => Flags(
        """
        using System.IO;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;

        public class HookController : ControllerBase
        {
            [HttpPost("hook")]
            public IActionResult Receive()
            {
                using var reader = new StreamReader(Request.Body);
                return Ok(reader.[|ReadToEnd|]());
            }

            [HttpPost("copy")]
            public async Task Copy(IFormFile file, string path)
            {
                await Task.Yield();
                var buffer = new byte[100];
                var n = Request.Body.[|Read|](buffer, 0, buffer.Length);
                Response.Body.[|Write|](buffer, 0, n);
                HttpContext.Response.Body.[|Flush|]();
                using var memory = new MemoryStream();
                file.[|CopyTo|](memory);
                file.OpenReadStream().[|CopyTo|](memory);
            }
        }
        """);

    [Fact]
    public Task Flags_the_streams_of_a_process_and_of_connections() => Flags(
        """
        using System.Diagnostics;
        using System.IO;
        using System.IO.Pipes;
        using System.Net.Http;
        using System.Net.Sockets;
        using System.Threading.Tasks;

        class Tool
        {
            public async Task<string> M(Process process, HttpClient http, TcpClient tcp, NamedPipeClientStream pipe, byte[] buffer)
            {
                process.StandardInput.[|WriteLine|]("go");
                var output = process.StandardOutput.[|ReadToEnd|]() + process.StandardError.[|ReadLine|]();
                using var body = await http.GetStreamAsync("https://example.com");
                body.[|CopyTo|](new MemoryStream());
                using var response = await http.GetAsync("https://example.com", HttpCompletionOption.ResponseHeadersRead);
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
                output += reader.[|ReadToEnd|]();
                output += new StreamReader(tcp.GetStream()).[|ReadLine|]();
                pipe.[|Read|](buffer, 0, 1);
                return output;
            }
        }
        """);

    [Fact]
    public Task Flags_archives_in_files_where_the_framework_has_async_ones() => Flags(
        """
        using System.IO;
        using System.IO.Compression;
        using System.Threading.Tasks;

        class Packages
        {
            public async Task M(string path, string folder)
            {
                await Task.Yield();
                ZipFile.[|ExtractToDirectory|](path, folder, overwriteFiles: true);
                ZipFile.[|CreateFromDirectory|](folder, path);
                using var archive = ZipFile.[|OpenRead|](path);
                foreach (var entry in archive.Entries)
                {
                    entry.[|ExtractToFile|](Path.Combine(folder, entry.Name));
                    using var content = entry.[|Open|]();
                    content.[|CopyTo|](Stream.Null);
                }
            }
        }
        """);

    [Fact]
    public Task Names_the_chain_from_the_entry_to_the_file() => Flags(
        """
        using System.IO;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Routing;

        static class Endpoints
        {
            static void Map(IEndpointRouteBuilder app) => app.MapGet("/terms", () => Terms.Load());
        }

        static class Terms
        {
            public static string Load() => Read("terms.txt");

            private static string Read(string path) => File.{|#0:ReadAllText|}(path);
        }
        """, test => test.ExpectedDiagnostics.Add(Microsoft.CodeAnalysis.Testing.DiagnosticResult.CompilerWarning("PERF105").WithSeverity(Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0)
            .WithMessage("'File.ReadAllText' holds the thread of 'Terms.Read' until the disk has answered; await ReadAllTextAsync (GET /terms → Terms.Load → Terms.Read)")));

    [Fact]
    public Task Follows_streams_through_parameters_and_methods_of_the_compilation() => Flags(
        """
        using System.IO;
        using System.Threading.Tasks;

        class Import
        {
            public async Task RunAsync(string path)
            {
                await Task.Yield();
                using var stream = Open(path);
                Read(stream);
                foreach (var line in Lines(new StreamReader(stream)))
                    System.Console.WriteLine(line);
            }

            private static Stream Open(string path)
            {
                if (path.Length == 0)
                    return null;

                return new BufferedStream(File.OpenRead(path));
            }

            private static void Read(Stream input)
            {
                var head = new byte[4];
                input.[|ReadExactly|](head, 0, 4);
            }

            private static string[] Lines(TextReader reader) => reader.[|ReadToEnd|]().Split('\n');
        }
        """);

    [Fact]
    public Task Flags_buffers_of_spans() => Flags(
        """
        using System;
        using System.IO;
        using System.Threading.Tasks;

        class Header
        {
            public async Task<int> M(string path, Memory<byte> rest)
            {
                using var file = new FileStream(path, FileMode.Open);
                var n = Head(file) + file.[|Read|](rest.Span);
                await Task.Yield();
                return n;
            }

            private static int Head(FileStream file)
            {
                Span<byte> head = stackalloc byte[16];
                return file.[|Read|](head);
            }
        }
        """);

    [Fact]
    public Task Flags_files_opened_for_synchronous_use_that_are_only_awaited() => Flags(
        """
        using System.IO;
        using System.Text.Json;
        using System.Threading.Tasks;

        class Settings
        {
            public async Task<Settings> Load(string path, Stream target)
            {
                using var a = new [|FileStream|](path, FileMode.Open);
                await a.CopyToAsync(target);
                await using (var b = File.[|OpenRead|](path))
                    await target.CopyToAsync(target);

                await using Stream c = new System.IO.[|FileStream|](path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, FileOptions.SequentialScan);
                await target.CopyToAsync(c);
                await using FileStream d = [|new|](path, new FileStreamOptions { Mode = FileMode.Open });
                using var reader = new StreamReader(d);
                var line = await reader.ReadLineAsync();
                await using var e = new FileInfo(path).[|OpenRead|]();
                if (e.Length > 0)
                    return await JsonSerializer.DeserializeAsync<Settings>(e).ConfigureAwait(false);

                await new StreamReader(File.[|Open|](path, FileMode.Open)).ReadToEndAsync();
                return null;
            }
        }
        """.Replace("await target.CopyToAsync(target);", "await b.CopyToAsync(target);"));

    [Fact]
    public Task Flags_lambdas_local_functions_and_iterators() => Flags(
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading.Tasks;

        class Pages
        {
            public IEnumerable<string> Lines(string path)
            {
                using var reader = new StreamReader(path);
                while (reader.[|ReadLine|]() is { } line)
                    yield return line;
            }

            public Task<string> M(string path)
            {
                Func<Task<string>> load = async () =>
                {
                    await Task.Yield();
                    return File.[|ReadAllText|](path);
                };
                string Local() => File.[|ReadAllText|](path);
                return path == "" ? load() : Task.FromResult(Local());
            }
        }
        """);

    [Fact]
    public Task Flags_constructors_and_properties_that_a_request_runs() => Flags(
        """
        using System.IO;
        using Microsoft.AspNetCore.Mvc;

        public class Page
        {
            private readonly string body;

            public Page(string path) => body = File.[|ReadAllText|](path);

            public string Text => Read("header.html") + body;

            private static string Read(string path) => File.[|ReadAllText|](path);
        }

        public class PagesController : ControllerBase
        {
            [HttpGet]
            public string Get(string path) => new Page(path).Text;
        }
        """);

    [Fact]
    public Task Flags_a_plain_library_only_in_async_code_unless_told() => Flags(
        """
        using System.IO;
        using System.Threading.Tasks;

        public class Library
        {
            public string A(string path) => File.ReadAllText(path);

            public async Task<string> B(string path)
            {
                await Task.Yield();
                return File.[|ReadAllText|](path);
            }
        }
        """, test => test.ReferenceAssemblies = Microsoft.CodeAnalysis.Testing.ReferenceAssemblies.Net);

    [Fact]
    public Task Flags_all_code_in_scope_all() => Flags(
        """
        using System.IO;

        public class Library
        {
            public string A(string path) => File.[|ReadAllText|](path);
        }
        """, test =>
        {
            test.ReferenceAssemblies = Microsoft.CodeAnalysis.Testing.ReferenceAssemblies.Net;
            Set(test, "perf_analyzers.scope = all");
        });

    [Fact]
    public Task Flags_proven_request_paths_alone_in_scope_strict() => Flags(
        """
        using System.IO;
        using Microsoft.AspNetCore.Mvc;

        public class TermsController : ControllerBase
        {
            [HttpGet]
            public string Get() => System.IO.File.[|ReadAllText|]("terms");
        }

        public class Undecided
        {
            public string Get() => File.ReadAllText("terms");
        }
        """, test => Set(test, "perf_analyzers.scope = strict"));

    [Fact]
    public Task Flags_files_behind_the_interfaces_of_a_library() => Flags(
        """
        using System.IO;
        using System.IO.Abstractions;
        using System.Threading.Tasks;

        namespace System.IO.Abstractions
        {
            public interface IFileSystem { IFile File { get; } }

            public interface IFile
            {
                string ReadAllText(string path);
                Task<string> ReadAllTextAsync(string path, System.Threading.CancellationToken cancel = default);
                StreamReader OpenText(string path);
            }
        }

        public class Covers(IFileSystem files)
        {
            public async Task<string> M(string path)
            {
                await Task.Yield();
                return files.File.[|ReadAllText|](path) + files.File.OpenText(path).[|ReadLine|]();
            }
        }
        """);
}
