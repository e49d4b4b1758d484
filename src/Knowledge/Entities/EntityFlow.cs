using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Loops;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>
/// Reads expressions of one function back to the query that gave their entities, through variables, loops, navigations
/// and LINQ in memory. Null wherever that is not certain.
/// </summary>
/// <param name="model">The model of the function's file.</param>
/// <param name="seeds">Where the function's parameters come from, and <c>this</c> under its type.</param>
/// <param name="cancel">Cancels the reading.</param>
internal sealed class EntityFlow(SemanticModel model, ImmutableDictionary<ISymbol, EntityOrigin> seeds, CancellationToken cancel)
{
    /// <summary>Deeper nesting than this is no code that people write.</summary>
    private const int MostNested = 48;

    private static readonly ImmutableDictionary<ISymbol, EntityOrigin> s_noSeeds = ImmutableDictionary.Create<ISymbol, EntityOrigin>(SymbolEqualityComparer.Default);

    private readonly Dictionary<ExpressionSyntax, EntityOrigin?> _known = new();
    private readonly EntityOrigin? _this = ThisOf(seeds);
    private EntityVariables? _variables;
    private int _nested;

    /// <summary>Of a function whose parameters come from nowhere that is known.</summary>
    public EntityFlow(SemanticModel model, CancellationToken cancel) : this(model, s_noSeeds, cancel)
    {
    }

    public SemanticModel Model { get; } = model;

    public KnownTypes Types { get; } = KnownTypes.Of(model.Compilation);

    public EntityModel Entities { get; } = EntityModel.Of(model.Compilation);

    public CancellationToken Cancel { get; } = cancel;

    /// <summary>Whether the code is an entity's own.</summary>
    public bool KnowsThis => _this is not null;

    public EntityOrigin? OriginOf(ExpressionSyntax? expression)
    {
        if (expression is null || _nested > MostNested)
            return null;

        if (_known.TryGetValue(expression, out var known))
            return known;

        // The type tells at once of most expressions that they are no entities.
        if (!Entities.MayHoldNavigations(Model.GetTypeInfo(expression, Cancel).Type))
            return _known[expression] = null;

        _nested++;
        try
        {
            return _known[expression] = Read(expression);
        }
        finally
        {
            _nested--;
        }
    }

    /// <summary>The entity whose member is named, written <c>x.Member</c>, <c>x?.Member</c> or, inside the entity, <c>Member</c>.</summary>
    public EntityOrigin? OwnerOf(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax member when member.Name == name => OriginOf(member.Expression),
        MemberBindingExpressionSyntax binding => OriginOf(ConditionalReceiverOf(binding)),
        MemberAccessExpressionSyntax or ExpressionSyntax or ArgumentSyntax or StatementSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax => _this,
        _ => null,
    };

    /// <summary>The elements that the lambda or method group given as <paramref name="argument"/> sees one by one.</summary>
    public EntityOrigin? ElementsFor(ArgumentSyntax argument)
    {
        if (argument.Parent is not ArgumentListSyntax { Parent: InvocationExpressionSyntax call } || Calls.NameOf(call)?.Identifier.ValueText is not { } name)
            return null;

        if (name is "Join" or "GroupJoin" or "LeftJoin" or "RightJoin" or "Zip" or "Aggregate" || !PerElementOperators.MayBe(name))
            return null;

        if (Model.GetSymbolInfo(call, Cancel).Symbol is not IMethodSymbol method)
            return null;

        if (!PerElementOperators.Runs(method, argument, call, Types))
            return null;

        // `SelectMany`'s second lambda gets the outer element first.
        var source = PerElementOperators.SourceOf(call, method, Types);
        return OriginOf(source)?.ElementIn(new Loop(argument.Expression, source));
    }

