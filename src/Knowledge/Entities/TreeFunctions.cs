using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>A type as its declaration writes it: simple names only.</summary>
internal readonly record struct DeclaredType(string Name, ImmutableArray<string> Bases);

/// <summary>How code runs a function.</summary>
internal enum FunctionKind
{
    Method,
    Constructor,
    Getter,
}

/// <summary>A function as its text shows it.</summary>
/// <param name="Name">The name by which code runs it; of a constructor, its type's.</param>
/// <param name="Kind">How code runs it.</param>
/// <param name="Most">With how many arguments at most.</param>
/// <param name="Home">The simple name of the type that declares it.</param>
/// <param name="Given">The simple names in the types of its parameters, and in the constraints on their type parameters.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record DeclaredFunction(string Name, FunctionKind Kind, int Most, string Home, ImmutableArray<string> Given, TextSpan Span)
{
    private FunctionNames? _names;

    /// <summary>What its code names; read when it is asked for, which is of few functions.</summary>
    public FunctionNames NamesIn(SyntaxTree tree, CancellationToken cancel)
    {
        if (Volatile.Read(ref _names) is { } names)
            return names;

        names = FunctionNames.Read(tree.GetRoot(cancel).FindNode(Span));
        Volatile.Write(ref _names, names);
        return names;
    }
}

/// <summary>The functions of one file: strings and integers, read without binding and kept per tree, so that an edit reads one file again.</summary>
internal sealed class TreeFunctions(ImmutableArray<DeclaredType> types, ImmutableArray<DeclaredFunction> functions)
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeFunctions> s_cache = new();

    public ImmutableArray<DeclaredType> Types { get; } = types;

    public ImmutableArray<DeclaredFunction> Functions { get; } = functions;

    /// <summary>Whether the tree was read, for tests.</summary>
    public static bool IsRead(SyntaxTree tree) => s_cache.TryGetValue(tree, out _);

    public static TreeFunctions Of(SyntaxTree tree, CancellationToken cancel)
    {
        if (s_cache.TryGetValue(tree, out var functions))
            return functions;

        functions = FunctionReader.Read(tree.GetRoot(cancel), cancel);
        return s_cache.GetValue(tree, _ => functions);
    }
}
