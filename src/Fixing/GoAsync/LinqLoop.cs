using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// A lambda whose operator cannot wait for it, in a shape that a loop which awaits one by one does the same as:
/// <c>Select</c> or <c>Where</c> followed at once by <c>ToList</c> or <c>ToArray</c>, or <c>ForEach</c>.
/// </summary>
/// <param name="Lambda">The lambda that becomes the body of the loop.</param>
/// <param name="Operator">The name of the operator.</param>
/// <param name="Place">The statement, or the expression body, that the whole chain makes up.</param>
/// <param name="ToArray">Whether the result is an array.</param>
/// <param name="Element">The type of the results; null for <c>ForEach</c>.</param>
internal sealed record LinqLoop(LambdaExpressionSyntax Lambda, string Operator, SyntaxNode Place, bool ToArray, ITypeSymbol? Element)
{
    /// <summary>A node of the function that the loop will stand in.</summary>
    public SyntaxNode Around => Place is ArrowExpressionClauseSyntax arrow ? arrow.Expression : Place;

    /// <summary>The loop that can stand for the operator that <paramref name="function"/> is given to; null where there is none.</summary>
    public static LinqLoop? Of(AnonymousFunctionExpressionSyntax function, Source source, CancellationToken cancel)
    {
        if (function is not LambdaExpressionSyntax { AsyncKeyword.RawKind: 0 } lambda || ParameterOf(lambda) is not { } parameter
            || lambda.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } arguments }
            || source.Model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method
            || source.Model.LookupSymbols(call.SpanStart, name: parameter.Identifier.ValueText).Any(s => s is ILocalSymbol or IParameterSymbol))
        {
            return null;
        }

        var (model, types) = (source.Model, source.Types);
        if (method.Name == "ForEach")
        {
            return IsForEach(call, method, types) && call.Parent is ExpressionStatementSyntax statement && !HasReturn(lambda) && !HasComments(call, lambda)
                ? new LinqLoop(lambda, method.Name, statement, false, null)
                : null;
        }

        if (method.Name is not ("Select" or "Where") || !types.Is(method.ContainingType, "System.Linq.Enumerable") || method.ReducedFrom is null || lambda.ExpressionBody is null
            || call is not { Expression: MemberAccessExpressionSyntax, Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToList" or "ToArray", Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } whole } }
            || !types.Is((model.GetSymbolInfo(whole, cancel).Symbol as IMethodSymbol)?.ContainingType, "System.Linq.Enumerable") || HasComments(whole, lambda)
            || PlaceOf(whole) is not { } place)
        {
            return null;
        }

        var element = method.TypeArguments[method.TypeArguments.Length - 1];
        return HasName(element) ? new LinqLoop(lambda, method.Name, place, Calls.NameOf(whole)!.Identifier.ValueText == "ToArray", element) : null;
    }

    /// <summary><c>list.ForEach(…)</c> or <c>Array.ForEach(array, …)</c>.</summary>
    public static bool IsForEach(InvocationExpressionSyntax call, IMethodSymbol method, KnownTypes types) => method.Name == "ForEach"
        && ((types.Is(method.ContainingType, "System.Collections.Generic.List`1") && call.Expression is MemberAccessExpressionSyntax)
            || (method.ContainingType.SpecialType == SpecialType.System_Array && call.ArgumentList.Arguments.Count == 2));

    /// <summary>The one parameter of the lambda; null for the overload with an index.</summary>
    public static ParameterSyntax? ParameterOf(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0],
        _ => null,
    };

    /// <summary>The statement or expression body whose whole value the chain is, where statements can stand before it.</summary>
    private static SyntaxNode? PlaceOf(InvocationExpressionSyntax whole) => whole.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax, UsingKeyword.RawKind: 0 } local } } } => local,
        ReturnStatementSyntax { Parent: BlockSyntax } result => result,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax, Parent: ExpressionStatementSyntax { Parent: BlockSyntax } assigned } assignment when assignment.Right == whole => assigned,
        ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax } arrow => arrow,
        _ => null,
    };

    private static bool HasName(ITypeSymbol type) => !type.IsAnonymousType && type.TypeKind != TypeKind.Error
        && (type is not INamedTypeSymbol named || named.TypeArguments.All(HasName)) && (type is not IArrayTypeSymbol array || HasName(array.ElementType));

    private static bool HasReturn(LambdaExpressionSyntax lambda) => lambda.Body.DescendantNodesAndSelf(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(n => n is ReturnStatementSyntax);

    /// <summary>Comments between the links of the chain would have no place in the loop.</summary>
    private static bool HasComments(SyntaxNode chain, LambdaExpressionSyntax lambda) => chain.DescendantTrivia()
        .Any(t => (t.IsDirective || t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia)) && !(lambda.Block?.Span.Contains(t.Span) ?? false));
}
