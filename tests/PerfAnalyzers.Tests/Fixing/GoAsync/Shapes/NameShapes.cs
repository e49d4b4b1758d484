namespace PerfAnalyzers.Tests.Fixing;

/// <summary>A new name that something else has, or could be mistaken for, is not taken: every call goes on meaning what it meant.</summary>
public sealed class NameShapes : ShapeTests
{
    [Theory]
    [InlineData("class C { public int Load(string x) { Thread.Sleep(1); return Log.Write(1); } public Task<int> LoadAsync(object x) => Task.FromResult(Log.Write(2)); }", "new C().Load(\"\") + await new C().LoadAsync(\"\")")]
    [InlineData("class C { public int Load(object x) { Thread.Sleep(1); return Log.Write(1); } public Task<int> LoadAsync(string x) => Task.FromResult(Log.Write(2)); }", "new C().Load(\"\") + await new C().LoadAsync(\"\")")]
    [InlineData("class C { public int Load(int x) { Thread.Sleep(1); return Log.Write(1); } public Task<int> LoadAsync(int x, bool force = false) => Task.FromResult(Log.Write(2)); }", "new C().Load(1) + await new C().LoadAsync(1)")]
    [InlineData("class C { public int Load<T>(T x) { Thread.Sleep(1); return Log.Write(1); } public Task<int> LoadAsync(int x) => Task.FromResult(Log.Write(2)); }", "new C().Load(1) + await new C().LoadAsync(1)")]
    [InlineData("class B { public Task<int> LoadAsync(long x) => Task.FromResult(Log.Write(2)); } class C : B { public int Load(int x) { Thread.Sleep(1); return Log.Write(1); } }", "new C().Load(1) + await new C().LoadAsync(1)")]
    [InlineData("class C { public int Load(int x) { Thread.Sleep(1); return Log.Write(1); } } class D : C { public Task<int> LoadAsync(int x) => Task.FromResult(Log.Write(2)); }", "new D().Load(1) + await new D().LoadAsync(1)")]
    [InlineData("class C { public int Load(int x) { Thread.Sleep(1); return Log.Write(1); } } static class E { public static Task<int> LoadAsync(this C c, int x) => Task.FromResult(Log.Write(2)); }", "new C().Load(1) + await new C().LoadAsync(1)")]
    [InlineData("class C { public int LoadAsync = 5; public int Load(int x) { Thread.Sleep(1); return Log.Write(1); } }", "new C().Load(1) + new C().LoadAsync")]
    public Task Methods_that_a_call_could_mean(string types, string use) => Becomes("C.Load",
        $$"""
        {{types}}
        public static class Program { public static async Task<string> Run() { await Task.Yield(); return {{use}} + Log.Text; } }
        """);

    [Fact]
    public Task A_parameter_of_a_caller() => Becomes("Program.Load Program.UseAsync",
        """
        public static class Program
        {
            static int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            static int Use(Func<int, Task<int>> LoadAsync) => Load(1) + LoadAsync(2).GetHashCode() * 0;
            public static async Task<string> Run() { await Task.Yield(); return Use(x => Task.FromResult(Log.Write(-x))) + Log.Text; }
        }
        """);

    [Fact]
    public Task An_overload_that_no_call_could_mean_does_not_matter() => Becomes("C.LoadAsync",
        """
        class C
        {
            public int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            public Task<int> LoadAsync(string x) => Task.FromResult(Log.Write(2));
            public Task<int> LoadAsync(int x, int y, CancellationToken stop) => Task.FromResult(Log.Write(3));
        }
        static class E { public static Task<int> LoadAsync(this string x) => Task.FromResult(Log.Write(4)); }
        public static class Program { public static async Task<string> Run() { await Task.Yield(); return new C().Load(1) + await new C().LoadAsync("") + await "".LoadAsync() + Log.Text; } }
        """);

    [Fact]
    public Task A_call_in_a_branch_that_is_not_compiled_stays_with_its_method() => Stays(
        """
        public static class Program
        {
            static int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
        #if TRACING
            static int Traced() => Load(2);
        #endif
            public static async Task<string> Run() { await Task.Yield(); return Load(1) + Log.Text; }
        }
        """);

    [Fact]
    public Task Reflection_over_another_type_does_not_matter() => Becomes("C.LoadAsync",
        """
        class C { public int Load(int x) { Thread.Sleep(1); return Log.Write(x); } }
        class D { public int Load(int x) => x; }
        public static class Program { public static async Task<string> Run() { await Task.Yield(); return typeof(D).GetMethod("Load")!.Name + "Load".Length + new C().Load(1) + Log.Text; } }
        """);
}
