using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Paths;

// Expressions: each is visited once, records the calls in it, and tells how its own type can be found.
internal sealed partial class TreeWalker
{
    private int Expression(ExpressionSyntax expression, TypeSyntax? target = null)
    {
        EnsureStack();
        switch (expression)
        {
            case LiteralExpressionSyntax literal:
                return LiteralType(literal);
            case IdentifierNameSyntax name:
                return Name(name, CallKind.Read);
            case GenericNameSyntax generic:
                Call(generic.Identifier.ValueText, -1, CallKind.Read, None);
                return Receiver(ReceiverKind.Type, TypeNames.Of(generic));
            case PredefinedTypeSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax or NullableTypeSyntax or ArrayTypeSyntax:
                return ReceiverOf((TypeSyntax)expression);
            case ThisExpressionSyntax:
                return This;
            case BaseExpressionSyntax:
                return Base;
            case ParenthesizedExpressionSyntax inner:
                return Expression(inner.Expression, target);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } certain:
                return Expression(certain.Operand, target);
            case MemberAccessExpressionSyntax member:
                return Member(member, CallKind.Read);
            case MemberBindingExpressionSyntax binding:
                Call(binding.Name.Identifier.ValueText, -1, CallKind.Read, _conditional);
                return Receiver(ReceiverKind.Member, binding.Name.Identifier.ValueText, _conditional);
            case ConditionalAccessExpressionSyntax conditional:
                var outer = _conditional;
                _conditional = Expression(conditional.Expression);
                var result = Expression(conditional.WhenNotNull);
                _conditional = outer;
                return result;
            case InvocationExpressionSyntax call:
                return Invocation(call);
            case ObjectCreationExpressionSyntax creation:
                return Creation(creation, TypeNames.Of(creation.Type));
            case ImplicitObjectCreationExpressionSyntax creation:
                return Creation(creation, target is null || target.IsVar ? "" : TypeNames.Of(target));
            case AwaitExpressionSyntax await:
                return Expression(await.Expression) is var awaited && awaited == Unknown ? Unknown : Receiver(ReceiverKind.Await, "", awaited);
            case CastExpressionSyntax cast:
                Expression(cast.Expression);
                return ReceiverOf(cast.Type);
            case BinaryExpressionSyntax binary:
                return Binary(binary);
            case AssignmentExpressionSyntax { Left: DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax parts } } taken:
                Designated(parts, Expression(taken.Right));
                return Unknown;
            case AssignmentExpressionSyntax assignment:
                return Assignment(assignment);
            case ElementAccessExpressionSyntax element:
                return Indexed(element, CallKind.Read);
            case ElementBindingExpressionSyntax element:
                Arguments(element.ArgumentList);
                Call("this[]", element.ArgumentList.Arguments.Count, CallKind.Read, _conditional);
                return Receiver(ReceiverKind.Element, "", _conditional);
            case ConditionalExpressionSyntax choice:
                Expression(choice.Condition);
                var whenTrue = Expression(choice.WhenTrue, target);
                var whenFalse = Expression(choice.WhenFalse, target);
                return whenTrue == Unknown ? whenFalse : whenTrue;
            case AnonymousFunctionExpressionSyntax lambda:
                Kept(lambda, HandlerKind.None, None, null, Unknown);
                return Unknown;
            case InterpolatedStringExpressionSyntax:
                Children(expression);
                return Receiver(ReceiverKind.Type, "string");
            case TypeOfExpressionSyntax:
                return Receiver(ReceiverKind.Type, "Type");
            case DefaultExpressionSyntax value:
                return ReceiverOf(value.Type);
            case ArrayCreationExpressionSyntax array:
                foreach (var rank in array.Type.RankSpecifiers)
                    Children(rank);

                if (array.Initializer is { } initializer)
                    Elements(initializer, array.Type.ElementType);

                return ReceiverOf(array.Type);
            case { RawKind: NewSyntax.CollectionExpression }:
                foreach (var element in expression.ChildNodesAndTokens())
                {
                    if (element.AsNode() is { } node)
                        Elements(node, ElementOf(target));
                }

