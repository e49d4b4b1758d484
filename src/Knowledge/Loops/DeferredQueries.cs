using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Loops;

/// <summary>Sequences that run when somebody enumerates them, and who that is.</summary>
internal sealed class DeferredQueries(SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    private int _depth;

    /// <summary>
    /// Whether the function or query that is <paramref name="loop"/> may run after the method has returned, or in code that
    /// cannot be seen here: its sequence is returned, stored or passed on without being enumerated. False for loop statements.
    /// </summary>
    public bool IsHandedOut(Loop loop) => loop.Syntax switch
    {
        QueryExpressionSyntax query => IsHandedOut(query),
        ExpressionSyntax function when CallGiven(function) is { } call => IsHandedOut(call),
        _ => false,
    };

    /// <summary>Whether a type is that of a sequence that is enumerated later.</summary>
    public static bool IsDeferred(ITypeSymbol? type, KnownTypes types) => types.Is(type, "System.Collections.Generic.IEnumerable`1")
        || types.Is(type, "System.Linq.IOrderedEnumerable`1") || types.Is(type, "System.Linq.ParallelQuery`1") || types.Is(type, "System.Linq.OrderedParallelQuery`1")
        || types.Is(type, "System.Collections.Generic.IAsyncEnumerable`1") || types.Is(type, "System.Collections.IEnumerable");

    private bool IsHandedOut(ExpressionSyntax sequence)
    {
        if (++_depth > 50)
            return true;

        if (!IsDeferred(model.GetTypeInfo(sequence, cancel).Type, types))
            return false;

        switch (sequence.Parent)
        {
            case ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax or ConditionalExpressionSyntax:
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression }:
                return IsHandedOut((ExpressionSyntax)sequence.Parent);
            case ConditionalAccessExpressionSyntax conditional when conditional.WhenNotNull == sequence:
                return IsHandedOut(conditional);
            case ConditionalAccessExpressionSyntax conditional:
                return IsHandedOut(conditional.WhenNotNull is InvocationExpressionSyntax next ? next : conditional);
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call }:
                return IsHandedOut(call);
            case CommonForEachStatementSyntax:
            case BinaryExpressionSyntax or IsPatternExpressionSyntax:
                return false;
            case FromClauseSyntax { Parent: QueryExpressionSyntax or QueryBodySyntax } or JoinClauseSyntax:
                return sequence.FirstAncestorOrSelf<QueryExpressionSyntax>() is { } query && IsHandedOut(query);
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument:
                return IsGivenAway(argument, call);
            case ArgumentSyntax { Parent.Parent: BaseObjectCreationExpressionSyntax creation }:
                return !IsFramework(model.GetSymbolInfo(creation, cancel).Symbol);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } when model.GetDeclaredSymbol(declarator, cancel) is ILocalSymbol local:
                return IsHandedOutBy(local, declarator);
            case AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment when assignment.Right == sequence
                && model.GetSymbolInfo(assignment.Left, cancel).Symbol is ILocalSymbol local:
                return IsHandedOutBy(local, assignment);
            case AnonymousFunctionExpressionSyntax function when CallGiven(function) is { } outer:
                return IsHandedOut(outer);
            case { RawKind: NewSyntax.SpreadElement }:
                return false;
            default:
                return true;
        }
    }

    /// <summary>Whether any use of the local hands its sequence on.</summary>
    private bool IsHandedOutBy(ILocalSymbol local, SyntaxNode declaration)
    {
        var scope = declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>(m => m is not GlobalStatementSyntax) ?? declaration.SyntaxTree.GetRoot(cancel);
        foreach (var node in scope.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name
                && !(name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name) && !declaration.Span.Contains(name.Span)
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, local) && IsHandedOut(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An operator passes the sequence on in its own result; the framework's other methods enumerate what they get.</summary>
    private bool IsGivenAway(ArgumentSyntax argument, InvocationExpressionSyntax call)
    {
        if (model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method || !IsFramework(method))
            return true;

        return argument.Expression is not null && IsDeferred(method.ReturnType, types) && IsHandedOut(call);
    }

    private static bool IsFramework(ISymbol? symbol)
    {
        var space = symbol?.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;

        return space is { Name: "System" };
    }

    private static InvocationExpressionSyntax? CallGiven(SyntaxNode function) =>
        Wrappings.Converted(function).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } ? call : null;
}
