namespace PerfAnalyzers.Tests.Fixing;

/// <summary>How chains run: depth, meetings, and what of them is blocked.</summary>
public sealed class ChainShapes : ShapeTests
{
    [Theory]
    [InlineData(1, "Program.F1Async Program.Run")]
    [InlineData(2, "Program.F1Async Program.F2Async Program.Run")]
    [InlineData(3, "Program.F1Async Program.F2Async Program.F3Async Program.Run")]
    [InlineData(4, "Program.F1Async Program.F2Async Program.F3Async Program.F4Async Program.Run")]
    [InlineData(5, "Program.F1Async Program.F2Async Program.F3Async Program.F4Async Program.F5Async Program.Run")]
    public Task A_chain_of(int depth, string functions) => Becomes(functions,
        $$"""
        public static class Program
        {
            private static int F1(int x) { Thread.Sleep(1); return Log.Write(x); }
            {{string.Join("\n    ", Enumerable.Range(2, 4).Where(n => n <= depth).Select(n => $"private static int F{n}(int x) {{ var y = F{n - 1}(x) + 1; return Log.Write(y); }}"))}}
            public static Task<string> Run() => Task.FromResult(F{{depth}}(1) + Log.Text);
        }
        """);

    [Fact]
    public Task Two_findings_of_one_function() => Becomes("Program.WorkAsync",
        """
        public static class Program
        {
            static int Work(int x) { Thread.Sleep(1); Log.Write("a"); if (x > 1) { Thread.Sleep(2); Log.Write("b"); } return x; }
            public static async Task<string> Run() { await Task.Yield(); return Work(1) + Work(2) + Log.Text; }
        }
        """);

    [Fact]
    public Task Two_chains_that_meet_in_the_middle_and_part_again() => Becomes("A.LoadAsync B.LoadAsync Middle.BothAsync Up.LeftAsync Up.RightAsync",
        """
        static class A { public static int Load() { Thread.Sleep(1); return Log.Write(1); } }
        static class B { public static int Load() { Thread.Sleep(1); return Log.Write(2); } }
        static class Middle { public static int Both() => A.Load() * 10 + B.Load(); }
        static class Up
        {
            public static int Left() => Middle.Both() + 1;
            public static int Right() { var x = Middle.Both(); return x + Left(); }
        }
        public static class Program
        {
            public static async Task<string> Run() { await Task.Yield(); return Up.Left() + ":" + Up.Right() + Log.Text; }
        }
        """);

    [Fact]
    public Task A_finding_in_a_caller_of_another() => Becomes("Program.InnerAsync Program.OuterAsync",
        """
        public static class Program
        {
            static void Inner() { Thread.Sleep(1); Log.Write("inner"); }
            static void Outer() { Log.Write("before"); Inner(); Thread.Sleep(1); Log.Write("after"); }
            public static async Task<string> Run() { await Task.Yield(); Outer(); return Log.Text; }
        }
        """);

    [Fact]
    public Task A_diamond() => Becomes("Program.WorkAsync Program.LeftAsync Program.RightAsync Program.TopAsync",
        """
        public static class Program
        {
            static void Work(string by) { Thread.Sleep(1); Log.Write(by); }
            static void Left() => Work("left");
            static void Right() { Work("right"); Log.Write("r"); }
            static void Top() { Left(); Right(); Log.Write("top"); }
            public static async Task<string> Run() { await Task.Yield(); Top(); return Log.Text; }
        }
        """);

    [Fact]
    public Task A_diamond_with_a_blocked_side_stays_whole_while_its_neighbour_goes() => Becomes("Program.FreeAsync",
        """
        class Made { public Made() { Program.Right(); } }
        public static class Program
        {
            static void Work(string by) { Thread.Sleep(1); Log.Write(by); }
            static void Left() => Work("left");
            internal static void Right() => Work("right");
            static void Free() { Thread.Sleep(1); Log.Write("free"); }
            public static async Task<string> Run() { await Task.Yield(); Left(); new Made(); Free(); return Log.Text; }
        }
        """, left: 1);

    [Fact]
    public Task A_function_that_waits_itself_goes_though_what_it_calls_is_blocked() => Becomes("Program.OuterAsync",
        """
        class Made { public readonly int X = Program.Inner(); }
        public static class Program
        {
            internal static int Inner() { Thread.Sleep(1); return Log.Write(1); }
            static int Outer() { Thread.Sleep(2); return Log.Write(Inner() + 1); }
            public static async Task<string> Run() { await Task.Yield(); return Outer() + new Made().X + Log.Text; }
        }
        """, left: 1);

    [Fact]
    public Task A_public_function_without_callers_ends_its_chain() => Becomes("Api.DoAsync Api.StepAsync",
        """
        public class Api
        {
            public int Do() => Step(1) + Step(2);
            private int Step(int x) { Thread.Sleep(1); return Log.Write(x); }
        }
        public static class Program { public static string Run() => Log.Write("nothing"); }
        """);

    [Fact]
    public Task Exceptions_reach_the_same_handler() => Becomes("Program.FailAsync Program.GuardAsync",
        """
        public static class Program
        {
            static int Fail(bool late) { if (!late) throw new ArgumentException("early"); Thread.Sleep(1); throw new InvalidOperationException("late"); }
            static string Guard(bool late)
            {
                try { return "" + Fail(late); }
                catch (InvalidOperationException e) when (e.Message == "late") { return Log.Write(e.Message); }
                catch (ArgumentException e) { try { Fail(true); } catch (Exception inner) { Log.Write(inner.Message); } return Log.Write(e.Message); }
                finally { Thread.Sleep(1); Log.Write("finally"); }
            }
            public static async Task<string> Run() { await Task.Yield(); return Guard(true) + Guard(false) + Log.Text; }
        }
        """);

    [Fact]
    public Task An_exception_that_nobody_handles() => Becomes("Program.FailAsync",
        """
        public static class Program
        {
            static void Fail() { Thread.Sleep(1); throw new InvalidOperationException("lost"); }
            public static async Task<string> Run() { await Task.Yield(); Fail(); return "no"; }
        }
        """);

    [Fact]
    public Task Callers_move_to_a_twin_where_they_can_and_the_rest_calls_the_method() => Becomes("Program.UseAsync",
        """
        class Store
        {
            public int Load(int x) { Thread.Sleep(1); return Log.Write(x); }
            public async Task<int> LoadAsync(int x) { await Task.Delay(1); return Log.Write(x); }
        }
        class Held { public readonly int First = new Store().Load(1); }
        public static class Program
        {
            static int Use() => new Store().Load(2);
            public static async Task<string> Run() { await Task.Yield(); return new Held().First + Use() + new Store().Load(3) + Log.Text; }
        }
        """, left: 1, offered: 1);
}
