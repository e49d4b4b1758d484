using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Writes a call with another method in its place, to see whether it binds.</summary>
internal static class TwinCalls
{
    private const int CSharp12 = 1200;

    /// <summary>The call with another name and arguments. One under <c>?.</c> is written with <c>.</c>, since an await has no conditional form.</summary>
    public static InvocationExpressionSyntax? InPlace(InvocationExpressionSyntax call, string name, ArgumentListSyntax arguments)
    {
        ExpressionSyntax? target = call.Expression switch
        {
            MemberAccessExpressionSyntax member when Unconditional(member.Expression, call) is { } receiver => member.WithExpression(receiver).WithName(Renamed(member.Name, name)),
            MemberBindingExpressionSyntax binding when Unconditional(binding, call) is MemberAccessExpressionSyntax member => member.WithName(Renamed(binding.Name, name)),
            SimpleNameSyntax simple => Renamed(simple, name),
            _ => null,
        };
        return target is null ? null : SyntaxFactory.InvocationExpression(target, arguments);
    }

    /// <summary>The extension method of a class called as a static method, whatever is imported.</summary>
    public static InvocationExpressionSyntax? OnClass(INamedTypeSymbol home, InvocationExpressionSyntax call, IMethodSymbol method, string name, ArgumentListSyntax arguments)
    {
        if (SourceOf(call, method) is not { } source || Unconditional(source, call) is not { } receiver || Calls.NameOf(call) is not { } written)
            return null;

        if (!IsStaticForm(method))
            arguments = arguments.WithArguments(arguments.Arguments.Insert(0, SyntaxFactory.Argument(receiver.WithoutTrivia())));

        var type = SyntaxFactory.ParseExpression(home.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, type, Renamed(written, name).WithoutTrivia()), arguments);
    }

    /// <summary>What the method works on: the receiver, or the first argument of an extension method called as a static one.</summary>
    public static ExpressionSyntax? SourceOf(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (IsStaticForm(method))
            return call.ArgumentList.Arguments.Count > 0 ? call.ArgumentList.Arguments[0].Expression : null;

        return call.Expression is MemberBindingExpressionSyntax ? Calls.ReceiverOf(call) : (call.Expression as MemberAccessExpressionSyntax)?.Expression;
    }

    /// <summary>Whether the call happens only if something before it is not null.</summary>
    public static bool IsConditional(InvocationExpressionSyntax call) => LeftmostBinding(call.Expression) is not null;

    /// <summary>Whether the call names an extension method's class instead of its receiver.</summary>
    public static bool IsStaticForm(IMethodSymbol method) => method is { IsExtensionMethod: true, ReducedFrom: null };

    public static ArgumentListSyntax With(ArgumentListSyntax arguments, ArgumentSyntax added) => arguments.WithArguments(arguments.Arguments.Add(added));

    /// <summary>Where the arguments of the twin's <c>params</c> array begin in the written call; null where there are none, or one that is an array already.</summary>
    public static int? ArrayStart(InvocationExpressionSyntax call, IMethodSymbol method, IMethodSymbol twin, SemanticModel model, CancellationToken cancel)
    {
        var start = twin.Parameters.Length - 1;
        if (start < 0 || !twin.Parameters[start].IsParams || twin.Parameters[start].Type is not IArrayTypeSymbol)
            return null;

        if (IsStaticForm(twin) && !IsStaticForm(method))
            start--;

        var given = call.ArgumentList.Arguments;
        if (given.Count <= start || given.Any(argument => argument.NameColon is not null))
            return null;

        var isArray = given.Count == start + 1 && model.GetTypeInfo(given[start].Expression, cancel).Type is null or IArrayTypeSymbol;
        return isArray ? null : start;
    }

    /// <summary>The arguments with those from <paramref name="start"/> written as one array.</summary>
    public static ArgumentListSyntax WithArray(ArgumentListSyntax arguments, int start, IMethodSymbol twin, SemanticModel model)
    {
        var given = arguments.Arguments;
        var items = string.Join(", ", Enumerable.Range(start, given.Count - start).Select(i => $"_{i}"));
        var text = $"[{items}]";
        if (model.SyntaxTree.Options is not CSharpParseOptions options || (int)options.LanguageVersion < CSharp12)
        {
            var element = ((IArrayTypeSymbol)twin.Parameters[twin.Parameters.Length - 1].Type).ElementType.WithNullableAnnotation(NullableAnnotation.None);
            text = $"new {element.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}[] {{ {items} }}";
        }

        // The arguments go in as nodes, not as text: other changes may lie inside them.
        var array = SyntaxFactory.ParseExpression(text);
        array = array.ReplaceNodes(array.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText[0] == '_'),
            (name, _) => given[int.Parse(name.Identifier.ValueText.Substring(1), CultureInfo.InvariantCulture)].Expression.WithTriviaFrom(name));
        var separators = given.GetSeparators().Take(start);
        var kept = given.Take(start).Append(SyntaxFactory.Argument(array).WithLeadingTrivia(given[start].GetLeadingTrivia()));
        return arguments.WithArguments(SyntaxFactory.SeparatedList(kept, separators));
    }

    /// <summary>The parameter that takes the argument at <paramref name="index"/>.</summary>
    public static IParameterSymbol? ParameterOf(ArgumentSyntax argument, int index, IMethodSymbol method)
    {
        if (argument.NameColon is { } name)
            return method.Parameters.FirstOrDefault(parameter => parameter.Name == name.Name.Identifier.ValueText);

        if (index < method.Parameters.Length)
            return method.Parameters[index];

        return method.Parameters.Length > 0 && method.Parameters[method.Parameters.Length - 1] is { IsParams: true } last ? last : null;
    }

    public static SimpleNameSyntax Renamed(SimpleNameSyntax written, string name) => written switch
    {
        GenericNameSyntax generic => generic.WithIdentifier(Identifier(generic.Identifier, name)),
        _ => SyntaxFactory.IdentifierName(Identifier(written.Identifier, name)),
    };

    private static SyntaxToken Identifier(SyntaxToken old, string name) => SyntaxFactory.Identifier(name).WithTriviaFrom(old);

    /// <summary><c>a?.B.C</c> as <c>a.B.C</c>; the expression itself where nothing is conditional.</summary>
    private static ExpressionSyntax? Unconditional(ExpressionSyntax expression, InvocationExpressionSyntax call)
    {
        while (LeftmostBinding(expression) is { } binding)
        {
            ConditionalAccessExpressionSyntax? conditional = null;
            for (SyntaxNode? parent = call.Parent; parent is not null && conditional is null; parent = parent.Parent)
            {
                if (parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull.Span.Contains(call.Span))
                    conditional = access;
            }

            // A second `?.` further out is not worth the trouble: such a call is left alone.
            if (conditional is null || LeftmostBinding(conditional.Expression) is not null || binding is not MemberBindingExpressionSyntax member)
                return null;

            var plain = SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, conditional.Expression.WithoutTrivia(), member.Name);
            expression = binding == expression ? plain : expression.ReplaceNode(binding, plain);
        }

        return expression;
    }

    /// <summary>The <c>.B</c> or <c>[i]</c> with which the part after a <c>?</c> begins.</summary>
    private static ExpressionSyntax? LeftmostBinding(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case MemberBindingExpressionSyntax or ElementBindingExpressionSyntax:
                    return expression;
                case MemberAccessExpressionSyntax member:
                    expression = member.Expression;
                    break;
                case InvocationExpressionSyntax call:
                    expression = call.Expression;
                    break;
                case ElementAccessExpressionSyntax element:
                    expression = element.Expression;
                    break;
                case PostfixUnaryExpressionSyntax postfix:
                    expression = postfix.Operand;
                    break;
                default:
                    return null;
            }
        }
    }
}
