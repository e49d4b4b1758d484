using Microsoft.CodeAnalysis;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Tests.GeneratedServer;

namespace PerfAnalyzers.Tests.Fixing;

/// <summary>What an action looks at in a solution of many documents. The benchmark "go-async" measures what that costs in a large one.</summary>
public sealed class SearchTests
{
    [Theory]
    [InlineData("Archive.cs", "Get", "Get", "Read", "GetAsync", "ReadAsync")]
    [InlineData("Archive.cs", "Query", "Query", "Read", "Archive")]
    [InlineData("Archive.cs", "Equals", "Equals", "Read")]
    [InlineData("Archive.cs", "Execute", "Execute", "Read")]
    [InlineData("Gateway.cs", "Run", "Run")]
    public async Task Only_documents_that_hold_a_name_of_the_chain_are_bound(string file, string method, params string[] names)
    {
        var solution = ServerSolution.Open(GatewayFiles.AddTo(Server.Generate(3, 3, 6), 0));
        var (log, offered, changed) = await ChooseAsync(solution, file, method);
        Assert.Equal((0, 0), offered);
        Assert.NotEmpty(changed);
        Assert.All(changed, path => Assert.Contains(path, log.Bound));

        var holding = new List<string>();
        foreach (var document in solution.Projects.SelectMany(project => project.Documents))
        {
            var words = (await document.GetTextAsync()).ToString().Split([.. " .,;:()[]{}<>?!=+-*/&|\"$'\n\r"]);
            if (names.Any(name => words.Contains(name)))
                holding.Add(document.FilePath!);
        }

        Assert.Empty(log.Bound.Except(holding));
        Assert.Equal(log.Bound.Count, log.Bound.Distinct().Count());
    }

    [Fact]
    public async Task Twice_the_callers_are_twice_the_documents()
    {
        var server = Server.Generate(3, 3, 6);
        var (few, _, fewChanged) = await ChooseAsync(ServerSolution.Open(GatewayFiles.AddTo(server, 3)), "Ledger.cs", "Post");
        var (many, _, manyChanged) = await ChooseAsync(ServerSolution.Open(GatewayFiles.AddTo(server, 6)), "Ledger.cs", "Post");
        Assert.Equal((4, 7), (fewChanged.Count, manyChanged.Count));

        // Which documents hold common names does not depend on how many call.
        Assert.InRange(many.Bound.Count, few.Bound.Count, 2 * few.Bound.Count);
        Assert.InRange(many.Searched, few.Searched, 2 * few.Searched);
    }

    private static async Task<(SearchLog Log, (int Bound, int Searched) Offered, List<string> Changed)> ChooseAsync(Solution solution, string file, string method)
    {
        var document = solution.Projects.SelectMany(project => project.Documents).First(d => d.Name.EndsWith(file, StringComparison.Ordinal));
        var finding = await ServerSolution.FindingAsync(document, method);
        var log = SearchLog.Start();
        var action = await ServerSolution.ActionAsync(document, finding);
        var offered = (log.Bound.Count, log.Searched);
        var changed = await ServerSolution.ApplyAsync(action!);
        return (log, offered, [.. changed.GetChanges(solution).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()).Select(id => changed.GetDocument(id)!.FilePath!)]);
    }
}