    private EntityOrigin? Read(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return OriginOf(parenthesized.Expression);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } forgiven:
                return OriginOf(forgiven.Operand);
            case AwaitExpressionSyntax awaited:
                return OriginOf(awaited.Expression);
            case CastExpressionSyntax cast:
                return OriginOf(cast.Expression);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } cast:
                return OriginOf(cast.Left);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice when IsEmptyOrThrows(choice.Right):
                return OriginOf(choice.Left);
            case ConditionalAccessExpressionSyntax conditional:
                return OriginOf(conditional.WhenNotNull);
            case ThisExpressionSyntax:
                return _this;
            case MemberBindingExpressionSyntax binding:
                return ReadMember(binding.Name, expression);
            case MemberAccessExpressionSyntax member:
                return ReadMember(member.Name, expression);
            case IdentifierNameSyntax name:
                return ReadName(name);
            case ElementAccessExpressionSyntax element:
                return ReadElement(element);
            case InvocationExpressionSyntax call:
                return ReadCall(call);
            case QueryExpressionSyntax:
                return EntityQueries.OriginOf(expression, this);
            default:
                return null;
        }
    }

    private EntityOrigin? ReadName(IdentifierNameSyntax name)
    {
        var symbol = Model.GetSymbolInfo(name, Cancel).Symbol;
        switch (symbol)
        {
            case ILocalSymbol or IParameterSymbol or IRangeVariableSymbol:
                return seeds.TryGetValue(symbol, out var seed) ? seed : (_variables ??= new EntityVariables(this)).OriginOf(symbol, name);
            case IPropertySymbol property when _this is { } self && Entities.NavigationOf(property, self.Entity) is { } navigation:
                return self.Via(navigation);
            case IFieldSymbol or IPropertySymbol:
                return EntityQueries.OriginOf(name, this);
            default:
                return null;
        }
    }

    private EntityOrigin? ReadMember(SimpleNameSyntax name, ExpressionSyntax expression)
    {
        if (name.Identifier.ValueText == "Result" && expression is MemberAccessExpressionSyntax task && Functions.IsTask(Model.GetTypeInfo(task.Expression, Cancel).Type, Types))
            return OriginOf(task.Expression);

        if (Model.GetSymbolInfo(name, Cancel).Symbol is not IPropertySymbol property)
            return EntityQueries.OriginOf(expression, this);

        if (QueryOperators.IsSet(property.Type, Types))
            return EntityQueries.OriginOf(expression, this);

        if (OwnerOf(name) is not { } owner)
            return EntityQueries.OriginOf(expression, this);

        return owner.Depth == 0 && Entities.NavigationOf(property, owner.Entity) is { } navigation ? owner.Via(navigation) : null;
    }

    /// <summary><c>orders[i]</c> varies with the <c>for</c> loop that counts <c>i</c>.</summary>
    private EntityOrigin? ReadElement(ElementAccessExpressionSyntax element)
    {
        if (element.ArgumentList.Arguments.Count != 1 || OriginOf(element.Expression) is not { Depth: > 0 } sequence)
            return null;

        Loop? loop = null;
        for (var parent = element.Parent; parent is not null and not MemberDeclarationSyntax; parent = parent.Parent)
        {
            if (parent is ForStatementSyntax { Declaration.Variables: { Count: > 0 } variables } counted && counted.Statement.Span.Contains(element.Span)
                && Mentions(element.ArgumentList, variables[0].Identifier.ValueText))
            {
                loop = new Loop(counted, null);
                break;
            }
        }

        return sequence.ElementIn(loop);
    }

    private EntityOrigin? ReadCall(InvocationExpressionSyntax call)
    {
        if (Calls.NameOf(call) is not { } name || Model.GetSymbolInfo(call, Cancel).Symbol is not IMethodSymbol method)
            return null;

        return EntityOperators.OriginOf(call, name, method, this, out var isKnown) is { } origin ? origin : isKnown ? null : EntityQueries.OriginOf(call, this);
    }

    private static EntityOrigin? ThisOf(ImmutableDictionary<ISymbol, EntityOrigin> seeds)
    {
        foreach (var seed in seeds)
        {
            if (seed.Key is INamedTypeSymbol)
                return seed.Value;
        }

        return null;
    }

    private static ExpressionSyntax? ConditionalReceiverOf(MemberBindingExpressionSyntax binding)
    {
        for (SyntaxNode child = binding, parent = binding.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            if (parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull == child)
                return conditional.Expression;
        }

        return null;
    }

    private static bool IsEmptyOrThrows(ExpressionSyntax expression) => expression is ThrowExpressionSyntax or BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax
        or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } }
        || expression.RawKind == NewSyntax.CollectionExpression;

    private static bool Mentions(SyntaxNode node, string name)
    {
        foreach (var token in node.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && string.Equals(token.ValueText, name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
