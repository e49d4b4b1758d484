using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Reads whose result is kept, so that they happen once and not per request.</summary>
internal static class OnceRun
{
    // What the callers' callers keep is rarely seen to be the same thing.
    private const int Depth = 2;

    public static bool Contain(InvocationExpressionSyntax call, bool writes, SemanticModel model, CancellationToken cancel) =>
        IsStaticInitialization(call) || (!writes && IsKept(call, model, 0, cancel));

    private static bool IsKept(InvocationExpressionSyntax call, SemanticModel model, int level, CancellationToken cancel) =>
        CacheFactories.Contain(call) || IsKeptOnce(call, model, cancel) || (level < Depth && AllCallersKeep(call, model, level, cancel));

    /// <summary>Whether the method around is called in such places only.</summary>
    private static bool AllCallersKeep(SyntaxNode call, SemanticModel model, int level, CancellationToken cancel) =>
        Functions.Enclosing(call) is MethodDeclarationSyntax or LocalFunctionStatementSyntax && Functions.SymbolAround(call, model, cancel) is { IsAsync: false } method
        && CallSites.Of(method, model, cancel) is { Count: > 0 and <= 8 } sites && sites.All(site => IsStaticInitialization(site.Call) || IsKept(site.Call, site.Model, level + 1, cancel));

    private static bool IsStaticInitialization(SyntaxNode call) => call.FirstAncestorOrSelf<MemberDeclarationSyntax>() switch
    {
        FieldDeclarationSyntax field => field.Modifiers.Any(SyntaxKind.StaticKeyword),
        PropertyDeclarationSyntax { Initializer: { } initializer } property => property.Modifiers.Any(SyntaxKind.StaticKeyword) && initializer.Span.Contains(call.Span),
        ConstructorDeclarationSyntax constructor => constructor.Modifiers.Any(SyntaxKind.StaticKeyword),
        _ => false,
    };

    /// <summary>
    /// Whether a field says that the result is there already: <c>_text ??= …</c>, <c>if (_text == null) { _text = …; }</c>,
    /// <c>if (_loaded) return; … _loaded = true;</c>, <c>if (_byName.TryGetValue(…)) return …; … _byName[name] = …</c>.
    /// </summary>
    private static bool IsKeptOnce(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancel)
    {
        for (SyntaxNode child = call, parent = call.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } kept when child == kept.Right && IsField(kept.Left, model, cancel):
                case IfStatementSyntax test when child == test.Statement && Tests(test.Condition, test.Statement, model, cancel):
                case BlockSyntax block when child is StatementSyntax && block.Statements.TakeWhile(statement => statement != child).OfType<IfStatementSyntax>()
                    .Any(test => Leaves(test.Statement) && Tests(test.Condition, block, model, cancel)):
                    return true;
                case MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether the condition reads a field that the code then fills.</summary>
    private static bool Tests(ExpressionSyntax condition, SyntaxNode code, SemanticModel model, CancellationToken cancel)
    {
        foreach (var name in condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (IsFilled(name.Identifier.ValueText, code) && IsField(name, model, cancel))
                return true;
        }

        return false;
    }

    private static bool IsFilled(string field, SyntaxNode code) => code.DescendantNodes().Any(node => node switch
    {
        AssignmentExpressionSyntax assignment => NameOf(assignment.Left is ElementAccessExpressionSyntax element ? element.Expression : assignment.Left) == field,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" or "TryAdd" or "Set" or "AddOrUpdate" } member } => NameOf(member.Expression) == field,
        _ => false,
    });

    private static bool IsField(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) => model.GetSymbolInfo(expression, cancel).Symbol is IFieldSymbol or IPropertySymbol { SetMethod: not null };

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } statements } => Leaves(statements[statements.Count - 1]),
        ReturnStatementSyntax or ContinueStatementSyntax => true,
        _ => false,
    };
}
