using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// Parts of parallel work that wait for each other: a producer and its consumer, or all of them at a barrier. They need to
/// run at the same time, which a degree of one, on a small machine, does not allow.
/// </summary>
internal static class MeetingWorkFix
{
    private static readonly HashSet<string> s_meetings =
        ["Wait", "WaitOne", "WaitAny", "WaitAll", "SignalAndWait", "Signal", "Set", "GetConsumingEnumerable", "CompleteAdding", "Take", "Pulse", "PulseAll", "SetResult", "TrySetResult", "SpinUntil"];

    /// <summary>Whether the functions given to the call, or those of the file that they are, name such a thing.</summary>
    public static bool IsIn(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancel)
    {
        foreach (var node in call.ArgumentList.DescendantNodes())
        {
            if (node is not SimpleNameSyntax name)
                continue;

            if (Names(name))
                return true;

            if (model.GetSymbolInfo(name, cancel).Symbol is IMethodSymbol { DeclaringSyntaxReferences: { Length: 1 } references } && references[0].SyntaxTree == call.SyntaxTree && AnyNames(references[0].GetSyntax(cancel)))
                return true;
        }

        return false;
    }

    private static bool AnyNames(SyntaxNode function)
    {
        foreach (var node in function.DescendantNodes())
        {
            if (node is SimpleNameSyntax name && Names(name))
                return true;
        }

        return false;
    }

    private static bool Names(SimpleNameSyntax name) => s_meetings.Contains(name.Identifier.ValueText) && name.Parent is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } member
        && member.Name == name && member.Parent is InvocationExpressionSyntax;
}
