namespace PerfAnalyzers.Tests.Fixing;

/// <summary>
/// A blocker at each place. The chains that end at it stay as they are to the letter and no action is offered for them,
/// while another chain through the same callers goes async: one blocked caller does not block the others.
/// </summary>
public sealed class BlockerShapes : ShapeTests
{
    [Fact]
    public Task Constructors_initialisers_and_finalizers() => Blocked(
        ("class C { public readonly int X; public C() { X = L.Load(1); } }", "new C().X"),
        ("class C(int x) { public int X => x; public C() : this(L.Load(1)) { } }", "new C().X"),
        ("class B(int x) { public int X => x; } class C : B { public C() : base(L.Load(1)) { } }", "new C().X"),
        ("class C { public static readonly int X; static C() { X = L.Load(1); } }", "C.X"),
        ("class C { public static readonly int X = L.Load(1); }", "C.X"),
        ("class C { public readonly int X = L.Load(1); public int Y { get; } = L.Load(2); }", "new C().Y"),
        ("class C { ~C() => L.Load(1); public int X() => 1; }", "new C().X()"),
        ("record B(int X); record C() : B(L.Load(1));", "new C().X"));

    [Fact]
    public Task Properties_indexers_events_and_operators() => Blocked(
        ("class C { public int P => L.Load(1); }", "new C().P"),
        ("class C { public int P { get { return L.Load(1); } set { L.Load(value); } } }", "(new C().P = 2)"),
        ("class C { public int P { get; init => field = L.Load(value); } }", "new C { P = 2 }.P"),
        ("class C { public int this[int i] => L.Load(i); }", "new C()[1]"),
        ("class C { public event Action E { add { L.Load(1); } remove { } } public int X() { E += () => { }; return 1; } }", "new C().X()"),
        ("class C { public static int operator +(C a, C b) => L.Load(1); }", "(new C() + new C())"),
        ("class C { public static bool operator true(C a) => L.Load(1) == 1; public static bool operator false(C a) => false; }", "(new C() ? 1 : 2)"),
        ("class C { public static implicit operator int(C a) => L.Load(1); }", "(int)new C()"),
        ("class C { public static explicit operator string(C a) { return \"\" + L.Load(1); } }", "(string)new C()"));

    [Fact]
    public Task References_spans_and_structs() => Blocked(
        ("class C { public static int M(ref int x) { x++; return L.Load(x); } public static int N() { var x = 1; return M(ref x) + x; } }", "C.N()"),
        ("class C { public static int M(out int x) { x = L.Load(1); return x; } }", "C.M(out _)"),
        ("class C { public static int M(in int x) => L.Load(x); }", "C.M(1)"),
        ("class C { int _x; public ref int M() { _x = L.Load(1); return ref _x; } }", "new C().M()"),
        ("class C { public static int M(ReadOnlySpan<char> text) => L.Load(text.Length); }", "C.M(\"ab\")"),
        ("class C { public static int M(int[] a) { var span = a.AsSpan(); span[0] = L.Load(1); return a[0]; } }", "C.M([0])"),
        ("class C { public static int M(string s) { var n = 0; foreach (var c in s.AsSpan()) n += L.Load(c); return n; } }", "C.M(\"ab\")"),
        ("class C { static bool Same(ReadOnlySpan<char> a, int n) => a.Length == n; public static bool M(string s) => Same(s, L.Load(1)); }", "C.M(\"a\")"),
        ("ref struct Q { public int X; public int M() => X + L.Load(1); } class C { public static int N() => new Q { X = 1 }.M(); }", "C.N()"),
        ("struct Q { public int X; public int M() { X += L.Load(1); return X; } } class C { public static int N() { var q = new Q(); q.M(); return q.X; } }", "C.N()"));

    [Fact]
    public Task Iterators_locks_unsafe_code_and_filters() => Blocked(
        ("class C { public static IEnumerable<int> M() { yield return L.Load(1); yield return L.Load(2); } }", "C.M().Sum()"),
        ("class C { public static int M() { foreach (var x in Some()) return x; return 0; static IEnumerable<int> Some() { L.Load(1); yield return 2; } } }", "C.M()"),
        ("class C { public static int M(object o) { lock (o) { return L.Load(1); } } }", "C.M(new object())"),
        ("class C { public static int M(object o) { Monitor.Enter(o); try { return L.Load(1); } finally { Monitor.Exit(o); } } }", "C.M(new object())"),
        ("class C { static readonly ReaderWriterLockSlim s_lock = new(); public static int M() { s_lock.EnterReadLock(); try { return L.Load(1); } finally { s_lock.ExitReadLock(); } } }", "C.M()"),
        ("class C { public static unsafe int M(int x) { var p = &x; return L.Load(*p); } }", "C.M(1)"),
        ("unsafe class C { public static int M(int x) => L.Load(x); }", "C.M(1)"),
        ("class C { public static int M(int[] a) { unsafe { fixed (int* p = a) { return L.Load(*p); } } } }", "C.M([1])"),
        ("class C { public static int M() { try { throw new InvalidOperationException(); } catch (Exception) when (L.Load(1) == 1) { return 2; } } }", "C.M()"),
        ("class C { public static int M() { using var scope = new System.Transactions.TransactionScope(); return L.Load(1); } }", "C.M()"),
        ("class C { public static int M() { try { return Task.Run(() => 1).Result + L.Load(1); } catch (AggregateException) { return 2; } } }", "C.M()"),
        ("class C { public static int M() { System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture; return L.Load(1); } }", "C.M()"));

