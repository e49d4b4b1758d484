using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncFileIoFixTests : RuleTests<SyncFileIoAnalyzer, SyncFileIoFix>
{
    private const string Usings =
        """
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.IO.Compression;
        using System.Linq;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;

        """;

    [Theory]
    [InlineData("string M(string p) => File.[|ReadAllText|](p);", "async Task<string> MAsync(string p) => await File.ReadAllTextAsync(p);")]
    [InlineData("async Task<int> M(string p, CancellationToken stop) { await Task.Yield(); return File.[|ReadAllLines|](p, Encoding.UTF8).Length + File.[|ReadAllBytes|](p)[0]; }",
        "async Task<int> M(string p, CancellationToken stop) { await Task.Yield(); return (await File.ReadAllLinesAsync(p, Encoding.UTF8, stop)).Length + (await File.ReadAllBytesAsync(p, stop))[0]; }")]
    // Half a file is worse than a late one: what writes takes no token.
    [InlineData("async Task M(string p, CancellationToken stop) { await Task.Yield(); File.[|WriteAllText|](p, \"x\"); File.[|WriteAllLines|](p, new[] { \"x\" }); File.[|WriteAllBytes|](p, new byte[1]); }",
        "async Task M(string p, CancellationToken stop) { await Task.Yield(); await File.WriteAllTextAsync(p, \"x\"); await File.WriteAllLinesAsync(p, new[] { \"x\" }); await File.WriteAllBytesAsync(p, new byte[1]); }")]
    [InlineData("void M(string p) { File.[|AppendAllText|](p, \"x\"); File.[|AppendAllLines|](p, new[] { \"x\" }); File.[|AppendAllBytes|](p, new byte[1]); }",
        "async Task MAsync(string p) { await File.AppendAllTextAsync(p, \"x\"); await File.AppendAllLinesAsync(p, new[] { \"x\" }); await File.AppendAllBytesAsync(p, new byte[1]); }")]
    [InlineData("async Task<string> M(Process p, CancellationToken stop) { p.StandardInput.[|WriteLine|](\"go\"); await Task.Yield(); return p.StandardOutput.[|ReadToEnd|]() + p.StandardError.[|ReadLine|](); }",
        "async Task<string> M(Process p, CancellationToken stop) { await p.StandardInput.WriteLineAsync(\"go\"); await Task.Yield(); return await p.StandardOutput.ReadToEndAsync(stop) + await p.StandardError.ReadLineAsync(stop); }")]
    [InlineData("async Task M(string p, string d, CancellationToken stop) { await Task.Yield(); ZipFile.[|ExtractToDirectory|](p, d, true); ZipFile.[|CreateFromDirectory|](d, p); }",
        "async Task M(string p, string d, CancellationToken stop) { await Task.Yield(); await ZipFile.ExtractToDirectoryAsync(p, d, true); await ZipFile.CreateFromDirectoryAsync(d, p); }")]
    [InlineData("async Task<int> M(string p, CancellationToken stop) { await Task.Yield(); using var zip = ZipFile.[|OpenRead|](p); using var s = zip.GetEntry(\"a\").[|Open|](); return s.[|Read|](new byte[1], 0, 1); }",
        "async Task<int> M(string p, CancellationToken stop) { await Task.Yield(); using var zip = await ZipFile.OpenReadAsync(p, stop); using var s = await zip.GetEntry(\"a\").OpenAsync(stop); return await s.ReadAsync(new byte[1], 0, 1, stop); }")]
    [InlineData("async Task M(string p) { await Task.Yield(); using (var zip = ZipFile.[|Open|](p, ZipArchiveMode.Update)) zip.GetEntry(\"a\").Delete(); using var read = ZipFile.[|Open|](p, ZipArchiveMode.Read); }",
        "async Task M(string p) { await Task.Yield(); await using (var zip = await ZipFile.OpenAsync(p, ZipArchiveMode.Update)) zip.GetEntry(\"a\").Delete(); using var read = await ZipFile.OpenAsync(p, ZipArchiveMode.Read); }")]
    [InlineData("async Task<long> M(IFormFile f, CancellationToken stop) { using var m = new MemoryStream(); f.[|CopyTo|](m); await Task.Yield(); return m.Length; }",
        "async Task<long> M(IFormFile f, CancellationToken stop) { using var m = new MemoryStream(); await f.CopyToAsync(m, stop); await Task.Yield(); return m.Length; }")]
    [InlineData("async Task<string> M(HttpContext c) { await Task.Yield(); using var r = new StreamReader(c.Request.Body); return r.[|ReadToEnd|](); }",
        "async Task<string> M(HttpContext c) { await Task.Yield(); using var r = new StreamReader(c.Request.Body); return await r.ReadToEndAsync(c.RequestAborted); }")]
    public Task Awaits_the_twin(string member, string fixedMember) => Fixes($"{Usings}public class C {{ public {member} }}", $"{Usings}public class C {{ public {fixedMember} }}");

    [Theory]
    [InlineData("f.[|Read|](b, 0, b.Length)", "await f.ReadAsync(b, stop)")]
    [InlineData("f.[|Read|](b, 1, n)", "await f.ReadAsync(b.AsMemory(1, n), stop)")]
    [InlineData("f.[|Read|](b)", "await f.ReadAsync(b, stop)")]
    [InlineData("f.[|Read|](new Span<byte>(b, 0, n))", "await f.ReadAsync(b.AsMemory(0, n), stop)")]
    [InlineData("f.[|Read|](b.AsSpan(0, n))", "await f.ReadAsync(b.AsMemory(0, n), stop)")]
    [InlineData("f.[|Read|](m.Span)", "await f.ReadAsync(m, stop)")]
    [InlineData("f.[|Read|](m.Span.Slice(1))", "f.[|Read|](m.Span.Slice(1))")]
    [InlineData("f.[|ReadAtLeast|](b, 4, throwOnEndOfStream: false)", "await f.ReadAtLeastAsync(b, 4, throwOnEndOfStream: false, stop)")]
    public Task Writes_buffers_as_memory(string call, string fixedCall) => Fixes(
        $"{Usings}class C {{ async Task<int> M(FileStream f, byte[] b, Memory<byte> m, int n, CancellationToken stop) {{ await Task.Yield(); return {call}; }} }}",
        $"{Usings}class C {{ async Task<int> M(FileStream f, byte[] b, Memory<byte> m, int n, CancellationToken stop) {{ await Task.Yield(); return {fixedCall}; }} }}");

    [Fact]
    public Task Reads_a_file_in_blocks_opened_and_closed_asynchronously_and_gives_the_same() => FixesAndRunsTheSame(
        """
        using System.IO;
        using System.Threading.Tasks;

        static class Program
        {
            static string Run()
            {
                var path = Path.GetTempFileName();
                var copy = path + ".copy";
                try
                {
                    return Copy(path, copy).GetAwaiter().GetResult();
                }
                finally
                {
                    File.Delete(path);
                    File.Delete(copy);
                }
            }

            static async Task<string> Copy(string path, string copy)
            {
                await File.WriteAllTextAsync(path, new string('x', 10000) + "end");
                var buffer = new byte[999];
                using (var source = File.OpenRead(path)) // read only
                using (var target = new FileStream(copy, FileMode.Create))
                {
                    int n;
                    while ((n = source.[|Read|](buffer, 0, buffer.Length)) > 0)
                        target.[|Write|](buffer, 0, n);
                }

                using var check = File.OpenRead(copy);
                var head = new byte[3];
                check.Seek(-3, SeekOrigin.End);
                check.[|ReadExactly|](head, 0, 3);
                return System.Text.Encoding.ASCII.GetString(head) + check.Length;
            }
        }
        """,
        """
        using System;
        using System.IO;
        using System.Threading.Tasks;

        static class Program
        {
            static string Run()
            {
                var path = Path.GetTempFileName();
                var copy = path + ".copy";
                try
                {
                    return Copy(path, copy).GetAwaiter().GetResult();
                }
                finally
                {
                    File.Delete(path);
                    File.Delete(copy);
                }
            }

            static async Task<string> Copy(string path, string copy)
            {
                await File.WriteAllTextAsync(path, new string('x', 10000) + "end");
                var buffer = new byte[999];
                using (var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true)) // read only
                await using (var target = new FileStream(copy, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 4096, useAsync: true))
                {
                    int n;
                    while ((n = await source.ReadAsync(buffer)) > 0)
                        await target.WriteAsync(buffer.AsMemory(0, n));
                }

                using var check = new FileStream(copy, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true);
                var head = new byte[3];
                check.Seek(-3, SeekOrigin.End);
                await check.ReadExactlyAsync(head, 0, 3);
                return System.Text.Encoding.ASCII.GetString(head) + check.Length;
            }
        }
        """);

    [Fact]
    public Task Loops_over_lines_await_each_and_give_the_same() => FixesAndRunsTheSame(
        """
        using System.IO;
        using System.Threading.Tasks;

        static class Program
        {
            static string Run()
            {
                var path = Path.GetTempFileName();
                try
                {
                    return Lines(path).GetAwaiter().GetResult();
                }
                finally
                {
                    File.Delete(path);
                }
            }

            static async Task<string> Lines(string path)
            {
                await Task.Yield();
                using (var writer = new StreamWriter(path))
                {
                    for (var i = 0; i < 3000; i++)
                        writer.[|WriteLine|]($"line {i}");

                    writer.[|Write|]("last");
                }

                long total = 0;
                foreach (var line in File.[|ReadLines|](path))
                    total += line.Length;

                using (var reader = new StreamReader(path))
                {
                    string line;
                    while ((line = reader.[|ReadLine|]()) != null)
                        total = total * 3 + line.Length;
                }

                using var again = File.OpenText(path);
                again.[|ReadLine|](); // the header
                while (!again.EndOfStream)
                {
                    // the next one
                    var line = again.[|ReadLine|]();

                    if (line.Length == 4)
                        continue;

                    total = total * 5 + line.Length;
                }

                return total.ToString();
            }
        }
        """.Replace("            // the next one\n", ""),
        """
        using System.IO;
        using System.Threading.Tasks;

        static class Program
        {
            static string Run()
            {
                var path = Path.GetTempFileName();
                try
                {
                    return Lines(path).GetAwaiter().GetResult();
                }
                finally
                {
                    File.Delete(path);
                }
            }

            static async Task<string> Lines(string path)
            {
                await Task.Yield();
                await using (var writer = new StreamWriter(path))
                {
                    for (var i = 0; i < 3000; i++)
                        await writer.WriteLineAsync($"line {i}");

                    await writer.WriteAsync("last");
                }

                long total = 0;
                await foreach (var line in File.ReadLinesAsync(path))
                    total += line.Length;

                using (var reader = new StreamReader(path))
                {
                    string line;
                    while ((line = await reader.ReadLineAsync()) != null)
                        total = total * 3 + line.Length;
                }

                using var again = File.OpenText(path);
                await again.ReadLineAsync(); // the header
                while (await again.ReadLineAsync() is { } line)
                {
                    if (line.Length == 4)
                        continue;

                    total = total * 5 + line.Length;
                }

                return total.ToString();
            }
        }
        """);

    [Theory]
    [InlineData("new [|FileStream|](p, FileMode.Open)", "new FileStream(p, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 4096, useAsync: true)")]
    [InlineData("new [|FileStream|](p, FileMode.Append)", "new FileStream(p, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 4096, useAsync: true)")]
    [InlineData("new [|FileStream|](p, mode)", "new [|FileStream|](p, mode)")]
    [InlineData("new [|FileStream|](p, mode, FileAccess.Read)", "new FileStream(p, mode, FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true)")]
    [InlineData("new [|FileStream|](p, mode, FileAccess.Read, FileShare.None)", "new FileStream(p, mode, FileAccess.Read, FileShare.None, bufferSize: 4096, useAsync: true)")]
    [InlineData("new [|FileStream|](p, mode, FileAccess.Read, FileShare.None, 1)", "new FileStream(p, mode, FileAccess.Read, FileShare.None, 1, useAsync: true)")]
    [InlineData("new [|FileStream|](p, mode, FileAccess.Read, FileShare.None, 1, false)", "new FileStream(p, mode, FileAccess.Read, FileShare.None, 1, true)")]
    [InlineData("new [|FileStream|](p, mode, FileAccess.Read, FileShare.None, 1, FileOptions.None)", "new FileStream(p, mode, FileAccess.Read, FileShare.None, 1, FileOptions.Asynchronous)")]
    [InlineData("new [|FileStream|](p, mode, FileAccess.Read, FileShare.None, 1, FileOptions.SequentialScan)", "new FileStream(p, mode, FileAccess.Read, FileShare.None, 1, FileOptions.SequentialScan | FileOptions.Asynchronous)")]
    [InlineData("new [|FileStream|](p, new FileStreamOptions { Mode = mode })", "new FileStream(p, new FileStreamOptions { Mode = mode, Options = FileOptions.Asynchronous })")]
    [InlineData("new [|FileStream|](p, new FileStreamOptions { Options = FileOptions.SequentialScan })", "new FileStream(p, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous })")]
    [InlineData("new [|FileStream|](path: p, mode: mode, access: FileAccess.Read)", "new FileStream(path: p, mode: mode, access: FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true)")]
    [InlineData("new [|FileStream|](mode: mode, path: p, access: FileAccess.Read)", "new [|FileStream|](mode: mode, path: p, access: FileAccess.Read)")]
    [InlineData("File.[|OpenRead|](p)", "new FileStream(p, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true)")]
    [InlineData("File.[|OpenWrite|](p)", "new FileStream(p, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 4096, useAsync: true)")]
    [InlineData("File.[|Create|](p)", "new FileStream(p, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 4096, useAsync: true)")]
    [InlineData("File.[|Create|](p, 512)", "File.[|Create|](p, 512)")]
    [InlineData("File.[|Create|](p, 512, FileOptions.DeleteOnClose)", "File.Create(p, 512, FileOptions.DeleteOnClose | FileOptions.Asynchronous)")]
    [InlineData("File.[|Open|](p, FileMode.Open)", "new FileStream(p, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 4096, useAsync: true)")]
    [InlineData("File.[|Open|](p, mode, FileAccess.Read, FileShare.Read)", "new FileStream(p, mode, FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true)")]
    [InlineData("File.[|Open|](p, new FileStreamOptions { })", "File.Open(p, new FileStreamOptions { Options = FileOptions.Asynchronous })")]
    [InlineData("new FileInfo(p).[|Open|](mode, FileAccess.Read)", "new FileStream(new FileInfo(p).FullName, mode, FileAccess.Read, FileShare.None, bufferSize: 4096, useAsync: true)")]
    [InlineData("new FileInfo(p).[|OpenRead|]()", "new FileStream(new FileInfo(p).FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true)")]
    public Task Opens_files_for_asynchronous_use(string opening, string fixedOpening) => Fixes(
        $"{Usings}class C {{ async Task M(string p, FileMode mode, Stream to) {{ await using var f = {opening}; await f.CopyToAsync(to); }} }}",
        $"{Usings}class C {{ async Task M(string p, FileMode mode, Stream to) {{ await using var f = {fixedOpening}; await f.CopyToAsync(to); }} }}");

    [Fact]
    public Task Closes_files_that_are_written_asynchronously() => Fixes(
        """
        using System.IO;
        using System.Threading.Tasks;

        class C
        {
            async Task M(string path, Stream stream)
            {
                using (var target = File.[|Create|](path))
                {
                    await stream.CopyToAsync(target);
                }

                // read again
                using var a = new [|FileStream|](path, FileMode.Open, FileAccess.Read);
                await a.CopyToAsync(stream);
                using var b = File.[|OpenWrite|](path);
                await b.WriteAsync(new byte[1]);
            }
        }
        """,
        """
        using System.IO;
        using System.Threading.Tasks;

        class C
        {
            async Task M(string path, Stream stream)
            {
                await using (var target = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 4096, useAsync: true))
                {
                    await stream.CopyToAsync(target);
                }

                // read again
                using var a = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true);
                await a.CopyToAsync(stream);
                await using var b = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 4096, useAsync: true);
                await b.WriteAsync(new byte[1]);
            }
        }
        """);

    [Fact]
    public Task Opens_files_with_options_on_lines_of_their_own() => Fixes(
        """
        using System.IO;
        using System.Threading.Tasks;

        class C
        {
            async Task M(string path, Stream to)
            {
                await using var a = new [|FileStream|](
                    path,
                    FileMode.Open,
                    FileAccess.Read);
                await a.CopyToAsync(to);
                await using var b = new [|FileStream|](path, new FileStreamOptions
                {
                    Mode = FileMode.Open,
                    BufferSize = 0
                });
                await b.CopyToAsync(to);
                await using var c = new [|FileStream|](path, new FileStreamOptions
                {
                    Mode = FileMode.Open, // it is there
                    BufferSize = 0,
                });
                await c.CopyToAsync(to);
            }
        }
        """,
        """
        using System.IO;
        using System.Threading.Tasks;

        class C
        {
            async Task M(string path, Stream to)
            {
                await using var a = new FileStream(
                    path,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.Read,
                    bufferSize: 4096,
                    useAsync: true);
                await a.CopyToAsync(to);
                await using var b = new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.Open,
                    BufferSize = 0,
                    Options = FileOptions.Asynchronous
                });
                await b.CopyToAsync(to);
                await using var c = new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.Open, // it is there
                    BufferSize = 0,
                    Options = FileOptions.Asynchronous,
                });
                await c.CopyToAsync(to);
            }
        }
        """);

    [Fact]
    public Task Closes_writers_asynchronously_and_opens_what_they_write_to_so() => Fixes(
        """
        using System.IO;
        using System.IO.Compression;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;

        class Export
        {
            async Task M(string path, IFormFile upload, CancellationToken stop)
            {
                await Task.Yield();
                using var file = File.Create(path);
                using var zip = new GZipStream(file, CompressionLevel.Fastest);
                using (var writer = new StreamWriter(zip))
                {
                    writer.[|WriteLine|]("a;b");
                    writer.[|Flush|]();
                }

                using (var target = new FileStream(path + "2", FileMode.CreateNew))
                {
                    upload.[|CopyTo|](target);
                }

                // What reads a byte at a time stays as it is.
                using var mixed = File.OpenRead(path);
                var first = mixed.ReadByte();
                mixed.[|CopyTo|](new MemoryStream());
            }
        }
        """,
        """
        using System.IO;
        using System.IO.Compression;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;

        class Export
        {
            async Task M(string path, IFormFile upload, CancellationToken stop)
            {
                await Task.Yield();
                await using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 4096, useAsync: true);
                await using var zip = new GZipStream(file, CompressionLevel.Fastest);
                await using (var writer = new StreamWriter(zip))
                {
                    await writer.WriteLineAsync("a;b");
                    await writer.FlushAsync();
                }

                await using (var target = new FileStream(path + "2", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 4096, useAsync: true))
                {
                    await upload.CopyToAsync(target);
                }

                // What reads a byte at a time stays as it is.
                using var mixed = File.OpenRead(path);
                var first = mixed.ReadByte();
                await mixed.CopyToAsync(new MemoryStream(), stop);
            }
        }
        """);

    [Fact]
    public Task Goes_up_through_interfaces_and_callers() => Fixes(
        """
        using System.IO;
        using System.Linq;
        using System.Threading;
        using Microsoft.AspNetCore.Mvc;

        public interface ITemplates
        {
            string Load(string name);
        }

        public class Templates : ITemplates
        {
            public string Load(string name)
            {
                using var stream = new FileStream(Path.Combine("templates", name), FileMode.Open, FileAccess.Read);
                using var reader = new StreamReader(stream);
                return reader.[|ReadToEnd|]().Trim();
            }
        }

        public class PagesController(ITemplates templates) : ControllerBase
        {
            [HttpGet("{name}")]
            public ActionResult<string> Get(string name) => templates.Load(name).Replace("{name}", name);

            [HttpPost("log")]
            public IActionResult Log(string line)
            {
                File.{|CS0119:File|}();
                return Ok();
            }
        }
        """.Replace("        File.{|CS0119:File|}();\n", "        System.IO.File.[|AppendAllText|](\"log\", line);\n"),
        """
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;

        public interface ITemplates
        {
            Task<string> LoadAsync(string name);
        }

        public class Templates : ITemplates
        {
            public async Task<string> LoadAsync(string name)
            {
                using var stream = new FileStream(Path.Combine("templates", name), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096, useAsync: true);
                using var reader = new StreamReader(stream);
                return (await reader.ReadToEndAsync()).Trim();
            }
        }

        public class PagesController(ITemplates templates) : ControllerBase
        {
            [HttpGet("{name}")]
            public async Task<ActionResult<string>> Get(string name) => (await templates.LoadAsync(name)).Replace("{name}", name);

            [HttpPost("log")]
            public async Task<IActionResult> Log(string line)
            {
                await System.IO.File.AppendAllTextAsync("log", line);
                return Ok();
            }
        }
        """);

    [Fact]
    public Task Keeps_the_style_of_configured_awaits() => Fixes(
        """
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;

        class Library
        {
            public async Task M(string path, CancellationToken stop)
            {
                await Task.Delay(1, stop).ConfigureAwait(false);
                using var writer = new StreamWriter(path);
                foreach (var line in File.[|ReadLines|](path))
                    writer.[|WriteLine|](line);
            }
        }
        """,
        """
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;

        class Library
        {
            public async Task M(string path, CancellationToken stop)
            {
                await Task.Delay(1, stop).ConfigureAwait(false);
                using var writer = new StreamWriter(path);
                await foreach (var line in File.ReadLinesAsync(path, stop).ConfigureAwait(false))
                    await writer.WriteLineAsync(line).ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task Offers_nothing_where_nothing_can_be_awaited() => ReportsWithoutFix(
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading.Tasks;

        public class Pages
        {
            public string Footer => File.ReadAllText("footer.html");

            public IEnumerable<string> Lines(string path)
            {
                using var reader = new StreamReader(path);
                while (!reader.EndOfStream)
                    yield return reader.[|ReadLine|]();
            }

            public async Task<int> M(string path, StreamReader given)
            {
                await Task.Yield();
                using var reader = new StreamReader(path);
                string? last = null;
                while (!reader.EndOfStream)
                    last = reader.[|ReadLine|]();

                using var peeked = new StreamReader(path);
                while (peeked.Peek() >= 0)
                    last = peeked.[|ReadLine|]();

                using var file = File.OpenRead(path);
                Span<byte> head = stackalloc byte[4];
                var n = file.[|Read|](head);
                return n + File.[|ReadLines|](path).Count() + reader?.[|ReadLine|]()?.Length ?? 0;
            }
        }
        """.Replace("string? last", "string last"));

    [Fact]
    public Task Hands_no_token_to_what_must_finish_or_cleans_up() => Fixes(
        """
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;

        class Keys
        {
            public async Task<string> M(string path, CancellationToken stop)
            {
                await Task.Delay(1, stop);
                try
                {
                    return File.[|ReadAllText|](path);
                }
                finally
                {
                    var rest = File.[|ReadAllBytes|](path);
                }
            }
        }
        """,
        """
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;

        class Keys
        {
            public async Task<string> M(string path, CancellationToken stop)
            {
                await Task.Delay(1, stop);
                try
                {
                    return await File.ReadAllTextAsync(path);
                }
                finally
                {
                    var rest = await File.ReadAllBytesAsync(path);
                }
            }
        }
        """, test => Set(test, "perf_analyzers.must_finish = ReadAllText"));

    [Fact]
    public Task Packs_and_unpacks_an_archive_and_gives_the_same() => FixesAndRunsTheSame(
        """
        using System.IO;
        using System.IO.Compression;
        using System.Linq;
        using System.Threading.Tasks;

        static class Program
        {
            static string Run()
            {
                var folder = Directory.CreateTempSubdirectory().FullName;
                try
                {
                    return Pack(folder).GetAwaiter().GetResult();
                }
                finally
                {
                    Directory.Delete(folder, recursive: true);
                }
            }

            static async Task<string> Pack(string folder)
            {
                await Task.Yield();
                var source = Directory.CreateDirectory(Path.Combine(folder, "a")).FullName;
                var path = Path.Combine(folder, "a.zip");
                File.[|WriteAllLines|](Path.Combine(source, "one.txt"), new[] { "1", "2" });
                File.[|AppendAllText|](Path.Combine(source, "one.txt"), "3");
                ZipFile.[|CreateFromDirectory|](source, path);
                ZipFile.[|ExtractToDirectory|](path, Path.Combine(folder, "b"));
                using var file = File.OpenRead(path);
                using var archive = new ZipArchive(file);
                return string.Join(",", File.[|ReadAllLines|](Path.Combine(folder, "b", "one.txt"))) + archive.Entries.Single().Name;
            }
        }
        """,
        """
        using System.IO;
        using System.IO.Compression;
        using System.Linq;
        using System.Threading.Tasks;

        static class Program
        {
            static string Run()
            {
                var folder = Directory.CreateTempSubdirectory().FullName;
                try
                {
                    return Pack(folder).GetAwaiter().GetResult();
                }
                finally
                {
                    Directory.Delete(folder, recursive: true);
                }
            }

            static async Task<string> Pack(string folder)
            {
                await Task.Yield();
                var source = Directory.CreateDirectory(Path.Combine(folder, "a")).FullName;
                var path = Path.Combine(folder, "a.zip");
                await File.WriteAllLinesAsync(Path.Combine(source, "one.txt"), new[] { "1", "2" });
                await File.AppendAllTextAsync(Path.Combine(source, "one.txt"), "3");
                await ZipFile.CreateFromDirectoryAsync(source, path);
                await ZipFile.ExtractToDirectoryAsync(path, Path.Combine(folder, "b"));
                using var file = File.OpenRead(path);
                using var archive = new ZipArchive(file);
                return string.Join(",", await File.ReadAllLinesAsync(Path.Combine(folder, "b", "one.txt"))) + archive.Entries.Single().Name;
            }
        }
        """);
}
