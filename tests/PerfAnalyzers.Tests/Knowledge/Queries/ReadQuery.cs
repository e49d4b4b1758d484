using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Tests.Knowledge.Queries;

/// <summary>Reads the query of the marked expression and writes it down as one line.</summary>
internal static class ReadQuery
{
    private const string Model = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.EntityFrameworkCore;

        public class Order { public int Id { get; set; } public int CustomerId { get; set; } public decimal Total { get; set; } public Customer Customer { get; set; } = null!; public List<Line> Lines { get; set; } = new(); }
        public class Customer { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Line { public int Id { get; set; } }
        public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); public DbSet<Customer> Customers { get; set; } = null!; }
        """;

    /// <summary>
    /// The query of the <c>[|…|]</c> expression: root and entity, then the operators; <c>~</c> marks one that runs in
    /// memory, <c>(a|b)</c> a fork, <c>?</c> what is not understood.
    /// </summary>
    public static string In(string members, params string[] files)
    {
        var marked = Markup.Parse(members.Contains(" class Service", StringComparison.Ordinal) ? members : $$"""
            public class Service(Shop db)
            {
                {{members}}
            }
            """);
        var tree = CSharpSyntaxTree.ParseText("using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing System.Threading.Tasks;\nusing Microsoft.EntityFrameworkCore;\n" + marked.Text);
        var offset = tree.Length - marked.Text.Length;
        var compilation = CSharpCompilation.Create("Shop", [tree, .. files.Prepend(Model).Select(file => CSharpSyntaxTree.ParseText(file))],
            ReferenceAssemblies.All.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));

        var span = marked.Spans.Single().Span;
        var node = tree.GetRoot().FindNode(new Microsoft.CodeAnalysis.Text.TextSpan(span.Start + offset, span.Length), getInnermostNodeForTie: true);
        return Write(Query.From((ExpressionSyntax)node, compilation.GetSemanticModel(tree), KnownTypes.Of(compilation), CancellationToken.None));
    }

    private static string Write(Query query) => $"{query.Root} {query.EntityType?.Name}".TrimEnd() + ": " + Write(query.Steps);

    private static string Write(IEnumerable<QueryStep> steps) => string.Join(" ", steps.Select(step => step switch
    {
        QueryOperator { Kind: OperatorKind.Unknown, IsInMemory: false } => "?",
        QueryOperator single => (single.IsInMemory ? "~" : "") + single.Name,
        QueryFork fork => $"({string.Join("|", fork.Branches.Select(branch => Write(branch)))})",
        _ => throw new InvalidOperationException(),
    }));
}
