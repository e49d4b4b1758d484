using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>How long a call may wait.</summary>
internal static class WaitTimes
{
    private static readonly string[] s_parameters = ["millisecondsTimeout", "milliseconds", "timeout"];

    /// <summary>Whether the call only looks: its time limit is zero.</summary>
    public static bool AreZero(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (TwinCalls.ParameterOf(arguments[i], i, method) is { } parameter && s_parameters.Contains(parameter.Name) && IsZero(arguments[i].Expression, model, types, cancel))
                return true;
        }

        return false;
    }

    private static bool IsZero(ExpressionSyntax time, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (model.GetConstantValue(time, cancel) is { HasValue: true } constant)
            return constant.Value is 0;

        switch (time)
        {
            case DefaultExpressionSyntax or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression }:
                return true;
            case BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList.Arguments: var parts } creation when types.Is(model.GetTypeInfo(creation, cancel).Type, "System.TimeSpan"):
                return parts.All(part => model.GetConstantValue(part.Expression, cancel).Value is 0 or 0L);
            case InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } amount } made when Calls.NameOf(made)?.Identifier.ValueText.StartsWith("From", System.StringComparison.Ordinal) == true:
                return types.Is(model.GetSymbolInfo(made, cancel).Symbol?.ContainingType, "System.TimeSpan") && model.GetConstantValue(amount[0].Expression, cancel).Value is 0 or 0L or 0d;
            case IdentifierNameSyntax or MemberAccessExpressionSyntax when model.GetSymbolInfo(time, cancel).Symbol is IFieldSymbol field:
                return (field.Name == "Zero" && types.Is(field.ContainingType, "System.TimeSpan"))
                    || (field.IsReadOnly && field.DeclaringSyntaxReferences.Length == 1
                        && field.DeclaringSyntaxReferences[0].GetSyntax(cancel) is VariableDeclaratorSyntax { Initializer.Value: { } value } && value.ToString() is "TimeSpan.Zero" or "System.TimeSpan.Zero");
            default:
                return false;
        }
    }
}
