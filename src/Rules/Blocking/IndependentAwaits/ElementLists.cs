using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Values that one expression takes, evaluated one after another before anything else of their statement.</summary>
/// <param name="Elements">The values, each with the name that it goes to, where one is written.</param>
/// <param name="Place">The statement or expression body that evaluates them.</param>
internal sealed record ElementList(List<(ExpressionSyntax Value, string? Name)> Elements, SyntaxNode Place);

/// <summary>Finds the list of values that an await stands in: arguments, object initialisers, tuples.</summary>
internal static class ElementLists
{
    public static ElementList? Around(AwaitExpressionSyntax value)
    {
        var (list, elements) = Elements(value);
        return list is not null && PlaceOf(list) is { } place ? new ElementList(elements, place) : null;
    }

    /// <summary>Whether evaluating the value earlier or later makes no difference: a name, a path of members, a constant, a function.</summary>
    public static bool IsSimple(ExpressionSyntax value) => value switch
    {
        AnonymousFunctionExpressionSyntax or DefaultExpressionSyntax or TypeOfExpressionSyntax => true,
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } => true,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax } => true,
        _ => PureReads.IsPath(value),
    };

    private static (SyntaxNode? List, List<(ExpressionSyntax, string?)> Elements) Elements(AwaitExpressionSyntax value)
    {
        var elements = new List<(ExpressionSyntax, string?)>();
        switch (value.Parent)
        {
            case ArgumentSyntax { Parent: ArgumentListSyntax or TupleExpressionSyntax } argument:
                foreach (var node in argument.Parent!.ChildNodes())
                {
                    if (node is ArgumentSyntax { RefKindKeyword.RawKind: 0 } other)
                        elements.Add((other.Expression, other.NameColon?.Name.Identifier.ValueText));
                    else
                        return default;
                }

                return (argument.Parent is TupleExpressionSyntax ? argument.Parent : argument.Parent.Parent, elements);
            case AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ObjectInitializerExpression, Parent: BaseObjectCreationExpressionSyntax creation } initializer }:
                foreach (var argument in creation.ArgumentList?.Arguments ?? default)
                    elements.Add((argument.Expression, null));

                foreach (var element in initializer.Expressions)
                {
                    if (element is not AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } set)
                        return default;

                    elements.Add((set.Right, name.Identifier.ValueText));
                }

                return (creation, elements);
            case AnonymousObjectMemberDeclaratorSyntax { Parent: AnonymousObjectCreationExpressionSyntax made }:
                foreach (var member in made.Initializers)
                    elements.Add((member.Expression, member.NameEquals?.Name.Identifier.ValueText));

                return (made, elements);
            default:
                return default;
        }
    }

    /// <summary>The statement that evaluates the list's expression first; all that it is wrapped in takes only simple values beside it.</summary>
    private static SyntaxNode? PlaceOf(SyntaxNode list)
    {
        for (SyntaxNode child = list, parent = list.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            if (child is InvocationExpressionSyntax { Expression: not IdentifierNameSyntax } call && !(call.Expression is MemberAccessExpressionSyntax member && PureReads.IsPath(member.Expression)))
                return null;

            switch (parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or EqualsValueClauseSyntax:
                    break;
                case ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent: ArgumentListSyntax arguments }:
                    foreach (var other in arguments.Arguments)
                    {
                        if (other != parent && !IsSimple(other.Expression))
                            return null;
                    }

                    break;
                case ArgumentListSyntax { Parent: InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax { Initializer: null } } or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax:
                    break;
                case VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement } }:
                    return IsPlace(statement);
                case ReturnStatementSyntax statement:
                    return IsPlace(statement);
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax, RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax statement }:
                    return IsPlace(statement);
                case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax } arrow:
                    return arrow;
                case LambdaExpressionSyntax lambda when lambda.ExpressionBody == child:
                    return lambda;
                default:
                    return null;
            }
        }

        return null;
    }

    private static SyntaxNode? IsPlace(StatementSyntax statement) => statement.Parent is BlockSyntax or SwitchSectionSyntax ? statement : null;
}
