using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncFileIoQuietTests : RuleTests<SyncFileIoAnalyzer, SyncFileIoFix>
{
    [Fact]
    public Task Memory_never_waits() => IsQuietOn(
        """
        using System.IO;
        using System.IO.Compression;
        using System.Security.Cryptography;
        using System.Text;
        using System.Threading.Tasks;

        class Text
        {
            private readonly MemoryStream cache = new();
            private readonly Stream copy = new MemoryStream();

            public async Task<string> M(byte[] data, string text, StringBuilder builder, UnmanagedMemoryStream resource, Aes aes)
            {
                await Task.Yield();
                using var memory = new MemoryStream();
                memory.Write(data, 0, data.Length);
                using (var zip = new GZipStream(memory, CompressionMode.Compress))
                    zip.Write(data, 0, data.Length);

                using var crypto = new CryptoStream(memory, aes.CreateEncryptor(), CryptoStreamMode.Write);
                crypto.Write(data);
                crypto.Flush();
                using var writer = new StreamWriter(memory);
                writer.WriteLine(text);
                using TextWriter lines = new StringWriter(builder);
                lines.WriteLine(text);
                TextReader reader = new StringReader(text);
                reader.ReadLine();
                resource.CopyTo(copy);
                cache.Read(data, 0, 1);
                typeof(Text).Assembly.GetManifestResourceStream("x").CopyTo(memory);
                using var archive = new ZipArchive(memory);
                using var entry = archive.GetEntry("a").Open();
                entry.CopyTo(copy);
                Stream.Null.Write(data, 0, 1);
                return new StreamReader(new MemoryStream(data)).ReadToEnd();
            }
        }
        """);

    [Fact]
    public Task What_is_behind_a_parameter_or_a_stream_of_others_is_not_known() => IsQuietOn(
        """
        using System.IO;
        using System.Net.Http;
        using System.Threading.Tasks;

        public abstract class Codec
        {
            private readonly Stream inner;

            protected Codec(Stream inner) => this.inner = inner;

            protected abstract Stream Open();

            public async Task Decode(Stream input, TextReader reader, StreamWriter writer, HttpResponseMessage response, byte[] buffer)
            {
                await Task.Yield();
                input.Read(buffer, 0, 4);
                reader.ReadLine();
                writer.WriteLine("x");
                inner.Write(buffer, 0, 4);
                Open().CopyTo(input);
                using var buffered = await response.Content.ReadAsStreamAsync();
                buffered.CopyTo(input);
            }
        }
        """);

    [Fact]
    public Task What_another_project_opens_is_not_looked_up() => IsQuietOn(
        """
        using System.IO;
        using System.Threading.Tasks;

        class Import : Sources
        {
            public async Task<string> M()
            {
                await Task.Yield();
                inner.CopyTo(new MemoryStream());
                Inner.CopyTo(new MemoryStream());
                return new StreamReader(Sources.Open("a")).ReadToEnd();
            }
        }
        """, test => test.TestState.Project("Shared").Sources.Add(
        """
        using System.IO;

        public class Sources
        {
            protected Stream inner = new MemoryStream();
            protected Stream Inner { get; } = File.OpenRead("b");
            public static Stream Open(string path) => File.OpenRead(path);
        }
        """));

    [Fact]
    public Task Callers_that_pass_memory_say_that_it_is_memory() => IsQuietOn(
        """
        using System.IO;
        using System.Threading.Tasks;

        class Parser
        {
            public async Task M(byte[] data)
            {
                await Task.Yield();
                Parse(new MemoryStream(data));
                Parse(Pack(data));
            }

            private static Stream Pack(byte[] data) => new BufferedStream(new MemoryStream(data));

            private static void Parse(Stream stream) => new StreamReader(stream).ReadLine();
        }
        """);

    [Fact]
    public Task Calls_without_a_twin_are_fine() => IsQuietOn(
        """
        using System.IO;
        using System.Threading.Tasks;

        class Files
        {
            public async Task M(string path, FileStream file)
            {
                await Task.Yield();
                if (File.Exists(path))
                    File.Delete(path);

                File.Copy(path, path + "2");
                file.WriteByte(1);
                file.ReadByte();
                file.Flush(flushToDisk: true);
                file.Seek(0, SeekOrigin.Begin);
                using var reader = new BinaryReader(file);
                reader.ReadInt32();
                using var text = new StreamReader(file);
                text.Peek();
                using var writer = new StreamWriter(file);
                writer.Write(5);
                writer.WriteLine("{0}", path);
            }
        }
        """);

    [Fact]
    public Task Start_up_code_may_wait() => IsQuietOn(
        """
        using System.IO;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;

        static class Program
        {
            static async Task Main(string[] args)
            {
                var builder = WebApplication.CreateBuilder(args);
                var key = File.ReadAllText("key.pem");
                builder.Services.AddKeys(Certificate());
                using var reader = new StreamReader("banner.txt");
                System.Console.WriteLine(reader.ReadToEnd());
                await builder.Build().RunAsync();
            }

            static byte[] Certificate() => File.ReadAllBytes("site.pfx");

            static void AddKeys(this IServiceCollection services, byte[] key) => services.AddSingleton(File.ReadAllText("other.pem"));
        }
        """);

    [Fact]
    public Task Static_initialization_constructors_and_lazy_values_run_once() => IsQuietOn(
        """
        using System;
        using System.IO;

        public class Templates
        {
            private static readonly string s_header = File.ReadAllText("header.html");
            private static readonly Lazy<string> s_footer = new Lazy<string>(() => File.ReadAllText("footer.html"));
            private readonly Lazy<string> menu = new(() => File.ReadAllText("menu.html"));
            private static readonly string[] s_words;
            private readonly string own = File.ReadAllText("own.html");

            static Templates() => s_words = File.ReadAllLines("words.txt");

            public Templates(string path) => Body = File.ReadAllText(path);

            public static string Title { get; } = File.ReadAllText("title.html");

            public string Body { get; }
        }
        """);

    [Fact]
    public Task Properties_that_read_the_configuration_cannot_wait() => IsQuietOn(
        """
        using System.IO;

        public static class Configuration
        {
            public static string Key
            {
                get => Read("key.txt");
                set => File.WriteAllText("key.txt", value);
            }

            public static string Port => Read("port.txt").Trim();

            private static string Read(string path) => File.ReadAllText(path);
        }
        """);

    [Fact]
    public Task Caches_that_are_filled_once_are_fine() => IsQuietOn(
        """
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.IO;
        using Microsoft.Extensions.Caching.Memory;

        public class Templates(IMemoryCache cache)
        {
            private readonly ConcurrentDictionary<string, string> byPath = new();
            private readonly Dictionary<string, string> byName = new();
            private string header;
            private string footer;
            private bool loaded;

            public string Header() => header ??= File.ReadAllText("header.html");

            public string Of(string path) => byPath.GetOrAdd(path, static p => File.ReadAllText(p));

            public string Cached(string path) => cache.GetOrCreate(path, entry => File.ReadAllText(path));

            public string Footer()
            {
                if (footer == null)
                {
                    using var reader = new StreamReader("footer.html");
                    footer = reader.ReadToEnd();
                }

                return footer;
            }

            public void Load()
            {
                if (loaded)
                    return;

                foreach (var line in File.ReadAllLines("names.txt"))
                    byName.Add(line, line);

                loaded = true;
            }

            public string Layout() => byPath.GetOrAdd("layout", _ => ReadLayout());

            private static string ReadLayout() => Read("layout.html");

            private static string Read(string path)
            {
                using var reader = new StreamReader(path);
                return reader.ReadToEnd();
            }

            public string ByName(string name)
            {
                if (byName.TryGetValue(name, out var text))
                {
                    return text;
                }

                text = File.ReadAllText(name);
                byName[name] = text;
                return text;
            }
        }
        """);

    [Fact]
    public Task Streams_themselves_and_log_sinks_are_synchronous() => IsQuietOn(
        """
        using System;
        using System.IO;
        using Microsoft.Extensions.Logging;

        public class CountingStream : MemoryStream
        {
            private readonly FileStream inner = new FileStream("a", FileMode.Open);

            public override int Read(byte[] buffer, int offset, int count) => Fill(buffer, offset, count);

            public override void Write(byte[] buffer, int offset, int count)
            {
                base.Write(buffer, offset, count);
                inner.Write(buffer, offset, count);
            }

            private int Fill(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);
        }

        public class FileLogger : ILogger
        {
            public IDisposable BeginScope<TState>(TState state) => null;

            public bool IsEnabled(LogLevel level) => true;

            public void Log<TState>(LogLevel level, EventId id, TState state, Exception error, Func<TState, Exception, string> format) => Append(format(state, error));

            private static void Append(string line) => File.AppendAllText("log.txt", line);
        }
        """);

    [Fact]
    public Task The_synchronous_half_of_a_pair_stays_so() => IsQuietOn(
        """
        using System;
        using System.IO;
        using System.Threading.Tasks;

        public class Store : IDisposable
        {
            private readonly FileStream file = new FileStream("data", FileMode.Open);

            public string Load(string path) => File.ReadAllText(path);

            public Task<string> LoadAsync(string path) => File.ReadAllTextAsync(path);

            public async Task<string> Read(string path, bool async) => async ? await File.ReadAllTextAsync(path) : File.ReadAllText(path);

            public void Dispose()
            {
                file.Flush();
                file.Dispose();
            }
        }
        """);

    [Fact]
    public Task Members_that_a_library_calls_synchronously_stay_so() => IsQuietOn(
        """
        using System.IO;
        using Microsoft.Extensions.Configuration;

        public class KeyFileProvider : ConfigurationProvider
        {
            public override void Load() => Data["key"] = File.ReadAllText("key.txt");
        }
        """);

    [Fact]
    public Task Threads_of_their_own_locks_and_kernel_files_are_no_matter() => IsQuietOn(
        """
        using System.IO;
        using System.Threading;

        public class Spool
        {
            private readonly object gate = new();

            public void Start() => new Thread(Run).Start();

            private void Run()
            {
                while (true)
                    File.AppendAllText("spool", "x");
            }

            public void Add(string line)
            {
                lock (gate)
                    File.AppendAllText("spool", line);
            }

            public string Memory(int id) => File.ReadAllText("/proc/meminfo") + File.ReadAllText($"/proc/{id}/status") + File.ReadAllText("/sys/fs/cgroup/memory.max");
        }
        """);

    [Fact]
    public Task A_response_that_was_put_into_memory_is_memory() => IsQuietOn(
        """
        using System.IO;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;

        public class BufferMiddleware(RequestDelegate next)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                var original = context.Response.Body;
                using var memory = new MemoryStream();
                context.Response.Body = memory;
                await next(context);
                context.Response.Body.Seek(0, SeekOrigin.Begin);
                var text = new StreamReader(context.Response.Body).ReadToEnd();
                memory.Position = 0;
                await memory.CopyToAsync(original);
                context.Response.Body = original;
            }
        }
        """);

    [Fact]
    public Task The_response_of_a_synchronous_request_changes_with_the_request() => IsQuietOn(
        """
        #pragma warning disable SYSLIB0014
        using System.IO;
        using System.Net;

        public class Rates
        {
            public string Today()
            {
                var request = WebRequest.Create("https://rates.example/today");
                using var response = request.GetResponse();
                using var reader = new StreamReader(response.GetResponseStream());
                return reader.ReadToEnd();
            }
        }
        """);

    [Fact]
    public Task A_body_that_can_be_rewound_a_process_that_has_ended_and_an_entry_read_by_others_gain_nothing() => IsQuietOn(
        """
        using System.IO;
        using System.IO.Compression;
        using System.Threading.Tasks;
        using System.Xml;
        using Microsoft.AspNetCore.Mvc;

        public class CommandController : ControllerBase
        {
            [HttpPost("command")]
            public IActionResult Start()
            {
                Request.Body.Seek(0, SeekOrigin.Begin);
                using var reader = new StreamReader(Request.Body);
                return Ok(reader.ReadToEnd());
            }

            [HttpPost("pack")]
            public async Task Pack(Stream source, string path)
            {
                await using var archive = await ZipFile.OpenAsync(path, ZipArchiveMode.Create);
                var entry = archive.CreateEntry("a");
                using (var target = entry.Open())
                    await source.CopyToAsync(target);

                using var second = archive.CreateEntry("b").Open();
                await source.CopyToAsync(second);
            }

            [HttpPost("id")]
            public async Task<string> Id(System.Diagnostics.Process process)
            {
                await process.WaitForExitAsync();
                return process.StandardOutput.ReadToEnd();
            }

            [HttpPost("names")]
            public IActionResult Names(string path)
            {
                using var archive = ZipFile.OpenRead(path);
                return Ok(archive.Entries.Count);
            }

            [HttpPost("book")]
            public async Task<string> Book(string path)
            {
                using var archive = await ZipFile.OpenReadAsync(path);
                using var stream = archive.GetEntry("a").Open();
                var document = new XmlDocument();
                document.Load(stream);
                return document.InnerText;
            }
        }
        """);

    [Fact]
    public Task Files_opened_for_asynchronous_use_or_used_otherwise_are_fine() => IsQuietOn(
        """
        using System.IO;
        using System.Text.Json;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Win32.SafeHandles;

        public class Files
        {
            public async Task M(string path, Stream target, FileStreamOptions options, SafeFileHandle handle, bool isAsync)
            {
                await using var a = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, true);
                await a.CopyToAsync(target);
                await using var b = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, FileOptions.SequentialScan | FileOptions.Asynchronous);
                await b.CopyToAsync(target);
                await using var c = new FileStream(path, options);
                await c.CopyToAsync(target);
                await using var d = File.Open(path, new FileStreamOptions { Options = FileOptions.Asynchronous });
                await d.CopyToAsync(target);
                await using var e = new FileStream(handle, FileAccess.Read);
                await e.CopyToAsync(target);
                await using var f = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, isAsync);
                await f.CopyToAsync(target);
                await using var mixed = File.OpenRead(path);
                mixed.ReadByte();
                await mixed.CopyToAsync(target);
                var given = File.OpenRead(path);
                await Other.ReadAsync(given);
                await using var escaping = File.OpenRead(path);
                await escaping.CopyToAsync(target);
                Keep(escaping);
            }

            private static void Keep(Stream stream) => _ = stream;
        }

        public class DownloadController : ControllerBase
        {
            public async Task<IActionResult> Get(string path)
            {
                await Task.Yield();
                var stream = new FileStream(path, FileMode.Open);
                return File(stream, "application/pdf");
            }
        }

        static class Other
        {
            public static async Task ReadAsync(Stream stream) => await Task.Yield();
        }
        """);

    [Fact]
    public Task Consoles_name_only_uses_and_excluded_symbols() => IsQuietOn(
        """
        using System;
        using System.IO;
        using System.Threading.Tasks;

        public class Say
        {
            public async Task M(string path)
            {
                await Task.Yield();
                Console.WriteLine(nameof(File.ReadAllText));
                Console.Out.WriteLine("x");
                Console.Error.Write("x");
                Console.Out.Flush();
                TextWriter to = Console.Out;
                to.WriteLine("x");
                File.ReadAllText(path);
            }
        }
        """, test => Set(test, "perf_analyzers.excluded_symbols = System.IO.File.ReadAllTextAsync"));

    [Fact]
    public Task Archives_where_the_framework_has_no_async_ones_and_code_that_does_not_bind() => IsQuietOn(
        """
        using System.IO;
        using System.Threading.Tasks;

        namespace System.IO.Compression
        {
            public static class ZipFile
            {
                public static void ExtractToDirectory(string path, string folder) { }
            }
        }

        public class Packages
        {
            public async Task M(string path)
            {
                await Task.Yield();
                System.IO.Compression.ZipFile.ExtractToDirectory(path, path);
                File.{|CS0117:ReadAllTxt|}(path);
                var text = {|CS7036:File.ReadAllText|}();
                {|CS0103:stream|}.Read(new byte[1], 0, 1);
            }
        }
        """.Replace("{|CS7036:File.ReadAllText|}", "File.{|CS1501:ReadAllText|}"));
}
