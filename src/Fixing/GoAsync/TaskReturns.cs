using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// The results of a function that returned tasks without <c>async</c> and now gets it: <c>return Task.FromResult(x)</c>
/// becomes <c>return x</c>, and any other task is awaited.
/// </summary>
internal static class TaskReturns
{
    /// <summary>Why the results cannot be rewritten; null where they can.</summary>
    public static string? Blocker(AsyncFunction function, CancellationToken cancel)
    {
        foreach (var result in ResultsOf(function.Declaration))
        {
            var info = function.Source.Model.GetTypeInfo(result, cancel);
            if ((info.Type ?? info.ConvertedType) is { } type && !IsThrow(result) && !Functions.IsTask(type, function.Source.Types))
                return "returns something else than the task it should"; // code being typed

            if (IsThrow(result) || ValueOf(result, function.Source, cancel) is not null || IsCompleted(result, function.Source, cancel))
                continue;

            if (result.IsKind(SyntaxKind.NullLiteralExpression) || result.IsKind(SyntaxKind.DefaultLiteralExpression) || result is DefaultExpressionSyntax or PostfixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax })
                return "returns no task";

            // The task was handed out unfinished: `using`, `lock` and `catch` did not cover its rest, and would from now on.
            if (result.Parent is ReturnStatementSyntax statement && IsCovered(statement, function))
                return "returns a task out of try or using";
        }

        return null;
    }

    public static void Edit(DocumentEdits edits, AsyncFunction function, CancellationToken cancel)
    {
        foreach (var result in ResultsOf(function.Declaration))
        {
            if (IsThrow(result))
                continue;

            if (ValueOf(result, function.Source, cancel) is { } value)
                edits.Replace(result, current => Inner(current, result, value));
            else if (!IsGeneric(function))
                EditVoid(edits, function, result, IsCompleted(result, function.Source, cancel));
            else
                edits.Replace(result, current => Awaits.Of(current, result, edits.Model));
        }
    }

    /// <summary>What the function returns, statement by statement, or its expression body.</summary>
    public static IReadOnlyList<ExpressionSyntax> ResultsOf(SyntaxNode function) => Functions.BodyOf(function) switch
    {
        ArrowExpressionClauseSyntax arrow => [arrow.Expression],
        ExpressionSyntax expression => [expression],
        BlockSyntax block => block.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>().Where(r => r.Expression is not null).Select(r => r.Expression!).ToList(),
        _ => [],
    };

    private static bool IsGeneric(AsyncFunction function) => function.Symbol.ReturnType is INamedTypeSymbol { Arity: 1 };

    private static bool IsThrow(ExpressionSyntax result) => result is ThrowExpressionSyntax;

    /// <summary>The <c>x</c> of <c>Task.FromResult(x)</c>, <c>ValueTask.FromResult(x)</c> and <c>new ValueTask&lt;T&gt;(x)</c>.</summary>
    private static ExpressionSyntax? ValueOf(ExpressionSyntax result, Source source, CancellationToken cancel)
    {
        switch (result)
        {
            case InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1 } call when Calls.NameOf(call)?.Identifier.ValueText == "FromResult"
                && source.Model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { ContainingType: { } type } && (IsSame(type, source.Types.Task) || IsSame(type, source.Types.ValueTask)):
                return call.ArgumentList.Arguments[0].Expression;
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 1, Initializer: null } creation
                when source.Model.GetSymbolInfo(creation, cancel).Symbol is IMethodSymbol { ContainingType: { } type, Parameters.Length: 1 } constructor
                && IsSame(type.OriginalDefinition, source.Types.ValueTaskOfT) && constructor.OriginalDefinition.Parameters[0].Type is ITypeParameterSymbol:
                return creation.ArgumentList!.Arguments[0].Expression;
            default:
                return null;
        }
    }

    private static bool IsCompleted(ExpressionSyntax result, Source source, CancellationToken cancel) => result switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } => source.Model.GetSymbolInfo(result, cancel).Symbol is IPropertySymbol { ContainingType: { } type }
            && (IsSame(type, source.Types.Task) || IsSame(type, source.Types.ValueTask)),
        DefaultExpressionSyntax or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } or BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0 } =>
            IsSame(source.Model.GetTypeInfo(result, cancel).ConvertedType, source.Types.ValueTask),
        _ => false,
    };

    private static bool IsSame(ITypeSymbol? left, INamedTypeSymbol? right) => right is not null && SymbolEqualityComparer.Default.Equals(left, right);

    private static bool IsCovered(StatementSyntax statement, AsyncFunction function)
    {
        for (SyntaxNode? node = statement; node is not null && node != function.Declaration; node = node.Parent)
        {
            if (node is TryStatementSyntax or UsingStatementSyntax or LockStatementSyntax or CatchClauseSyntax
                || (node is BlockSyntax block && block.Statements.OfType<LocalDeclarationStatementSyntax>().Any(l => l.UsingKeyword.RawKind != 0)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><paramref name="current"/> is the call as earlier edits left it; its argument has them.</summary>
    private static ExpressionSyntax Inner(ExpressionSyntax current, ExpressionSyntax original, ExpressionSyntax value)
    {
        var arguments = current switch
        {
            InvocationExpressionSyntax call => call.ArgumentList,
            BaseObjectCreationExpressionSyntax creation => creation.ArgumentList!,
            _ => null,
        };
        return (arguments?.Arguments[0].Expression ?? value).WithTriviaFrom(original);
    }

    private static void EditVoid(DocumentEdits edits, AsyncFunction function, ExpressionSyntax result, bool completed)
    {
        if (result.Parent is not ReturnStatementSyntax statement)
        {
            edits.Replace(result, current => Awaits.Of(current, result, edits.Model));
            return;
        }

        var isLast = statement.Parent is BlockSyntax block && block == function.Body && block.Statements.Last() == statement;
        if (completed && isLast && !statement.GetLeadingTrivia().Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia) || t.IsKind(SyntaxKind.MultiLineCommentTrivia) || t.IsDirective))
        {
            edits.Remove(statement);
        }
        else if (completed)
        {
            edits.Replace(statement, current => current.WithExpression(null).WithReturnKeyword(current.ReturnKeyword.WithTrailingTrivia()));
        }
        else if (isLast)
        {
            edits.Replace(statement, current => Awaiting(current, result, edits.Model).WithTriviaFrom(current));
        }
        else
        {
            edits.Replace(statement, current => SyntaxFactory.Block(
                    Awaiting(current, result, edits.Model).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed),
                    SyntaxFactory.ReturnStatement())
                .WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation));
        }
    }

    private static ExpressionStatementSyntax Awaiting(ReturnStatementSyntax current, ExpressionSyntax original, SemanticModel model) =>
        SyntaxFactory.ExpressionStatement(Awaits.Of(current.Expression!, original, model).WithoutTrivia(), current.SemicolonToken.WithoutTrivia());
}
