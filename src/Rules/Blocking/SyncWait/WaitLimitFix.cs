using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Tasks;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>What ends a wait before its task does: <c>Wait(timeout, token)</c> becomes <c>await task.WaitAsync(timeout, token)</c>.</summary>
/// <param name="Timeout">The limit; null for none or an endless one.</param>
/// <param name="IsMilliseconds">Whether the limit is a number.</param>
/// <param name="Token">The cancellation token; null for none.</param>
internal sealed record WaitLimitFix(ExpressionSyntax? Timeout, bool IsMilliseconds, ExpressionSyntax? Token)
{
    /// <summary>The limit of a wait; null where an await cannot do the same.</summary>
    public static WaitLimitFix? Of(TaskWait wait, Finding finding)
    {
        ExpressionSyntax? timeout = null, token = null;
        var (isMilliseconds, isLimited) = (false, false);
        for (var i = 0; i < wait.Arguments.Count && wait.Method is { } method; i++)
        {
            var value = wait.Arguments[i].Expression;
            if (TwinCalls.ParameterOf(wait.Arguments[i], i, method) is not { } parameter)
                return null;

            if (TaskWait.IsTimeout(parameter))
            {
                isLimited = true;
                isMilliseconds = parameter.Type.SpecialType == SpecialType.System_Int32;
                if (!IsEndless(value, finding))
                    timeout = value;
            }
            else if (SymbolEqualityComparer.Default.Equals(parameter.Type, finding.Types.CancellationToken) && !IsNoToken(value))
            {
                token = value;
            }
        }

        // Wait tells by its value whether time was up, where WaitAsync throws.
        if ((isLimited && wait.Whole.Parent is not ExpressionStatementSyntax) || (timeout is not null && !IsTimeoutSwallowed(wait.Whole)))
            return null;

        return (timeout ?? token) is null || finding.Types.Task?.GetMembers("WaitAsync").IsEmpty == false ? new WaitLimitFix(timeout, isMilliseconds, token) : null;
    }

    /// <summary>The task with its limit.</summary>
    public ExpressionSyntax Applied(ExpressionSyntax task, DocumentEdits edits, SyntaxNode place)
    {
        if ((Timeout ?? Token) is null)
            return task;

        var span = Timeout is null ? null : IsMilliseconds
            ? $"{edits.NameOf(edits.Model.Compilation.GetTypeByMetadataName("System.TimeSpan")!, place.SpanStart)}.FromMilliseconds({Timeout})"
            : Timeout.ToString();
        var arguments = span is null ? $"{Token}" : Token is null ? span : $"{span}, {Token}";
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task.WithoutTrailingTrivia(), SyntaxFactory.IdentifierName("WaitAsync")),
            SyntaxFactory.ParseArgumentList($"({arguments})"));
    }

    private static bool IsEndless(ExpressionSyntax timeout, Finding finding) => finding.Model.GetConstantValue(timeout, finding.Cancel).Value is -1
        || timeout is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "InfiniteTimeSpan" };

    private static bool IsNoToken(ExpressionSyntax token) => token.IsKind(SyntaxKind.DefaultLiteralExpression) || token is DefaultExpressionSyntax
        || token is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "None" };

    /// <summary>Whether an exception at the place would change nothing: it ends a <c>try</c> whose handler takes everything and does nothing.</summary>
    private static bool IsTimeoutSwallowed(ExpressionSyntax wait) => wait.Parent is ExpressionStatementSyntax { Parent: BlockSyntax { Parent: TryStatementSyntax attempt } block } statement
        && attempt.Block == block && block.Statements[block.Statements.Count - 1] == statement && attempt.Catches.Count == 1
        && attempt.Catches[0] is { Filter: null, Block.Statements.Count: 0 } handler && handler.Declaration?.Type.ToString() is null or "Exception" or "System.Exception";
}
