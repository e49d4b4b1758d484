using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Locks;

/// <summary>How code takes a lock.</summary>
internal enum LockForm
{
    /// <summary><c>lock (x) { … }</c></summary>
    Statement,

    /// <summary><c>using (x.EnterScope()) { … }</c></summary>
    UsingScope,

    /// <summary><c>using var scope = x.EnterScope();</c></summary>
    ScopeVariable,

    /// <summary><c>Monitor.Enter(x); try { … } finally { Monitor.Exit(x); }</c> and its kin.</summary>
    EnterAndExit,
}

/// <summary>Code that one thread runs while it holds a lock.</summary>
/// <param name="Form">How the lock is taken.</param>
/// <param name="Type">The type whose lock it is: <c>Monitor</c>, <c>Lock</c>, <c>SpinLock</c>, <c>ReaderWriterLockSlim</c>.</param>
/// <param name="Lock">The expression that names the lock.</param>
/// <param name="Anchor">The <c>lock</c> statement, or the call that takes the lock.</param>
/// <param name="Body">What is run under the lock, in order.</param>
internal sealed record LockRegion(LockForm Form, string Type, ExpressionSyntax Lock, SyntaxNode Anchor, IReadOnlyList<SyntaxNode> Body)
{
    /// <summary>What a message calls the lock.</summary>
    public string Name => TextOf(Lock);

    /// <summary>The text of an expression without a needless <c>this</c>, so that two mentions of a lock compare.</summary>
    public static string TextOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own => own.Name.Identifier.ValueText,
        ParenthesizedExpressionSyntax inner => TextOf(inner.Expression),
        _ => expression.WithoutTrivia().ToString(),
    };
}
