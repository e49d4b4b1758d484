using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Row limits that a parameter of the function gives, with nothing in sight that caps them.</summary>
internal static class RequestedSizes
{
    /// <summary>The parameter from which the number comes without an upper bound; null where there is none.</summary>
    public static IParameterSymbol? Of(ExpressionSyntax count, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var source = SourceOf(count, model, cancel, 0);
        if (source is null || RootOf(source, model, cancel) is not { RefKind: RefKind.None } parameter || parameter.DeclaringSyntaxReferences.Length != 1
            || DeclaringFunction(parameter, cancel) is not { } function || function.SyntaxTree != count.SyntaxTree)
        {
            return null;
        }

        var value = model.GetSymbolInfo(source, cancel).Symbol;
        if (!IsWide(model.GetTypeInfo(source, cancel).Type) || IsValidated(value, model.Compilation, cancel) || SizeCaps.Exist(function, source, parameter, model, cancel)
            || Endpoints.RouteOf(function) is var route && (route.Contains($"{{{parameter.Name}:max(") || route.Contains($"{{{parameter.Name}:range(")))
        {
            return null;
        }

        return value is IParameterSymbol || (IsFromRequest(parameter) && !RequestValidators.Know(parameter.Type, value!.Name, model.Compilation, cancel)) ? parameter : null;
    }

    /// <summary>The parameter or the member of one that passes its value on, however large; null where the value is capped or comes from elsewhere.</summary>
    internal static ExpressionSyntax? SourceOf(ExpressionSyntax count, SemanticModel model, CancellationToken cancel, int depth)
    {
        if (depth > 8)
            return null;

        switch (count)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return SourceOf(parenthesized.Expression, model, cancel, depth + 1);
            case CastExpressionSyntax cast:
                return SourceOf(cast.Expression, model, cancel, depth + 1);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice:
                return SourceOf(choice.Left, model, cancel, depth + 1);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.MultiplyExpression } sum:
                return SourceOf(sum.Left, model, cancel, depth + 1) ?? SourceOf(sum.Right, model, cancel, depth + 1);
            case ConditionalExpressionSyntax choice:
                return SourceOf(choice.WhenTrue, model, cancel, depth + 1) ?? SourceOf(choice.WhenFalse, model, cancel, depth + 1);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } value when IsNullable(value.Expression, model, cancel):
                return SourceOf(value.Expression, model, cancel, depth + 1);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetValueOrDefault" } value } when IsNullable(value.Expression, model, cancel):
                return SourceOf(value.Expression, model, cancel, depth + 1);
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Math" }, Name.Identifier.ValueText: "Max" } } max:
                foreach (var argument in max.ArgumentList.Arguments)
                {
                    if (SourceOf(argument.Expression, model, cancel, depth + 1) is { } source)
                        return source;
                }

                return null;
            case IdentifierNameSyntax name:
                return model.GetSymbolInfo(name, cancel).Symbol switch
                {
                    IParameterSymbol => name,
                    ILocalSymbol local when InitializerOf(local, cancel) is { } initializer && !SizeCaps.IsWritten(local, model, cancel) => SourceOf(initializer, model, cancel, depth + 1),
                    _ => null,
                };
            case MemberAccessExpressionSyntax member when model.GetSymbolInfo(member, cancel).Symbol is IPropertySymbol && RootOf(member, model, cancel) is not null:
                return member;
            default:
                return null;
        }
    }

    /// <summary>The function that declares the parameter.</summary>
    internal static SyntaxNode? DeclaringFunction(IParameterSymbol parameter, CancellationToken cancel) => parameter.DeclaringSyntaxReferences[0].GetSyntax(cancel).Parent switch
    {
        ParameterListSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax } list => list.Parent,
        SimpleLambdaExpressionSyntax lambda => lambda,
        _ => null,
    };

    private static IParameterSymbol? RootOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel)
    {
        while (expression is MemberAccessExpressionSyntax member)
            expression = member.Expression;

        return model.GetSymbolInfo(expression, cancel).Symbol as IParameterSymbol;
    }

    private static bool IsNullable(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) =>
        model.GetTypeInfo(expression, cancel).Type is { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

    /// <summary>Whether the type can hold a number that is too large.</summary>
    private static bool IsWide(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];

        return type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_Int16 or SpecialType.System_UInt16;
    }

    /// <summary>Whether an attribute or the property itself looks at the value.</summary>
    private static bool IsValidated(ISymbol? value, Compilation compilation, CancellationToken cancel)
    {
        if (value is null || HasValidation(value))
            return true;

        if (value is not IPropertySymbol property)
            return false;

        // Of a property of another assembly only the signature is known.
        if (property.IsAbstract || property.DeclaringSyntaxReferences.Length != 1 || !compilation.ContainsSyntaxTree(property.DeclaringSyntaxReferences[0].SyntaxTree))
            return true;

        switch (property.DeclaringSyntaxReferences[0].GetSyntax(cancel))
        {
            case PropertyDeclarationSyntax declaration:
                return declaration.ExpressionBody is not null || declaration.AccessorList is not { } list || !IsAuto(list);
            case ParameterSyntax positional:
                return positional.AttributeLists.ToString() is var attributes && (attributes.Contains("Range") || attributes.Contains("Max"));
            default:
                return true;
        }
    }

    private static bool IsAuto(AccessorListSyntax accessors)
    {
        foreach (var accessor in accessors.Accessors)
        {
            if (accessor.Body is not null || accessor.ExpressionBody is not null)
                return false;
        }

        return true;
    }

    private static bool HasValidation(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (type.Name == "ValidationAttribute" && attribute.AttributeClass!.Name is not ("RequiredAttribute" or "CompareAttribute" or "DataTypeAttribute"))
                    return true;
            }
        }

        return false;
    }

    private static ExpressionSyntax? InitializerOf(ILocalSymbol local, CancellationToken cancel) => local.DeclaringSyntaxReferences.Length == 1
        ? (local.DeclaringSyntaxReferences[0].GetSyntax(cancel) as VariableDeclaratorSyntax)?.Initializer?.Value
        : null;

    /// <summary>Whether the object is made from the request, and is no service or setting.</summary>
    private static bool IsFromRequest(IParameterSymbol parameter)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "FromServicesAttribute" or "FromKeyedServicesAttribute":
                    return false;
                case "FromQueryAttribute" or "FromBodyAttribute" or "FromRouteAttribute" or "FromFormAttribute" or "FromUriAttribute" or "AsParametersAttribute":
                    return true;
            }
        }

        var name = parameter.Type.Name;
        return parameter.Type.TypeKind is TypeKind.Class or TypeKind.Struct && !name.StartsWith("IOptions", StringComparison.Ordinal)
            && !name.EndsWith("Options", StringComparison.Ordinal) && !name.EndsWith("Settings", StringComparison.Ordinal) && !name.EndsWith("Configuration", StringComparison.Ordinal)
            && !name.EndsWith("Config", StringComparison.Ordinal) && !name.EndsWith("Service", StringComparison.Ordinal) && !name.EndsWith("Services", StringComparison.Ordinal) && !name.EndsWith("Context", StringComparison.Ordinal);
    }
}
