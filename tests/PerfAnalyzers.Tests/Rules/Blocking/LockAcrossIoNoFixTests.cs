using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class LockAcrossIoNoFixTests : RuleTests<LockAcrossIoAnalyzer, LockAcrossIoFix>
{
    private const string Usings = LockAcrossIoFlagTests.Usings;

    [Theory]
    // Others may lock it too.
    [InlineData("internal readonly object Gate = new(); public void M() { lock (Gate) { Thread.[|Sleep|](1); } }")]
    [InlineData("protected readonly object Gate = new(); public void M() { lock (Gate) { Thread.[|Sleep|](1); } }")]
    [InlineData("public void M() { lock (this) { Thread.[|Sleep|](1); } }")]
    [InlineData("public void M() { lock (typeof(C)) { Thread.[|Sleep|](1); } }")]
    [InlineData("private readonly string _gate = \"gate\"; public void M() { lock (_gate) { Thread.[|Sleep|](1); } }")]
    [InlineData("private readonly List<int> _gate = []; public void M() { lock (_gate) { Thread.[|Sleep|](1); } }")]
    [InlineData("private readonly object _gate = new(); public object Gate => _gate; public void M() { lock (_gate) { Thread.[|Sleep|](1); } }")]
    [InlineData("private object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); } _gate = new(); }")]
    [InlineData("private readonly object _gate; public C(object gate) => _gate = gate; public void M() { lock (_gate) { Thread.[|Sleep|](1); } }")]
    // A thread may enter its lock twice.
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); N(); } } private void N() { lock (_gate) { } }")]
    [InlineData("private readonly object _gate = new(); public void M(int n) { lock (_gate) { Thread.[|Sleep|](1); if (n > 0) [|M|](n - 1); } }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); Help(); } } private void Help() => _ = Count; private int Count { get { lock (_gate) { return 1; } } }")]
    [InlineData("private readonly object _gate = new(); public void M(Func<int> make) { lock (_gate) { Thread.[|Sleep|](1); make(); } }")]
    [InlineData("private readonly object _gate = new(); public event Action? Changed; public void M() { lock (_gate) { Thread.[|Sleep|](1); Changed?.Invoke(); } }")]
    [InlineData("private readonly object _gate = new(); public void M(List<int> all, Action<int> each) { lock (_gate) { Thread.[|Sleep|](1); all.ForEach(each); } }")]
    [InlineData("private readonly object _gate = new(); public void M(IOther other) { lock (_gate) { Thread.[|Sleep|](1); other.Call(); } }")]
    [InlineData("private readonly object _gate = new(); public int M(MediatR.IMediator mediator, MediatR.IRequest<int> request) { lock (_gate) { return mediator.Send(request).[|Result|]; } }")]
    // It comes back without a call to be seen.
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); _ = $\"{this}\"; } } public override string ToString() { lock (_gate) return \"\"; }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); _ = \"\" + this; } } public override string ToString() { lock (_gate) return \"\"; }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); _ = new Dictionary<C, int>().ContainsKey(this); } } public override int GetHashCode() { lock (_gate) return 1; }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); foreach (var n in this) { } } } public IEnumerator<int> GetEnumerator() { lock (_gate) { } yield break; }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); _ = this + 1; } } public static int operator +(C c, int n) { lock (c._gate) return n; }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); string text = this; } } public static implicit operator string(C c) { lock (c._gate) return \"\"; }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); var (a, b) = this; } } public void Deconstruct(out int a, out int b) { lock (_gate) { a = b = 1; } }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); _ = System.Text.Json.JsonSerializer.Serialize(this); } } public int Id { get { lock (_gate) return 1; } }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); _ = _lazy!.Value; } } private Lazy<int>? _lazy; public C() => _lazy = new(Make); private int Make() { lock (_gate) return 1; }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); Later(); } } private void Later() { Func<int> read = () => { lock (_gate) return 1; }; _ = read(); }")]
    // Whoever enumerates it runs code of its own under the lock.
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); } } public IEnumerable<int> All() { lock (_gate) { yield return 1; } }")]
    // Another lock is given back than was taken.
    [InlineData("private readonly object _gate = new(); private static C Next() => new(); public static void M() { lock (Next()._gate) { Thread.[|Sleep|](1); } }")]
    [InlineData("private readonly object _gate = new(); public static void M(C c) { lock (c._gate) { c = new(); Thread.[|Sleep|](1); } }")]
    // It is more than a lock.
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); Monitor.PulseAll(_gate); } } public void N() { lock (_gate) { Monitor.Wait(_gate); } }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); } } public bool N() => Monitor.IsEntered(_gate);")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); } } public void N() { if (Monitor.TryEnter(_gate)) Monitor.Exit(_gate); }")]
    [InlineData("private readonly ReaderWriterLockSlim _gate = new(); public void M() { _gate.EnterReadLock(); try { Thread.[|Sleep|](1); } finally { _gate.ExitReadLock(); } }")]
    // Nothing there can be awaited.
    [InlineData("private readonly object _gate = new(); public void M(ManualResetEventSlim ready) { lock (_gate) { ready.[|Wait|](); } }")]
    [InlineData("private readonly object _gate = new(); public bool M(Task work) { lock (_gate) { return work.[|Wait|](100); } }")]
    [InlineData("private readonly object _gate = new(); public int M(Task<int> work) { lock (_gate) { try { return work.[|Result|]; } catch (AggregateException) { return 0; } } }")]
    // Its function cannot await.
    [InlineData("private readonly object _gate = new(); public int P { get { lock (_gate) { Thread.[|Sleep|](1); return 1; } } }")]
    [InlineData("private readonly object _gate = new(); public C() { lock (_gate) { Thread.[|Sleep|](1); } }")]
    [InlineData("private readonly object _gate = new(); public void M(out int n) { lock (_gate) { Thread.[|Sleep|](1); n = 1; } }")]
    [InlineData("private readonly object _gate = new(); public IEnumerable<int> M() { lock (_gate) { Thread.[|Sleep|](1); yield return 1; } }")]
    [InlineData("private readonly object _gate = new(); public int M(byte[] data) { lock (_gate) { Span<byte> head = data; Thread.[|Sleep|](1); return head.Length; } }")]
    [InlineData("private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); } } public C(int n) => M();")]
    [InlineData("private readonly object _gate = new(); private readonly object _outer = new(); public void M() { lock (_outer) { lock (_gate) { Thread.[|Sleep|](1); } } }")]
    [InlineData("private readonly object _gate = new(); private readonly Mutex _mutex = new(); public void M() { _mutex.WaitOne(); lock (_gate) { Thread.[|Sleep|](1); } _mutex.ReleaseMutex(); }")]
    // The task was handed out before it was complete, and the lock given back.
    [InlineData("private readonly object _gate = new(); public Task M() { lock (_gate) { Thread.[|Sleep|](1); return Task.Delay(1); } }")]
    public Task None_where_a_semaphore_would_not_be_the_same(string members) =>
        ReportsWithoutFix($"{Usings}public interface IOther {{ void Call(); }} public class C {{ {members} }}");

    [Fact]
    public Task None_for_a_serialized_type_a_struct_and_a_lock_of_several_files() => ReportsWithoutFix(
        Usings +
        """
        [Serializable]
        public class Kept { private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); } } }
        public struct Value { private static readonly object s_gate = new(); public void M() { lock (s_gate) { Thread.[|Sleep|](1); } } }
        public partial class Parts { private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); } } }
        """,
        WithAnotherPart);

    private static void WithAnotherPart(Microsoft.CodeAnalysis.Testing.CSharpCodeFixTest<LockAcrossIoAnalyzer, LockAcrossIoFix> test)
    {
        const string Part = "public partial class Parts { public void N() { lock (_gate) { } } }";
        test.TestState.Sources.Add(Part);
        test.FixedState.Sources.Add(Part);
    }

    [Fact]
    public Task None_where_another_caller_of_the_repository_cannot_await() => ReportsWithoutFix(
        Usings +
        """
        public class Repository
        {
            public int Count => Load();
            public int Load() { Thread.Sleep(1); return 1; }
        }

        public class Service
        {
            private readonly object _gate = new();
            public int M(Repository repository) { lock (_gate) { return repository.[|Load|](); } }
        }
        """);

    [Fact]
    public Task None_for_public_methods_that_the_user_keeps() => ReportsWithoutFix(
        Usings + "public class C { private readonly object _gate = new(); public void M() { lock (_gate) { Thread.[|Sleep|](1); } } }",
        test => Set(test, "perf_analyzers.keep_public_api = true"));
}
