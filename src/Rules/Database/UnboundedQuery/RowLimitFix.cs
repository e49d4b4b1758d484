using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Where an order and a limit go into a query, so that the same rows come back on every call.</summary>
internal sealed class RowLimitFix
{
    private readonly ExpressionSyntax _source;
    private readonly ExpressionSyntax? _unordered;
    private readonly string[] _orders;

    private RowLimitFix(ExpressionSyntax source, ExpressionSyntax? unordered, string[] orders)
    {
        _source = source;
        _unordered = unordered;
        _orders = orders;
    }

    /// <summary>The place for the reported query; null where the rows do not go straight into a response, or a limit would change more than their number.</summary>
    public static RowLimitFix? Of(Finding finding)
    {
        var call = UnboundedQueryFix.CallOf(finding.Node);
        if ((call ?? finding.Node) is not ExpressionSyntax value)
            return null;

        var source = call is null ? value : SourceOf(call, finding);
        if (source is null || ElementOf(source, finding) is not { } element || RowUses.Of(value, call, finding.Model, finding.Types, finding.Cancel) != RowUse.Response)
            return null;

        var query = Query.From(value, finding.Model, finding.Types, finding.Cancel);
        if (query.Root != QueryRoot.Set || query.Sometimes(static step => step is { IsInMemory: true } or { Kind: OperatorKind.Grouping }))
            return null;

        if (query.Always(static step => step.Kind == OperatorKind.Order))
            return new RowLimitFix(source, null, []);

        // An order on some paths only would be replaced by one that is added.
        if (query.Sometimes(static step => step.Kind == OperatorKind.Order) || query.EntityType is not { } entity || EntityKeys.Of(entity) is not { IsEmpty: false } keys)
            return null;

        var unordered = source;
        while (!SymbolEqualityComparer.Default.Equals(element, entity))
        {
            if (unordered is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } step
                || finding.Model.GetSymbolInfo(step, finding.Cancel).Symbol is not IMethodSymbol method
                || QueryOperators.KindOf(method, finding.Types) is not (OperatorKind.Projection or OperatorKind.Neutral or OperatorKind.Filter)
                || ElementOf(member.Expression, finding) is not { } inner)
            {
                return null;
            }

            unordered = member.Expression;
            element = inner;
        }

        var row = RowName(unordered, entity, finding);
        return new RowLimitFix(source, unordered, keys.Select((key, i) => $"{(i == 0 ? "OrderBy" : "ThenBy")}({row} => {row}.{key.Name})").ToArray());
    }

    /// <summary>Adds the order where there is none, then <paramref name="limits"/>.</summary>
    public void Apply(DocumentEdits edits, params string[] limits)
    {
        edits.Import("System.Linq");
        if (_source.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } && edits.Model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "AsAsyncEnumerable" })
            edits.Import("Microsoft.EntityFrameworkCore");

        if (_unordered is not null && _unordered != _source)
        {
            edits.Replace(_unordered, current => Append(current, _unordered, _orders));
            edits.Replace(_source, current => Append(current, _source, limits));
            return;
        }

        edits.Replace(_source, current => Append(current, _source, _orders.Concat(limits)));
    }

    /// <summary>The calls in the layout of the chain: a line for each where the chain has that.</summary>
    private static ExpressionSyntax Append(ExpressionSyntax current, ExpressionSyntax original, IEnumerable<string> calls)
    {
        var trailing = original.GetTrailingTrivia();
        SyntaxTriviaList indentation = default;
        var breaks = false;
        if (original.Parent is MemberAccessExpressionSyntax next && next.Expression == original)
        {
            breaks = trailing.Any(SyntaxKind.EndOfLineTrivia);
            indentation = Blank(next.OperatorToken.LeadingTrivia);
        }
        else if (original is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax last })
        {
            breaks = last.Expression.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
            indentation = Blank(last.OperatorToken.LeadingTrivia);
        }

        var line = SyntaxFactory.TriviaList(breaks ? [LineEnd(original)] : System.Array.Empty<SyntaxTrivia>());
        if (current is QueryExpressionSyntax or CastExpressionSyntax or ConditionalExpressionSyntax or BinaryExpressionSyntax or AwaitExpressionSyntax)
            current = SyntaxFactory.ParenthesizedExpression(current.WithoutTrivia()).WithTriviaFrom(current);

        var isChained = original.Parent is MemberAccessExpressionSyntax;
        var result = isChained && breaks ? current : current.WithTrailingTrivia(line);
        foreach (var text in calls)
        {
            var parsed = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression(text);
            result = parsed.WithExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, result,
                SyntaxFactory.Token(SyntaxKind.DotToken).WithLeadingTrivia(breaks ? indentation : default).WithTrailingTrivia(), (SimpleNameSyntax)parsed.Expression))
                .WithTrailingTrivia(line);
        }

        return isChained ? result : result.WithTrailingTrivia(trailing);
    }

    private static SyntaxTrivia LineEnd(SyntaxNode node)
    {
        foreach (var trivia in node.SyntaxTree.GetRoot().DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                return trivia;
        }

        return SyntaxFactory.LineFeed;
    }

    private static SyntaxTriviaList Blank(SyntaxTriviaList trivia) =>
        trivia.Count > 0 && trivia[trivia.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(trivia[trivia.Count - 1]) : default;

    private static ExpressionSyntax? SourceOf(InvocationExpressionSyntax call, Finding finding)
    {
        if (finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is IMethodSymbol { IsStatic: true, ReducedFrom: null })
            return call.ArgumentList.Arguments.Count > 0 ? call.ArgumentList.Arguments[0].Expression : null;

        return (call.Expression as MemberAccessExpressionSyntax)?.Expression;
    }

    /// <summary>The type of the rows of an <c>IQueryable&lt;T&gt;</c>; null for anything else.</summary>
    private static ITypeSymbol? ElementOf(ExpressionSyntax source, Finding finding)
    {
        if (finding.Model.GetTypeInfo(source, finding.Cancel).Type is not { } type)
            return null;

        if (finding.Types.Is(type, "System.Linq.IQueryable`1"))
            return ((INamedTypeSymbol)type).TypeArguments[0];

        foreach (var implemented in type.AllInterfaces)
        {
            if (finding.Types.Is(implemented, "System.Linq.IQueryable`1"))
                return implemented.TypeArguments[0];
        }

        return null;
    }

    /// <summary>What the code around already calls a row, else the entity's first letter, else the entity's name.</summary>
    private static string RowName(ExpressionSyntax source, ITypeSymbol entity, Finding finding)
    {
        foreach (var node in source.DescendantNodesAndSelf().Concat(source.Ancestors().TakeWhile(static n => n is ExpressionSyntax or ArgumentListSyntax or ArgumentSyntax).SelectMany(static n => n.ChildNodes()).SelectMany(static n => n.DescendantNodesAndSelf())))
        {
            if (node is SimpleLambdaExpressionSyntax lambda && finding.Model.GetDeclaredSymbol(lambda.Parameter, finding.Cancel) is { } parameter
                && SymbolEqualityComparer.Default.Equals(parameter.Type, entity))
            {
                return lambda.Parameter.Identifier.ValueText;
            }
        }

        var name = char.ToLowerInvariant(entity.Name[0]) + entity.Name.Substring(1);
        foreach (var candidate in new[] { name.Substring(0, 1), name, "row" })
        {
            if (SyntaxFacts.GetKeywordKind(candidate) == SyntaxKind.None
                && !finding.Model.LookupSymbols(source.SpanStart, name: candidate).Any(static symbol => symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol))
            {
                return candidate;
            }
        }

        return "entity";
    }
}
