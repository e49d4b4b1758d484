using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>The functions through which a reading came to the one that it reads.</summary>
/// <param name="Function">The function that is being read.</param>
/// <param name="Caller">How the reading came to it.</param>
/// <param name="Depth">How many functions lie before it.</param>
internal sealed record EffectChain(ISymbol? Function, EffectChain? Caller, int Depth)
{
    public static readonly EffectChain Empty = new(null, null, 0);

    public EffectChain With(ISymbol function) => new(function, this, Depth + 1);

    public bool Has(ISymbol function)
    {
        for (var current = this; current is not null; current = current.Caller)
        {
            if (SymbolEqualityComparer.Default.Equals(current.Function, function))
                return true;
        }

        return false;
    }
}
