using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The async twin, awaited, with the cancellation token in scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class BlockingWaitFix() : RuleFix(BlockingWaitAnalyzer.Rule, "Await the async wait")
{
    /// <summary>Locks that belong to a thread; after an await another one may run the code.</summary>
    private static readonly ImmutableHashSet<string> s_threadOwned = ImmutableHashSet.Create(
        "Monitor", "Mutex", "SpinLock", "EnterScope", "EnterReadLock", "EnterWriteLock", "EnterUpgradeableReadLock", "TryEnterReadLock", "TryEnterWriteLock", "TryEnterUpgradeableReadLock");

    /// <summary>Time limits that only the synchronous calls of a type keep.</summary>
    private static readonly ImmutableHashSet<string> s_timeLimits = ImmutableHashSet.Create("Timeout", "ReceiveTimeout", "SendTimeout", "ReadTimeout", "WriteTimeout");

    private protected override Plan? Plan(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call
            || finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is not IMethodSymbol method
            || WaitPrimitive.Of(method, call, finding.Model, finding.Types, finding.Cancel) is not { Twin: { } name }
            || finding.Twins.Of(call, method, name) is not { } twin
            || HoldsThreadOwnedLock(call) || HasTimeLimit(method, finding))
        {
            return null;
        }

        return TwinPlan.Of(finding, call, method, twin, forwardsToken: !IsReleasedRegardless(call));
    }

    private static bool HoldsThreadOwnedLock(SyntaxNode call) =>
        Functions.Enclosing(call)?.DescendantTokens().Any(token => token.Parent is SimpleNameSyntax && s_threadOwned.Contains(token.ValueText)) ?? true;

    /// <summary>Whether the file gives the object's type a time limit, which would end with the synchronous call.</summary>
    private static bool HasTimeLimit(IMethodSymbol method, Finding finding)
    {
        if (method.ContainingType.ContainingNamespace is not { Name: "Sockets" or "Mail", ContainingNamespace: { Name: "Net", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } home)
            return false;

        foreach (var token in finding.Node.SyntaxTree.GetRoot(finding.Cancel).DescendantTokens())
        {
            if (token.Parent is IdentifierNameSyntax name && s_timeLimits.Contains(token.ValueText)
                && SymbolEqualityComparer.Default.Equals(finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol?.ContainingType?.ContainingNamespace, home))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// <c>try { s.Wait(); … } finally { s.Release(); }</c>: a wait that a token ends would be followed by a release of
    /// what was never taken.
    /// </summary>
    private static bool IsReleasedRegardless(InvocationExpressionSyntax call)
    {
        foreach (var ancestor in call.Ancestors())
        {
            if (ancestor is TryStatementSyntax { Finally: { } last } attempt && attempt.Block.Span.Contains(call.Span) && last.DescendantTokens().Any(token => token.ValueText == "Release"))
                return true;

            if (ancestor is MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
                break;
        }

        return false;
    }
}
