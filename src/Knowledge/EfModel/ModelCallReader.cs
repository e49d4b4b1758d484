using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>Reads the types and members that one configuration call names.</summary>
internal static class ModelCallReader
{
    public static ModelCall Read(string method, InvocationExpressionSyntax call)
    {
        var types = ImmutableArray.CreateBuilder<string>();
        var members = ImmutableArray.CreateBuilder<string>();
        bool? flag = null;
        if (Calls.NameOf(call) is GenericNameSyntax generic)
        {
            foreach (var type in generic.TypeArgumentList.Arguments)
                types.Add(type.ToString());
        }

        foreach (var argument in call.ArgumentList.Arguments)
        {
            switch (argument.Expression)
            {
                case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.TrueLiteralExpression }:
                    flag = true;
                    break;
                case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression }:
                    flag = false;
                    break;
                case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text:
                    // A snapshot names types in full.
                    (text.Token.ValueText.IndexOf('.') >= 0 && method is "Entity" or "HasOne" or "HasMany" or "OwnsOne" or "OwnsMany" or "HasForeignKey" or "HasPrincipalKey" ? types : members).Add(text.Token.ValueText);
                    break;
                case TypeOfExpressionSyntax named:
                    types.Add(named.Type.ToString());
                    break;
                case LambdaExpressionSyntax { Body: ExpressionSyntax body }:
                    AddMembers(body, members);
                    break;
                case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }:
                    AddMembers(argument.Expression, members);
                    break;
                case ImplicitArrayCreationExpressionSyntax array:
                    foreach (var element in array.Initializer.Expressions)
                        AddMembers(element, members);

                    break;
            }
        }

        return new ModelCall(method, types.ToImmutable(), members.ToImmutable(), flag);
    }

    private static void AddMembers(ExpressionSyntax expression, ImmutableArray<string>.Builder members)
    {
        switch (expression)
        {
            case MemberAccessExpressionSyntax member:
                members.Add(member.Name.Identifier.ValueText);
                break;
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                AddMembers(suppressed.Operand, members);
                break;
            case CastExpressionSyntax cast:
                AddMembers(cast.Expression, members);
                break;
            case ParenthesizedExpressionSyntax parenthesized:
                AddMembers(parenthesized.Expression, members);
                break;
            case AnonymousObjectCreationExpressionSyntax several:
                foreach (var member in several.Initializers)
                    AddMembers(member.Expression, members);

                break;
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text:
                members.Add(text.Token.ValueText);
                break;
            case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments: { Count: 1 } arguments }:
                if (arguments[0].Expression is SimpleNameSyntax name)
                    members.Add(name.Identifier.ValueText);
                else
                    AddMembers(arguments[0].Expression, members);

                break;
        }
    }
}
