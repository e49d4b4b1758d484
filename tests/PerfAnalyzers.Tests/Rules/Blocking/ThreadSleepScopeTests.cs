using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

/// <summary>Where PERF101 looks, as every rule about blocking calls does, and what it says about the path.</summary>
public sealed class ThreadSleepScopeTests : RuleTests<ThreadSleepAnalyzer, ThreadSleepFix>
{
    private const string Usings = """
        using System.Threading;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Mvc;

        """;

    private static DiagnosticResult Finding(string function, string chain) =>
        new DiagnosticResult(new ThreadSleepAnalyzer().Declaration.Descriptor).WithLocation(0).WithArguments("Thread.Sleep", function, chain);

    [Fact]
    public Task Names_the_chain_from_the_action() => Flags(Usings +
        """
        public class OrdersController : ControllerBase
        {
            private readonly Orders _orders = new();
            public int Get() => _orders.Load();
        }

        public class Orders
        {
            private readonly Store _store = new();
            public int Load() => _store.Query();
        }

        public class Store
        {
            public int Query() { {|#0:Thread.Sleep(5)|}; return 1; }
        }
        """,
        test => test.ExpectedDiagnostics.Add(Finding("Store.Query", " (OrdersController.Get → Orders.Load → Store.Query)")));

    [Fact]
    public Task Elides_the_middle_of_a_long_chain() => Flags(Usings +
        """
        public class OrdersController : ControllerBase
        {
            public void Get() => S.A();
        }

        public static class S
        {
            public static void A() => B();
            private static void B() => C();
            private static void C() => D();
            private static void D() => {|#0:Thread.Sleep(5)|};
        }
        """,
        test => test.ExpectedDiagnostics.Add(Finding("S.D", " (OrdersController.Get → S.A → … → S.C → S.D)")));

    [Fact]
    public Task Names_the_route_of_an_endpoint_and_is_quiet_at_start_up() => Flags(Usings +
        """
        var app = WebApplication.Create(args);
        Thread.Sleep(5);
        Warm();
        app.MapGet("/orders/{id}", (int id) => Load(id));
        app.Run();

        static void Warm() => Thread.Sleep(5);
        static int Load(int id) { {|#0:Thread.Sleep(5)|}; return id; }
        """,
        test =>
        {
            test.TestState.OutputKind = OutputKind.ConsoleApplication;
            test.ExpectedDiagnostics.Add(Finding("Load", " (GET /orders/{id} → Load)"));
        });

    [Fact]
    public Task Looks_at_undecided_code_of_a_server_unless_strict() => Flags(Undecided("[|Thread.Sleep(5)|]"));

    [Fact]
    public Task Strict_leaves_undecided_code_alone() => IsQuietOn(Undecided("Thread.Sleep(5)"), test => Set(test, "perf_analyzers.scope = strict"));

    [Fact]
    public Task Strict_looks_at_what_a_request_reaches() => Flags(Usings +
        """
        public class OrdersController : ControllerBase
        {
            public void Get() { [|Thread.Sleep(5)|]; }
        }
        """,
        test => Set(test, "perf_analyzers.scope = strict"));

    [Fact]
    public Task A_plain_library_is_left_alone() => IsQuietOn(Undecided("Thread.Sleep(5)"), test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Fact]
    public Task All_looks_at_a_plain_library_too() => Flags(Undecided("[|Thread.Sleep(5)|]"), test =>
    {
        test.ReferenceAssemblies = ReferenceAssemblies.Net;
        Set(test, "perf_analyzers.scope = all");
    });

    [Fact]
    public Task All_is_quiet_in_Main() => IsQuietOn(
        """
        using System.Threading;

        static class Program
        {
            static void Main() { Thread.Sleep(5); Step(); }
            static void Step() => Thread.Sleep(5);
        }
        """,
        test =>
        {
            test.TestState.OutputKind = OutputKind.ConsoleApplication;
            test.ReferenceAssemblies = ReferenceAssemblies.Net;
            Set(test, "perf_analyzers.scope = all");
        });

    [Fact]
    public Task Types_that_the_user_names_make_entries() => Flags(
        """
        using System.Threading;

        namespace Own
        {
            public interface ICommand { void Execute(); }
            public class Stop : ICommand { public void Execute() => [|Thread.Sleep(5)|]; }
            public class Other { public void Execute() => Thread.Sleep(5); }
        }
        """,
        test => Set(test, "perf_analyzers.scope = strict", "perf_analyzers.entry_types = Own.ICommand"));

    [Fact]
    public Task A_path_longer_than_the_depth_is_undecided() => IsQuietOn(Usings +
        """
        public class OrdersController : ControllerBase
        {
            public void Get() => S.A();
        }

        public static class S
        {
            public static void A() => B();
            private static void B() => Thread.Sleep(5);
        }
        """,
        test => Set(test, "perf_analyzers.scope = strict", "perf_analyzers.reach_depth = 1"));

    private static string Undecided(string body) => $$"""
        using System.Threading;

        public class Library
        {
            public void Work() { {{body}}; }
        }
        """;
}
