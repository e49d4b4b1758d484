namespace PerfAnalyzers.Tests.Fixing;

/// <summary>Where a chain ends at something that cannot be async, nothing of it changes.</summary>
public sealed class BlockerTests : GoAsyncTests
{
    private const string Load = "static class L { public static int Load() { [|Thread.Sleep(1)|]; return 1; } }\n";

    [Theory]
    [InlineData("class C { public C() { [|Thread.Sleep(1)|]; } }")]
    [InlineData("class C { ~C() { [|Thread.Sleep(1)|]; } }")]
    [InlineData("class C { public int P { get { [|Thread.Sleep(1)|]; return 1; } } }")]
    [InlineData("class C { public int this[int i] { get { [|Thread.Sleep(1)|]; return i; } } }")]
    [InlineData("class C { public static C operator +(C a, C b) { [|Thread.Sleep(1)|]; return a; } }")]
    [InlineData("class C { public static implicit operator int(C a) { [|Thread.Sleep(1)|]; return 1; } }")]
    [InlineData("class C { void M(ref int x) { [|Thread.Sleep(1)|]; } }")]
    [InlineData("class C { void M(out int x) { [|Thread.Sleep(1)|]; x = 1; } }")]
    [InlineData("class C { void M(in int x) { [|Thread.Sleep(1)|]; } }")]
    [InlineData("class C { int _x; ref int M() { [|Thread.Sleep(1)|]; return ref _x; } }")]
    [InlineData("class C { int M(ReadOnlySpan<char> text) { [|Thread.Sleep(1)|]; return text.Length; } }")]
    [InlineData("class C { IEnumerable<int> M() { [|Thread.Sleep(1)|]; yield return 1; } }")]
    [InlineData("class C { void M() { lock (this) { [|Thread.Sleep(1)|]; } } }")]
    [InlineData("class C { void M(object o) { Monitor.Enter(o); [|Thread.Sleep(1)|]; Monitor.Exit(o); } }")]
    [InlineData("class C { unsafe void M(int* p) { [|Thread.Sleep(1)|]; } }")]
    [InlineData("class C { void M() { unsafe { [|Thread.Sleep(1)|]; } } }")]
    [InlineData("class C { void M() { try { } catch when (Wait()) { } } static bool Wait() { [|Thread.Sleep(1)|]; return true; } }")]
    [InlineData("class C : IDisposable { public void Dispose() { [|Thread.Sleep(1)|]; } }")]
    [InlineData("class C { public override string ToString() { [|Thread.Sleep(1)|]; return \"\"; } }")]
    [InlineData("class C : IComparable<C> { public int CompareTo(C? other) { [|Thread.Sleep(1)|]; return 0; } }")]
    [InlineData("class C { Action A() => () => [|Thread.Sleep(1)|]; }")]
    [InlineData("class C { Func<int> A() => () => { [|Thread.Sleep(1)|]; return 1; }; }")]
    [InlineData("struct S { int _x; int M() { _x++; [|Thread.Sleep(1)|]; return _x; } }")]
    [InlineData("class C { int M(int[] a) { var s = a.AsSpan(); [|Thread.Sleep(1)|]; return s[0]; } }")]
    [InlineData("class C { int M(int[] a) { foreach (var x in a.AsSpan()) { [|Thread.Sleep(1)|]; } return 0; } }")]
    [InlineData("class C { [System.Diagnostics.Conditional(\"DEBUG\")] void M() { [|Thread.Sleep(1)|]; } }")]
    [InlineData("class C { [System.Runtime.Serialization.OnDeserialized] void M(System.Runtime.Serialization.StreamingContext c) { [|Thread.Sleep(1)|]; } }")]
    [InlineData("class C { Task M() { [|Thread.Sleep(1)|]; return null!; } }")]
    [InlineData("class C { Task<int> M() { [|Thread.Sleep(1)|]; try { return Task.Run(() => 1); } catch { return Task.FromResult(0); } } }")]
    [InlineData("class C { void M() { using var s = new System.Transactions.TransactionScope(); [|Thread.Sleep(1)|]; s.Complete(); } }")]
    public Task The_function_itself(string source) => Leaves(source);

