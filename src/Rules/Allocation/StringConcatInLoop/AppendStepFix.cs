using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>One call of a builder: what is handed to it, and how.</summary>
/// <param name="Operand">What is added, a node of the original tree.</param>
/// <param name="IsInsert">Whether it goes to the front.</param>
internal sealed record AppendStep(ExpressionSyntax? Operand, bool IsInsert)
{
    /// <summary>Or the text that is added.</summary>
    public ExpressionSyntax? Literal { get; init; }

    /// <summary>The part of an interpolated string that is the old text and is left out.</summary>
    public int? Hole { get; init; }

    /// <summary>What is joined to the operand before it is added.</summary>
    public ImmutableArray<ExpressionSyntax> More { get; init; } = ImmutableArray<ExpressionSyntax>.Empty;

    /// <summary>The type it must be cast to, so that it is added as the concatenation does.</summary>
    public string? Cast { get; init; }

    /// <summary>Whether it is the text of another builder.</summary>
    public bool IsBuilder { get; init; }

    public static AppendStep? Of(ExpressionSyntax part, bool keepsHalf, SemanticModel model, CancellationToken cancel)
    {
        var info = model.GetTypeInfo(part, cancel);
        if (keepsHalf && Append.Unwrap(part) is InterpolatedStringExpressionSyntax && CanThrow(part, model, cancel))
            return null;

        switch (info.Type)
        {
            case null or IErrorTypeSymbol or IDynamicTypeSymbol or IPointerTypeSymbol or IFunctionPointerTypeSymbol:
                return null;
            case { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_String }:
                return new AppendStep(part, false) { IsBuilder = BuilderReads.IsBuilderText(part, model, cancel) };
            case { IsRefLikeType: true } type:
                return type is INamedTypeSymbol { Name: "ReadOnlySpan", TypeArguments.Length: 1 } span && span.TypeArguments[0].SpecialType == SpecialType.System_Char ? new AppendStep(part, false) : null;
            case IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Char }:
                return new AppendStep(part, false) { Cast = "object" };
            case var _ when info.ConvertedType?.SpecialType == SpecialType.System_String:
                return new AppendStep(part, false) { Cast = model.GetNullableContext(part.SpanStart).AnnotationsEnabled() ? "string?" : "string" };
            case var type when ConvertsImplicitly(type):
                return new AppendStep(part, false) { Cast = "object" };
            default:
                return new AppendStep(part, false);
        }
    }

    /// <summary>Whether adding the parts one after another is the same as joining them first.</summary>
    public static bool CanBeAddedOneByOne(ImmutableArray<ExpressionSyntax> parts, bool keepsHalf, SemanticModel model, CancellationToken cancel)
    {
        for (var index = 1; index < parts.Length; index++)
        {
            if (keepsHalf && CanThrow(parts[index], model, cancel))
                return false;

            // A later part may change the object before its text is taken.
            if (parts[index].DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax)
                && parts.Take(index).Any(earlier => model.GetTypeInfo(earlier, cancel).Type is { IsReferenceType: true } type and not { SpecialType: SpecialType.System_String } && type.Name != "StringBuilder"))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether <c>a + b + …</c> without a text in front is still a concatenation.</summary>
    public static bool AreJoinedAsText(ImmutableArray<ExpressionSyntax> parts, SemanticModel model, CancellationToken cancel) =>
        parts.Take(2).Any(part => model.GetTypeInfo(part, cancel).Type?.SpecialType == SpecialType.System_String);

    public static bool CanThrow(ExpressionSyntax part, SemanticModel model, CancellationToken cancel)
    {
        part = Append.Unwrap(part);
        if (part is InterpolatedStringExpressionSyntax interpolated)
            return interpolated.Contents.Any(content => content is InterpolationSyntax hole && CanThrow(hole.Expression, model, cancel));

        return !model.GetConstantValue(part, cancel).HasValue
            && !(FormatsAsItself(model.GetTypeInfo(part, cancel).Type) && model.GetSymbolInfo(part, cancel).Symbol is ILocalSymbol or IParameterSymbol);
    }

    /// <summary>Whether formatting a value of the type gives its <c>ToString()</c>.</summary>
    public static bool FormatsAsItself(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String;

    /// <summary>Whether the type has implicit conversions of its own, which could choose another overload.</summary>
    private static bool ConvertsImplicitly(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(WellKnownMemberNames.ImplicitConversionName))
            {
                if (member is IMethodSymbol { Parameters.Length: 1 } conversion && SymbolEqualityComparer.Default.Equals(conversion.Parameters[0].Type.OriginalDefinition, current.OriginalDefinition))
                    return true;
            }
        }

        return false;
    }
}
