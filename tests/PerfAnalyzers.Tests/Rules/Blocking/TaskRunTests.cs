using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class TaskRunTests : RuleTests<TaskRunAnalyzer, TaskRunFix>
{
    [Theory]
    [InlineData("public async Task<int> Get() => await [|Task.Run|](() => Compute(1));")]
    [InlineData("public async Task<int> Get() { var x = await [|Task.Run|](() => Compute(1)).ConfigureAwait(false); return x; }")]
    [InlineData("public Task<int> Get() => [|Task.Run|](() => Compute(1));")]
    [InlineData("public Task<int> Get() { return [|Task.Run|](() => Compute(1)); }")]
    [InlineData("public async Task<IActionResult> Get() { return Ok(await [|Task.Run|](() => { var a = Compute(1); return a + 1; })); }")]
    [InlineData("public async Task Post() { await [|Task.Factory.StartNew|](() => Compute(2)); }")]
    [InlineData("public async Task<int> Get() => await [|Task.Factory.StartNew|](() => LoadAsync(2)).Unwrap();")]
    [InlineData("public async Task<int> Get() => await [|Task.Run|](async () => { await Task.Yield(); return Compute(1); });")]
    [InlineData("public async Task<int> Get() => await [|System.Threading.Tasks.Task.Run|](() => LoadAsync(1));")]
    [InlineData("public async Task<int> Get(CancellationToken stop) => await [|Task.Run|](() => Compute(1), stop);")]
    [InlineData("public Task<int> Get() => HelpAsync(); private async Task<int> HelpAsync() => await [|Task.Run|](() => Compute(1));")]
    [InlineData("public async Task<int> Get(bool deep) { if (deep) { try { return await [|Task.Run|](Work); } catch (InvalidOperationException) { } } return 0; }")]
    [InlineData("public async Task<int> Get() { async Task<int> Help() => await [|Task.Run|](() => Compute(1)); return await Help(); }")]
    public Task Flags_work_that_is_waited_for(string members) => Flags(Controller(members));

    [Theory]
    [InlineData("public IActionResult Post() { Task.Run(() => Compute(1)); return Accepted(); }")]
    [InlineData("public IActionResult Post() { _ = Task.Run(() => Compute(1)); return Accepted(); }")]
    [InlineData("public async Task<int> Get() { var work = Task.Run(() => Compute(1)); var other = await LoadAsync(2); return await work + other; }")]
    [InlineData("public async Task<int> Get() { await Task.WhenAll(Task.Run(() => Compute(1)), Task.Run(() => Compute(2))); return 1; }")]
    [InlineData("public async Task<int> Get() => await Task.Run(() => Compute(1)).WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("public async Task<int> Get() => await Task.Factory.StartNew(() => Compute(1), TaskCreationOptions.LongRunning);")]
    [InlineData("public async Task<int> Get(TaskScheduler own) => await Task.Factory.StartNew(() => Compute(1), default, TaskCreationOptions.None, own);")]
    [InlineData("public async Task<int[]> Get(int[] ids) => await Task.WhenAll(ids.Select(id => Task.Run(() => Compute(id))));")]
    [InlineData("public async Task<int[]> Get(int[] ids) => await Task.WhenAll(ids.Select(async id => await Task.Run(() => Compute(id))));")]
    [InlineData("public async Task<int> Get() => await Own.Run(() => Compute(1));")]
    [InlineData("public string Get() => nameof(Task.Run);")]
    public Task Is_quiet_where_something_runs_beside(string members) => IsQuietOn(Controller(members));

    [Fact]
    public Task Is_quiet_off_the_request_path() => IsQuietOn(
        """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Components;
        using Microsoft.Extensions.Hosting;

        public class Worker : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                await Task.Run(() => Loop(stoppingToken));
            }

            private static void Loop(CancellationToken stop) => stop.WaitHandle.WaitOne(5);
        }

        public class Starter : IHostedService
        {
            public Task StartAsync(CancellationToken cancellationToken) => Task.Run(() => { });
            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }

        public class Chart : ComponentBase
        {
            protected override async Task OnInitializedAsync() => await Task.Run(() => { });
        }

        public class Tool
        {
            public async Task<int> Run() => await Task.Run(() => 1);
        }
        """);

    [Fact]
    public Task Is_quiet_on_code_being_typed() => IsQuietOn(Controller("public async Task<int> Get() => await Task.Run({|CS0103:missing|}); public async Task Post() { await Task.{|CS1501:Run|}(); }"));

    [Theory]
    // The work is sync and nothing else waits: the action is sync.
    [InlineData("public async Task<int> Get() => await [|Task.Run|](() => Compute(1));", "public int Get() => Compute(1);")]
    [InlineData("public Task<int> Get() => [|Task.Run|](() => Compute(1));", "public int Get() => Compute(1);")]
    [InlineData("public async Task Post() => await [|Task.Run|](() => Compute(1));", "public void Post() => Compute(1);")]
    [InlineData("public async Task<IActionResult> Get() { return Ok(await [|Task.Run|](Work)); }", "public IActionResult Get() { return Ok(Work()); }")]
    // Something else waits.
    [InlineData("public async Task<int> Get() { var a = await LoadAsync(1); return await [|Task.Run|](() => Compute(a) * 2) + 1; }", "public async Task<int> Get() { var a = await LoadAsync(1); return (Compute(a) * 2) + 1; }")]
    [InlineData("public async Task<int> Get() => await LoadAsync(1) + (await [|Task.Run|](() => Compute(1))).GetHashCode();", "public async Task<int> Get() => await LoadAsync(1) + (Compute(1)).GetHashCode();")]
    // The work is async.
    [InlineData("public async Task<int> Get() => await [|Task.Run|](() => LoadAsync(1));", "public async Task<int> Get() => await LoadAsync(1);")]
    [InlineData("public async Task<int> Get() => await [|Task.Run|](async () => await LoadAsync(1));", "public async Task<int> Get() => await LoadAsync(1);")]
    [InlineData("public Task<int> Get() => [|Task.Run|](() => LoadAsync(1));", "public Task<int> Get() => LoadAsync(1);")]
    [InlineData("public Task<int> Get() { return [|Task.Run|](async () => await LoadAsync(1)); }", "public Task<int> Get() { return LoadAsync(1); }")]
    [InlineData("public async Task<int> Get() => await [|Task.Factory.StartNew|](() => LoadAsync(2)).Unwrap();", "public async Task<int> Get() => await LoadAsync(2);")]
    // Others call the function: it keeps its signature.
    [InlineData("public async Task<int> Get() => await HelpAsync(1) + await LoadAsync(1); private async Task<int> HelpAsync(int x) { return await [|Task.Run|](() => Compute(x)); }", "public async Task<int> Get() => await HelpAsync(1) + await LoadAsync(1); private Task<int> HelpAsync(int x) { return Task.FromResult(Compute(x)); }")]
    [InlineData("public async Task<int> Get() => await HelpAsync(1); private Task<int> HelpAsync(int x) => [|Task.Run|](() => Compute(x));", "public async Task<int> Get() => await HelpAsync(1); private Task<int> HelpAsync(int x) => Task.FromResult(Compute(x));")]
    [InlineData("public async Task<long> Get() => await HelpAsync(1) + await LoadAsync(1); private async Task<long> HelpAsync(int x) => await [|Task.Run|](() => Compute(x));", "public async Task<long> Get() => await HelpAsync(1) + await LoadAsync(1); private Task<long> HelpAsync(int x) => Task.FromResult<long>(Compute(x));")]
    // Two at once.
    [InlineData("public async Task<int> Get() { var a = await [|Task.Run|](() => Compute(1)); var b = await [|Task.Run|](() => Compute(2)); return a + b; }", "public int Get() { var a = Compute(1); var b = Compute(2); return a + b; }")]
    public Task Does_the_work_in_place(string before, string after) => Fixes(Controller(before), Controller(after));

    [Theory]
    [InlineData("public async Task<int[]> Get(int[] ids) => await Task.WhenAll(ids.Select(id => HelpAsync(id))); private async Task<int> HelpAsync(int x) => await [|Task.Run|](() => Compute(x));")]
    [InlineData("public async Task<int> Get() { var other = HelpAsync(2); return await HelpAsync(1) + await other; } private async Task<int> HelpAsync(int x) => await [|Task.Run|](() => Compute(x));")]
    [InlineData("public async Task<object> Get() => await [|Task.Run<object>|](() => Compute(1));")]
    [InlineData("public async Task<int> Get(CancellationToken stop) { try { return await [|Task.Run|](() => Compute(1), stop); } catch (TaskCanceledException) { return 0; } }")]
    [InlineData("public async Task<int> Get() { var row = 1; await LoadAsync(row); return await [|Task.Run|](() => { for (var i = 0; i < 3; i++) { var sum = i; } return 1; }) + row; }")]
    [InlineData("public async Task Post() { await [|Task.Run|](() => { if (Compute(1) > 0) return; Compute(2); }); await LoadAsync(1); }")]
    [InlineData("public async Task<Task<int>> Get() => await [|Task.Factory.StartNew|](() => LoadAsync(2));")]
    public Task Has_no_fix_where_something_could_change(string members) => ReportsWithoutFix(Controller(members));

    [Fact]
    public Task Splices_the_statements_of_a_lambda() => Fixes(
        Controller(
            """
            [HttpGet]
            public async Task<IActionResult> Get(int year, CancellationToken stop)
            {
                // first the rows
                var rows = await LoadAsync(year);

                // then the report
                var report = await [|Task.Run|](() =>
                {
                    var sum = 0;
                    for (var i = 0; i < rows; i++)
                        sum += Compute(i); // each row

                    // all of it
                    return sum;
                });

                await [|Task.Run|](() =>
                {
                    Compute(report);
                    Compute(report + 1);
                }, stop);
                return Ok(report);
            }
            """),
        Controller(
            """
            [HttpGet]
            public async Task<IActionResult> Get(int year, CancellationToken stop)
            {
                // first the rows
                var rows = await LoadAsync(year);

                // then the report
                var sum = 0;
                for (var i = 0; i < rows; i++)
                    sum += Compute(i); // each row

                // all of it
                var report = sum;

                stop.ThrowIfCancellationRequested();
                Compute(report);
                Compute(report + 1);
                return Ok(report);
            }
            """));

    [Fact]
    public Task Splices_what_the_function_returns_and_leaves_it_sync() => Fixes(
        Controller(
            """
            public async Task<IActionResult> Get(int year)
            {
                return await [|Task.Run|]<IActionResult>(() =>
                {
                    if (year < 2000)
                        return NotFound();

                    return Ok(Compute(year));
                });
            }

            public async Task Post()
            {
                await [|Task.Run|](() => { Compute(1); Compute(2); });
            }
            """).Replace("[|Task.Run|]<IActionResult>", "[|Task.Run<IActionResult>|]", StringComparison.Ordinal),
        Controller(
            """
            public IActionResult Get(int year)
            {
                if (year < 2000)
                    return NotFound();

                return Ok(Compute(year));
            }

            public void Post()
            {
                Compute(1);
                Compute(2);
            }
            """));

    [Fact]
    public Task Works_in_endpoints_and_services() => Fixes(
        """
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        public interface IPrices { Task<decimal> OfAsync(int id); Task RefreshAsync(); }

        public class Prices : IPrices
        {
            public async Task<decimal> OfAsync(int id)
            {
                if (id == 0)
                    return 0;

                return await [|Task.Run|](() => Compute(id));
            }

            public async Task RefreshAsync()
            {
                await [|Task.Run|](() => Compute(0));
            }

            private static decimal Compute(int id) => id * 2m;
        }

        public static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/prices/{id}", async (int id, IPrices prices) => await prices.OfAsync(id));
                app.MapPost("/prices", Refresh);
                app.MapGet("/twice/{id}", async (int id) => await [|Task.Run|](() => id * 2));
            }

            private static async Task<IResult> Refresh(IPrices prices)
            {
                await prices.RefreshAsync();
                return Results.Ok();
            }
        }
        """,
        """
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;

        public interface IPrices { Task<decimal> OfAsync(int id); Task RefreshAsync(); }

        public class Prices : IPrices
        {
            public Task<decimal> OfAsync(int id)
            {
                if (id == 0)
                    return Task.FromResult<decimal>(0);

                return Task.FromResult<decimal>(Compute(id));
            }

            public Task RefreshAsync()
            {
                Compute(0);
                return Task.CompletedTask;
            }

            private static decimal Compute(int id) => id * 2m;
        }

        public static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/prices/{id}", async (int id, IPrices prices) => await prices.OfAsync(id));
                app.MapPost("/prices", Refresh);
                app.MapGet("/twice/{id}", (int id) => id * 2);
            }

            private static async Task<IResult> Refresh(IPrices prices)
            {
                await prices.RefreshAsync();
                return Results.Ok();
            }
        }
        """);

    [Fact]
    public Task Runs_the_same() => FixesAndRunsTheSame(
        Program("""
            public async Task<string> Get(int n)
            {
                var text = await [|Task.Run|](() => Text(n));
                var more = await [|Task.Run|](async () =>
                {
                    await Task.Yield();
                    return text + "!";
                });
                return more;
            }
            """),
        Program("""
            public async Task<string> Get(int n)
            {
                var text = Text(n);
                await Task.Yield();
                var more = text + "!";
                return more;
            }
            """), test => Set(test, "perf_analyzers.entry_types = EntryAttribute"));

    private static string Program(string member) =>
        $$"""
        using System;
        using System.Threading.Tasks;

        public sealed class EntryAttribute : Attribute;

        [Entry]
        public class TextController
        {
            {{Indented(member)}}

            private static string Text(int n) => n < 0 ? throw new ArgumentException("negative") : $"text {n}";
        }

        static class Program
        {
            public static string Run()
            {
                var controller = new TextController();
                try
                {
                    return controller.Get(1).GetAwaiter().GetResult() + controller.Get(2).GetAwaiter().GetResult() + controller.Get(-1).GetAwaiter().GetResult();
                }
                catch (ArgumentException e)
                {
                    return controller.Get(3).GetAwaiter().GetResult() + e.Message;
                }
            }
        }
        """;

    private static string Indented(string lines) => string.Join('\n', lines.Split('\n').Select((line, index) => index == 0 || line.Length == 0 ? line : "    " + line));

    private static string Controller(string members) =>
        $$"""
        using System;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;

        public class WorkController : ControllerBase
        {
            {{Indented(members)}}

            private static int Compute(int x) => x + 1;
            private static int Work() => 1;
            private static async Task<int> LoadAsync(int x) { await Task.Yield(); return x; }
        }

        static class Own { public static Task<int> Run(Func<int> work) => Task.FromResult(work()); }
        """;
}
