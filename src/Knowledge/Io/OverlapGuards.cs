using System;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>What stands around awaits and keeps them in turn on purpose: transactions, locks, clean-up, work for which nobody waits.</summary>
internal static class OverlapGuards
{
    private static readonly ConditionalWeakTable<SyntaxNode, object> s_members = new();

    /// <summary>Names that begin so open a transaction or enter a region of one at a time.</summary>
    private static readonly ImmutableArray<string> s_turns = ImmutableArray.Create(
        "TransactionScope", "BeginTran", "StartTransaction", "UseTransaction", "WithTransaction", "InTransaction", "EnlistTransaction", "WaitAsync", "LockAsync", "EnterAsync", "AcquireLock", "AcquireAsync", "TryAcquire",
        "TakeLock", "LockTake", "CreateLock", "GetLock", "RateLimit");

    private static readonly ImmutableArray<string> s_backgroundTypes = ImmutableArray.Create(
        "Microsoft.Extensions.Hosting.IHostedService", "Quartz.IJob", "Hangfire.Server.IBackgroundProcess", "Coravel.Invocable.IInvocable");

    public static bool Keep(SyntaxNode code, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        SyntaxNode? member = null;
        for (var node = code; node is not null; node = node.Parent)
        {
            if (node is FinallyClauseSyntax or CatchClauseSyntax or LockStatementSyntax)
                return true;

            if (node is MemberDeclarationSyntax and not (GlobalStatementSyntax or BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax))
                member ??= node;
        }

        return TakesTurns(member ?? code.SyntaxTree.GetRoot(cancel)) || IsInBackground(code, model, types, cancel);
    }

    /// <summary>Nobody waits for the answer of a background service or job, and what it asks is best asked slowly.</summary>
    private static bool IsInBackground(SyntaxNode code, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (model.GetEnclosingSymbol(code.SpanStart, cancel)?.ContainingType is not { } type)
            return false;

        foreach (var name in s_backgroundTypes)
        {
            if (types.IsOrInherits(type, name))
                return true;
        }

        return false;
    }

    private static bool TakesTurns(SyntaxNode member) => (bool)s_members.GetValue(member, static m => Find(m));

    private static bool Find(SyntaxNode member)
    {
        foreach (var token in member.DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken))
                continue;

            foreach (var name in s_turns)
            {
                if (token.ValueText.StartsWith(name, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }
}
