using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>Finds where code reads navigations of entities: by name, through getters, constructors and methods of the same compilation, or by explicit loading.</summary>
internal sealed class EntityReads(EntityFlow flow, EntityMethods methods)
{
    private readonly List<EntityRead> _reads = [];
    private readonly LazyNames _names = LazyNames.Of(flow.Model.Compilation, flow.Cancel);
    private readonly Dictionary<SyntaxNode, bool> _trees = [];

    /// <summary>
    /// What <paramref name="body"/> reads of navigations that may be loaded lazily, and what it loads explicitly, in
    /// source order. What a query provider translates reads nothing. With <paramref name="onlyInLoops"/>, names are
    /// looked at only where a loop or a lambda may run them again and again, here or in what they run.
    /// </summary>
    public List<EntityRead> In(SyntaxNode body, bool onlyInLoops)
    {
        foreach (var node in body.DescendantNodesAndSelf(static n => n is not (AttributeListSyntax or TypeDeclarationSyntax)))
        {
            // Most nodes are left at their name: binding one is dear.
            switch (node)
            {
                case IdentifierNameSyntax name when MayRead(name, body, onlyInLoops) && MayBeProperty(name) && Runs(node, body):
                    AtName(name);
                    break;
                case InvocationExpressionSyntax call when Calls.NameOf(call) is { } name && (ExplicitLoads.MayBe(call, name) || MayLoad(call, name, body, onlyInLoops)) && Runs(node, body):
                    AtCall(call, name);
                    break;
                case BaseObjectCreationExpressionSyntax creation when MayLoad(creation, body, onlyInLoops) && Runs(node, body):
                    if (flow.Model.GetSymbolInfo(creation, flow.Cancel).Symbol is IMethodSymbol constructor)
                        AtArguments(constructor, creation.ArgumentList!.Arguments, 0, creation);

                    break;
                case ArgumentSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } argument when _names.HasMethod(LastNameOf(argument.Expression).Identifier.ValueText) && Runs(node, body):
                    AtMethodGroup(argument);
                    break;
            }
        }

