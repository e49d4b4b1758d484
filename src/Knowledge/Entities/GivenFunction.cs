using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>A function that is given an entity.</summary>
/// <param name="Function">What its declaration says.</param>
/// <param name="IsOwn">Whether it is the entity's.</param>
/// <param name="Tree">Where it stands.</param>
internal sealed record GivenFunction(DeclaredFunction Function, bool IsOwn, SyntaxTree Tree)
{
    public FunctionNames NamesIn(CancellationToken cancel) => Function.NamesIn(Tree, cancel);

    /// <summary>The functions of a compilation that belong to one of <paramref name="owners"/>, to which those are added that derive from one, or take one.</summary>
    public static List<GivenFunction> In(Compilation compilation, HashSet<string> owners, CancellationToken cancel)
    {
        var trees = new List<(SyntaxTree Tree, TreeFunctions Declared)>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancel.ThrowIfCancellationRequested();
            trees.Add((tree, TreeFunctions.Of(tree, cancel)));
        }

        // Whoever derives from an owner is one.
        for (var known = -1; known < owners.Count;)
        {
            known = owners.Count;
            foreach (var (_, declared) in trees)
            {
                foreach (var type in declared.Types)
                {
                    if (Names(type.Bases, owners))
                        owners.Add(type.Name);
                }
            }
        }

        var functions = new List<GivenFunction>();
        foreach (var (tree, declared) in trees)
        {
            foreach (var function in declared.Functions)
            {
                var isOwn = function.Kind != FunctionKind.Constructor && owners.Contains(function.Home);
                if (isOwn || Names(function.Given, owners))
                    functions.Add(new GivenFunction(function, isOwn, tree));
            }
        }

        return functions;
    }

    private static bool Names(ImmutableArray<string> names, HashSet<string> owners)
    {
        foreach (var name in names)
        {
            if (owners.Contains(name))
                return true;
        }

        return false;
    }
}
