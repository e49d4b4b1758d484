using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Paths;

// Methods, constructors, operators, accessors and local functions.
internal sealed partial class TreeWalker
{
    private void Method(MethodDeclarationSyntax method)
    {
        var traits = TraitsOf(method.Modifiers, BodyOf(method.Body, method.ExpressionBody));
        var attributes = Attributes(method.AttributeLists);
        var (typeParameters, constraints) = TypeParameters(method.TypeParameterList, method.ConstraintClauses);
        var index = Reserve();
        var outerScope = Scope(method.TypeParameterList);
        Enter(index).Returns = Returned(method.ReturnType, method.Modifiers);
        var part = WithParameters(Function(FunctionKind.Method, method.Identifier.ValueText, traits), method.ParameterList) with
        {
            ReturnType = TypeNames.Of(method.ReturnType),
            Attributes = attributes,
            TypeParameters = typeParameters,
            Constraints = constraints,
            ExplicitInterface = method.ExplicitInterfaceSpecifier is { } specifier ? TypeNames.Of(specifier.Name) : null,
        };

        Body(method.Body, method.ExpressionBody);
        Leave(part, SpanOf(method, method.Identifier));
        _scope = outerScope;
    }

    private void Special(BaseMethodDeclarationSyntax member)
    {
        var (kind, name, token) = member switch
        {
            ConstructorDeclarationSyntax constructor => (constructor.Modifiers.Any(SyntaxKind.StaticKeyword) ? FunctionKind.StaticConstructor : FunctionKind.Constructor,
                constructor.Identifier.ValueText, constructor.Identifier),
            OperatorDeclarationSyntax @operator => (FunctionKind.Operator, "operator" + @operator.OperatorToken.ValueText, @operator.OperatorToken),
            ConversionOperatorDeclarationSyntax conversion => (FunctionKind.Operator, "operator", conversion.OperatorKeyword),
            DestructorDeclarationSyntax destructor => (FunctionKind.Method, "Finalize", destructor.Identifier),
            _ => (FunctionKind.Method, "", member.GetFirstToken()),
        };

        var attributes = Attributes(member.AttributeLists);
        Enter(Reserve());
        var part = WithParameters(Function(kind, name, TraitsOf(member.Modifiers, BodyOf(member.Body, member.ExpressionBody))), member.ParameterList) with { Attributes = attributes };
        if (member is ConstructorDeclarationSyntax { Initializer: { } initializer })
        {
            var first = Arguments(initializer.ArgumentList);
            var isThis = initializer.ThisOrBaseKeyword.IsKind(SyntaxKind.ThisKeyword);
            Call("base", initializer.ArgumentList.Arguments.Count, CallKind.New, isThis ? This : Base, first: first);
            if (isThis)
                part = part with { Traits = part.Traits | Traits.CallsThis };
        }
        else if (kind == FunctionKind.Constructor)
        {
            Call("base", 0, CallKind.New, Base);
        }

        Body(member.Body, member.ExpressionBody);
        Leave(part, SpanOf(member, token));
    }

    private void Accessors(BasePropertyDeclarationSyntax property, SyntaxToken name, ExplicitInterfaceSpecifierSyntax? specifier, ArrowExpressionClauseSyntax? arrow, BracketedParameterListSyntax? parameters)
    {
        var text = parameters is null ? name.ValueText : "this[]";
        var traits = TraitsOf(property.Modifiers, Traits.Body);
        if (arrow is not null)
        {
            Enter(Reserve());
            var part = Part(FunctionKind.Getter);
            Expression(arrow.Expression, property.Type);
            Leave(part, SpanOf(property, name));
        }

        if (property.AccessorList is not { } list)
            return;

        foreach (var accessor in list.Accessors)
        {
            if (accessor.Body is null && accessor.ExpressionBody is null)
                continue;

            Enter(Reserve());
            var part = Part(accessor.IsKind(SyntaxKind.GetAccessorDeclaration) ? FunctionKind.Getter : FunctionKind.Setter);
            Declare("value", ReceiverOf(property.Type));
            _frame!.Returns = property.Type;
            Body(accessor.Body, accessor.ExpressionBody);
            Leave(part, SpanOf(accessor, name));
        }

        FunctionPart Part(FunctionKind kind)
        {
            var part = Function(kind, text, traits) with
            {
                ReturnType = TypeNames.Of(property.Type),
                ExplicitInterface = specifier is null ? null : TypeNames.Of(specifier.Name),
            };

            return parameters is null ? part : WithParameters(part, parameters);
        }
    }

