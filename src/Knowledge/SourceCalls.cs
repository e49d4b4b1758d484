using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Knowledge;

/// <summary>Which functions of the compilation a piece of code calls. Names are compared with the declared ones before anything is bound.</summary>
internal sealed class SourceCalls
{
    /// <summary>An interface with more implementations than this says little about what one call of it does.</summary>
    private const int MostImplementations = 8;

    private static readonly ConditionalWeakTable<Compilation, SourceCalls> s_cache = new();

    private readonly HashSet<string> _methods = [];
    private readonly HashSet<string> _getters = [];
    private readonly Compilation _compilation;

    private SourceCalls(Compilation compilation)
    {
        _compilation = compilation;
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var function in TreeSummary.Of(tree, CancellationToken.None).Content.Functions)
            {
                if (function.Kind is FunctionKind.Method or FunctionKind.LocalFunction)
                    _methods.Add(function.Name);
                else if (function.Kind == FunctionKind.Getter)
                    _getters.Add(function.Name);
            }
        }
    }

    public static SourceCalls Of(Compilation compilation) => s_cache.GetValue(compilation, static c => new SourceCalls(c));

    /// <summary>The function that <paramref name="node"/> names and runs: a method that is called, a constructor, a property that is read. Null where it is not of this compilation.</summary>
    public IMethodSymbol? Called(SyntaxNode node, SemanticModel model, CancellationToken cancel)
    {
        var called = node switch
        {
            InvocationExpressionSyntax call when Calls.NameOf(call) is { } name && _methods.Contains(name.Identifier.ValueText) => model.GetSymbolInfo(call, cancel).Symbol as IMethodSymbol,
            BaseObjectCreationExpressionSyntax creation => model.GetSymbolInfo(creation, cancel).Symbol as IMethodSymbol,
            SimpleNameSyntax read when _getters.Contains(read.Identifier.ValueText) && IsRead(read) => (model.GetSymbolInfo(read, cancel).Symbol as IPropertySymbol)?.GetMethod,
            _ => null,
        };
        if (called is null || ExpressionTrees.IsOnlyNamed(node))
            return null;

        var definition = (called.ReducedFrom ?? called).OriginalDefinition;
        return SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, _compilation.Assembly) ? definition : null;
    }

    /// <summary>Whether a name can be that of a method or property of this compilation.</summary>
    public bool MayName(string name) => _methods.Contains(name) || _getters.Contains(name);

    /// <summary>What runs when <paramref name="called"/> is called: itself, or what implements or overrides it where it has no body. Empty where that is not in sight, or too many.</summary>
    public IReadOnlyList<IMethodSymbol> RunBy(IMethodSymbol called, CancellationToken cancel)
    {
        if (!called.IsAbstract)
            return [called.PartialImplementationPart ?? called];

        var all = Implementations.Of(_compilation).Of(called, cancel);
        return all.Count <= MostImplementations ? [.. all] : [];
    }

    private static bool IsRead(SimpleNameSyntax name)
    {
        SyntaxNode whole = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
        return whole.Parent is not (InvocationExpressionSyntax or NameColonSyntax or NameEqualsSyntax) && !(whole.Parent is AssignmentExpressionSyntax assignment && assignment.Left == whole);
    }
}
