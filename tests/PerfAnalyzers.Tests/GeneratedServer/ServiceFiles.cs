namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>Services behind interfaces with a caching decorator, reports with many private steps, and what nobody calls any more.</summary>
internal static class ServiceFiles
{
    private static readonly string[] s_steps = ["Collect", "Weigh", "Group", "Compare", "Round", "Split", "Rate", "Format", "Merge", "Trim", "Rank", "Close", "Scale", "Label"];

    public static IEnumerable<(string Path, string Text)> Write(Feature feature)
    {
        yield return ($"{feature.Name}Service.cs", Service(feature).ToString());
        yield return ($"Cached{feature.Name}Service.cs", Decorator(feature).ToString());
        yield return ($"{feature.Name}Report.cs", Report(feature).ToString());
        yield return ($"{feature.Name}Legacy.cs", Legacy(feature).ToString());
    }

    private static CodeWriter Service(Feature feature)
    {
        var (name, random, code) = (feature.Name, feature.Random, feature.File());
        var body = feature.Body(code);
        code.Line($"using Shop.{feature.Module}.Infrastructure;");
        code.Line();
        code.Line($"/// <summary>What callers may do with a {name}.</summary>");
        code.Open($"public interface I{name}Service");
        code.Block($$"""
            Task<{{name}}?> FindAsync(int id, CancellationToken cancel);

            Task<List<{{name}}>> SearchAsync(string text, int page, CancellationToken cancel);

            Task<int> CreateAsync({{name}}Dto dto, CancellationToken cancel);

            Task ShipAsync(int id, CancellationToken cancel);

            {{name}}? ByNumber(string number);

            Money Price(int id, int count);

            Money Price(string number);

            string Summary(int id);
            """);
        code.Close();
        code.Line();
        code.Line($"public sealed class {name}Service(I{name}Repository items, IEnumerable<Rule<{name}>> rules, {name}Report report, Clock clock, ILogger<{name}Service> logger)");
        code.Open($"    : I{name}Service, IDisposable");
        code.Line("private readonly ILogger _logger = logger;");
        code.Line("private readonly SemaphoreSlim _gate = new(1);");
        code.Line($"private {name}? _last;");
        code.Line();
        code.Line($"public Task<{name}?> FindAsync(int id, CancellationToken cancel) => items.FindAsync(id, cancel);");
        code.Line();
        code.Open($"public async Task<List<{name}>> SearchAsync(string text, int page, CancellationToken cancel)");
        body.Write("s:text i:page", random.Next(5, 12), new Callee("Words({s})", 'i'), new Callee("clock.Stamp()", 's'));
        code.Line("var found = await items.ListAsync(cancel);");
        code.Line("found.Sort(ByStage);");
        code.Line("return found.Where(item => Fits(item, text)).Page(page, 20).ToList();");
        code.Close();
        code.Line();
        code.Open($"public async Task<int> CreateAsync({name}Dto dto, CancellationToken cancel)");
        code.Line("var item = dto.ToEntity();");
        code.Line("item.Changed += OnChanged;");
        code.Line("foreach (var rule in rules)");
        code.Line("    rule.Require(item);");
        code.Line();
        body.Write("i:dto.Id s:dto.Number", random.Next(5, 12), new Callee("Charge(item, {i})", 'd'), new Callee("item.Rename({s})"));
        code.Line("await items.SaveAsync(item, cancel).ConfigureAwait(false);");
        code.Line("return item.Id;");
        code.Close();
        code.Line();
        code.Open("public async Task ShipAsync(int id, CancellationToken cancel)");
        code.Line("await _gate.WaitAsync(cancel);");
        code.Open("try");
        code.Line("var item = await items.FindAsync(id, cancel) ?? throw new KeyNotFoundException();");
        body.Write("i:id", random.Next(4, 9), new Callee("Pack(item)", 'i'), new Callee("report.Write(item, {i})", 's'));
        code.Line("item.Move(3);");
        code.Line("await items.SaveAsync(item, cancel);");
        code.Close();
        code.Open("finally");
        code.Line("_gate.Release();");
        code.Close();
        code.Close();
        code.Line();
        code.Block($$"""
            public {{name}}? ByNumber(string number) => _last is { } last && last.Number == number ? last : _last = items.ByNumber(number);

            public Money Price(int id, int count) => Money.Of(Base(id) * count);

            public Money Price(string number) => ByNumber(number)?.Total ?? Money.Zero;

            public string Summary(int id)
            {
                return Wrapped(Head(), Tail);

                string Head() => $"{id}: {clock.Stamp()}";

                string Tail(int rest) => rest > 0 ? Last(rest) : "";
            }

            public void Dispose() => _gate.Dispose();

            private static string Wrapped(string head, Func<int, string> tail) => head + tail(head.Length);

            private string Last(int rest) => _last?.Describe() ?? rest.ToString();

            private static int ByStage({{name}} left, {{name}} right) => left.Stage.CompareTo(right.Stage);

            private bool Fits({{name}} item, string text) => item.Number.Contains(text) || report.Mentions(item, text);

            private void OnChanged(object? sender, EventArgs e) => _last = sender as {{name}};

            """);
        code.Open("private int Words(string text)");
        body.Write("s:text", random.Next(4, 10));
        code.Line($"return {body.Result('i')};");
        code.Close();
        code.Line();
        code.Open($"private decimal Charge({name} item, int factor)");
        body.Write("i:factor s:item.Number d:item.Weight", random.Next(4, 10), new Callee("Base({i})", 'd'));
        code.Line($"return {body.Result('d')};");
        code.Close();
        code.Line();
        code.Open($"private int Pack({name} item)");
        body.Write("i:item.Stage s:item.Number", random.Next(4, 10));
        code.Line($"return {body.Result('i')};");
        code.Close();
        code.Line();
        code.Line("private decimal Base(int id) => id * 1.2m;");
        code.Line();
        code.Open("private decimal Base(string number)");
        body.Write("s:number", random.Next(3, 7));
        code.Line($"return {body.Result('d')};");
        code.Close();
        code.Close();
        return code;
    }

