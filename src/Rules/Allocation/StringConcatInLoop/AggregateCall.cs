using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary><c>items.Aggregate("", (text, item) => text + item)</c>: a loop without a loop statement.</summary>
/// <param name="Call">The call.</param>
/// <param name="Source">What is gone through.</param>
/// <param name="Function">The lambda, or the method group <c>string.Concat</c>, that joins.</param>
/// <param name="Name">What the lambda calls the growing text.</param>
internal sealed record AggregateCall(InvocationExpressionSyntax Call, ExpressionSyntax? Source, ExpressionSyntax Function, string Name)
{
    public static AggregateCall? Of(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (!types.Is(method.ContainingType, "System.Linq.Enumerable") || method.ReturnType is null)
            return null;

        var isReduced = method.ReducedFrom is not null;
        var index = (isReduced ? 0 : 1) + ((method.ReducedFrom ?? method).Parameters.Length > 2 ? 1 : 0);
        if (call.ArgumentList.Arguments.Count <= index)
            return null;

        var source = isReduced ? Calls.ReceiverOf(call) : call.ArgumentList.Arguments[0].Expression;
        var function = call.ArgumentList.Arguments[index].Expression;
        if (ExpressionTrees.Contain(call, model, types, cancel) || model.GetTypeInfo(function, cancel).ConvertedType is not INamedTypeSymbol { DelegateInvokeMethod: { } join }
            || join.ReturnType.SpecialType != SpecialType.System_String || join.Parameters.Length != 2 || join.Parameters[0].Type.SpecialType != SpecialType.System_String)
        {
            return null;
        }

        switch (function)
        {
            case ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 2 } parameters } lambda:
                var text = parameters[0].Identifier.ValueText;
                return Appends(lambda, text, model, cancel) ? new AggregateCall(call, source, function, text) : null;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Concat" }
                when model.GetSymbolInfo(function, cancel).Symbol is IMethodSymbol { ContainingType.SpecialType: SpecialType.System_String }:
                return new AggregateCall(call, source, function, "the text");
            default:
                return null;
        }
    }

    /// <summary>The one expression that the lambda returns, or null.</summary>
    public static ExpressionSyntax? ResultOf(LambdaExpressionSyntax lambda) =>
        lambda.ExpressionBody ?? (lambda.Block?.Statements is { Count: 1 } statements ? (statements[0] as ReturnStatementSyntax)?.Expression : null);

    private static bool Appends(LambdaExpressionSyntax lambda, string text, SemanticModel model, CancellationToken cancel) =>
        ResultOf(lambda) is { } result && Appends(result, text, model, cancel);

    private static bool Appends(ExpressionSyntax result, string text, SemanticModel model, CancellationToken cancel)
    {
        result = Append.Unwrap(result);
        switch (result)
        {
            case ConditionalExpressionSyntax choice:
                return Appends(choice.WhenTrue, text, model, cancel) || Appends(choice.WhenFalse, text, model, cancel);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }:
                foreach (var part in Append.PartsOf(result, model, cancel))
                {
                    if (IsText(part, text))
                        return true;
                }

                return false;
            case InterpolatedStringExpressionSyntax interpolated:
                foreach (var content in interpolated.Contents)
                {
                    if (content is InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole && IsText(hole.Expression, text))
                        return true;
                }

                return false;
            case InvocationExpressionSyntax call when Calls.NameOf(call)?.Identifier.ValueText == "Concat":
                foreach (var argument in call.ArgumentList.Arguments)
                {
                    if (IsText(argument.Expression, text))
                        return model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { ContainingType.SpecialType: SpecialType.System_String };
                }

                return false;
            default:
                return false;
        }
    }

    private static bool IsText(ExpressionSyntax expression, string text) => Append.Unwrap(expression) is IdentifierNameSyntax name && name.Identifier.ValueText == text;
}
