using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Fixing;

/// <summary>Writes <c>await foreach</c>.</summary>
internal static class AsyncLoops
{
    /// <summary>Whether the file's language has it.</summary>
    public static bool AreIn(SyntaxTree tree) => tree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 };

    /// <summary>The loop over another source, awaited; <c>ConfigureAwait(false)</c> is added where the code around says it. <paramref name="original"/> is the loop in the original tree.</summary>
    public static CommonForEachStatementSyntax Of(CommonForEachStatementSyntax current, ExpressionSyntax source, CommonForEachStatementSyntax original, SemanticModel model)
    {
        if (Awaits.ConfiguresAwaits(original, model))
            source = Call(source, "ConfigureAwait", SyntaxFactory.Argument(SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression)));

        var await = SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(current.ForEachKeyword.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space);
        var keyword = current.ForEachKeyword.WithLeadingTrivia();
        var items = source.WithTriviaFrom(current.Expression);
        return current switch
        {
            ForEachStatementSyntax named => named.WithAwaitKeyword(await).WithForEachKeyword(keyword).WithExpression(items),
            ForEachVariableStatementSyntax parts => parts.WithAwaitKeyword(await).WithForEachKeyword(keyword).WithExpression(items),
            _ => current,
        };
    }

    public static InvocationExpressionSyntax Call(ExpressionSyntax receiver, string name, params ArgumentSyntax[] arguments) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, SyntaxFactory.IdentifierName(name)),
        SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(arguments)));
}
