using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Paths;

// Calls, and the lambdas and method groups given to them.
internal sealed partial class TreeWalker
{
    private int Invocation(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments.Count;
        SimpleNameSyntax name;
        int receiver;
        switch (call.Expression)
        {
            case IdentifierNameSyntax { Identifier.ValueText: "nameof" }:
                return Receiver(ReceiverKind.Type, "string");
            case IdentifierNameSyntax simple when TryFindLocal(simple.Identifier.ValueText, out var meaning):
                Arguments(call.ArgumentList);
                if (meaning >= 0)
                    return Unknown;

                Call(simple.Identifier.ValueText, ~meaning, CallKind.Local, None);
                return Receiver(ReceiverKind.LocalCall, simple.Identifier.ValueText, None, ~meaning);
            case SimpleNameSyntax simple:
                (name, receiver) = (simple, None);
                break;
            case MemberAccessExpressionSyntax member:
                (name, receiver) = (member.Name, Expression(member.Expression));
                break;
            case MemberBindingExpressionSyntax binding:
                (name, receiver) = (binding.Name, _conditional);
                break;
            default:
                if (Handlers.Bare(call.Expression) is AnonymousFunctionExpressionSyntax run)
                    Inline(run, Unknown);
                else
                    Expression(call.Expression);

                Arguments(call.ArgumentList);
                return Unknown;
        }

        var text = name.Identifier.ValueText;
        var route = Handlers.RouteOf(call, text);
        var (first, given) = (None, Unknown);
        for (var i = 0; i < arguments; i++)
        {
            var argument = Argument(call, name, text, receiver, i, route);
            if (i == 0)
                (first, given) = (call.ArgumentList.Arguments[0].NameColon is null ? Telling(argument) : None, argument);
        }

        if (name is GenericNameSyntax generic)
            arguments |= generic.TypeArgumentList.Arguments.Count << CallPart.TypeArgumentShift;

        Call(text, arguments, CallKind.Invoke, receiver, first: first);

        // A group of routes carries its prefix along, also through the calls that configure it.
        if (text == "MapGroup")
            return Receiver(ReceiverKind.Builder, Handlers.Joined(PrefixOf(receiver), route), receiver);

        if (_receivers[receiver].Kind == ReceiverKind.Builder && !Handlers.IsMap(text))
            return receiver;

        return Projected(call, name, text, receiver, given) is var projected and not Unknown
            ? projected
            : Receiver(ReceiverKind.Call, text + TypeNames.ArgumentsOf(name), receiver, arguments);
    }

    /// <summary>What a query operator makes of its elements, where its lambda says it in one expression.</summary>
    private int Projected(InvocationExpressionSyntax call, SimpleNameSyntax name, string text, int receiver, int given)
    {
        if (name is GenericNameSyntax || call.ArgumentList.Arguments.Count != 1 || receiver is Unknown or None)
            return Unknown;

        return text switch
        {
            "Select" when given != Unknown => Receiver(ReceiverKind.Sequence, "", given),
            "SelectMany" => given,
            "GroupBy" => Receiver(ReceiverKind.Sequence, "", receiver),
            _ => Unknown,
        };
    }

    /// <summary>An argument whose type its names may tell; the others say nothing.</summary>
    private int Telling(int argument) =>
        _receivers[argument].Kind is ReceiverKind.Type or ReceiverKind.Name or ReceiverKind.Member or ReceiverKind.This ? argument : None;

    private string? PrefixOf(int receiver) => _receivers[receiver] is { Kind: ReceiverKind.Builder, Name: { Length: > 0 } prefix } ? prefix : null;

    /// <summary>Reads one argument.</summary>
    /// <returns>What tells its type; for a lambda that runs in place, what its expression gives.</returns>
    private int Argument(InvocationExpressionSyntax call, SimpleNameSyntax name, string text, int receiver, int index, string? route)
    {
        var argument = call.ArgumentList.Arguments[index].Expression;
        var isLast = index == call.ArgumentList.Arguments.Count - 1;
        var lambda = Handlers.Bare(argument) as AnonymousFunctionExpressionSyntax;
        if (argument is DeclarationExpressionSyntax { Type.IsVar: true, Designation: SingleVariableDesignationSyntax found } && text.StartsWith("Try", System.StringComparison.Ordinal))
        {
            // `TryGetValue(key, out var value)` and its kin give an element of what they are called on.
            Declare(found.Identifier.ValueText, Element(receiver));
            return Unknown;
        }

        if (lambda is null && argument is not (SimpleNameSyntax or MemberAccessExpressionSyntax))
            return Expression(argument);

        var kind = Handlers.IsWaitedRun(call, text) ? HandlerKind.None : Handlers.KindOf(text, index, isLast);
        if (kind != HandlerKind.None && !(lambda is not null && Handlers.Configures(text, lambda)))
        {
            Handler(argument, kind, receiver, Handlers.Label(text, call, Handlers.Joined(PrefixOf(receiver), route)), ParameterOf(name, text, receiver, kind), name);
        }
        else if (lambda is null)
        {
            return Expression(argument);
        }
        else if (Handlers.RunsInPlace(text) || Handlers.IsWaitedRun(call, text))
        {
            return Inline(lambda, Handlers.RunsPerElement(text) ? ParameterOf(name, text, receiver, kind) is var element && element != Unknown ? element : Element(receiver) : Unknown);
        }
        else if (name is not GenericNameSyntax && Handlers.BuilderGivenBy(text, lambda) is { } builder)
        {
            Inline(lambda, Receiver(ReceiverKind.Type, builder));
        }
        else
        {
            Kept(lambda, HandlerKind.None, None, null, ParameterOf(name, text, receiver, kind));
        }

        return Unknown;
    }