    // By node: in code being typed, two of one block can have the same name.
    private readonly Dictionary<LocalFunctionStatementSyntax, int> _localFunctions = [];

    private void LocalFunction(LocalFunctionStatementSyntax local)
    {
        var index = _localFunctions.TryGetValue(local, out var reserved) ? reserved : Reserve();
        var outer = _frame?.Function ?? -1;
        var (typeParameters, constraints) = TypeParameters(local.TypeParameterList, local.ConstraintClauses);
        var outerScope = Scope(local.TypeParameterList);
        var frame = Enter(index);
        (frame.Kind, frame.Returns) = (FunctionKind.LocalFunction, Returned(local.ReturnType, local.Modifiers));
        var traits = TraitsOf(local.Modifiers, Traits.Private | Traits.Body) | (local.AttributeLists.Count > 0 ? Traits.Attributed : Traits.None);
        var part = WithParameters(Function(FunctionKind.LocalFunction, local.Identifier.ValueText, traits), local.ParameterList) with
        {
            Parent = outer,
            ReturnType = TypeNames.Of(local.ReturnType),
            TypeParameters = typeParameters,
            Constraints = constraints,
        };

        Body(local.Body, local.ExpressionBody);
        Leave(part, SpanOf(local, local.Identifier));
        _scope = outerScope;
    }

    /// <summary>In a generic function the same words may mean its type parameters: what is said there is kept apart.</summary>
    private int Scope(TypeParameterListSyntax? parameters)
    {
        var outer = _scope;
        if (parameters is not null)
            _scope = ++_scopes;

        return outer;
    }

    private void Body(BlockSyntax? block, ArrowExpressionClauseSyntax? arrow)
    {
        if (block is not null)
            Node(block);
        else if (arrow is not null)
            Expression(arrow.Expression, _frame?.Returns);
    }

    /// <summary>What <c>return</c> gives: of an async function, what its task holds.</summary>
    private static TypeSyntax Returned(TypeSyntax type, SyntaxTokenList modifiers) =>
        modifiers.Any(SyntaxKind.AsyncKeyword) && type is GenericNameSyntax { TypeArgumentList.Arguments: { Count: 1 } arguments } ? arguments[0] : type;

    /// <summary>Declares the parameters as locals and records their types.</summary>
    private FunctionPart WithParameters(FunctionPart part, BaseParameterListSyntax list)
    {
        var from = _names.Count;
        var least = 0;
        var most = list.Parameters.Count;
        foreach (var parameter in list.Parameters)
        {
            var type = parameter.Type is { } written ? TypeNames.Of(written) : "";
            _names.Add(type);
            Declare(parameter.Identifier.ValueText, type.Length == 0 ? Unknown : Receiver(ReceiverKind.Type, type));
            if (parameter.Modifiers.Any(SyntaxKind.ParamsKeyword))
                most = int.MaxValue;
            else if (parameter.Default is null)
                least++;
        }

        if (list.Parameters.Count > 0 && list.Parameters[0].Modifiers.Any(SyntaxKind.ThisKeyword))
            part = part with { Traits = part.Traits | Traits.Extension };

        if (_extended is { } extended && part.Kind == FunctionKind.Method)
        {
            // Its instance form reads as an extension method does: the receiver is the first parameter.
            _names.Insert(from, extended);
            least++;
            most = most == int.MaxValue ? most : most + 1;
            part = part with { Traits = part.Traits | Traits.Extension | Traits.Static };
        }

        return part with { LeastArguments = least, MostArguments = most, Parameters = Names(from) };
    }

    private static Traits BodyOf(BlockSyntax? block, ArrowExpressionClauseSyntax? arrow) => block is null && arrow is null ? Traits.None : Traits.Body;

    private static FunctionSpan SpanOf(SyntaxNode node, SyntaxToken name) => new(node.SpanStart, node.Span.Length, name.SpanStart, name.Span.Length, FunctionSpan.Whole);
}
