using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>Reads expressions of one function back to the root of their query.</summary>
internal sealed class QueryReader
{
    private readonly QueryVariables _variables;
    private readonly QueryMethods _methods;
    private readonly CancellationToken _cancel;

    public QueryReader(SemanticModel model, KnownTypes types, QueryBudget budget, CancellationToken cancel)
        : this(model, types, budget, cancel, ImmutableDictionary<ISymbol, Query>.Empty, ImmutableHashSet<ISymbol>.Empty)
    {
    }

    /// <param name="model">The model of the function's file.</param>
    /// <param name="types">The types of the compilation.</param>
    /// <param name="budget">What the whole question may still cost.</param>
    /// <param name="cancel">Cancels the reading.</param>
    /// <param name="arguments">What the caller passes for the function's parameters.</param>
    /// <param name="callers">The methods through which the reading came here, so that recursion ends.</param>
    public QueryReader(SemanticModel model, KnownTypes types, QueryBudget budget, CancellationToken cancel, ImmutableDictionary<ISymbol, Query> arguments, ImmutableHashSet<ISymbol> callers)
    {
        Model = model;
        Types = types;
        Budget = budget;
        Arguments = arguments;
        _cancel = cancel;
        _variables = new QueryVariables(this, cancel);
        _methods = new QueryMethods(this, callers, cancel);
    }

    public SemanticModel Model { get; }

    public KnownTypes Types { get; }

    /// <summary>Shared by all readers of one question.</summary>
    public QueryBudget Budget { get; }

    public ImmutableDictionary<ISymbol, Query> Arguments { get; }

    public Query Read(ExpressionSyntax expression)
    {
        if (!Budget.TryEnter())
            return Query.Unknown;

        try
        {
            return ReadAny(expression);
        }
        finally
        {
            Budget.Leave();
        }
    }

    /// <summary>The query with a further operator, which works in memory once the rows were fetched.</summary>
    public Query Apply(Query source, IMethodSymbol method, InvocationExpressionSyntax call, SimpleNameSyntax name, ImmutableArray<ArgumentSyntax> arguments)
    {
        var kind = QueryOperators.KindOf(method, Types);
        var body = FirstLambda(arguments)?.ExpressionBody;
        return source with
        {
            Steps = source.Steps.Add(new QueryOperator(method.Name, kind, call, name.Identifier, method, Model)
            {
                Arguments = arguments,
                Body = body,
                IsInMemory = source.Root == QueryRoot.InMemory || source.Terminal is not null || (kind < OperatorKind.Sequence && IsLinqToObjects(method)),
            }),
        };
    }

    /// <summary>The query after something that is not understood.</summary>
    public Query Obscure(Query source, SyntaxNode by) => source with
    {
        Steps = source.Steps.Add(new QueryOperator("", OperatorKind.Unknown, by, by.GetFirstToken(), null, Model)),
    };

    public bool IsQueryable(ITypeSymbol? type) => Types.IsOrInherits(type, "System.Linq.IQueryable");