                return target is null || target.IsVar ? Unknown : ReceiverOf(target);
            case DeclarationExpressionSyntax declaration:
                Designated(declaration.Designation, ReceiverOf(declaration.Type));
                return ReceiverOf(declaration.Type);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step:
                return Updated(step.Operand);
            case PostfixUnaryExpressionSyntax step:
                return Updated(step.Operand);
            case PrefixUnaryExpressionSyntax:
                Children(expression);
                return Unknown;
            case IsPatternExpressionSyntax test:
                Pattern(test.Pattern, Expression(test.Expression));
                return Receiver(ReceiverKind.Type, "bool");
            case SwitchExpressionSyntax choice:
                return Switch(choice, target);
            case SizeOfExpressionSyntax:
                return Unknown;
            case QueryExpressionSyntax:
                var locals = _locals.Count;
                Children(expression);
                Forget(locals);
                return Unknown;
            default:
                Children(expression);
                return Unknown;
        }
    }

    /// <summary>The expressions in an initialiser or an element of a collection, each of which <c>new(…)</c> may stand for.</summary>
    private void Elements(SyntaxNode holder, TypeSyntax? type)
    {
        foreach (var child in holder.ChildNodesAndTokens())
        {
            if (child.AsNode() is ExpressionSyntax element)
                Expression(element, holder.RawKind == NewSyntax.SpreadElement ? null : type);
        }
    }

    private static TypeSyntax? ElementOf(TypeSyntax? collection) => collection switch
    {
        NullableTypeSyntax nullable => ElementOf(nullable.ElementType),
        ArrayTypeSyntax array => array.ElementType,
        GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } arguments } => arguments[0],
        _ => null,
    };

    private int Name(IdentifierNameSyntax name, CallKind kind)
    {
        var text = name.Identifier.ValueText;
        if (TryFindLocal(text, out var meaning))
        {
            if (meaning >= 0)
                return meaning;

            Call(text, ~meaning, CallKind.LocalRead, None);
            return Unknown;
        }

        Call(text, -1, kind, None);
        return Receiver(ReceiverKind.Name, text);
    }

    private int Member(MemberAccessExpressionSyntax member, CallKind kind)
    {
        var receiver = Expression(member.Expression);
        var name = member.Name.Identifier.ValueText;
        Call(name, -1, kind, receiver);
        return member.Name is GenericNameSyntax generic
            ? Receiver(ReceiverKind.Type, TypeNames.Of(generic))
            : Receiver(ReceiverKind.Member, name, receiver);
    }

    private int Indexed(ElementAccessExpressionSyntax element, CallKind kind)
    {
        var receiver = Expression(element.Expression);
        Arguments(element.ArgumentList);
        Call("this[]", element.ArgumentList.Arguments.Count, kind, receiver);
        return Element(receiver);
    }

    // Long chains of `+` and `&&` lean to the left: walked in a loop, not by recursion.
    private int Binary(BinaryExpressionSyntax binary)
    {
        if (binary.IsKind(SyntaxKind.AsExpression))
        {
            Expression(binary.Left);
            return ReceiverOf(binary.Right as TypeSyntax);
        }

        if (binary.IsKind(SyntaxKind.IsExpression))
        {
            Expression(binary.Left);
            return Receiver(ReceiverKind.Type, "bool");
        }

        ExpressionSyntax leftmost = binary;
        var depth = 0;
        while (leftmost is BinaryExpressionSyntax inner && !inner.IsKind(SyntaxKind.AsExpression) && !inner.IsKind(SyntaxKind.IsExpression))
        {
            leftmost = inner.Left;
            depth++;
        }

        var left = Expression(leftmost);
        for (var current = leftmost.Parent; depth > 0; current = current!.Parent, depth--)
        {
            var step = (BinaryExpressionSyntax)current!;
            var right = Expression(step.Right);
            if (step.IsKind(SyntaxKind.CoalesceExpression))
            {
                left = left == Unknown ? right : left;
            }
            else
            {
                Operator(step.OperatorToken, left, right);
                left = Receiver(ReceiverKind.Unknown);
            }
        }

        return left;
    }

    /// <summary>An operator may be a method of either operand's type; literals and unknown types have none to find.</summary>
    private void Operator(SyntaxToken token, int left, int right)
    {
        if (token.IsKind(SyntaxKind.AmpersandAmpersandToken) || token.IsKind(SyntaxKind.BarBarToken))
            return;

        Operand(left);
        Operand(right);

        void Operand(int operand)
        {
            if (_receivers[operand] is { Kind: not (ReceiverKind.Unknown or ReceiverKind.None) } part && !(part.Kind == ReceiverKind.Type && part.Name is "string" or "int" or "bool"))
                Call("operator" + token.Text, 2, CallKind.Operator, operand);
        }
    }

    private int Assignment(AssignmentExpressionSyntax assignment)
    {
        var compound = !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression);
        int left;
        switch (assignment.Left)
        {
            case IdentifierNameSyntax name when !compound:
                left = Name(name, CallKind.Write);
                break;
            case MemberAccessExpressionSyntax member when !compound:
                left = Member(member, CallKind.Write);
                break;
            case ElementAccessExpressionSyntax element when !compound:
                left = Indexed(element, CallKind.Write);
                break;
            default:
                left = Updated(assignment.Left);
                break;
        }

        if (assignment.IsKind(SyntaxKind.AddAssignmentExpression) && assignment.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Elapsed" } elapsed)
            Handler(assignment.Right, HandlerKind.Scheduled, _receivers[left].Of, "timer callback", Unknown, elapsed.Name);
        else
            Assigned(assignment);

        return left;
    }

    private void Assigned(AssignmentExpressionSyntax assignment)
    {
        var lambda = assignment.Right is AnonymousFunctionExpressionSyntax ? _functions.Count : -1;
        Expression(assignment.Right);
        if (_events.Count > 0)
            Subscribed(assignment, lambda);
    }

    /// <summary>What is read and written at once: <c>x += 1</c>, <c>x++</c>.</summary>
    private int Updated(ExpressionSyntax target)
    {
        var left = Expression(target);
        switch (target)
        {
            case IdentifierNameSyntax name when !TryFindLocal(name.Identifier.ValueText, out _):
                Call(name.Identifier.ValueText, -1, CallKind.Write, None);
                break;
            case MemberAccessExpressionSyntax member when _receivers[left] is { Kind: ReceiverKind.Member } part:
                Call(member.Name.Identifier.ValueText, -1, CallKind.Write, part.Of);
                break;
            case ElementAccessExpressionSyntax element when _receivers[left] is { Kind: ReceiverKind.Element } part:
                Call("this[]", element.ArgumentList.Arguments.Count, CallKind.Write, part.Of);
                break;
        }

        return left;
    }

    private int Switch(SwitchExpressionSyntax choice, TypeSyntax? target)
    {
        var governed = Expression(choice.GoverningExpression);
        var result = Unknown;
        foreach (var arm in choice.Arms)
        {
            var before = _locals.Count;
            Pattern(arm.Pattern, governed);
            if (arm.WhenClause is { } when)
                Expression(when.Condition);

            var value = Expression(arm.Expression, target);
            result = result == Unknown ? value : result;
            Forget(before);
        }

        return result;
    }

    private int Creation(BaseObjectCreationExpressionSyntax creation, string type)
    {
        var receiver = type.Length == 0 ? Unknown : Receiver(ReceiverKind.Type, type);
        var first = creation.ArgumentList is { } list ? CreationArguments(creation, list, type, receiver) : None;
        if (receiver != Unknown)
            Call(TypeNames.Simple(type), creation.ArgumentList?.Arguments.Count ?? 0, CallKind.New, receiver, first: first);

        if (creation.Initializer is { } initializer)
            Initializer(initializer, receiver);

        return receiver;
    }

    private void Initializer(InitializerExpressionSyntax initializer, int receiver)
    {
        foreach (var expression in initializer.Expressions)
        {
            if (initializer.IsKind(SyntaxKind.ObjectInitializerExpression) && expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } assignment)
            {
                var member = name.Identifier.ValueText;
                Call(member, -1, CallKind.Write, receiver);
                if (assignment.Right is InitializerExpressionSyntax nested)
                    Initializer(nested, Receiver(ReceiverKind.Member, member, receiver));
                else
                    Expression(assignment.Right);
            }
            else
            {
                if (initializer.IsKind(SyntaxKind.CollectionInitializerExpression))
                    Call("Add", expression is InitializerExpressionSyntax several ? several.Expressions.Count : 1, CallKind.Invoke, receiver);

                Expression(expression);
            }
        }
    }

    private int LiteralType(LiteralExpressionSyntax literal) => literal.Kind() switch
    {
        SyntaxKind.StringLiteralExpression => Receiver(ReceiverKind.Type, "string"),
        SyntaxKind.NumericLiteralExpression => Receiver(ReceiverKind.Type, "int"),
        SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression => Receiver(ReceiverKind.Type, "bool"),
        _ => Unknown,
    };
}
