namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>Repositories behind interfaces, over a generic base of the module, and rules over an abstract one.</summary>
internal static class DataFiles
{
    public static IEnumerable<(string Path, string Text)> Write(Feature feature)
    {
        yield return ($"{feature.Name}Repository.cs", Repository(feature).ToString());
        yield return ($"{feature.Name}Rules.cs", Rules(feature).ToString());
    }

    private static CodeWriter Repository(Feature feature)
    {
        var (name, random, code) = (feature.Name, feature.Random, feature.File());
        var body = feature.Body(code);
        code.Line($"using Shop.{feature.Module}.Infrastructure;");
        code.Line();
        code.Open($"public interface I{name}Repository : IRepository<{name}>");
        code.Block($$"""
            {{name}}? ByNumber(string number);

            Task<List<{{name}}>> OpenAsync(int stage, CancellationToken cancel);

            Task<int> CountAsync(string customer, CancellationToken cancel);

            void Archive({{name}} item);
            """);
        code.Close();
        code.Line();
        code.Line($"public sealed class {name}Repository({feature.Module}Context context, ILogger<{name}Repository> logger)");
        code.Open($"    : Repository<{name}>(context), I{name}Repository");
        code.Line($"private readonly ILogger _logger = logger;");
        code.Line();
        code.Block($$"""
            public {{name}}? ByNumber(string number) => Query().FirstOrDefault(item => item.Number == Normal(number));

            public Task<List<{{name}}>> OpenAsync(int stage, CancellationToken cancel) =>
                Query().Where(item => item.Stage == stage).OrderBy(item => item.Number).ToListAsync(cancel);

            public async Task<int> CountAsync(string customer, CancellationToken cancel)
            {
                var items = await Query().Where(item => item.Customer == customer).ToListAsync(cancel).ConfigureAwait(false);
                return items.Count(item => !item.IsClosed);
            }

            protected override IQueryable<{{name}}> Query() => base.Query().AsNoTracking();

            protected override void Check({{name}} item)
            {
                base.Check(item);
                Verify(item.Number, item.Stage);
            }

            """);
        code.Open($"public void Archive({name} item)");
        body.Write("", random.Next(4, 9), new Callee("Verify(item.Number, {i})"), new Callee("item.Move({i})"), new Callee("Store(item)"));
        code.Close();
        code.Line();
        code.Open("private void Verify(string number, int stage)");
        body.Write("s:number i:stage", random.Next(5, 14), new Callee("Normal({s})", 's'));
        code.Close();
        code.Line();
        code.Line("private static string Normal(string number) => number.Trim().PadLeft(8, '0');");
        code.Line();
        code.Open($"private List<{name}> Slow(string number)");
        body.Write("s:number", random.Next(3, 9), new Callee("Normal({s})", 's'));
        code.Line("return Query().Where(item => item.Number.Contains(number)).ToList();");
        code.Close();
        code.Close();
        return code;
    }

    private static CodeWriter Rules(Feature feature)
    {
        var (name, random, code) = (feature.Name, feature.Random, feature.File());
        var body = feature.Body(code);
        code.Line($"using Shop.{feature.Module}.Infrastructure;");
        code.Line();
        foreach (var rule in new[] { "Size", "Customer", "Stage" })
        {
            code.Open($"public sealed class {name}{rule}Rule(ILogger<{name}{rule}Rule> logger) : Rule<{name}>");
            code.Line($"private readonly ILogger _logger = logger;");
            code.Line();
            code.Open($"protected override bool Check({name} item)");
            body.Write("", random.Next(3, 9), new Callee("Limit(item.Number, {i})", 'i'));
            code.Line($"return {body.Result('i')} > 0 && !item.IsEmpty;");
            code.Close();
            code.Line();
            if (rule == "Stage")
            {
                code.Line($"protected override string Explain({name} item) => item.StageName + \" is not allowed\";");
                code.Line();
            }

            code.Open("private int Limit(string number, int least)");
            body.Write("s:number i:least", random.Next(4, 10));
            code.Line($"return {body.Result('i')};");
            code.Close();
            code.Line();
            code.Line("private bool WasAllowed(string number) => number.Length > 3;");
            code.Close();
            code.Line();
        }

        return code;
    }
}
