using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>A call in an entry that could be told when its caller has gone, and is not.</summary>
/// <param name="Call">The call.</param>
/// <param name="Method">What it calls.</param>
/// <param name="Entry">The function around it.</param>
/// <param name="Token">How code there names the token; null where the entry must take one first.</param>
/// <param name="Fallback">Where the entry shall take one: what else names it, should the entry be unable to; null for nothing.</param>
/// <param name="Place">Where the token goes.</param>
internal sealed record CancellableCall(InvocationExpressionSyntax Call, IMethodSymbol Method, RequestEntry Entry, string? Token, string? Fallback, TokenPlace Place)
{
    /// <summary>What the parameter that takes the token is called.</summary>
    public string? ParameterName { get; init; } = Place.Parameter?.Name;

    private const string None = "global::System.Threading.CancellationToken.None";

    /// <summary>The call as one that could be told; <paramref name="paths"/> says who is an entry.</summary>
    public static CancellableCall? Of(
        InvocationExpressionSyntax call, ImmutableArray<string> mustFinish, RequestPaths paths, SemanticModel model, AsyncTwins twins, KnownTypes types, CancellationToken cancel)
    {
        if (Calls.NameOf(call) is not { } name || RequestEntry.Around(call, paths, cancel) is not { } function || MustFinish.Names(name.Identifier.ValueText, mustFinish)
            || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method || !WorthCancelling.Is(call, method, model, types, cancel)
            || !TokenOverloads.MayTake(call, method, model, types, cancel)
            || RequestEntry.Of(function, call, model, types, cancel) is not { } entry)
        {
            return null;
        }

        var (token, fallback, isHad) = TokenFor(call, entry, model, types, cancel);

        // A pause keeps nothing busy: it alone is no reason for another parameter.
        if (!isHad || (method is { Name: "Delay", ContainingType.Name: "Task" } && GivenFor(call, entry, model, types, cancel) is null))
            return null;

        var place = TokenOverloads.PlaceOf(token ?? None, call, method, twins);
        if (place.Form == TokenForm.None || !IsHarmless(call, method, entry, model, types, cancel))
            return null;

        return new CancellableCall(call, method, entry, token, fallback, place);
    }

    /// <summary>How code at the call names the entry's token: null where the entry must take one first, and what else names it then; and whether there is any.</summary>
    public static (string? Token, string? Fallback, bool IsHad) TokenFor(InvocationExpressionSyntax call, RequestEntry entry, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (GivenFor(call, entry, model, types, cancel) is { } given)
            return (given, null, true);

        var fallback = entry.CanReach ? CancellationTokens.InScope(call, model, types, cancel) : null;
        return entry.BindsToken(model, types, cancel) && !(fallback is not null && IsHabit(fallback, call)) ? (null, fallback, true) : (fallback, null, fallback is not null);
    }

    /// <summary>Whether nothing is left half done, and no handler misled, where the call is cancelled.</summary>
    public static bool IsHarmless(InvocationExpressionSyntax call, IMethodSymbol method, RequestEntry entry, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        !CancelledTries.AreHarmed(call, method, entry.Function, model, types, cancel) && !ExpressionTrees.Contain(call, model, types, cancel)
        && !WriteOrder.Of(entry.Function, model, types, cancel).IsBetweenWrites(call);

    /// <summary>A token that a parameter or a local has.</summary>
    private static string? GivenFor(InvocationExpressionSyntax call, RequestEntry entry, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var local = LocalTokens.Before(call, entry.Function, model, types, cancel);
        return CancellationTokens.FromParameters(call, model, types, cancel) is { } given && (local is null || given.IndexOf('.') < 0) ? given : local;
    }

    /// <summary>Whether the code of the type passes the request's own token elsewhere, and takes none as parameter.</summary>
    private static bool IsHabit(string token, SyntaxNode call)
    {
        var type = call.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        var text = type?.ToString() ?? "";
        return text.Contains(token) && !text.Contains("CancellationToken ");
    }
}
