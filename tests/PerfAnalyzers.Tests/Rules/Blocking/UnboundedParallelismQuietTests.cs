using PerfAnalyzers.Rules.Blocking;
using static PerfAnalyzers.Tests.Rules.Blocking.ParallelSources;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class UnboundedParallelismQuietTests : RuleTests<UnboundedParallelismAnalyzer, UnboundedParallelismFix>
{
    [Fact]
    public Task Degrees_that_are_set() => IsQuietOn(Controller(
        """
        private static readonly ParallelOptions s_four = new() { MaxDegreeOfParallelism = 4 };
        private readonly ParallelOptions _set = new();
        private static readonly ParallelOptions s_own = new() { TaskScheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 4).ConcurrentScheduler };

        public WorkController() => _set.MaxDegreeOfParallelism = 2;

        public void Constant(int[] ids) => Parallel.ForEach(ids, new ParallelOptions { MaxDegreeOfParallelism = 4 }, Work);
        public void Variable(int[] ids, int degree) => Parallel.ForEach(ids, new ParallelOptions { MaxDegreeOfParallelism = degree }, Work);
        public void Shared(int[] ids) => Parallel.For(0, ids.Length, s_four, Work);
        public void Field(int[] ids) => Parallel.ForEach(ids, _set, Work);
        public void Scheduler(int[] ids) => Parallel.ForEach(ids, s_own, Work);
        public void Later(int[] ids)
        {
            var options = new ParallelOptions();
            options.MaxDegreeOfParallelism = 2;
            Parallel.ForEach(ids, options, Work);
        }
        public void Given(int[] ids, ParallelOptions options) => Parallel.ForEach(ids, options, Work);
        public void Elsewhere(int[] ids)
        {
            var options = new ParallelOptions();
            Limit(options);
            Parallel.ForEach(ids, options, Work);
        }
        private static void Limit(ParallelOptions options) => options.MaxDegreeOfParallelism = 2;
        """));

    [Fact]
    public Task Queries_with_a_degree() => IsQuietOn(Controller(
        """
        public int Next(int[] ids) => ids.AsParallel().WithDegreeOfParallelism(2).Sum();
        public int Further(int[] ids) => ids.AsParallel().AsOrdered().Select(Compute).WithDegreeOfParallelism(2).Sum();
        public int Clauses(int[] ids) => (from id in ids.AsParallel() select Compute(id)).WithDegreeOfParallelism(2).Max();
        public int Later(int[] ids)
        {
            var query = ids.AsParallel().Where(id => id > 0);
            return query.WithDegreeOfParallelism(2).Sum();
        }
        public ParallelQuery<int> Given(int[] ids) => ids.AsParallel();
        public int Passed(int[] ids) => Sum(ids.AsParallel());
        private static int Sum(ParallelQuery<int> query) => query.WithDegreeOfParallelism(2).Sum();
        """));

    [Fact]
    public Task Bounded_by_itself() => IsQuietOn(Controller(
        """
        public Task Each(int[] ids, CancellationToken stop) => Parallel.ForEachAsync(ids, stop, async (id, _) => await SaveAsync(id));
        public Task Counted(int n) => Parallel.ForAsync(0, n, async (id, _) => await SaveAsync(id));
        public void Divided(int[] ids) => Parallel.For(0, Environment.ProcessorCount, part => Work(ids[part]));
        public void One(int a) => Parallel.Invoke(() => Work(a));
        """));

    [Fact]
    public Task Few_elements() => IsQuietOn(Controller(
        """
        private static readonly string[] s_currencies = { "EUR", "USD" };

        public void Literal() => Parallel.ForEach(new[] { 1, 2, 3 }, Work);
        public void Four() => Parallel.For(0, 4, Work);
        public int Enums() => Enum.GetValues<DayOfWeek>().AsParallel().Count();
        public async Task Fixed() => await Task.WhenAll(s_currencies.Select(currency => _http.GetAsync(currency)));
        public async Task Written(int a, int b) => await Task.WhenAll(LoadAsync(a), LoadAsync(b));
        public async Task Ten(int[] ids) => await Task.WhenAll(ids.Take(10).Select(LoadAsync));
        public async Task Ranged() => await Task.WhenAll(Enumerable.Range(0, 3).Select(LoadAsync));
        public async Task Batches(int[] ids)
        {
            foreach (var batch in ids.Chunk(20))
                await Task.WhenAll(batch.Select(LoadAsync));
        }
        public async Task Drained(int[] ids)
        {
            var running = new List<Task>();
            foreach (var id in ids)
            {
                running.Add(SaveAsync(id));
                if (running.Count == 10)
                {
                    await Task.WhenAll(running);
                    running.Clear();
                }
            }

            await Task.WhenAll(running);
        }
        """));

    [Fact]
    public Task Sizes_that_are_checked() => IsQuietOn(Controller(
        """
        public async Task<IActionResult> Checked(int[] ids)
        {
            if (ids.Length > 20)
                return BadRequest();

            return Ok(await Task.WhenAll(ids.Select(LoadAsync)));
        }
        public async Task<IActionResult> CountedFirst(int[] ids)
        {
            var count = ids.Length;
            if (count > 20)
                return BadRequest();

            return Ok(await Task.WhenAll(ids.Select(LoadAsync)));
        }
        public async Task Thrown(List<int> ids)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, 20);
            await Task.WhenAll(ids.Select(LoadAsync));
        }
        public async Task Cut(List<int> ids)
        {
            ids = ids.Take(20).ToList();
            await Task.WhenAll(ids.Select(LoadAsync));
        }
        public async Task Parts(string ids) => await Task.WhenAll(ids.Split(',', 3).Select(id => LoadAsync(int.Parse(id))));
        public async Task Tens(int[] ids)
        {
            foreach (var ten in ids.Select((id, at) => (id, at)).GroupBy(one => one.at / 10))
                await Task.WhenAll(ten.Select(one => LoadAsync(one.id)));
        }
        public async Task<IActionResult> Pattern(Request request)
        {
            if (request.Lines.Count is > 50)
                return BadRequest();

            await Task.WhenAll(request.Lines.Select(line => SaveAsync(line.Id)));
            return Ok();
        }
        public async Task Attribute(Bounded request) => await Task.WhenAll(request.Ids.Select(LoadAsync));
        """, "public class Bounded { [System.ComponentModel.DataAnnotations.MaxLength(20)] public int[] Ids { get; set; } = null!; }"));

    [Fact]
    public Task Work_that_waits_for_its_turn() => IsQuietOn(Controller(
        """
        private readonly SemaphoreSlim _gate = new SemaphoreSlim(4);

        public async Task<int[]> Inside(int[] ids) => await Task.WhenAll(ids.Select(async id =>
        {
            await _gate.WaitAsync();
            try { return await LoadAsync(id); } finally { _gate.Release(); }
        }));
        public async Task Called(int[] ids) => await Task.WhenAll(ids.Select(GuardedAsync));
        public async Task Calling(int[] ids) => await Task.WhenAll(ids.Select(async id => await GuardedAsync(id)));
        private async Task GuardedAsync(int id)
        {
            await _gate.WaitAsync();
            try { await LoadAsync(id); } finally { _gate.Release(); }
        }
        public async Task Before(int[] ids)
        {
            var tasks = new List<Task>();
            foreach (var id in ids)
            {
                await _gate.WaitAsync();
                tasks.Add(SaveAsync(id));
            }

            await Task.WhenAll(tasks);
        }
        public async Task Limiter(int[] ids, System.Threading.RateLimiting.RateLimiter limiter) => await Task.WhenAll(ids.Select(async id =>
        {
            using var lease = await limiter.AcquireAsync();
            await SaveAsync(id);
        }));
        public async Task Channel(int[] ids, System.Threading.Channels.Channel<int> queue) => await Task.WhenAll(ids.Select(id => queue.Writer.WriteAsync(id).AsTask()));
        """));

    [Fact]
    public Task Connections_that_are_limited() => IsQuietOn(Controller("public async Task Get(int[] ids) => await Task.WhenAll(ids.Select(id => _http.GetAsync($\"/{id}\")));",
        "public static class Clients { public static HttpClient Make() => new(new SocketsHttpHandler { MaxConnectionsPerServer = 20 }); }"));

    [Fact]
    public Task Parts_of_the_program_are_as_many_as_were_registered() => IsQuietOn(Controller(
        """
        private readonly IEnumerable<IRateProvider> _providers = null!;
        private readonly List<int> _known = new();

        public async Task Fields(string currency) => await Task.WhenAll(_providers.Select(provider => provider.RateAsync(currency)));
        public async Task Parameter(IEnumerable<IRateProvider> providers) => await Task.WhenAll(providers.Select(provider => provider.RateAsync("EUR")));
        public async Task Own() => await Task.WhenAll(_known.Select(LoadAsync));
        public async Task Known() => await Task.WhenAll(_prices.Known().Select(LoadAsync));
        public async Task Delegates(List<Func<Task>> actions) => await Task.WhenAll(actions.Select(action => action()));
        public async Task Started(List<Task<int>> tasks) => await Task.WhenAll(tasks);
        public async Task Pairs(List<(int Id, Task Work)> pairs) => await Task.WhenAll(pairs.Select(pair => pair.Work));
        """));

    [Fact]
    public Task Nothing_that_waits() => IsQuietOn(Controller(
        """
        public async Task Done(int[] ids) => await Task.WhenAll(ids.Select(id => Task.FromResult(id)));
        public async Task Fast(int[] ids) => await Task.WhenAll(ids.Select(FastAsync));
        private static Task<int> FastAsync(int id) => id > 0 ? Task.FromResult(id) : Task.FromResult(0);
        """));

    /// <summary>A context takes one call at a time: a limit of several would hide that.</summary>
    [Fact]
    public Task A_shared_context_has_another_defect() => IsQuietOn(Controller(
        """
        public async Task Rows(int[] ids) => await Task.WhenAll(ids.Select(id => _db.Rows.FirstOrDefaultAsync(row => row.Id == id)));
        """));

    /// <summary>The loop does not wait for what an async lambda goes on with, so that a degree would limit nothing.</summary>
    [Fact]
    public Task Async_bodies_are_another_defect() => IsQuietOn(Controller("public void Get(int[] ids) { Parallel.ForEach(ids, async id => await SaveAsync(id)); Parallel.ForEach(ids, id => SaveAsync(id)); }"));

    [Fact]
    public Task Background_work_and_start_up() => IsQuietOn(
        """
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        public class Worker : BackgroundService
        {
            private readonly HttpClient _http = new();

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                Parallel.For(0, 1000, i => i.ToString());
                new Indexer().Build(1000);
                await LoadAsync(new int[stoppingToken.GetHashCode()]);
            }

            public async Task LoadAsync(int[] ids) => await Task.WhenAll(ids.Select(id => _http.GetAsync($"/{id}")));
        }

        public class Indexer
        {
            public void Build(int n) => Parallel.For(0, n, i => i.ToString());
        }

        public class Starter : IHostedService
        {
            public Task StartAsync(CancellationToken cancellationToken) { Parallel.For(0, 1000, i => i.ToString()); return Task.CompletedTask; }
            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }

        public class Poller
        {
            private Timer? _timer;
            public void Start() => _timer = new Timer(_ => Parallel.For(0, 1000, i => i.ToString()));
        }

        public class PriceImportJob
        {
            public void Run(int[] ids) => Parallel.ForEach(ids, id => id.ToString());
        }

        public class ProductSeeder
        {
            public void SeedProducts(int n) => Parallel.For(0, n, i => i.ToString());
        }

        public static class Setup
        {
            public static IServiceCollection AddIndex(this IServiceCollection services, int[] ids)
            {
                Parallel.ForEach(ids, id => id.ToString());
                return services;
            }
        }

        public static class Program
        {
            public static void Main(string[] args)
            {
                Parallel.ForEach(args, argument => argument.Trim());
                WebApplication.Create(args).Run();
            }
        }
        """);

    [Fact]
    public Task Plain_libraries() => IsQuietOn("using System.Threading.Tasks; public class C { public void M(int[] ids) => Parallel.ForEach(ids, id => id.ToString()); }",
        test => test.ReferenceAssemblies = Microsoft.CodeAnalysis.Testing.ReferenceAssemblies.Net);

    [Fact]
    public Task Undecided_code_of_a_server_where_only_requests_are_asked_for() => IsQuietOn("using System.Threading.Tasks; public class C { public void M(int[] ids) => Parallel.ForEach(ids, id => id.ToString()); }",
        test => Set(test, "perf_analyzers.scope = strict"));

    [Fact]
    public Task Others_of_the_same_names() => IsQuietOn(Controller(
        """
        public void Get(List<int> ids, Action done) { ids.ForEach(Work); done.Invoke(); Own.Parallel.ForEach(ids, Work); }
        public string Name() => nameof(Parallel.ForEach);
        """, "namespace Own { public static class Parallel { public static void ForEach<T>(IEnumerable<T> items, Action<T> work) { foreach (var item in items) work(item); } } }"));

    [Fact]
    public Task Code_being_typed() => IsQuietOn(Controller(
        """
        public void Loop(int[] ids) { Parallel.{|CS1501:ForEach|}(ids); }
        public async Task All(int[] ids) { await Task.WhenAll(ids.Select({|CS0103:missing|})); await Task.WhenAll({|CS0103:missing|}); }
        public void Options(int[] ids) => Parallel.ForEach(ids, new {|CS0246:Missing|}(), Work);
        """));
}
