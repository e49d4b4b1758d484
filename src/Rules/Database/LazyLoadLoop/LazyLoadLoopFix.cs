using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>The query includes the navigation; an explicit load that is no longer needed goes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class LazyLoadLoopFix() : RuleFix(LazyLoadLoopAnalyzer.Rule, "Include it in the query")
{
    private protected override Plan? Plan(Finding finding)
    {
        var member = LoadingLoops.MemberAround(finding.Node);
        var loops = LoadingLoops.In(member, finding.Model, finding.Read(CommonOptions.SmallLoop), finding.Cancel);
        if (loops.FirstOrDefault(candidate => candidate.Is(finding.Diagnostic)) is not { } loop
            || IncludePlace(loop, member, finding) is not { } root)
        {
            return null;
        }

        StatementSyntax? removed = null;
        if (loop.Read.Load is { } load)
        {
            removed = RemovedLoads.StatementOf(load, loops);
            if (removed is null)
                return null;
        }

        var path = loop.Read.PathText;
        return new Plan((edits, _) =>
        {
            edits.Stage<IncludeEdits>().Add(finding.Document, root, loop, removed);
            return System.Threading.Tasks.Task.CompletedTask;
        })
        { Title = $"Include '{path}' in the query" };
    }

    /// <summary>The query's root, where an include may follow it; null where that is not proven.</summary>
    private static ExpressionSyntax? IncludePlace(LoadingLoop loop, SyntaxNode member, Finding finding)
    {
        if (loop.Query is not { RootNode: { } root, EntityType: { } entity, Root: var kind } query || root.SyntaxTree != finding.Node.SyntaxTree
            || (kind == QueryRoot.RawSql && query.RootSymbol?.Name.StartsWith("FromSql", System.StringComparison.Ordinal) != true)
            || !IsReachable(loop.Read.Path, entity, root.SpanStart, finding.Model)
            || (LoadingLoops.MemberAround(root) is var home && home != member && !IsPrivate(home, finding)))
        {
            return null;
        }

        root = AfterTemporal(root);
        return CanBeFollowed(root, finding) ? root : null;
    }

    /// <summary>Whether every navigation of the path is a member that a lambda at the root can name.</summary>
    private static bool IsReachable(ImmutableArray<Navigation> path, ITypeSymbol entity, int position, SemanticModel model)
    {
        foreach (var navigation in path)
        {
            if (!InheritsFrom(entity, navigation.Property.ContainingType) || !model.IsAccessible(position, navigation.Property))
                return false;

            entity = navigation.Target;
        }

        return true;
    }

    private static bool InheritsFrom(ITypeSymbol type, ITypeSymbol ancestor)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, ancestor.OriginalDefinition))
                return true;
        }

        return false;
    }

    /// <summary>What other files call would fetch more for them too.</summary>
    private static bool IsPrivate(SyntaxNode member, Finding finding) =>
        finding.Model.GetDeclaredSymbol(member, finding.Cancel) is { DeclaredAccessibility: Accessibility.Private };

    /// <summary><c>TemporalAll()</c> and its kin are asked of the set itself.</summary>
    private static ExpressionSyntax AfterTemporal(ExpressionSyntax root)
    {
        while (root.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name, Parent: InvocationExpressionSyntax call } && name.StartsWith("Temporal", System.StringComparison.Ordinal))
            root = call;

        return root;
    }

    /// <summary>Whether what follows the root takes any query, not only a set.</summary>
    private static bool CanBeFollowed(ExpressionSyntax root, Finding finding)
    {
        if (root.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax next } access && access.Expression == root)
        {
            return finding.Model.GetSymbolInfo(next, finding.Cancel).Symbol is IMethodSymbol method
                && (method.ReducedFrom is { } extension ? !QueryOperators.IsSet(extension.Parameters[0].Type, finding.Types) : method.Name is "AsQueryable" or "AsAsyncEnumerable");
        }

        return root.Parent is CommonForEachStatementSyntax or FromClauseSyntax
            || (finding.Model.GetTypeInfo(root, finding.Cancel).ConvertedType is INamedTypeSymbol { TypeKind: TypeKind.Interface } wanted
                && (finding.Types.Is(wanted, "System.Linq.IQueryable`1") || finding.Types.Is(wanted, "System.Collections.Generic.IEnumerable`1")));
    }
}