    [Theory]
    [InlineData("class C { readonly int _x = L.Load(); }")]
    [InlineData("class C { public C() { L.Load(); } }")]
    [InlineData("class C { public C(int x) { } public C() : this(L.Load()) { } }")]
    [InlineData("class C { int P => L.Load(); }")]
    [InlineData("class C { void M() { Func<int> f = L.Load; f(); } }")]
    [InlineData("class C { void M() { Func<int> f = () => L.Load(); f(); } }")]
    [InlineData("class C { event Func<int>? E; void M() { E += L.Load; E?.Invoke(); } }")]
    [InlineData("class C { void M() { Parallel.For(0, 3, i => L.Load()); } }")]
    [InlineData("class C { void M() { new Timer(_ => L.Load(), null, 0, 1); } }")]
    [InlineData("class C { void M(object o) { lock (o) { L.Load(); } } }")]
    [InlineData("class C { int M(out int x) { x = L.Load(); return 1; } }")]
    [InlineData("class C { IEnumerable<int> M() { yield return L.Load(); } }")]
    [InlineData("class C { object M(List<int> a) => from x in a where x == L.Load() select x; }")]
    [InlineData("class C { System.Linq.Expressions.Expression<Func<int>> M() => () => L.Load(); }")]
    [InlineData("class C { void M(dynamic d) { Func<int> f = () => d.Load(); } static void N() { object o = L.Load(); Lazy<int> l = new(L.Load); } }")]
    [InlineData("class C { bool M(string s) => s.AsSpan().Slice(L.Load()).SequenceEqual(\"x\"); static bool N(ReadOnlySpan<char> a, int b) => false; bool O(string s) => N(s, L.Load()); }")]
    [InlineData("class C { [Obsolete(nameof(L.Load))] void M() { } }")]
    [InlineData("class C : IDisposable { public void Dispose() => L.Load(); }")]
    [InlineData("record R(int X); record Q() : R(L.Load());")]
    public Task A_caller(string source) => Leaves(Load + source);

    [Fact]
    public Task One_blocked_chain_leaves_the_others_free() => Converts(
        """
        class C
        {
            readonly int _x = Field();
            static int Field() { [|Thread.Sleep(1)|]; return Shared(); }
            static int Free() { [|Thread.Sleep(2)|]; return 2; }
            static int Shared() => 3;
            async Task<int> Use() => await Task.FromResult(Free());
        }
        """,
        """
        class C
        {
            readonly int _x = Field();
            static int Field() { [|Thread.Sleep(1)|]; return Shared(); }
            static async Task<int> FreeAsync() { await Task.Delay(2); return 2; }
            static int Shared() => 3;
            async Task<int> Use() => await Task.FromResult(await FreeAsync());
        }
        """);

    [Fact]
    public Task A_free_caller_of_a_blocked_function_stays_as_it_is() => Leaves(
        """
        class C
        {
            int P => Load();
            static int Load() { [|Thread.Sleep(1)|]; return 1; }
            async Task M() { Load(); await Task.Yield(); }
        }
        """);

    [Fact]
    public Task Kept_public_api() => Converts(
        """
        public class C
        {
            public void Open() { [|Thread.Sleep(1)|]; }
            internal void Inside() { [|Thread.Sleep(2)|]; }
            public async Task M() { await Task.Yield(); Inside(); }
        }
        """,
        """
        public class C
        {
            public void Open() { [|Thread.Sleep(1)|]; }
            internal async Task InsideAsync() { await Task.Delay(2); }
            public async Task M() { await Task.Yield(); await InsideAsync(); }
        }
        """, test =>
        {
            Set(test, "perf_analyzers.keep_public_api = true");
        });
}
