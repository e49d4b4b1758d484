using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace PerfAnalyzers.Knowledge.Tasks;

/// <summary>A variable that holds a task, such as <c>load</c>, <c>this._load</c> or <c>page.Load</c>, or any element of one that holds several.</summary>
/// <param name="Symbols">The variable and the members that lead on from it; <c>this</c> is left out.</param>
/// <param name="Element">The place that reads the element; null for the variable itself.</param>
internal sealed record TaskPath(ImmutableArray<ISymbol> Symbols, SyntaxNode? Element)
{
    public ISymbol Root => Symbols[0];

    /// <summary>The path that the operation reads; null where it is a value of its own.</summary>
    public static TaskPath? Of(IOperation? operation, FlowCaptures? captures = null)
    {
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return new TaskPath(ImmutableArray.Create<ISymbol>(local.Local), null);
            case IParameterReferenceOperation parameter:
                return new TaskPath(ImmutableArray.Create<ISymbol>(parameter.Parameter), null);
            case IFieldReferenceOperation field:
                return Member(field, field.Instance, field.Field, captures);
            case IPropertyReferenceOperation { Arguments.IsEmpty: true } property:
                return Member(property, property.Instance, property.Property, captures);
            case IPropertyReferenceOperation { Instance: { } collection }:
                return Of(collection, captures) is { } owner ? owner with { Element = operation.Syntax } : null;
            case IArrayElementReferenceOperation element:
                return Of(element.ArrayReference, captures) is { } array ? array with { Element = operation.Syntax } : null;
            case IConversionOperation conversion:
                return Of(conversion.Operand, captures);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand, captures);
            case IFlowCaptureReferenceOperation captured:
                return Of(captures?.ValueOf(captured), captures);
            case IInvocationOperation call when GivesElement(call.TargetMethod.Name) && SourceOf(call) is { } source:
                return Of(source, captures) is { } items ? items with { Element = operation.Syntax } : null;
            default:
                return null;
        }
    }

    /// <summary>What an instance or extension method is called on; null for other static methods.</summary>
    public static IOperation? SourceOf(IInvocationOperation call) =>
        call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null);

    /// <summary>Whether both are one variable, or read an element of it in the same words.</summary>
    public bool IsSame(TaskPath other) => HasSameSymbols(other) && (Element is null
        ? other.Element is null
        : other.Element is not null && SyntaxFactory.AreEquivalent(Element, other.Element));

    public bool HasSameSymbols(TaskPath other) => Symbols.Length == other.Symbols.Length && StartsWith(other);

    /// <summary>Whether the other is this variable or one that this one is reached through.</summary>
    public bool StartsWith(TaskPath other)
    {
        if (Symbols.Length < other.Symbols.Length)
            return false;

        for (var i = 0; i < other.Symbols.Length; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(Symbols[i], other.Symbols[i]))
                return false;
        }

        return true;
    }

    private static bool GivesElement(string method) => method is "First" or "FirstOrDefault" or "Last" or "LastOrDefault" or "Single" or "SingleOrDefault"
        or "ElementAt" or "ElementAtOrDefault" or "GetValueOrDefault" or "Find" or "Dequeue" or "Pop" or "Peek";

    private static TaskPath? Member(IOperation access, IOperation? instance, ISymbol member, FlowCaptures? captures)
    {
        if (instance is null or IInstanceReferenceOperation)
            return new TaskPath(ImmutableArray.Create(member), null);

        return Of(instance, captures) switch
        {
            null => null,
            { Element: null } owner => owner with { Symbols = owner.Symbols.Add(member) },

            // What hangs on an element is taken for one: tasks are kept in pairs and view models.
            var element => element with { Element = access.Syntax },
        };
    }
}
