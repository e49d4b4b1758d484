using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>A condition on a parameter under which code of a method runs.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Value">What it must be: <c>true</c>, <c>false</c>, <c>null</c> or <c>not null</c>.</param>
internal readonly record struct CallGuard(string Parameter, string Value)
{
    /// <summary>Whether the literal cannot meet the condition.</summary>
    public bool IsBrokenBy(string literal) => Value == "not null" ? literal == "null" : literal is "true" or "false" && Value is "true" or "false" && literal != Value;
}

/// <summary>Reads which parameters decide whether code runs, as in <c>if (includeItems)</c>, and what a call gives for them.</summary>
internal static class CallGuards
{
    /// <summary>The conditions on the parameters of <paramref name="method"/> under which <paramref name="node"/> of its body runs.</summary>
    public static ImmutableArray<CallGuard> Around(SyntaxNode node, SyntaxNode body, IMethodSymbol method)
    {
        var guards = ImmutableArray<CallGuard>.Empty;
        for (SyntaxNode child = node, parent = node.Parent!; parent is not null && child != body; child = parent, parent = parent.Parent!)
        {
            guards = parent switch
            {
                IfStatementSyntax branch when child == branch.Statement => Add(guards, branch.Condition, true, method),
                ElseClauseSyntax { Parent: IfStatementSyntax branch } => Add(guards, branch.Condition, false, method),
                ConditionalExpressionSyntax choice when child == choice.WhenTrue => Add(guards, choice.Condition, true, method),
                ConditionalExpressionSyntax choice when child == choice.WhenFalse => Add(guards, choice.Condition, false, method),
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when child == both.Right => Add(guards, both.Left, true, method),
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either when child == either.Right => Add(guards, either.Left, false, method),
                _ => guards,
            };
        }

        return guards;
    }

    /// <summary>Whether the call gives a literal, or leaves a default, with which the guarded code does not run.</summary>
    public static bool AreBrokenBy(SyntaxNode call, IMethodSymbol method, ImmutableArray<CallGuard> guards)
    {
        foreach (var guard in guards)
        {
            if (LiteralFor(guard.Parameter, call, method) is { } literal && guard.IsBrokenBy(literal))
                return true;
        }

        return false;
    }

    private static ImmutableArray<CallGuard> Add(ImmutableArray<CallGuard> guards, ExpressionSyntax condition, bool holds, IMethodSymbol method)
    {
        switch (condition)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Add(guards, parenthesized.Expression, holds, method);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                return Add(guards, not.Operand, !holds, method);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when holds:
                return Add(Add(guards, both.Left, true, method), both.Right, true, method);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either when !holds:
                return Add(Add(guards, either.Left, false, method), either.Right, false, method);
            case IdentifierNameSyntax name when IsParameter(name, method):
                return guards.Add(new CallGuard(name.Identifier.ValueText, holds ? "true" : "false"));
            case BinaryExpressionSyntax { Left: IdentifierNameSyntax name, Right.RawKind: (int)SyntaxKind.NullLiteralExpression, RawKind: (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.EqualsExpression } test
                when IsParameter(name, method) && test.IsKind(SyntaxKind.NotEqualsExpression) == holds:
                return guards.Add(new CallGuard(name.Identifier.ValueText, "not null"));
            case IsPatternExpressionSyntax { Expression: IdentifierNameSyntax name, Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } or RecursivePatternSyntax } when holds && IsParameter(name, method):
                return guards.Add(new CallGuard(name.Identifier.ValueText, "not null"));
            default:
                return guards;
        }
    }

    private static bool IsParameter(IdentifierNameSyntax name, IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Name == name.Identifier.ValueText)
                return parameter.RefKind == RefKind.None;
        }

        return false;
    }

    /// <summary><c>true</c>, <c>false</c> or <c>null</c> as the call gives it; null where it gives something else.</summary>
    private static string? LiteralFor(string name, SyntaxNode call, IMethodSymbol method)
    {
        var arguments = call switch
        {
            InvocationExpressionSyntax invocation => invocation.ArgumentList,
            BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
            _ => null,
        };

        if (arguments is null)
            return null;

        var shift = method.ReducedFrom is null ? 0 : 1;
        var definition = method.ReducedFrom ?? method;
        foreach (var parameter in definition.Parameters)
        {
            if (parameter.Name != name)
                continue;

            foreach (var argument in arguments.Arguments)
            {
                if (argument.NameColon?.Name.Identifier.ValueText == name)
                    return Text(argument.Expression);
            }

            var index = parameter.Ordinal - shift;
            if (index >= 0 && index < arguments.Arguments.Count && arguments.Arguments[index].NameColon is null)
                return Text(arguments.Arguments[index].Expression);

            return parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue switch { true => "true", false => "false", null when parameter.Type.IsReferenceType => "null", _ => null } : null;
        }

        return null;
    }

    private static string? Text(ExpressionSyntax expression) => expression.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => "true",
        SyntaxKind.FalseLiteralExpression => "false",
        SyntaxKind.NullLiteralExpression => "null",
        _ => null,
    };
}
