using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Which texts cannot be null: a builder made from null would give the empty string instead.</summary>
internal static class NonNullText
{
    public static bool Is(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel)
    {
        var value = Append.Unwrap(expression);
        if (model.GetConstantValue(value, cancel) is { HasValue: true, Value: var constant })
            return constant is not null;

        switch (value)
        {
            case InterpolatedStringExpressionSyntax:
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }:
                return true;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce:
                return Is(coalesce.Right, model, cancel);
            case ConditionalExpressionSyntax choice:
                return Is(choice.WhenTrue, model, cancel) && Is(choice.WhenFalse, model, cancel);
        }

        return TextUses.IsEmpty(value, model, cancel)
            || (value is InvocationExpressionSyntax && model.GetSymbolInfo(value, cancel).Symbol is IMethodSymbol { ContainingType: { } type } method && GivesText(method, type))
            || (model.GetNullableContext(value.SpanStart).AnnotationsEnabled() && model.GetTypeInfo(value, cancel).Nullability.FlowState == NullableFlowState.NotNull);
    }

    /// <summary>Whether a variable never holds null: by its declared type, or because nothing that it gets can be null.</summary>
    public static bool Is(GrowingText text, SemanticModel model, CancellationToken cancel)
    {
        var (type, isWritten) = text.Symbol switch
        {
            IParameterSymbol parameter => (parameter.Type, true),
            ILocalSymbol local => (local.Type, text.Declaration.Parent is VariableDeclarationSyntax { Type.IsVar: false }),
            _ => (null, false),
        };
        if (isWritten && type?.NullableAnnotation == NullableAnnotation.NotAnnotated && model.GetNullableContext(text.Declaration.SpanStart).AnnotationsEnabled())
            return true;

        if (text.Declaration is not VariableDeclaratorSyntax declarator || (declarator.Initializer is { } initializer && !Is(initializer.Value, model, cancel)))
            return false;

        foreach (var use in text.Uses)
        {
            if (use.Use == TextUse.Write && !(use.Reference.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && Is(assignment.Right, model, cancel)))
                return false;
        }

        return true;
    }

    private static bool GivesText(IMethodSymbol method, INamedTypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => method.ReturnType.SpecialType == SpecialType.System_String && (!method.IsStatic || method.Name is "Join" or "Concat" or "Format" or "Create"),
        >= SpecialType.System_Boolean and <= SpecialType.System_Double or SpecialType.System_DateTime or SpecialType.System_Enum => method.Name == "ToString",
        _ => method.Name == "ToString" && type is { Name: "StringBuilder" or "Guid" or "TimeSpan", ContainingNamespace.Name: "System" or "Text" },
    };
}