    /// <summary>What a lambda's untyped first parameter is: the written type argument, or what the framework is known to pass.</summary>
    private int ParameterOf(SimpleNameSyntax name, string text, int receiver, HandlerKind kind)
    {
        if (name is GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } arguments } && text is not ("Select" or "SelectMany"))
            return ReceiverOf(arguments[0]);

        return kind == HandlerKind.Pipeline ? Receiver(ReceiverKind.Type, "HttpContext") : Unknown;
    }

    /// <summary>Reads all arguments.</summary>
    /// <returns>What tells the type of the first.</returns>
    private int Arguments(BaseArgumentListSyntax list)
    {
        var first = None;
        for (var i = 0; i < list.Arguments.Count; i++)
        {
            var argument = Expression(list.Arguments[i].Expression);
            if (i == 0 && list.Arguments[0].NameColon is null)
                first = Telling(argument);
        }

        return first;
    }

    private int CreationArguments(BaseObjectCreationExpressionSyntax creation, ArgumentListSyntax list, string type, int receiver)
    {
        var (simple, first) = (TypeNames.Simple(type), None);
        for (var i = 0; i < list.Arguments.Count; i++)
        {
            var argument = list.Arguments[i].Expression;
            if (simple is "Timer" or "PeriodicTimer" && i == 0 && argument is AnonymousFunctionExpressionSyntax or SimpleNameSyntax or MemberAccessExpressionSyntax)
                Handler(argument, HandlerKind.Scheduled, receiver, "timer callback", Unknown, creation);
            else if (simple == "Lazy" && _frame?.Kind == FunctionKind.StaticInitializer && argument is AnonymousFunctionExpressionSyntax once)
                Inline(once, Unknown);
            else if (Expression(argument) is var told && i == 0 && list.Arguments[0].NameColon is null)
                first = Telling(told);
        }

        return first;
    }

    /// <summary>A delegate that a framework will call: an entry, once the receiver's type has confirmed it.</summary>
    private void Handler(ExpressionSyntax value, HandlerKind kind, int receiver, string label, int parameter, SyntaxNode at)
    {
        switch (Handlers.Bare(value))
        {
            case AnonymousFunctionExpressionSyntax lambda:
                Kept(lambda, kind, receiver, label, parameter, at);
                break;
            case IdentifierNameSyntax name when TryFindLocal(name.Identifier.ValueText, out var meaning):
                if (meaning < 0)
                    Call(name.Identifier.ValueText, ~meaning, CallKind.LocalRead, receiver, kind);

                break;
            case SimpleNameSyntax name:
                Call(name.Identifier.ValueText, receiver, CallKind.Handler, None, kind);
                break;
            case MemberAccessExpressionSyntax member:
                Call(member.Name.Identifier.ValueText, receiver, CallKind.Handler, Expression(member.Expression), kind);
                break;
            default:
                Expression(value);
                break;
        }
    }

    /// <summary>A lambda that runs where it stands: its code belongs to the function around it.</summary>
    private int Inline(AnonymousFunctionExpressionSyntax lambda, int parameter)
    {
        var before = _locals.Count;
        LambdaParameters(lambda, parameter);
        var result = Unknown;
        if (lambda.Body is ExpressionSyntax expression)
            result = Expression(expression);
        else
            Node(lambda.Body);

        Forget(before);
        return result;
    }

    /// <summary>A lambda that is kept: a function of its own.</summary>
    private void Kept(AnonymousFunctionExpressionSyntax lambda, HandlerKind kind, int receiver, string? label, int parameter, SyntaxNode? at = null)
    {
        var outer = _frame?.Function ?? -1;
        Enter(Reserve()).Kind = FunctionKind.Lambda;
        LambdaParameters(lambda, parameter);
        Node(lambda.Body);
        var name = (at ?? lambda).Span;
        Leave(Function(FunctionKind.Lambda, "", Traits.Private | Traits.Body) with { Parent = outer, Handler = kind, HandlerReceiver = receiver, Label = label },
            new FunctionSpan(lambda.SpanStart, lambda.Span.Length, name.Start, name.Length, FunctionSpan.Whole));
    }

    private void LambdaParameters(AnonymousFunctionExpressionSyntax lambda, int first)
    {
        switch (lambda)
        {
            case SimpleLambdaExpressionSyntax simple:
                Declare(simple.Parameter.Identifier.ValueText, first);
                break;
            case ParenthesizedLambdaExpressionSyntax several:
                LambdaParameters(several.ParameterList, first);
                break;
            case AnonymousMethodExpressionSyntax { ParameterList: { } list }:
                LambdaParameters(list, first);
                break;
        }
    }

    private void LambdaParameters(ParameterListSyntax list, int first)
    {
        for (var i = 0; i < list.Parameters.Count; i++)
        {
            var parameter = list.Parameters[i];
            Declare(parameter.Identifier.ValueText, parameter.Type is not null ? ReceiverOf(parameter.Type) : i == 0 ? first : Unknown);
        }
    }
}
