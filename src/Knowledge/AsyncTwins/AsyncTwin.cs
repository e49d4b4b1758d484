using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>An async method that binds in the place of a call and gives what the code there uses.</summary>
/// <param name="Method">The method as it binds with the call's own arguments.</param>
/// <param name="Import">The namespace that must be imported for it to be found, or null.</param>
/// <param name="IsConditional">Whether the call is made only where a receiver is not null: then there may be no task to await.</param>
internal sealed record AsyncTwin(IMethodSymbol Method, string? Import, bool IsConditional)
{
    public string Name => Method.Name;
}

/// <summary>How a call hands over a cancellation token.</summary>
internal enum TokenForm
{
    /// <summary>There is no place for one.</summary>
    None,

    /// <summary>After the last argument.</summary>
    Last,

    /// <summary>As a named argument, since optional ones stand between.</summary>
    Named,

    /// <summary>After the arguments of a <c>params</c> array, which are then written as one array.</summary>
    AfterArray,
}

/// <summary>A way to hand over a token, and the parameter that takes it.</summary>
/// <param name="Form">Where the argument goes.</param>
/// <param name="Parameter">The parameter that takes it; null for <see cref="TokenForm.None"/>.</param>
/// <param name="ArrayStart">For <see cref="TokenForm.AfterArray"/>, the first argument that belongs to the array.</param>
internal readonly record struct TokenPlace(TokenForm Form, IParameterSymbol? Parameter, int ArrayStart = 0);
