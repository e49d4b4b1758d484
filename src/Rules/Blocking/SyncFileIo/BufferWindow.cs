using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Arguments that name a part of a buffer, written as memory.</summary>
internal static class BufferWindow
{
    /// <summary>
    /// The arguments with the buffer as memory; null where they name none, or one that cannot be written so.
    /// <paramref name="isQualified"/> writes code that binds whatever is imported, for a trial. <paramref name="list"/> may
    /// be the original list with parts inside changed.
    /// </summary>
    public static ArgumentListSyntax? Write(ArgumentListSyntax list, IMethodSymbol method, SemanticModel model, bool isQualified, CancellationToken cancel, ArgumentListSyntax? original = null)
    {
        var given = list.Arguments;
        if (given.Count == 0 || given[0].NameColon is not null)
            return null;

        if (method.Parameters[0].Type is IArrayTypeSymbol)
        {
            // ReadExactlyAsync returns the same for both forms; only Read and Write make a task for arrays.
            return method.Name is "Read" or "ReadBlock" or "Write" && method.Parameters.Length == 3 && given.Count == 3 && given[1].NameColon is null && given[2].NameColon is null
                ? Window(given[0].Expression, given[1], given[2], isQualified) is { } window ? list.WithArguments(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(window))) : null
                : null;
        }

        if (!method.Parameters[0].Type.IsRefLikeType || Memory(given[0].Expression, (original ?? list).Arguments[0].Expression, model, isQualified, cancel) is not { } memory)
            return null;

        return list.WithArguments(given.Replace(given[0], given[0].WithExpression(memory.WithTriviaFrom(given[0].Expression))));
    }

    /// <summary>Whether the list needs <c>System</c> imported once it is written.</summary>
    public static bool UsesExtension(ArgumentListSyntax written) =>
        written.Arguments[0].Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsMemory" } };

    private static ExpressionSyntax? Memory(ExpressionSyntax current, ExpressionSyntax original, SemanticModel model, bool isQualified, CancellationToken cancel)
    {
        if (model.GetTypeInfo(original, cancel).Type is IArrayTypeSymbol)
            return current;

        switch (current)
        {
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsSpan" } member } call
                when model.GetSymbolInfo(original, cancel).Symbol is IMethodSymbol { IsExtensionMethod: true, ContainingType.Name: "MemoryExtensions" }:
                return isQualified
                    ? Qualified(member.Expression, call.ArgumentList.Arguments)
                    : call.WithExpression(member.WithName(SyntaxFactory.IdentifierName("AsMemory")));
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Span" } span when original is MemberAccessExpressionSyntax { Expression: var memory }
                    && model.GetTypeInfo(memory, cancel).Type is { Name: "Memory" or "ReadOnlyMemory", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }:
                return span.Expression;
            case ObjectCreationExpressionSyntax { Type: GenericNameSyntax { Identifier.ValueText: "Span" or "ReadOnlySpan" }, ArgumentList.Arguments: { Count: 3 } parts }
                when original is ObjectCreationExpressionSyntax { ArgumentList: { } written } && model.GetTypeInfo(written.Arguments[0].Expression, cancel).Type is IArrayTypeSymbol:
                return Window(parts[0].Expression, parts[1], parts[2], isQualified);
            default:
                return null;
        }
    }

    /// <summary><c>buffer, 0, buffer.Length</c> → <c>buffer</c>; else <c>buffer.AsMemory(start, count)</c>.</summary>
    private static ExpressionSyntax? Window(ExpressionSyntax buffer, ArgumentSyntax start, ArgumentSyntax count, bool isQualified)
    {
        var array = buffer.WithoutTrivia();
        if (array is not (IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax))
            return null;

        if (start.Expression.ToString() == "0" && count.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length", Expression: var counted } && counted.ToString() == array.ToString())
            return array;

        var parts = SyntaxFactory.SeparatedList([start.WithoutTrivia(), count.WithoutTrivia().WithLeadingTrivia(SyntaxFactory.Space)]);
        return isQualified ? Qualified(array, parts) : SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, array, SyntaxFactory.IdentifierName("AsMemory")), SyntaxFactory.ArgumentList(parts));
    }

    private static InvocationExpressionSyntax Qualified(ExpressionSyntax buffer, SeparatedSyntaxList<ArgumentSyntax> rest) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.ParseExpression("global::System.MemoryExtensions.AsMemory"),
        SyntaxFactory.ArgumentList(rest.Insert(0, SyntaxFactory.Argument(buffer.WithoutTrivia()))));
}
