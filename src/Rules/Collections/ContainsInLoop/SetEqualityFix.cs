using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>Whether a hash set finds exactly what a linear search finds.</summary>
internal static class SetEquality
{
    public static bool IsTheSame(MembershipTest test, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (test.Item is { } item && !Converts(item, test.Element, model))
            return false;

        if (test.Comparer is { } comparer)
            return model.GetSymbolInfo(comparer, cancel).Symbol is IPropertySymbol { IsStatic: true } known && types.Is(known.ContainingType, "System.StringComparer");

        return test.Predicate is null ? HasStableHash(test.Element, types) : PredicateIsTheSame(test, model, types, cancel);
    }

    /// <summary>The set takes elements of the collection's own type only.</summary>
    private static bool Converts(ExpressionSyntax item, ITypeSymbol element, SemanticModel model)
    {
        var conversion = model.ClassifyConversion(item, element);
        return conversion is { Exists: true, IsImplicit: true, IsUserDefined: false };
    }

    /// <summary>Whether the hash of an element cannot change while the set has it: values, strings, objects compared by identity, and objects that cannot change.</summary>
    private static bool HasStableHash(ITypeSymbol element, KnownTypes types)
    {
        if (element.IsValueType || element.SpecialType != SpecialType.None || element.TypeKind is TypeKind.TypeParameter || types.Is(element, "System.Type") || types.Is(element, "System.Uri") || types.Is(element, "System.Version"))
            return true;

        for (var current = element; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            if (OverridesEquals(current) && !IsImmutable(element))
                return false;
        }

        return true;
    }

    private static bool OverridesEquals(ITypeSymbol type)
    {
        if (type.IsRecord)
            return true;

        foreach (var member in type.GetMembers("Equals"))
        {
            if (member is IMethodSymbol { Parameters.Length: 1 })
                return true;
        }

        return false;
    }

    private static bool IsImmutable(ITypeSymbol type)
    {
        for (var current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false, IsReadOnly: false, IsImplicitlyDeclared: false }
                    or IPropertySymbol { IsStatic: false, SetMethod.IsInitOnly: false })
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool PredicateIsTheSame(MembershipTest test, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (test.Comparison is { } comparison && comparison.StartsWith("CurrentCulture", System.StringComparison.Ordinal))
            return false;

        switch (test.Predicate)
        {
            // NaN equals itself in a set, and does not by ==; objects compared by reference must not override Equals.
            case BinaryExpressionSyntax equality:
                var value = test.Element is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : test.Element;
                return (IsPlainValue(value, types) || test.Element.SpecialType == SpecialType.System_String || (test.Element is { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } && !AnyOverridesEquals(test.Element)))
                    && !HasOwnOperator(equality, test.Element, model, cancel);
            case InvocationExpressionSyntax call:
                if (model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { IsStatic: true } method)
                    return method.ContainingType.SpecialType is SpecialType.System_String || (method.ContainingType.SpecialType == SpecialType.System_Object && HasStableHash(test.Element, types));

                // A null on the left throws today; a set would say no.
                var left = Calls.ReceiverOf(call)!;
                return (IsPlainValue(test.Element, types) || test.Element.SpecialType == SpecialType.System_String)
                    && (test.Element.IsValueType || (model.GetTypeInfo(left, cancel).Nullability.FlowState == NullableFlowState.NotNull && (model.GetNullableContext(left.SpanStart) & NullableContext.WarningsEnabled) != 0));
            default:
                return false;
        }
    }

    private static bool AnyOverridesEquals(ITypeSymbol type)
    {
        for (var current = type; current is not null && current.SpecialType != SpecialType.System_Object; current = current.BaseType)
        {
            if (OverridesEquals(current))
                return true;
        }

        return false;
    }

    private static bool IsPlainValue(ITypeSymbol type, KnownTypes types) => type.TypeKind == TypeKind.Enum
        || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Decimal or SpecialType.System_DateTime
        || types.Is(type, "System.Guid") || types.Is(type, "System.DateTimeOffset") || types.Is(type, "System.TimeSpan") || types.Is(type, "System.DateOnly") || types.Is(type, "System.TimeOnly");

    private static bool HasOwnOperator(BinaryExpressionSyntax equality, ITypeSymbol element, SemanticModel model, CancellationToken cancel) =>
        element is { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } && model.GetSymbolInfo(equality, cancel).Symbol is IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator };
}
