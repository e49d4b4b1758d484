using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Methods that code runs without naming them: operators, enumerators, <c>ToString</c> in a text, <c>GetHashCode</c> of a key.</summary>
internal sealed class ImplicitCalls(SemanticModel model, CancellationToken cancel)
{
    /// <summary>What the node itself runs; what stands in it is asked for on its own.</summary>
    public IEnumerable<ISymbol> At(SyntaxNode node)
    {
        var called = node switch
        {
            InterpolationSyntax part => MembersOf(TypeOf(part.Expression), "ToString"),
            BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or CastExpressionSyntax or AssignmentExpressionSyntax => OfOperator((ExpressionSyntax)node),
            CommonForEachStatementSyntax loop => OfLoop(loop),
            UsingStatementSyntax { Expression: { } resource } => MembersOf(TypeOf(resource), "Dispose"),
            InvocationExpressionSyntax call => OfLibrary(call, call.ArgumentList.Arguments),
            ElementAccessExpressionSyntax element => OfLibrary(element, element.ArgumentList.Arguments),
            _ => [],
        };
        return node is ExpressionSyntax value && model.GetConversion(value, cancel).MethodSymbol is { } conversion ? called.Append(conversion) : called;
    }

    private IEnumerable<ISymbol> OfOperator(ExpressionSyntax node)
    {
        if (node is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: TupleExpressionSyntax or DeclarationExpressionSyntax } parts)
            return Deconstructions(model.GetDeconstructionInfo(parts));

        if (model.GetSymbolInfo(node, cancel).Symbol is not IMethodSymbol method)
            return [];

        if (method.MethodKind is MethodKind.UserDefinedOperator or MethodKind.Conversion)
            return [method];

        return method.ReturnType.SpecialType != SpecialType.System_String ? [] : node switch
        {
            BinaryExpressionSyntax both => MembersOf(TypeOf(both.Left), "ToString").Concat(MembersOf(TypeOf(both.Right), "ToString")),
            AssignmentExpressionSyntax added => MembersOf(TypeOf(added.Right), "ToString"),
            _ => [],
        };
    }

    private static IEnumerable<ISymbol> Deconstructions(DeconstructionInfo info)
    {
        if (info.Method is { } method)
            yield return method;

        foreach (var inner in info.Nested.IsDefault ? [] : info.Nested.SelectMany(Deconstructions))
            yield return inner;
    }

    private IEnumerable<ISymbol> OfLoop(CommonForEachStatementSyntax loop)
    {
        var info = model.GetForEachStatementInfo(loop);
        var called = new ISymbol?[] { info.GetEnumeratorMethod, info.MoveNextMethod, info.CurrentProperty, info.DisposeMethod }.OfType<ISymbol>();
        return loop is ForEachVariableStatementSyntax parts ? called.Concat(Deconstructions(model.GetDeconstructionInfo(parts))) : called;
    }

    /// <summary>What a library may run of the values that it is given, and of those that its collection holds.</summary>
    private IEnumerable<ISymbol> OfLibrary(ExpressionSyntax call, SeparatedSyntaxList<ArgumentSyntax> arguments)
    {
        var symbol = model.GetSymbolInfo(call, cancel).Symbol;
        if (symbol is null || !symbol.DeclaringSyntaxReferences.IsEmpty || symbol.Name is "ThrowIf" or "SuppressFinalize")
            yield break;

        var receiver = call switch
        {
            ElementAccessExpressionSyntax element => element.Expression,
            InvocationExpressionSyntax invoked => Calls.ReceiverOf(invoked),
            _ => null,
        };
        var given = arguments.Select(argument => TypeOf(argument.Expression)).Append(receiver is null ? null : TypeOf(receiver));
        foreach (var type in given.SelectMany(WithArguments).Where(type => !type.DeclaringSyntaxReferences.IsEmpty))
        {
            foreach (var member in MembersOf(type, "ToString", "Equals", "GetHashCode", "CompareTo", "Compare"))
                yield return member;

            if (!symbol.Name.Contains("Serialize"))
                continue;

            foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
                yield return property;
        }
    }

    private static IEnumerable<ITypeSymbol> WithArguments(ITypeSymbol? type) => type switch
    {
        null => [],
        INamedTypeSymbol { TypeArguments: var inner } => inner.Prepend(type),
        IArrayTypeSymbol array => [array.ElementType],
        _ => [type],
    };

    private static IEnumerable<ISymbol> MembersOf(ITypeSymbol? type, params string[] names)
    {
        for (; type is { DeclaringSyntaxReferences.IsEmpty: false }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IMethodSymbol { IsStatic: false } && names.Contains(member.Name))
                    yield return member;
            }
        }
    }

    private ITypeSymbol? TypeOf(ExpressionSyntax value) => model.GetTypeInfo(value, cancel).Type;
}
