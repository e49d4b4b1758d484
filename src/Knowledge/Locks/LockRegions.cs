using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Knowledge.Locks;

/// <summary>Finds what is run under a lock: from the statement or the call that takes it to where it is given back.</summary>
internal static class LockRegions
{
    /// <summary>The methods that take a lock.</summary>
    public static readonly ImmutableHashSet<string> Taking = ImmutableHashSet.Create(
        "Enter", "TryEnter", "EnterScope", "EnterReadLock", "EnterWriteLock", "EnterUpgradeableReadLock", "TryEnterReadLock", "TryEnterWriteLock", "TryEnterUpgradeableReadLock",
        "AcquireReaderLock", "AcquireWriterLock");

    private static readonly ImmutableHashSet<string> s_giving = ImmutableHashSet.Create(
        "Exit", "ExitReadLock", "ExitWriteLock", "ExitUpgradeableReadLock", "ReleaseReaderLock", "ReleaseWriterLock", "ReleaseLock");

    /// <summary>The region of a <c>lock</c> statement.</summary>
    public static LockRegion Of(LockStatementSyntax statement) =>
        new(LockForm.Statement, "Monitor", statement.Expression, statement, [statement.Statement]);

    /// <summary>The region that a call of one of the <see cref="Taking"/> methods opens; null where it does not wait for the lock, or where its end is not in sight.</summary>
    public static LockRegion? Of(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (TypeOf(method) is not { } type || LockOf(call, type) is not { } held || OnlyTries(call, method, model, types, cancel))
            return null;

        switch (call.Parent)
        {
            case UsingStatementSyntax scope when scope.Expression == call:
                return new LockRegion(LockForm.UsingScope, type, held, call, [scope.Statement]);
            case EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Parent: UsingStatementSyntax scope } }:
                return new LockRegion(LockForm.UsingScope, type, held, call, [scope.Statement]);
            case EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration } }:
                return new LockRegion(LockForm.ScopeVariable, type, held, call, StatementsAfter(declaration));
        }

        if (call.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
            return null;

        var body = statement is IfStatementSyntax branch && branch.Condition == call ? [branch.Statement] : UpToExit(statement, LockRegion.TextOf(held));
        return body.Count == 0 || !(body.Any(node => Gives(node, LockRegion.TextOf(held))) || IsGivenAround(statement, LockRegion.TextOf(held)) || IsGivenAfter(body[body.Count - 1], LockRegion.TextOf(held)))
            ? null
            : new LockRegion(LockForm.EnterAndExit, type, held, call, body);
    }

    /// <summary>Whether the lock was given back, by a statement before, when the code of its region comes to <paramref name="node"/>.</summary>
    public static bool IsGivenBackBefore(SyntaxNode node, LockRegion region)
    {
        var text = region.Name;
        var body = new HashSet<SyntaxNode>(region.Body);
        for (SyntaxNode child = node, parent = node.Parent!; parent is not null && !body.Contains(child); child = parent, parent = parent.Parent!)
        {
            if (child is StatementSyntax && parent is BlockSyntax block && block.Statements.TakeWhile(statement => statement != child).Any(statement => statement is ExpressionStatementSyntax && Gives(statement, text)))
                return true;
        }

        return false;
    }

    private static string? TypeOf(IMethodSymbol method)
    {
        if (method.ContainingType is not { ContainingNamespace: { Name: "Threading", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } type)
            return null;

        return type.Name is "Monitor" or "Lock" or "SpinLock" or "ReaderWriterLockSlim" or "ReaderWriterLock" ? type.Name : null;
    }

    private static ExpressionSyntax? LockOf(InvocationExpressionSyntax call, string type) => type != "Monitor" ? Calls.ReceiverOf(call)
        : call.ArgumentList.Arguments.Count > 0 ? call.ArgumentList.Arguments[0].Expression : null;

    /// <summary>Whether the call gives up at once where the lock is taken: then nobody queues there.</summary>
    private static bool OnlyTries(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        method.Name.StartsWith("Try", System.StringComparison.Ordinal)
        && (WaitTimes.AreZero(call, method, model, types, cancel) || !method.Parameters.Any(parameter => parameter.Type.SpecialType == SpecialType.System_Int32 || parameter.Type.Name == "TimeSpan"));

    private static List<SyntaxNode> UpToExit(StatementSyntax statement, string text)
    {
        var body = new List<SyntaxNode>();
        foreach (var next in StatementsAfter(statement))
        {
            if (next is TryStatementSyntax { Finally: { } last } attempt && Gives(last, text))
            {
                body.Add(attempt.Block);
                body.AddRange(attempt.Catches);
                break;
            }

            if (next is ExpressionStatementSyntax && Gives(next, text))
                break;

            body.Add(next);
        }

        // `try { Monitor.Enter(x, ref taken); … } finally { if (taken) Monitor.Exit(x); }`: its handlers run under the lock too.
        if (statement.Parent is BlockSyntax { Parent: TryStatementSyntax { Finally: { } after } around } && Gives(after, text))
            body.AddRange(around.Catches);

        return body;
    }

    private static bool IsGivenAround(StatementSyntax statement, string text) => statement.Ancestors().TakeWhile(node => node is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .Any(node => node is TryStatementSyntax { Finally: { } last } && Gives(last, text));

    private static bool IsGivenAfter(SyntaxNode last, string text)
    {
        var statement = last is BlockSyntax { Parent: TryStatementSyntax attempt } ? attempt : last is CatchClauseSyntax { Parent: TryStatementSyntax handled } ? handled : last as StatementSyntax;
        return statement is not null && ((statement as TryStatementSyntax)?.Finally is { } end && Gives(end, text) || StatementsAfter(statement).Any(next => Gives(next, text)));
    }

    private static IReadOnlyList<StatementSyntax> StatementsAfter(StatementSyntax statement)
    {
        var all = statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };
        return all.SkipWhile(other => other != statement).Skip(1).ToList();
    }

    private static bool Gives(SyntaxNode code, string text) => code.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .Any(node => node is InvocationExpressionSyntax call && Calls.NameOf(call) is { } name && s_giving.Contains(name.Identifier.ValueText)
            && ((call.ArgumentList.Arguments.Count > 0 && LockRegion.TextOf(call.ArgumentList.Arguments[0].Expression) == text)
                || (Calls.ReceiverOf(call) is { } receiver && LockRegion.TextOf(receiver) == text)));
}
