using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>The models of further files, made when the first question leads there. They live as long as their compilation.</summary>
internal static class SemanticModels
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxTree, SemanticModel>> s_models = new();

    /// <summary>The model of <paramref name="tree"/>: the one at hand where it is that file's.</summary>
    public static SemanticModel Of(SyntaxTree tree, SemanticModel atHand)
    {
        var compilation = atHand.Compilation;
        return tree == atHand.SyntaxTree ? atHand : s_models.GetOrCreateValue(compilation).GetOrAdd(tree, t => compilation.GetSemanticModel(t));
    }
}