        return _reads;
    }

    private static SimpleNameSyntax LastNameOf(ExpressionSyntax expression) => expression as SimpleNameSyntax ?? ((MemberAccessExpressionSyntax)expression).Name;

    private bool MayRead(IdentifierNameSyntax name, SyntaxNode body, bool onlyInLoops) =>
        _names.HasMember(name.Identifier.ValueText, isInLoop: true) && _names.HasMember(name.Identifier.ValueText, !onlyInLoops || IsInLoop(name, body));

    private bool MayLoad(InvocationExpressionSyntax call, SimpleNameSyntax name, SyntaxNode body, bool onlyInLoops) =>
        _names.HasMethod(name.Identifier.ValueText) && _names.HasCall(name.Identifier.ValueText, call.ArgumentList.Arguments.Count, !onlyInLoops || IsInLoop(call, body));

    private bool MayLoad(BaseObjectCreationExpressionSyntax creation, SyntaxNode body, bool onlyInLoops) =>
        _names.HasCreation(creation, isInLoop: true) && _names.HasCreation(creation, !onlyInLoops || IsInLoop(creation, body));

    private static bool IsInLoop(SyntaxNode node, SyntaxNode body)
    {
        for (var parent = node.Parent; parent is not null && parent != body; parent = parent.Parent)
        {
            if (parent is CommonForEachStatementSyntax or ForStatementSyntax or AnonymousFunctionExpressionSyntax or QueryExpressionSyntax)
                return true;
        }

        return false;
    }

    /// <summary>Whether the node is run where it stands, not only named or translated.</summary>
    private bool Runs(SyntaxNode node, SyntaxNode body)
    {
        for (var parent = node; parent is not null && parent != body; parent = parent.Parent)
        {
            if (parent is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } || (parent is LambdaExpressionSyntax or QueryExpressionSyntax && IsTree(parent)))
                return false;
        }

        return true;
    }

    private bool IsTree(SyntaxNode code)
    {
        if (!_trees.TryGetValue(code, out var isTree))
        {
            _trees[code] = isTree = code is LambdaExpressionSyntax lambda
                ? ExpressionTrees.IsTree(lambda, flow.Model, flow.Types, flow.Cancel)
                : ExpressionTrees.IsProviderQuery((QueryExpressionSyntax)code, flow.Model, flow.Types, flow.Cancel);
        }

        return isTree;
    }

    private void AtName(SimpleNameSyntax name)
    {
        // The property is asked first: it tells at once of most names that nothing loads them.
        if (IsWritten(name) || flow.Model.GetSymbolInfo(name, flow.Cancel).Symbol is not IPropertySymbol { IsStatic: false, ContainingType.TypeKind: TypeKind.Class } property
            || flow.OwnerOf(name) is not { Depth: 0 } owner)
        {
            return;
        }

        if (flow.Entities.NavigationOf(property, owner.Entity) is { } navigation)
            _reads.Add(new EntityRead(owner.Source, owner.Path.Add(navigation), name, owner.Loops, false, null));
        else if (property.GetMethod is { } getter)
            Through(getter, EntityMethods.This, owner, name);
    }

    private void AtCall(InvocationExpressionSyntax call, SimpleNameSyntax name)
    {
        if (flow.Model.GetSymbolInfo(call, flow.Cancel).Symbol is not IMethodSymbol method)
            return;

        if (method.Name is "Load" or "LoadAsync" && ExplicitLoads.OriginOf(call, method, flow) is { } loaded)
        {
            _reads.Add(new EntityRead(loaded.Source, loaded.Path, name, loaded.Loops, false, call));
            return;
        }

        var shift = 0;
        if (Calls.ReceiverOf(call) is { } receiver)
        {
            shift = method.ReducedFrom is null ? 0 : 1;
            if (methods.MayRead(method) && flow.OriginOf(receiver) is { } owner && (method.ReducedFrom is not null || (!method.IsStatic && owner.Depth == 0)))
                Through(method, method.ReducedFrom is null ? EntityMethods.This : 0, owner, call);
        }

        AtArguments(method, call.ArgumentList.Arguments, shift, call);
    }

    private void AtArguments(IMethodSymbol method, SeparatedSyntaxList<ArgumentSyntax> arguments, int shift, SyntaxNode node)
    {
        if (!methods.MayRead(method))
            return;

        for (var i = 0; i < arguments.Count; i++)
        {
            var ordinal = arguments[i].NameColon is { Name.Identifier.ValueText: var named } ? OrdinalOf(method, named) + shift : i + shift;
            if (ordinal >= 0 && arguments[i].Expression is not (LiteralExpressionSyntax or LambdaExpressionSyntax) && flow.OriginOf(arguments[i].Expression) is { } origin)
                Through(method, ordinal, origin, node);
        }
    }

    /// <summary><c>orders.Select(Map)</c> calls the method for every element.</summary>
    private void AtMethodGroup(ArgumentSyntax argument)
    {
        if (flow.Model.GetSymbolInfo(argument.Expression, flow.Cancel).Symbol is IMethodSymbol method && methods.MayRead(method) && flow.ElementsFor(argument) is { } elements)
            Through(method, 0, elements, argument.Expression);
    }

    /// <summary>Adds what the method reads of the entities that it is given.</summary>
    private void Through(IMethodSymbol method, int parameter, EntityOrigin given, SyntaxNode node)
    {
        foreach (var read in methods.ReadsOf(method, parameter, given, flow))
        {
            if (!CallGuards.AreBrokenBy(node, method, read.Guards))
                _reads.Add(new EntityRead(given.Source, given.Path.AddRange(read.Path), node, given.Loops, read.Loops.Length > 0 || read.VariesInside, null));
        }
    }

    private static int OrdinalOf(IMethodSymbol method, string name)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Name == name)
                return parameter.Ordinal;
        }

        return int.MinValue / 2;
    }

    /// <summary>Whether the name stands where a property's may: after a dot, or alone in an expression of the entity's own code.</summary>
    private bool MayBeProperty(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax member when member.Name == name => member.Parent is not InvocationExpressionSyntax call || call.Expression != member,
        MemberBindingExpressionSyntax binding => binding.Parent is not InvocationExpressionSyntax,
        InvocationExpressionSyntax or TypeSyntax or ObjectCreationExpressionSyntax => false,
        MemberAccessExpressionSyntax or ExpressionSyntax or ArgumentSyntax or StatementSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax => flow.KnowsThis,
        _ => false,
    };

    private static bool IsWritten(SimpleNameSyntax name)
    {
        SyntaxNode access = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name;
        return access.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment && assignment.Left == access;
    }
}
