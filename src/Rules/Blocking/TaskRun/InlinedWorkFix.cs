using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>How work that was given away stands in the function that waited for it.</summary>
/// <param name="Work">What was given away.</param>
/// <param name="Waits">How many more waits (or fewer) the function has afterwards.</param>
/// <param name="IsValue">Whether a function that is not async returned the task, and is left with the bare value.</param>
/// <param name="Write">Makes the edits; told whether values that were tasks are to be tasks still, and how <c>Task</c> is written.</param>
internal sealed record InlinedWorkFix(OffloadedWork Work, int Waits, bool IsValue, Action<DocumentEdits, string?> Write)
{
    /// <summary>The work in place; null where that could mean something else.</summary>
    public static InlinedWorkFix? Of(OffloadedWork work, IMethodSymbol method, Finding finding)
    {
        var arguments = work.Call.ArgumentList.Arguments;
        if (arguments.Count == 0 || arguments.Any(a => a.NameColon is not null) || work.Waited.ContainsDirectives || work.Waited.Parent is AwaitExpressionSyntax
            || method.Parameters[0].Type is not INamedTypeSymbol { DelegateInvokeMethod: { Parameters.Length: 0 } invoke }
            || !TryReadToken(arguments, method, work, finding, out var token))
        {
            return null;
        }

        var isAsync = Functions.IsTask(invoke.ReturnType, finding.Types);
        if (isAsync && !work.IsUnwrapped)
            return null;

        var work0 = arguments[0].Expression;
        return work0 switch
        {
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0, ReturnType: null, AttributeLists.Count: 0, Block: { } block } lambda =>
                SplicedWorkFix.Of(work, lambda, block, invoke.ReturnType, token, finding),
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: 0, ReturnType: null, AttributeLists.Count: 0, ExpressionBody: { } body } lambda =>
                OfExpression(work, body, lambda.AsyncKeyword.RawKind != 0, isAsync, invoke.ReturnType, token, finding),
            IdentifierNameSyntax or MemberAccessExpressionSyntax or GenericNameSyntax when finding.Model.GetSymbolInfo(work0, finding.Cancel).Symbol is IMethodSymbol =>
                OfExpression(work, SyntaxFactory.InvocationExpression(work0.WithoutTrivia()), false, isAsync, invoke.ReturnType, token, finding),
            _ => null,
        };
    }

    private static InlinedWorkFix? OfExpression(OffloadedWork work, ExpressionSyntax body, bool isAsyncLambda, bool isAsync, ITypeSymbol result, string? token, Finding finding)
    {
        // What has no type of its own took it from the delegate.
        if (body.Parent is LambdaExpressionSyntax && !isAsyncLambda && !result.SpecialType.Equals(SpecialType.System_Void)
            && !SymbolEqualityComparer.Default.Equals(finding.Model.GetTypeInfo(body, finding.Cancel).Type, result))
        {
            return null;
        }

        if (body is ThrowExpressionSyntax || (isAsyncLambda && body is not AwaitExpressionSyntax))
            return null;

        if (work.IsAwaited)
        {
            var isStatement = work.Waited.Parent is ExpressionStatementSyntax;
            if (isStatement && !isAsync && body is not (InvocationExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax or ObjectCreationExpressionSyntax))
                return null;

            return new InlinedWorkFix(work, isAsync ? 0 : -1, false, (edits, _) =>
            {
                WriteToken(edits, work, token);
                edits.Replace(work.Waited, isAsync && !isAsyncLambda ? Awaits.Of(body, work.Waited, edits.Model) : Placed(body, work.Waited));
            });
        }

        if (isAsync)
        {
            var task = isAsyncLambda ? ((AwaitExpressionSyntax)body).Expression : body;
            var type = body.Parent is null ? result : finding.Model.GetTypeInfo(task, finding.Cancel).Type;
            return token is null && SymbolEqualityComparer.Default.Equals(type, Functions.Symbol(work.Function, finding.Model, finding.Cancel)?.ReturnType)
                ? new InlinedWorkFix(work, 0, false, (edits, _) => edits.Replace(work.Waited, task.WithTriviaFrom(work.Waited)))
                : null;
        }

        if (token is not null || result.SpecialType == SpecialType.System_Void)
            return null;

        return new InlinedWorkFix(work, 0, true, (edits, task) => edits.Replace(work.Waited, task is null
            ? body.WithTriviaFrom(work.Waited)
            : SyncHeadFix.Finished(body.WithTriviaFrom(work.Waited), $"{task}.FromResult")));
    }

    /// <summary>Cancelled work was not begun; the statement before says so where the whole statement is the work.</summary>
    public static void WriteToken(DocumentEdits edits, OffloadedWork work, string? token)
    {
        if (token is null || work.Waited.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
            return;

        edits.InsertBefore(statement, SyntaxFactory.ParseStatement($"{token}.ThrowIfCancellationRequested();")
            .WithLeadingTrivia(statement.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed));
        edits.Replace(statement, current => current.WithLeadingTrivia(Indent(statement)));
    }

    /// <summary>The white space before a statement on its line.</summary>
    public static SyntaxTriviaList Indent(StatementSyntax statement) =>
        statement.GetLeadingTrivia().LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : default;

    private static ExpressionSyntax Placed(ExpressionSyntax value, ExpressionSyntax original)
    {
        var isPlain = value is InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or LiteralExpressionSyntax or ElementAccessExpressionSyntax
            or ParenthesizedExpressionSyntax or ObjectCreationExpressionSyntax or InterpolatedStringExpressionSyntax;
        var isAlone = original.Parent is EqualsValueClauseSyntax or ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or ExpressionStatementSyntax or AssignmentExpressionSyntax
            or ParenthesizedExpressionSyntax or LambdaExpressionSyntax;
        return (isPlain || isAlone ? value.WithoutTrivia() : SyntaxFactory.ParenthesizedExpression(value.WithoutTrivia())).WithTriviaFrom(original);
    }

    /// <summary>False where an argument beside the work matters in a way that cannot be kept.</summary>
    private static bool TryReadToken(SeparatedSyntaxList<ArgumentSyntax> arguments, IMethodSymbol method, OffloadedWork work, Finding finding, out string? token)
    {
        token = null;
        for (var i = 1; i < arguments.Count; i++)
        {
            var value = arguments[i].Expression;
            switch (method.Parameters[i].Type.Name)
            {
                case "CancellationToken":
                    if (value.IsKind(SyntaxKind.DefaultLiteralExpression) || value is DefaultExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" })
                        break;

                    // TaskCanceledException becomes OperationCanceledException, which a handler could tell.
                    if (value is not (IdentifierNameSyntax or MemberAccessExpressionSyntax) || !IsWholeStatement(work.Waited)
                        || work.Waited.Ancestors().TakeWhile(node => node != work.Function).Any(node => node is TryStatementSyntax { Catches.Count: > 0 }))
                    {
                        return false;
                    }

                    token = value.ToString();
                    break;
                case "TaskCreationOptions" when value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" or "DenyChildAttach" }:
                case "TaskScheduler":
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool IsWholeStatement(ExpressionSyntax waited) => waited.Parent switch
    {
        ExpressionStatementSyntax or ReturnStatementSyntax => waited.Parent.Parent is BlockSyntax,
        AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } } assignment => assignment.Right == waited,
        EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent.Parent: BlockSyntax } } => true,
        _ => false,
    };
}