    [Fact]
    public Task Queries_expression_trees_and_dynamic_calls() => Blocked(
        ("class C { public static object M(int[] a) => (from x in a where x == L.Load(x) select x).Sum(); }", "C.M([1])"),
        ("class C { public static object M(int[] a) => (from x in a from y in L.List(x) orderby L.Load(y) select y).Sum(); }", "C.M([1])"),
        ("class C { public static int M() { System.Linq.Expressions.Expression<Func<int>> e = () => L.Load(1); return e.Compile()(); } }", "C.M()"),
        ("class C { public int Load(int x) => L.Load(x); public static int M(dynamic d) => d.Load(1); }", "C.M(new C())"),
        ("class C { public static object? M() => typeof(L).GetMethod(\"Load\")!.Invoke(null, [1]); public static int N() => L.Load(2); }", "C.M()"),
        ("class C { [Obsolete(nameof(L.Load))] public int X; public int Y() => L.Load(1); }", "new C().Y()"));

    [Fact]
    public Task Delegates_that_return_no_task() => Blocked(
        ("class C { public static int M() { Func<int, int> f = L.Load; return f(1); } }", "C.M()"),
        ("class C { public static int M() { var f = L.Load; return f(1); } }", "C.M()"),
        ("class C { public static int M() { Func<int> f = () => L.Load(1); return f(); } }", "C.M()"),
        ("class C { public static int M() { Action f = () => L.Load(1); f(); return 1; } }", "C.M()"),
        ("class C { public static int M() { Action<int> f = delegate (int x) { L.Load(x); }; f(1); return 1; } }", "C.M()"),
        ("class C { static int Twice(Func<int, int> f) => f(1) + f(2); public static int M() => Twice(x => L.Load(x)) + Twice(L.Load); }", "C.M()"),
        ("class C { readonly Func<int, int> _f = L.Load; public int M() => _f(1); }", "new C().M()"),
        ("class C { readonly Func<int, int> _f; public C() => _f = x => L.Load(x); public int M() => _f(1); }", "new C().M()"),
        ("class C { event EventHandler? E; public int M() { E += (_, _) => L.Load(1); E += On; E!(this, EventArgs.Empty); return 1; } void On(object? s, EventArgs e) => L.Load(2); }", "new C().M()"),
        ("class C { delegate int Own(int x); public static int M() { Own own = new(L.Load); Own other = x => L.Load(x); return own(1) + other(2); } }", "C.M()"));

    [Fact]
    public Task Delegates_of_the_framework() => Blocked(
        ("class C { public static int M() => new Lazy<int>(() => L.Load(1)).Value; }", "C.M()"),
        ("class C { public static int M() { var t = new Thread(() => L.Load(1)); t.Start(); t.Join(); return 1; } }", "C.M()"),
        ("class C { public static int M() { using var t = new Timer(_ => L.Load(1), null, -1, -1); return 1; } }", "C.M()"),
        ("class C { public static int M() { Parallel.For(0, 1, i => L.Load(i)); return 1; } }", "C.M()"),
        ("class C { static readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> s_map = new(); public static int M() => s_map.GetOrAdd(1, L.Load) + s_map.GetOrAdd(2, k => L.Load(k)); }", "C.M()"),
        ("class C { public static int M(int[] a) => a.Select(L.Load).Sum() + a.Count(x => L.Load(x) > 0) + a.OrderBy(x => L.Load(x)).First(); }", "C.M([1, 2])"));

    [Fact]
    public Task Values_behind_a_null_conditional() => Blocked(
        ("class C { public static int? M(L2? l) => l?.Load(1); } class L2 { public int Load(int x) => L.Load(x); }", "C.M(new L2())"),
        ("class C { public static int M(L2? l) { var x = l?.Load(1) ?? 0; return x; } } class L2 { public int Load(int x) => L.Load(x); }", "C.M(null)"));

    [Fact]
    public Task What_the_language_or_the_framework_calls_by_name() => Blocked(
        ("class C : IDisposable { public void Dispose() => L.Load(1); public static int M() { using (new C()) return 1; } }", "C.M()"),
        ("class C : IComparable<C> { public int CompareTo(C? o) => L.Load(0); public static int M() => new C().CompareTo(null); }", "C.M()"),
        ("class C { public override string ToString() => \"\" + L.Load(1); }", "new C().ToString()"),
        ("class C { public void Deconstruct(out int a, out int b) { a = L.Load(1); b = 2; } public static int M() { var (a, b) = new C(); return a + b; } }", "C.M()"),
        ("class C : List<int> { public new void Add(int x) => base.Add(L.Load(x)); public static int M() => new C { 1, 2 }.Sum(); }", "C.M()"),
        ("class C { public int Length => 3; public int Slice(int start, int length) => L.Load(start + length); public static int M() => new C()[1..]; }", "C.M()"),
        ("class C { [System.Diagnostics.Conditional(\"DEBUG\")] public static void N() => L.Load(1); public static int M() { N(); return 1; } }", "C.M()"));

