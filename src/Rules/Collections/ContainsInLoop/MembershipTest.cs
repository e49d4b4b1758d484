using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>An expression that asks by linear search whether a collection has an element.</summary>
/// <param name="Name">The searching method's name, which is reported.</param>
/// <param name="Collection">What is searched.</param>
/// <param name="Item">What is searched for; null for a method group, whose caller passes it.</param>
/// <param name="Whole">What has the answer: the call, the comparison around it, or the method group.</param>
/// <param name="Element">The type of the elements.</param>
internal sealed record MembershipTest(SimpleNameSyntax Name, ExpressionSyntax Collection, ExpressionSyntax? Item, ExpressionSyntax Whole, ITypeSymbol Element)
{
    /// <summary>Whether <see cref="Whole"/> is true when the element is missing: <c>list.IndexOf(x) &lt; 0</c>.</summary>
    public bool IsNegated { get; init; }

    /// <summary>How elements are compared where it is not by their default equality.</summary>
    public ExpressionSyntax? Comparer { get; init; }

    /// <summary>The <c>StringComparison</c> that compares the elements, by the name that <c>StringComparer</c> has for it too.</summary>
    public string? Comparison { get; init; }

    /// <summary>How a predicate compares: null where the collection's own method does, else the expression that does.</summary>
    public ExpressionSyntax? Predicate { get; init; }

    /// <summary>Whether the method is given to somebody who calls it: <c>xs.Where(list.Contains)</c>.</summary>
    public bool IsMethodGroup => Item is null;

    /// <summary>Whether an array is searched as a span, which of a null array is empty.</summary>
    public bool IsOnSpan { get; init; }

    /// <summary>Whether a collection that is null fails as a member of null does, and not with an argument exception.</summary>
    public bool FailsLikeAMember { get; init; }

    /// <summary>Whether the collection is asked with <c>?.</c>.</summary>
    public bool IsConditional => Name.Parent is MemberBindingExpressionSyntax;

    /// <summary>Whether both compare elements in the same way, so that one set answers both.</summary>
    public bool ComparesAs(MembershipTest other) => Comparison == other.Comparison && Comparer?.ToString() == other.Comparer?.ToString();
}