    private static CodeWriter Decorator(Feature feature)
    {
        var (name, code) = (feature.Name, feature.File());
        code.Line($"/// <summary>Remembers what was asked lately.</summary>");
        code.Open($"public sealed class Cached{name}Service(I{name}Service inner, Cache<int, {name}> cache) : I{name}Service");
        code.Block($$"""
            public async Task<{{name}}?> FindAsync(int id, CancellationToken cancel)
            {
                if (cache.TryGet(id, out var known))
                    return known;

                var item = await inner.FindAsync(id, cancel);
                if (item is not null)
                    cache.Put(id, item);

                return item;
            }

            public Task<List<{{name}}>> SearchAsync(string text, int page, CancellationToken cancel) => inner.SearchAsync(text, page, cancel);

            public async Task<int> CreateAsync({{name}}Dto dto, CancellationToken cancel)
            {
                var id = await inner.CreateAsync(dto, cancel);
                cache.Drop(id);
                return id;
            }

            public async Task ShipAsync(int id, CancellationToken cancel)
            {
                await inner.ShipAsync(id, cancel);
                cache.Drop(id);
            }

            public {{name}}? ByNumber(string number) => inner.ByNumber(number);

            public Money Price(int id, int count) => inner.Price(id, count);

            public Money Price(string number) => inner.Price(number);

            public string Summary(int id) => cache.GetOrAdd(id, Load) is { } item ? item.Describe() : inner.Summary(id);

            private {{name}}? Load(int id) => inner.ByNumber(id.ToString());
            """);
        code.Close();
        return code;
    }

    private static CodeWriter Report(Feature feature)
    {
        var (name, random, code) = (feature.Name, feature.Random, feature.File());
        var body = feature.Body(code);
        code.Line($"/// <summary>Writes what a {name} was about, step by step.</summary>");
        code.Open($"public sealed class {name}Report(ILogger<{name}Report> logger)");
        code.Line("private readonly ILogger _logger = logger;");
        code.Line();
        var steps = s_steps.OrderBy(_ => random.Next()).ToArray();
        var live = random.Next(6, 10);
        code.Open($"public string Write({name} item, int depth)");
        body.Write("i:depth s:item.Number d:item.Weight", random.Next(4, 10), new Callee($"{steps[0]}({{s}}, {{i}})", 'i'), new Callee($"{steps[1]}({{s}}, {{i}})", 'i'), new Callee("item.Describe()", 's'));
        code.Line($"return {body.Result('s')};");
        code.Close();
        code.Line();
        code.Line($"public bool Mentions({name} item, string text) => item.Lines.Any(line => line.Article.Matches(text)) || {steps[2]}(text, item.Stage) > 100;");
        code.Line();
        for (var i = 0; i < steps.Length; i++)
        {
            // The first ones call each other downwards; the rest is what remained of an older report and only knows itself.
            var calls = new List<Callee>();
            var last = i < live ? live : steps.Length;
            for (var next = i + 1; next < last && calls.Count < 2; next++)
            {
                if (next <= i + 2 || random.Next(3) == 0)
                    calls.Add(new($"{steps[next]}({{s}}, {{i}})", 'i'));
            }

            code.Open($"private int {steps[i]}(string text, int level)");
            if (random.Next(4) == 0)
                code.Line("Func<int, int> twice = x => x * 2;");

            body.Write("s:text i:level", random.Next(4, 13), [.. calls]);
            code.Line($"return {body.Result('i')};");
            code.Close();
            code.Line();
        }

        code.Line("private string Old(string text) => text + text;");
        code.Close();
        return code;
    }

    private static CodeWriter Legacy(Feature feature)
    {
        var (name, random, code) = (feature.Name, feature.Random, feature.File());
        var body = feature.Body(code);
        code.Line($"/// <summary>How it was done before the service; kept for the migration tool of another team.</summary>");
        code.Open($"public sealed class {name}Legacy(ILogger<{name}Legacy> logger)");
        code.Line("private readonly ILogger _logger = logger;");
        code.Line();
        foreach (var (method, calls) in new (string, Callee[])[]
        {
            ("Price", [new("Weigh({s}, {i})", 'i')]), ("Weigh", [new("Pack({s}, {i})", 'i')]), ("Pack", []), ("Summary", [new("Price({s}, {i})", 'i'), new("Load({s}, {i})", 'i')]), ("Load", []),
        })
        {
            code.Open($"public int {method}(string number, int count)");
            body.Write("s:number i:count", random.Next(4, 12), calls);
            code.Line($"return {body.Result('i')};");
            code.Close();
            code.Line();
        }

        code.Line($"public static {name}Legacy? Create(IServiceProvider services) => services.GetService(typeof({name}Legacy)) as {name}Legacy;");
        code.Close();
        return code;
    }
}
