using PerfAnalyzers.Rules.Blocking;
using static PerfAnalyzers.Tests.Rules.Blocking.ParallelSources;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class UnboundedParallelismFlagTests : RuleTests<UnboundedParallelismAnalyzer, UnboundedParallelismFix>
{
    [Fact]
    public Task Loops_and_actions_without_a_degree() => Flags(Controller(
        """
        public void For(int n) => [|Parallel.For|](0, n, Work);
        public void Long(long n) { [|Parallel.For|](0L, n, (i, state) => { if (i > 9) state.Stop(); }); }
        public int Sum(int[] ids)
        {
            var sum = 0;
            [|Parallel.ForEach|](ids, () => 0, (id, _, part) => part + Compute(id), part => Interlocked.Add(ref sum, part));
            return sum;
        }
        public bool Ranges(int[] ids) => [|Parallel.ForEach|](Partitioner.Create(0, ids.Length), range => Work(range.Item1)).IsCompleted;
        public void Both(int a) => [|Parallel.Invoke|](() => Work(a), () => Work(a + 1));
        public void Many(List<Action> actions) { [|Parallel.Invoke|](actions.ToArray()); }
        public void Qualified(int[] ids) => [|System.Threading.Tasks.Parallel.ForEach|](ids, Work);
        """));

    [Fact]
    public Task Options_that_set_no_degree() => Flags(Controller(
        """
        private readonly ParallelOptions _options = new ParallelOptions();
        private static readonly ParallelOptions s_shared = new() { TaskScheduler = TaskScheduler.Default };
        private ParallelOptions Made { get; } = new() { MaxDegreeOfParallelism = -1 };

        public void Inline(int[] ids) => [|Parallel.ForEach|](ids, new ParallelOptions(), Work);
        public void Token(int[] ids, CancellationToken stop) => [|Parallel.ForEach|](ids, new ParallelOptions { CancellationToken = stop }, Work);
        public void Minus(int[] ids) => [|Parallel.ForEach|](ids, new ParallelOptions { MaxDegreeOfParallelism = -1 }, Work);
        public void Local(int[] ids, CancellationToken stop)
        {
            var options = new ParallelOptions();
            options.CancellationToken = stop;
            [|Parallel.For|](0, ids.Length, options, Work);
        }
        public void Field(int[] ids) => [|Parallel.ForEach|](ids, _options, Work);
        public void Static(int a) => [|Parallel.Invoke|](s_shared, () => Work(a), () => Work(a + 1));
        public void Property(int[] ids) => [|Parallel.ForEach|](parallelOptions: Made, source: ids, body: id => Work(id));
        """));

    [Fact]
    public Task Queries_without_a_degree() => Flags(Controller(
        """
        public List<int> Chain(int[] ids) => ids.[|AsParallel|]().Where(id => id > 0).Select(Compute).ToList();
        public int? Conditional(int[]? ids) => ids?.[|AsParallel|]().Sum();
        public int Clauses(int[] ids) => (from id in ids.[|AsParallel|]() where id > 1 select Compute(id)).Max();
        public void All(int[] ids) => ids.[|AsParallel|]().AsOrdered().ForAll(Work);
        public IEnumerable<int> Lazy(int[] ids) => ids.[|AsParallel|]().Select(Compute);
        public int[] Local(int[] ids)
        {
            var query = ids.[|AsParallel|]();
            return query.Select(Compute).ToArray();
        }
        public int Static(int[] ids) => [|ParallelEnumerable.AsParallel|](ids).Count();
        """.Replace("[|ParallelEnumerable.AsParallel|]", "ParallelEnumerable.[|AsParallel|]", StringComparison.Ordinal)));

    [Fact]
    public Task Tasks_for_every_element_of_what_was_given() => Flags(Controller(
        """
        public async Task<int[]> Get(int[] ids) => await [|Task.WhenAll|](ids.Select(async id => await LoadAsync(id)));
        public Task Group(List<int> ids) => [|Task.WhenAll|](ids.Select(LoadAsync));
        public async Task Body(Request request, CancellationToken stop) { await [|Task.WhenAll|](request.Ids.Distinct().Select(id => _prices.OfAsync(id, stop)).ToList()).ConfigureAwait(false); }
        public async Task<int> Local(Request request)
        {
            var tasks = request.Lines.Where(line => line.Id > 0).Select(async line =>
            {
                await SaveAsync(line.Id);
                return line.Id;
            });
            var all = await [|Task.WhenAll|](tasks);
            return all.Length;
        }
        public async Task Clauses(IEnumerable<int> ids) => await [|Task.WhenAll|](from id in ids where id > 0 select LoadAsync(id));
        public async Task<int[]> Pool(int[] ids) => await [|Task.WhenAll|](ids.Select(id => Task.Run(() => Compute(id))));
        public async Task Sent(Request request) => await [|Task.WhenAll|](request.Lines.Select(line => line.SendAsync(_http)));
        public async Task Files(IFormFileCollection files, Stream to) => await [|Task.WhenAll|](files.Select(file => file.CopyToAsync(to)));
        public async Task Text(string ids) => await [|Task.WhenAll|](ids.Split(',').Select(id => LoadAsync(int.Parse(id))));
        public async Task Many(int count) { await [|Task.WhenAll|](Enumerable.Range(0, count).Select(SaveAsync)); }
        public async Task Spread(int[] ids) { await [|Task.WhenAll|](new List<int>(ids).Select(LoadAsync).ToArray()); }
        """));

    [Fact]
    public Task Tasks_for_every_row_that_was_read() => Flags(Controller(
        """
        [BindProperty]
        public int[] Chosen { get; set; } = null!;

        public async Task Rows() { var rows = await _db.Rows.ToListAsync(); await [|Task.WhenAll|](rows.Select(row => SaveAsync(row.Id))); }
        public async Task Ids() => await [|Task.WhenAll|]((await _prices.IdsAsync()).Select(LoadAsync));
        public async Task Query() => await [|Task.WhenAll|](_db.Rows.Where(row => row.Id > 0).AsEnumerable().Select(row => LoadAsync(row.Id)));
        public async Task Bound() => await [|Task.WhenAll|](Chosen.Select(LoadAsync));
        public async Task Form() => await [|Task.WhenAll|](Request.Form.Files.Select(file => LoadAsync((int)file.Length)));
        """));

    [Fact]
    public Task Tasks_that_a_loop_starts() => Flags(Controller(
        """
        public async Task Loop(Request request)
        {
            var tasks = new List<Task<int>>();
            foreach (var id in request.Ids)
                tasks.Add(LoadAsync(id));

            await [|Task.WhenAll|](tasks);
        }

        public async Task Array(int[] ids)
        {
            var tasks = new Task[ids.Length];
            for (var i = 0; i < ids.Length; i++)
            {
                tasks[i] = SaveAsync(ids[i]);
            }

            await [|Task.WhenAll|](tasks);
        }

        public async Task Range(int[] ids)
        {
            var tasks = new List<Task>();
            tasks.AddRange(ids.Select(SaveAsync));
            await [|Task.WhenAll|](tasks);
        }

        public async Task Chosen(Request request)
        {
            var chosen = new List<int>();
            foreach (var line in request.Lines)
            {
                if (line.Id > 0)
                    chosen.Add(line.Id);
            }

            await [|Task.WhenAll|](chosen.Select(LoadAsync));
        }
        """));

    [Fact]
    public Task Endpoints_handlers_and_services_behind_them() => Flags(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using MassTransit;
        using MediatR;
        using Microsoft.AspNetCore.Builder;

        public static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                app.MapPost("/load", async (int[] ids, HttpClient http) => await [|Task.WhenAll|](ids.Select(id => http.GetStringAsync($"/{id}"))));
                app.MapGet("/sum", (Sums sums, int n) => sums.Of(n));
            }
        }

        public class Sums
        {
            public int Of(int n) { Parts(n); return n; }
            private static void Parts(int n) => [|Parallel.For|](0, n, i => i.ToString());
        }

        public record Resize(List<string> Files) : MediatR.IRequest<int>;

        public class ResizeHandler : IRequestHandler<Resize, int>
        {
            public Task<int> Handle(Resize request, CancellationToken cancellationToken)
            {
                [|Parallel.ForEach|](request.Files, file => file.Trim());
                return Task.FromResult(request.Files.Count);
            }
        }

        public class ResizeConsumer : IConsumer<Resize>
        {
            private readonly HttpClient _http = new HttpClient();
            public async Task Consume(ConsumeContext<Resize> context) => await [|Task.WhenAll|](context.Message.Files.Select(file => _http.GetAsync(file)));
        }

        public record WebhookSubscription(string Url);

        public class WebhookSender
        {
            private readonly HttpClient _http = new HttpClient();

            public async Task SendAll(IEnumerable<WebhookSubscription> receivers, string json)
            {
                var tasks = receivers.Select(receiver => SendAsync(receiver, json));
                await [|Task.WhenAll|](tasks);
            }

            private Task SendAsync(WebhookSubscription receiver, string json)
            {
                var request = new HttpRequestMessage(HttpMethod.Post, receiver.Url) { Content = new StringContent(json) };
                return _http.SendAsync(request);
            }
        }

        // Whoever calls it, it is part of a server.
        public class Thumbnails
        {
            public void Make(IReadOnlyList<string> files) => [|Parallel.ForEach|](files, file => file.Trim());
        }
        """);

    [Fact]
    public Task The_chain_from_the_entry_is_named() => Flags(Controller(
        """
        public void Post(int[] ids) => Each(ids);
        private static void Each(int[] ids) => {|#0:Parallel.ForEach|}(ids, Work);
        """), test => test.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult("PERF110", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0)
            .WithMessage("'Parallel.ForEach' lets one call of 'WorkController.Each' take every pool thread it can get; limit how many run at once (WorkController.Post → WorkController.Each)")));

    [Fact]
    public Task The_sequence_is_named() => Flags(Controller("public async Task Post(Request request) => await {|#0:Task.WhenAll|}(request.Ids.Where(id => id > 0).Select(LoadAsync));"),
        test => test.ExpectedDiagnostics.Add(new Microsoft.CodeAnalysis.Testing.DiagnosticResult("PERF110", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0)
            .WithMessage("'Task.WhenAll' lets one call of 'WorkController.Post' start an operation for each of 'request.Ids' at once; limit how many run at once")));

    [Fact]
    public Task Plain_libraries_where_all_is_asked_for() => Flags("using System.Threading.Tasks; public class C { public void M(int[] ids) => [|Parallel.ForEach|](ids, id => id.ToString()); }", test =>
    {
        test.ReferenceAssemblies = Microsoft.CodeAnalysis.Testing.ReferenceAssemblies.Net;
        Set(test, "perf_analyzers.scope = all");
    });

    [Fact]
    public Task Small_is_what_the_setting_says() => Flags(Controller("public void Get() { [|Parallel.For|](0, 8, Work); Parallel.For(0, 4, Work); }"), test => Set(test, "perf_analyzers.PERF110.small_loop = 4"));
}