    private Query ReadAny(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Read(parenthesized.Expression);
            case CastExpressionSyntax cast:
                return Read(cast.Expression);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } cast:
                return Read(cast.Left);
            case AwaitExpressionSyntax await:
                return Read(await.Expression);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } forgiven:
                return Read(forgiven.Operand);
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment:
                return Read(assignment.Right);
            case ConditionalExpressionSyntax choice:
                return QueryMerge.Of(ReadUnlessNull(choice.WhenTrue), ReadUnlessNull(choice.WhenFalse)) ?? Query.Unknown;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice:
                return QueryMerge.Of(Read(choice.Left), ReadUnlessNull(choice.Right)) ?? Query.Unknown;
            case SwitchExpressionSyntax choice:
                Query? merged = null;
                foreach (var arm in choice.Arms)
                    merged = QueryMerge.Of(merged, ReadUnlessNull(arm.Expression));

                return merged ?? Query.Unknown;
            case ConditionalAccessExpressionSyntax conditional:
                return Read(conditional.WhenNotNull);
            case QueryExpressionSyntax query:
                return new QueryClauses(this, _cancel).Read(query);
            case InvocationExpressionSyntax call:
                return ReadCall(call);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" } result when Functions.IsTask(Model.GetTypeInfo(result.Expression, _cancel).Type, Types):
                return Read(result.Expression);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax:
                return ReadName(expression);
            case BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax:
            case { RawKind: NewSyntax.CollectionExpression }:
                return Query.InMemory with { RootNode = expression };
            default:
                return Query.Unknown;
        }
    }

    /// <summary>A branch that gives no rows (<c>null</c>, <c>default</c>, <c>throw</c>) does not count.</summary>
    private Query? ReadUnlessNull(ExpressionSyntax expression) => expression switch
    {
        ThrowExpressionSyntax => null,
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression } => null,
        _ => Read(expression),
    };

    private Query ReadName(ExpressionSyntax expression)
    {
        var symbol = Model.GetSymbolInfo(expression, _cancel).Symbol;
        switch (symbol)
        {
            case ILocalSymbol:
                return _variables.ValueAt(symbol, expression);
            case IParameterSymbol when Arguments.ContainsKey(symbol) || !QueryOperators.IsSet(Model.GetTypeInfo(expression, _cancel).Type, Types):
                return _variables.ValueAt(symbol, expression);
            case IFieldSymbol or IPropertySymbol or IParameterSymbol:
                var type = Model.GetTypeInfo(expression, _cancel).Type;
                if (QueryOperators.IsSet(type, Types))
                    return Set(expression, symbol, type!, (expression as MemberAccessExpressionSyntax)?.Expression);

                return symbol is IPropertySymbol property && _methods.Follow(property.GetMethod, null, null, ImmutableArray<ArgumentSyntax>.Empty) is { } followed
                    ? followed
                    : Query.Unknown with { RootNode = expression, RootSymbol = symbol };
            default:
                return Query.Unknown with { RootNode = expression, RootSymbol = symbol };
        }
    }

    private Query ReadCall(InvocationExpressionSyntax call)
    {
        if (Calls.NameOf(call) is not { } name || Model.GetSymbolInfo(call, _cancel).Symbol is not IMethodSymbol method)
            return Query.Unknown with { RootNode = call };

        var receiver = Calls.ReceiverOf(call);
        if (receiver is not null && IsPassThrough(method, Model.GetTypeInfo(receiver, _cancel).Type))
            return Read(receiver);

        var type = Model.GetTypeInfo(call, _cancel).Type;
        if (QueryOperators.IsSet(type, Types))
            return Set(call, method, type!, receiver);

        var arguments = call.ArgumentList.Arguments.ToImmutableArray();
        var source = receiver;
        if (method is { IsStatic: true, ReducedFrom: null, IsExtensionMethod: true } && arguments.Length > 0)
        {
            source = arguments[0].Expression;
            arguments = arguments.RemoveAt(0);
        }

        if (QueryOperators.IsRawSql(method, Types))
            return new Query(QueryRoot.RawSql, call, method, ElementOf(type), null, ImmutableArray<QueryStep>.Empty);

        if (QueryOperators.IsNavigationQuery(method, Types))
            return new Query(QueryRoot.Navigation, call, method, ElementOf(type), null, ImmutableArray<QueryStep>.Empty);

        if (source is null)
            return _methods.Follow(method, call, null, arguments) ?? Query.Unknown with { RootNode = call, RootSymbol = method };

        if (QueryOperators.KindOf(method, Types) != OperatorKind.Unknown)
            return Apply(Read(source), method, call, name, arguments);

        var extends = method.IsExtensionMethod;
        if (_methods.Follow(method, call, extends ? source : null, arguments) is { } result)
            return result;

        return extends || IsQueryable(Model.GetTypeInfo(source, _cancel).Type)
            ? Apply(Read(source), method, call, name, arguments)
            : Query.Unknown with { RootNode = call, RootSymbol = method };
    }

    private Query Set(ExpressionSyntax node, ISymbol symbol, ITypeSymbol type, ExpressionSyntax? context) => new(
        QueryRoot.Set, node, symbol, ElementOf(type), ContextOf(context is null ? symbol.ContainingType : Model.GetTypeInfo(context, _cancel).Type), ImmutableArray<QueryStep>.Empty);

    private ITypeSymbol? ContextOf(ITypeSymbol? type) =>
        Types.IsOrInherits(type, "Microsoft.EntityFrameworkCore.DbContext") || Types.IsOrInherits(type, "System.Data.Entity.DbContext") ? type : null;

    /// <summary>What waits for a value or wraps it without changing it.</summary>
    private bool IsPassThrough(IMethodSymbol method, ITypeSymbol? receiver) => method.Name switch
    {
        "ConfigureAwait" or "AsTask" or "WaitAsync" => Functions.IsTask(receiver, Types),
        "GetAwaiter" => true,
        "GetResult" => method.ContainingType.Name is "TaskAwaiter" or "ValueTaskAwaiter" or "ConfiguredTaskAwaiter" or "ConfiguredValueTaskAwaiter",
        _ => false,
    };

    private bool IsLinqToObjects(IMethodSymbol method) =>
        Types.Is(method.ContainingType, "System.Linq.Enumerable") || Types.Is(method.ContainingType, "System.Linq.AsyncEnumerable");

    private ITypeSymbol? ElementOf(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is INamedTypeSymbol { TypeArguments.Length: 1 } named)
                return named.TypeArguments[0];
        }

        return null;
    }

    private static LambdaExpressionSyntax? FirstLambda(ImmutableArray<ArgumentSyntax> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Expression is LambdaExpressionSyntax lambda)
                return lambda;
        }

        return null;
    }
}
