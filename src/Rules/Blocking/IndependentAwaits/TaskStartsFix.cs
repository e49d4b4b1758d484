using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Writes the start of calls and the wait for all of them.</summary>
internal static class TaskStarts
{
    /// <summary>The expression that starts the work as a task; null where what the call gives has none.</summary>
    public static ExpressionSyntax? Of(AwaitSlot slot, Finding finding)
    {
        var type = finding.Model.GetTypeInfo(slot.Call, finding.Cancel).Type;
        var call = slot.Call.WithoutTrivia();
        if (SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, finding.Types.TaskOfT))
            return call;

        if (SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, finding.Types.ValueTaskOfT))
            return SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, call, SyntaxFactory.IdentifierName("AsTask")));

        return finding.Types.Is(type, "Grpc.Core.AsyncUnaryCall`1")
            ? SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, call, SyntaxFactory.IdentifierName("ResponseAsync"))
            : null;
    }

    /// <summary>The statements that start all calls and wait for them; each await then waits for its own task.</summary>
    public static List<StatementSyntax> Together(AwaitGroup group, List<ExpressionSyntax> started, DocumentEdits edits, Finding finding)
    {
        var statements = new List<StatementSyntax>();
        var names = new List<string>();
        for (var i = 0; i < started.Count; i++)
        {
            var slot = group.Slots[i];
            var name = edits.UniqueName(NameOf(slot), slot.Await);
            names.Add(name);
            statements.Add(Declaration(name, started[i]));
            edits.Replace(slot.Call, current => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
        }

        var task = edits.NameOf(finding.Types.Task!, group.First.SpanStart);
        var wait = $"await {task}.WhenAll({string.Join(", ", names)})";
        if (group.Slots[0].Await.Expression != group.Slots[0].Call)
            wait += group.Slots[0].Await.Expression.ToString().Substring(group.Slots[0].Call.ToString().Length);

        statements.Add(SyntaxFactory.ExpressionStatement(SyntaxFactory.ParseExpression(wait)));
        return statements;
    }

    private static LocalDeclarationStatementSyntax Declaration(string name, ExpressionSyntax value) => SyntaxFactory.LocalDeclarationStatement(
        SyntaxFactory.VariableDeclaration(
            SyntaxFactory.IdentifierName("var").WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(SyntaxFactory.Identifier(name).WithTrailingTrivia(SyntaxFactory.Space))
                .WithInitializer(SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), value)))));

    /// <summary><c>ordersTask</c> for <c>orders</c>, or for <c>GetOrdersAsync()</c> where the result has no name.</summary>
    private static string NameOf(AwaitSlot slot)
    {
        var name = slot.Result ?? slot.Name.Identifier.ValueText;
        if (slot.Result is null)
        {
            if (name.EndsWith(AsyncTwins.Suffix, System.StringComparison.Ordinal))
                name = name.Substring(0, name.Length - AsyncTwins.Suffix.Length);

            if (name.StartsWith("Get", System.StringComparison.Ordinal) && name.Length > 3)
                name = name.Substring(3);
        }

        name = name.TrimStart('_', '@');
        return (name.Length == 0 ? "read" : char.ToLowerInvariant(name[0]) + name.Substring(1)) + "Task";
    }
}
