using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class LockAcrossIoQuietTests : RuleTests<LockAcrossIoAnalyzer, LockAcrossIoFix>
{
    private const string Usings = LockAcrossIoFlagTests.Usings;

    [Theory]
    // In memory.
    [InlineData("void M(Dictionary<int, int> counts) { lock (_gate) { counts[1] = counts.Count; } }")]
    [InlineData("void M(MemoryStream memory, StringWriter text) { lock (_gate) { memory.Write(new byte[1], 0, 1); memory.CopyTo(memory); text.WriteLine(1); } }")]
    [InlineData("List<int> M(List<int> numbers) { lock (_gate) return numbers.Where(n => n > 1).ToList(); }")]
    [InlineData("bool M() { lock (_gate) return File.Exists(\"f\"); }")]
    // Logs.
    [InlineData("void M(ILogger logger) { lock (_gate) { logger.LogInformation(\"x\"); Console.WriteLine(1); Trace.WriteLine(\"x\"); Debug.WriteLine(\"x\"); } }")]
    [InlineData("void M(FileLog log) { lock (_gate) { log.Write(\"x\"); LogState(); } void LogState() => File.AppendAllText(\"f\", \"x\"); }")]
    // Nobody queues.
    [InlineData("void M() { if (Monitor.TryEnter(_gate)) { try { Thread.Sleep(10); } finally { Monitor.Exit(_gate); } } }")]
    [InlineData("void M() { if (!Monitor.TryEnter(_gate, 0)) return; Thread.Sleep(10); Monitor.Exit(_gate); }")]
    [InlineData("void M() { if (!Monitor.TryEnter(_gate, TimeSpan.Zero)) return; try { Thread.Sleep(10); } finally { Monitor.Exit(_gate); } }")]
    [InlineData("void M() { if (_many.TryEnterWriteLock(0)) { Thread.Sleep(10); _many.ExitWriteLock(); } }")]
    // The lock is free meanwhile.
    [InlineData("int M(Queue<int> jobs) { lock (_gate) { while (jobs.Count == 0) Monitor.Wait(_gate); return jobs.Dequeue(); } }")]
    [InlineData("void M() { lock (_gate) { Monitor.Exit(_gate); Thread.Sleep(10); Monitor.Enter(_gate); } }")]
    [InlineData("void M() { Monitor.Enter(_gate); if (_many.IsReadLockHeld) { Monitor.Exit(_gate); Thread.Sleep(10); return; } Monitor.Exit(_gate); Thread.Sleep(10); }")]
    [InlineData("void M() { lock (_gate) { } Thread.Sleep(10); }")]
    // It runs later, or elsewhere.
    [InlineData("Func<string> M() { lock (_gate) return () => File.ReadAllText(\"f\"); }")]
    [InlineData("IEnumerable<string> M(List<string> names) { lock (_gate) return names.Select(name => File.ReadAllText(name)); }")]
    [InlineData("void M() { lock (_gate) { _ = Task.Run(() => Thread.Sleep(10)); } }")]
    [InlineData("Task<string> M() { lock (_gate) return new HttpClient().GetStringAsync(\"x\"); }")]
    [InlineData("void M() { lock (_gate) { new Thread(() => Thread.Sleep(10)).Start(); void Local() => Thread.Sleep(10); } }")]
    [InlineData("void M() { lock (_gate) { _ = SaveAsync(); } } private async Task SaveAsync() { File.WriteAllText(\"f\", \"x\"); await Task.Yield(); }")]
    // What is waited for is there, or hardly a wait.
    [InlineData("int M(Task<int> work) { lock (_gate) { return work.IsCompletedSuccessfully ? work.Result : 0; } }")]
    [InlineData("int M() { lock (_gate) { return Task.FromResult(1).Result; } }")]
    [InlineData("void M(SemaphoreSlim other) { lock (_gate) { if (other.Wait(0)) other.Release(); Thread.Sleep(0); Thread.SpinWait(20); Thread.Yield(); } }")]
    // A gate that is awaited is what this rule asks for.
    [InlineData("async Task M(SemaphoreSlim other) { await other.WaitAsync(); try { await Task.Delay(10); } finally { other.Release(); } }")]
    // Code being typed.
    [InlineData("void M() { lock (_gate) { var x = {|CS0103:missing|}.Result; } }")]
    [InlineData("void M() { lock ({|CS0103:missing|}) { Missing.{|CS1061:ReadAllText|}(\"f\"); } } private static readonly C Missing = new();")]
    public Task Nobody_waits_under_the_lock(string member) => IsQuietOn(
        $"{Usings}public class FileLog {{ public void Write(string text) => File.AppendAllText(\"log\", text); }} public class C {{ private readonly object _gate = new(); private readonly ReaderWriterLockSlim _many = new(); public {member} }}");

    [Theory]
    [InlineData("public string Get() { if (_text == null) { lock (_gate) { if (_text == null) _text = File.ReadAllText(\"f\"); } } return _text; }")]
    [InlineData("public string Get() { lock (_gate) { return _text ??= File.ReadAllText(\"f\"); } }")]
    [InlineData("public string Get() { lock (_gate) { _text = _text ?? File.ReadAllText(\"f\"); return _text; } }")]
    [InlineData("public void Load() { lock (_gate) { if (_loaded) return; _text = File.ReadAllText(\"f\"); _loaded = true; } }")]
    [InlineData("public void Load() { lock (_gate) { if (_text is null && !_loaded) { _text = File.Exists(\"f\") ? File.ReadAllText(\"f\") : null; _loaded = true; } } }")]
    [InlineData("public string Get() { if (Volatile.Read(ref _text) is { } known) return known; lock (_gate) { if (_text is { } other) return other; var text = Read(); Volatile.Write(ref _text, text); return text; } string Read() => File.ReadAllText(\"f\"); }")]
    [InlineData("public void Add(string line) { lock (_gate) { EnsureLoaded(); _text = _text + line; } } private void EnsureLoaded() { if (_text is not null) return; _text = File.ReadAllText(\"f\"); }")]
    [InlineData("public string Id => _text ??= Make(); private string Make() { lock (_gate) { return File.ReadAllText(\"f\"); } }")]
    [InlineData("private string? Folder { get; set; } public void Find() { lock (_gate) { Folder ??= File.ReadAllText(\"f\"); } }")]
    public Task Filled_once_and_for_all(string member) => IsQuietOn(
        $"#nullable enable\n{Usings}public class C {{ private static readonly object _gate = new(); private string? _text; private bool _loaded; {member} }}");

    [Fact]
    public Task Start_up() => IsQuietOn(
        Usings +
        """
        public class Program
        {
            private static readonly object s_gate = new();
            private static readonly string s_key;
            static Program() { lock (s_gate) { s_key = File.ReadAllText("key"); } }

            public static void Main() { lock (s_gate) { Thread.Sleep(10); } Prepare(); }
            private static void Prepare() { lock (s_gate) { File.WriteAllText("f", s_key); } }
        }
        """,
        test => test.TestState.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task A_plain_library() => IsQuietOn(
        "using System.Threading; public class C { private readonly object _gate = new object(); public void M() { lock (_gate) { Thread.Sleep(10); } } }",
        test => test.ReferenceAssemblies = Microsoft.CodeAnalysis.Testing.ReferenceAssemblies.Net);

    [Fact]
    public Task An_interface_whose_implementations_work_in_memory_and_one_that_is_not_in_sight() => IsQuietOn(
        Usings +
        """
        public interface IStore { void Put(string key); }
        public class Store : IStore { private readonly List<string> _keys = []; public void Put(string key) => _keys.Add(key); }
        public interface IRemote { void Put(string key); }

        public class C
        {
            private readonly object _gate = new();
            public void M(IStore store, IRemote remote) { lock (_gate) { store.Put("a"); remote.Put("b"); } }
        }
        """);

    [Fact]
    public Task A_chain_that_is_too_long_to_be_the_readers_lock() => IsQuietOn(
        Usings +
        """
        public class C
        {
            private readonly object _gate = new();
            public void M() { lock (_gate) { A(); } }
            private void A() => B();
            private void B() => D();
            private void D() => E();
            private void E() => F();
            private void F() => Thread.Sleep(10);
        }
        """);
}
