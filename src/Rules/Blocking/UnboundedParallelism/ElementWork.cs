using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>What is done for one element of a sequence.</summary>
internal static class ElementWork
{
    private static readonly string[] s_limits = ["Semaphore", "Throttl", "RateLimit", "Limiter", "Bulkhead", "AsyncLock", "LockAsync", "Mutex"];

    /// <summary>Whether a task is started that takes its time elsewhere or on the pool, and nothing in sight lets it wait for its turn.</summary>
    public static bool IsUnlimited(ExpressionSyntax work, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        work = Wrappings.Without(work);
        if (work is not AnonymousFunctionExpressionSyntax && model.GetSymbolInfo(work, cancel).Symbol is IMethodSymbol group && work is not InvocationExpressionSyntax)
            return IsWork(group, null, model, types, cancel);

        if (SaysLimit(work))
            return false;

        var any = false;
        foreach (var node in work.DescendantNodesAndSelf())
        {
            if (node is not InvocationExpressionSyntax call || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method)
                continue;

            // What is not thread-safe has another defect here, and a limit would hide it.
            if (IsOnSharedContext(call, work, model, types, cancel) || IsOfLimiter(method))
                return false;

            if (!Functions.IsTask(method.ReturnType, types))
                continue;

            if (Limits(method, cancel))
                return false;

            any |= IsWork(method, call, model, types, cancel);
        }

        return any;
    }

    private static bool IsWork(IMethodSymbol method, InvocationExpressionSyntax? call, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var home = Calls.HomeOf(method);
        if (home is null || IsOfLimiter(method) || Limits(method, cancel))
            return false;

        if (home.ContainingNamespace is { Name: "Tasks", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } })
            return method.Name is "Run" or "StartNew" && home.Name is "Task" or "TaskFactory";

        // Written to memory, or to a connection that sends one after the other.
        if (home.ContainingNamespace?.ToString() is { } space && (space.StartsWith("System.Threading.Channels", StringComparison.Ordinal) || space.StartsWith("Microsoft.AspNetCore.SignalR", StringComparison.Ordinal)))
            return false;

        if (types.IsOrInherits(home, "System.Net.Http.HttpMessageInvoker") && ConnectionLimits.AreSetIn(model.Compilation, cancel))
            return false;

        return BodyOf(method, cancel) is not { } body || MayWait(body);
    }

    /// <summary>Whether the method's own text waits for its turn, so that its callers need not.</summary>
    private static bool Limits(IMethodSymbol method, CancellationToken cancel) => BodyOf(method, cancel) is { } body && SaysLimit(body);

    private static SyntaxNode? BodyOf(IMethodSymbol method, CancellationToken cancel) =>
        (method.ReducedFrom ?? method).OriginalDefinition.DeclaringSyntaxReferences is { Length: 1 } references ? Functions.BodyOf(references[0].GetSyntax(cancel)) : null;

    /// <summary>Whether a body awaits, or gives back a task other than a completed one.</summary>
    private static bool MayWait(SyntaxNode body)
    {
        foreach (var node in body.DescendantNodes())
        {
            switch (node)
            {
                case AwaitExpressionSyntax:
                    return true;
                case ReturnStatementSyntax { Expression: { } value } when !IsCompleted(value):
                case ArrowExpressionClauseSyntax { Expression: { } arrow } when !IsCompleted(arrow):
                    return true;
            }
        }

        return body is ArrowExpressionClauseSyntax { Expression: { } expression } && !IsCompleted(expression);
    }

    private static bool IsCompleted(ExpressionSyntax value) => value switch
    {
        ConditionalExpressionSyntax choice => IsCompleted(choice.WhenTrue) && IsCompleted(choice.WhenFalse),
        InvocationExpressionSyntax call => Calls.NameOf(call)?.Identifier.ValueText is "FromResult" or "FromException" or "FromCanceled",
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } => true,
        ThrowExpressionSyntax or BaseObjectCreationExpressionSyntax or LiteralExpressionSyntax => true,
        _ => false,
    };

    private static bool SaysLimit(SyntaxNode code)
    {
        foreach (var token in code.DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken))
                continue;

            foreach (var limit in s_limits)
            {
                if (token.ValueText.IndexOf(limit, StringComparison.OrdinalIgnoreCase) >= 0)
                    return true;
            }

            // gate.WaitAsync(stop): a task's own WaitAsync hangs on a call.
            if (token.ValueText == "WaitAsync" && token.Parent is { Parent: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } })
                return true;
        }

        return false;
    }

    private static bool IsOfLimiter(IMethodSymbol method)
    {
        if ((method.ReducedFrom ?? method).ContainingType is not { } home || home.ContainingNamespace is not { IsGlobalNamespace: false } space)
            return false;

        return home.Name is "SemaphoreSlim" or "AsyncSemaphore" or "RateLimiter" || space.Name is "Polly" or "RateLimiting" || space.ContainingNamespace is { Name: "Polly" };
    }

    /// <summary>Whether the call is made on a database context, or on a query of one, that all elements share.</summary>
    private static bool IsOnSharedContext(InvocationExpressionSyntax call, ExpressionSyntax work, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        for (var receiver = Calls.ReceiverOf(call); receiver is not null;)
        {
            receiver = Wrappings.Without(receiver);
            if (model.GetTypeInfo(receiver, cancel).Type is { } type && IsContext(type, types)
                && model.GetSymbolInfo(receiver, cancel).Symbol is { } symbol and not IMethodSymbol && !IsDeclaredIn(symbol, work, cancel))
            {
                return true;
            }

            receiver = receiver switch
            {
                MemberAccessExpressionSyntax member => member.Expression,
                InvocationExpressionSyntax inner => Calls.ReceiverOf(inner),
                _ => null,
            };
        }

        return false;
    }

    private static bool IsContext(ITypeSymbol type, KnownTypes types) => types.IsOrInherits(type, "Microsoft.EntityFrameworkCore.DbContext") || types.IsOrInherits(type, "System.Data.Entity.DbContext")
        || types.IsOrInherits(type, "System.Data.IDbConnection");

    private static bool IsDeclaredIn(ISymbol symbol, SyntaxNode code, CancellationToken cancel)
    {
        foreach (var reference in (IEnumerable<SyntaxReference>)symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == code.SyntaxTree && code.Span.Contains(reference.Span))
                return true;
        }

        return false;
    }
}
