namespace PerfAnalyzers.Tests.Fixing;

/// <summary>Functions that call themselves or each other.</summary>
public sealed class CycleShapes : ShapeTests
{
    [Fact]
    public Task Recursion() => Becomes("Program.FibAsync",
        """
        public static class Program
        {
            static int Fib(int n) { Thread.Sleep(0 + 1); return n < 2 ? Log.Write(n) : Fib(n - 1) + Fib(n - 2); }
            public static async Task<string> Run() { await Task.Yield(); return Fib(4) + Log.Text; }
        }
        """);

    [Fact]
    public Task Recursion_over_a_tree_with_a_loop_and_a_local_function() => Becomes("Node.SumAsync DeepAsync",
        """
        class Node(int value, params Node[] children)
        {
            public int Sum()
            {
                var sum = Log.Write(value);
                foreach (var child in children)
                    sum += child.Sum();

                return sum + Deep(2);

                int Deep(int left)
                {
                    if (left == 0) { Thread.Sleep(1); return 0; }
                    return Deep(left - 1);
                }
            }
        }
        public static class Program
        {
            public static async Task<string> Run() { await Task.Yield(); return new Node(1, new Node(2), new Node(3, new Node(4))).Sum() + Log.Text; }
        }
        """);

    [Fact]
    public Task Mutual_recursion() => Becomes("Program.IsEvenAsync Program.IsOddAsync",
        """
        public static class Program
        {
            static bool IsEven(int n) => n == 0 || IsOdd(n - 1);
            static bool IsOdd(int n) { Thread.Sleep(1); Log.Write(n); return n != 0 && IsEven(n - 1); }
            public static async Task<string> Run() { await Task.Yield(); return $"{IsEven(4)} {IsOdd(2)} {Log.Text}"; }
        }
        """);

    [Fact]
    public Task A_blocked_cycle_stays() => Stays(
        """
        public static class Program
        {
            static readonly int s_depth = A(2);
            static int A(int n) => n == 0 ? 0 : B(n - 1) + 1;
            static int B(int n) { Thread.Sleep(1); return n == 0 ? 0 : A(n - 1) + 1; }
            public static async Task<string> Run() { await Task.Yield(); return s_depth + B(1) + Log.Text; }
        }
        """);

    [Fact]
    public Task A_cycle_of_three_with_two_findings() => Becomes("P.AAsync P.BAsync P.CAsync",
        """
        static class P
        {
            public static string A(int n) => n <= 0 ? "a" : "a" + B(n - 1);
            static string B(int n) { Thread.Sleep(1); Log.Write(n); return n <= 0 ? "b" : "b" + C(n - 1); }
            static string C(int n) { Thread.Sleep(1); return n <= 0 ? "c" : "c" + A(n - 1) + B(n - 2); }
        }
        public static class Program
        {
            public static async Task<string> Run() { await Task.Yield(); return P.A(5) + Log.Text; }
        }
        """);
}
