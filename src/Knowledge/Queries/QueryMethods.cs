using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>Follows calls into methods and property getters of the same compilation that return a query or its rows.</summary>
internal sealed class QueryMethods(QueryReader reader, ImmutableHashSet<ISymbol> callers, CancellationToken cancel)
{
    /// <summary>How many methods deep a query is followed.</summary>
    private const int MostDeep = 6;

    /// <summary>
    /// What the call returns, read in the body of <paramref name="method"/>; null where the body is not in sight, or
    /// another one may run in its place.
    /// </summary>
    public Query? Follow(IMethodSymbol? method, InvocationExpressionSyntax? call, ExpressionSyntax? receiver, ImmutableArray<ArgumentSyntax> arguments)
    {
        var definition = (method?.ReducedFrom ?? method)?.OriginalDefinition;
        if (method is null || definition is null || callers.Count >= MostDeep || callers.Contains(definition) || !IsSequence(method.ReturnType)
            || !IsTheOneThatRuns(definition) || !reader.Model.Compilation.ContainsSyntaxTree(definition.DeclaringSyntaxReferences[0].SyntaxTree)
            || BodyOf(definition) is not { } body)
        {
            return null;
        }

        var model = SemanticModels.Of(body.SyntaxTree, reader.Model);
        var inner = new QueryReader(model, reader.Types, reader.Budget, cancel, Bind(definition, call, receiver, arguments), callers.Add(definition));
        if (body is ExpressionSyntax expression)
            return Substitute(inner.Read(expression), definition, method);

        Query? result = null;
        foreach (var value in Returned(body))
        {
            if (value is null)
                return null;

            result = QueryMerge.Of(result, inner.Read(value));
        }

        return result is null ? null : Substitute(result, definition, method);
    }

    private bool IsSequence(ITypeSymbol type)
    {
        if (Functions.IsTask(type, reader.Types))
            type = type is INamedTypeSymbol { TypeArguments.Length: 1 } task ? task.TypeArguments[0] : type;

        return type.SpecialType != SpecialType.System_String
            && (reader.Types.IsOrInherits(type, "System.Collections.IEnumerable") || reader.Types.IsOrInherits(type, "System.Collections.Generic.IAsyncEnumerable`1"));
    }

    /// <summary>Whether no override or implementation can run instead. Code of a referenced project is not looked at: a build would not see it.</summary>
    private bool IsTheOneThatRuns(IMethodSymbol method) =>
        method is { IsAbstract: false, IsExtern: false, DeclaringSyntaxReferences.Length: 1 }
        && reader.Model.Compilation.ContainsSyntaxTree(method.DeclaringSyntaxReferences[0].SyntaxTree)
        && method.ContainingType?.TypeKind != TypeKind.Interface
        && ((!method.IsVirtual && !method.IsOverride) || method.IsSealed || method.ContainingType!.IsSealed);

    /// <summary>The body of a method, a local function or a getter: an expression or a block; null for an iterator.</summary>
    private SyntaxNode? BodyOf(IMethodSymbol method)
    {
        var (block, expression) = method.DeclaringSyntaxReferences[0].GetSyntax(cancel) switch
        {
            BaseMethodDeclarationSyntax declared => (declared.Body, declared.ExpressionBody?.Expression),
            LocalFunctionStatementSyntax local => (local.Body, local.ExpressionBody?.Expression),
            AccessorDeclarationSyntax accessor => (accessor.Body, accessor.ExpressionBody?.Expression),
            ArrowExpressionClauseSyntax arrow => (null, arrow.Expression),
            _ => (null, null),
        };

        return (SyntaxNode?)expression ?? block;
    }

    /// <summary>What the block's own <c>return</c> statements give; null for one that cannot be read.</summary>
    private static IEnumerable<ExpressionSyntax?> Returned(SyntaxNode block)
    {
        foreach (var node in block.DescendantNodes(n => n is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax))
        {
            switch (node)
            {
                case YieldStatementSyntax:
                    yield return null;
                    break;
                case ReturnStatementSyntax { Expression: not LiteralExpressionSyntax } leave:
                    yield return leave.Expression;
                    break;
            }
        }
    }

    private ImmutableDictionary<ISymbol, Query> Bind(IMethodSymbol definition, InvocationExpressionSyntax? call, ExpressionSyntax? receiver, ImmutableArray<ArgumentSyntax> arguments)
    {
        // A local function sees what its surroundings were given.
        var bound = definition.MethodKind == MethodKind.LocalFunction ? reader.Arguments : ImmutableDictionary<ISymbol, Query>.Empty;
        if (call is null)
            return bound;

        var shift = receiver is null ? 0 : 1;
        for (var i = 0; i < definition.Parameters.Length; i++)
        {
            var parameter = definition.Parameters[i];
            if (!IsSequence(parameter.Type))
                continue;

            var argument = i < shift ? receiver : ArgumentFor(parameter, i - shift, arguments);
            if (argument is not null)
                bound = bound.SetItem(parameter, reader.Read(argument));
        }

        return bound;
    }

    private static ExpressionSyntax? ArgumentFor(IParameterSymbol parameter, int position, ImmutableArray<ArgumentSyntax> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.NameColon?.Name.Identifier.ValueText == parameter.Name)
                return argument.Expression;
        }

        return position < arguments.Length && arguments[position].NameColon is null ? arguments[position].Expression : null;
    }

    /// <summary>The entity of a generic method or type, as its caller names it.</summary>
    private static Query Substitute(Query query, IMethodSymbol definition, IMethodSymbol called)
    {
        if (query.EntityType is not ITypeParameterSymbol parameter)
            return query;

        var used = called.ReducedFrom is null ? called : called.ReducedFrom.Construct(called.TypeArguments, called.TypeArgumentNullableAnnotations);
        if (SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, definition) && parameter.Ordinal < used.TypeArguments.Length)
            return query with { EntityType = used.TypeArguments[parameter.Ordinal] };

        return SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, definition.ContainingType) && parameter.Ordinal < called.ContainingType.TypeArguments.Length
            ? query with { EntityType = called.ContainingType.TypeArguments[parameter.Ordinal] }
            : query;
    }
}
