using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// Names a function by where it is declared. Symbols will not do: a project that targets another framework sees a
/// different symbol for the same declaration.
/// </summary>
internal readonly record struct FunctionKey(SyntaxTree Tree, TextSpan Span)
{
    public static FunctionKey Of(SyntaxNode declaration) => new(declaration.SyntaxTree, declaration.Span);

    /// <summary>The key of a method's declaration; null where it has none in source.</summary>
    public static FunctionKey? Of(IMethodSymbol method)
    {
        var defined = (method.ReducedFrom ?? method).OriginalDefinition;
        defined = defined.PartialDefinitionPart ?? defined;
        return defined.DeclaringSyntaxReferences.IsEmpty ? null : new(defined.DeclaringSyntaxReferences[0].SyntaxTree, defined.DeclaringSyntaxReferences[0].Span);
    }
}

/// <summary>One declaration of a function.</summary>
internal sealed record AsyncFunction(Source Source, SyntaxNode Declaration, IMethodSymbol Symbol)
{
    public FunctionKey Key => FunctionKey.Of(Declaration);

    public SyntaxNode? Body => Functions.BodyOf(Declaration);
}

/// <summary>
/// Functions that have one signature and so become async together: a method with all that it overrides, implements
/// and is overridden or implemented by; a local function or a lambda alone.
/// </summary>
internal sealed class FunctionGroup
{
    public List<AsyncFunction> Members { get; } = [];

    /// <summary>Every place in the solution that names a member.</summary>
    public List<CallSite> Sites { get; } = [];

    /// <summary>Groups that must become async when this one does: its callers.</summary>
    public HashSet<FunctionGroup> Requires { get; } = [];

    /// <summary>Why it cannot become async; null while nothing speaks against it.</summary>
    public string? Blocker { get; set; }

    /// <summary>It returns a task already, so that only <c>async</c> is missing and no caller notices.</summary>
    public bool KeepsSignature { get; set; }

    /// <summary>The name that the members get; null where they keep their own.</summary>
    public string? NewName { get; set; }

    /// <summary>An async method with the same parameters stands beside it: callers move there, and the group stays as it is.</summary>
    public bool HasTwin { get; set; }

    /// <summary>The group is a lambda that dissolves into a loop of the function around it.</summary>
    public LinqLoop? Loop { get; set; }

    public void Block(string reason) => Blocker ??= reason;

    /// <summary>Whether <paramref name="function"/> is the async twin that callers of the group move to, of any of its types.</summary>
    public bool IsTwin(IMethodSymbol? function) => HasTwin && function is { ContainingType: { } type } && function.Name == NewName
        && Members.Any(member => TypeTree.IsSame(type, member.Symbol.ContainingType));
}

/// <summary>How a place names a function.</summary>
internal enum SiteKind
{
    /// <summary>A call: it is awaited.</summary>
    Call,

    /// <summary>A statement <c>a?.M();</c>.</summary>
    ConditionalCall,

    /// <summary>A method group given to something that takes functions of either kind; only its name changes.</summary>
    Group,

    /// <summary><c>nameof</c> or a documentation comment; only the name changes.</summary>
    Name,
}

/// <summary>A place that names a function of a group.</summary>
/// <param name="Source">Where it stands.</param>
/// <param name="Name">The name itself.</param>
/// <param name="Kind">How it names it.</param>
/// <param name="Caller">The function that runs the place; null where only the name is used.</param>
/// <param name="Others">Further functions that the name stands for: overloads in a <c>nameof</c>.</param>
internal sealed record CallSite(Source Source, SimpleNameSyntax Name, SiteKind Kind, AsyncFunction? Caller, IReadOnlyList<FunctionKey?> Others);