    [Fact]
    public Task Functions_that_wait_themselves() => Blocked(
        ("class C { public int X; public C() { Thread.Sleep(1); X = 1; } }", "new C().X"),
        ("class C { public int P { get { Thread.Sleep(1); return 1; } } }", "new C().P"),
        ("class C { public static IEnumerable<int> M() { Thread.Sleep(1); yield return 1; } }", "C.M().Sum()"),
        ("class C { public static int M(object o) { lock (o) { Thread.Sleep(1); } return 1; } }", "C.M(new object())"),
        ("class C { public static C operator ++(C c) { Thread.Sleep(1); return c; } public static int M() { var c = new C(); c++; return 1; } }", "C.M()"),
        ("class C { public static int M() { Func<int> f = () => { Thread.Sleep(1); return 1; }; return f(); } }", "C.M()"),
        ("class C { public static int M(Span<int> s) { Thread.Sleep(1); return s[0]; } }", "C.M(new[] { 1 })"),
        ("class C { public static int M() { try { throw new Exception(); } catch when (Wait()) { return 1; } bool Wait() { Thread.Sleep(1); return true; } } }", "C.M()"),
        ("class C { public static int M(ref int x) { Thread.Sleep(1); return x; } public static int N() { var x = 1; return M(ref x); } }", "C.N()"),
        ("class C { int _x; ref int M() { Thread.Sleep(1); return ref _x; } public int N() => M(); }", "new C().N()"),
        ("class C { public static int M(int[] a) { var s = a.AsSpan(); Thread.Sleep(1); return s[0]; } }", "C.M([1])"),
        ("class C { public static unsafe int M(int x) { Thread.Sleep(1); return *&x; } }", "C.M(1)"),
        ("struct S { int _x; public int M() { _x++; Thread.Sleep(1); return _x; } public static int N() { var s = new S(); s.M(); return s._x; } }", "S.N()"),
        ("class C : IDisposable { public void Dispose() { Thread.Sleep(1); } public static int M() { using (new C()) return 1; } }", "C.M()"),
        ("class C { [System.Runtime.Serialization.OnDeserialized] public void M(System.Runtime.Serialization.StreamingContext c) { Thread.Sleep(1); } }", "new C()"),
        ("class C { public static Task M() { Thread.Sleep(1); return null!; } }", "C.M() is null"),
        ("class C { public static Task<int> M() { Thread.Sleep(1); try { return Task.Run(() => 1); } catch { return Task.FromResult(0); } } }", "C.M().GetType().Name.Length * 0"),
        ("class C { public static int M() { Monitor.Enter(typeof(C)); Thread.Sleep(1); Monitor.Exit(typeof(C)); return 1; } }", "C.M()"));

    [Fact]
    public Task Public_api_that_is_kept() => Becomes("Api.InsideAsync Program.UseAsync",
        """
        public class Api
        {
            public int Open(int x) { Thread.Sleep(1); return Log.Write(x); }
            protected internal virtual int Kept(int x) { Thread.Sleep(1); return Log.Write(x); }
            internal int Inside(int x) { Thread.Sleep(1); return Log.Write(x); }
        }
        public static class Program
        {
            private static int Use() => new Api().Inside(3);
            public static async Task<string> Run() { await Task.Yield(); var api = new Api(); return api.Open(1) + api.Kept(2) + Use() + Log.Text; }
        }
        """, left: 2, "perf_analyzers.keep_public_api = true");

    /// <summary>Code with a blocker, which calls <c>L.Load</c> or waits itself, and how the program runs it.</summary>
    private static Task Blocked(params (string Code, string Use)[] shapes)
    {
        var blocked = string.Join("\n", shapes.Select((shape, n) => $$"""
            public static class S{{n}}
            {
                {{shape.Code}}
                {{(shape.Code.Contains("Thread.Sleep", StringComparison.Ordinal) ? "" : "public static class L { public static int Load(int x) { Thread.Sleep(1); return Log.Write(x); } public static List<int> List(int x) => [x]; }")}}
                public static string Use() { F.Free(); return "" + ({{shape.Use}}); }
            }
            """));
        return Becomes("F.FreeAsync " + string.Join(" ", shapes.Select((_, n) => $"S{n}.UseAsync")),
            blocked + $$"""

            static class F { public static int Free() { Thread.Sleep(1); return Log.Write(100); } }
            public static class Program
            {
                public static async Task<string> Run() { await Task.Yield(); return {{string.Join(" + ", shapes.Select((_, n) => $"S{n}.Use()"))}} + Log.Text; }
            }
            """, left: shapes.Length);
    }
}
