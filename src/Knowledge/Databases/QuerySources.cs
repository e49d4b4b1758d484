using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Knowledge;

/// <summary>Follows an <c>IQueryable</c> back to where it comes from: through operators, locals, and members of the same file.</summary>
/// <param name="model">The model of the query's file.</param>
/// <param name="types">The types of the compilation.</param>
/// <param name="proves">Whether the whole compilation is searched for code that shows what a member gives: for a fix, not while looking.</param>
/// <param name="cancel">Cancels the reading.</param>
internal sealed class QuerySources(SemanticModel model, KnownTypes types, bool proves, CancellationToken cancel)
{
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the expression's type is a query.</summary>
    public static bool IsQuery(ITypeSymbol? type, KnownTypes types) => types.IsOrInherits(type, "System.Linq.IQueryable");

    /// <summary>
    /// Whether every link of the chain binds, also of one that a local holds. An operator on a value of an unknown type binds to some method all the
    /// same, since such a value converts to anything.
    /// </summary>
    public static bool Binds(ExpressionSyntax query, SemanticModel model, CancellationToken cancel)
    {
        ExpressionSyntax? link = query;
        for (var step = 0; link is not null && step < 64; step++)
        {
            link = Wrappings.Without(link);
            if (model.GetTypeInfo(link, cancel).Type is { TypeKind: TypeKind.Error })
                return false;

            link = link switch
            {
                InvocationExpressionSyntax call => Calls.ReceiverOf(call),
                QueryExpressionSyntax expression => expression.FromClause.Expression,
                AwaitExpressionSyntax awaited => awaited.Expression,
                IdentifierNameSyntax name when model.GetSymbolInfo(name, cancel).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references }
                    => (references[0].GetSyntax(cancel) as VariableDeclaratorSyntax)?.Initializer?.Value,
                _ => null,
            };
        }

        return true;
    }

    /// <summary>Who runs the query.</summary>
    public QueryProvider Of(ExpressionSyntax query)
    {
        if (Find(query) is { } provider and not QueryProvider.Unknown)
            return provider;

        // EF queries are also followed into methods of other files.
        var read = Query.From(query, model, types, cancel);
        return read.IsDatabase ? QueryProvider.EfCore : read.Root == QueryRoot.InMemory ? QueryProvider.Memory : QueryProvider.Unknown;
    }

    /// <summary>Null for what says nothing because it is being looked at: <c>query = query.Where(…)</c>.</summary>
    private QueryProvider? Find(ExpressionSyntax query)
    {
        cancel.ThrowIfCancellationRequested();
        query = Wrappings.Without(query);
        if (OfType(model.GetTypeInfo(query, cancel).Type) is var known and not QueryProvider.Unknown)
            return known;

        switch (query)
        {
            case InvocationExpressionSyntax call:
                return OfCall(call);
            case QueryExpressionSyntax expression:
                return Find(expression.FromClause.Expression);
            case ConditionalExpressionSyntax choice:
                return Both(Find(choice.WhenTrue), Find(choice.WhenFalse));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either:
                return Both(Find(either.Left), Find(either.Right));
            case AssignmentExpressionSyntax assignment:
                return Find(assignment.Right);
            case SimpleNameSyntax or MemberAccessExpressionSyntax:
                return OfSymbol(model.GetSymbolInfo(query, cancel).Symbol);
            default:
                return QueryProvider.Unknown;
        }
    }

    private QueryProvider? OfCall(InvocationExpressionSyntax call)
    {
        if (model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method)
            return QueryProvider.Unknown;

        var home = Calls.HomeOf(method);
        var source = TwinCalls.SourceOf(call, method);
        var isQueryable = types.Is(home, "System.Linq.Queryable");
        if (isQueryable && source is not null)
        {
            // AsQueryable over a collection only wraps it.
            return IsQuery(model.GetTypeInfo(source, cancel).Type, types) ? Find(source) : QueryProvider.Memory;
        }

        var byLibrary = QueryProviders.OfLibrary(home);
        if (byLibrary != QueryProvider.Unknown)
            return byLibrary;

        if (source is not null && (method.IsExtensionMethod || Calls.IsExtensionBlock(method.ContainingType)) && IsQuery(model.GetTypeInfo(source, cancel).Type, types))
            return Find(source);

        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (IsQuery(model.GetTypeInfo(argument.Expression, cancel).Type, types))
                return Find(argument.Expression);
        }

        return OfSymbol(method);
    }

    private QueryProvider? OfSymbol(ISymbol? symbol)
    {
        if (symbol is null)
            return QueryProvider.Unknown;

        if (!_seen.Add(symbol))
            return null;

        switch (symbol)
        {
            case ILocalSymbol local:
                return OfLocal(local);
            case IParameterSymbol parameter:
                return OfCallers(parameter);
            case IPropertySymbol or IMethodSymbol:
                var found = IsTheOneThatRuns(symbol) ? OfBody(symbol) : QueryProvider.Unknown;
                return found == QueryProvider.Unknown && proves ? AwaitedSources.Of(model.Compilation).ProviderOf(symbol, cancel) : found;
            default:
                return QueryProvider.Unknown;
        }
    }

    private static bool IsTheOneThatRuns(ISymbol member) => member is { IsAbstract: false, IsVirtual: false, IsOverride: false } and not IPropertySymbol { SetMethod: not null };

    /// <summary>What a parameter of a method that only this type can call is given.</summary>
    private QueryProvider? OfCallers(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method || (method.MethodKind != MethodKind.LocalFunction && method.DeclaredAccessibility != Accessibility.Private)
            || SingleDeclaration(method.ContainingType) is not { } type || type.SyntaxTree != model.SyntaxTree)
        {
            return QueryProvider.Unknown;
        }

        QueryProvider? found = null;
        var any = false;
        foreach (var node in type.GetSyntax(cancel).DescendantNodes())
        {
            if (node is not SimpleNameSyntax name || name.Identifier.ValueText != method.Name
                || model.GetSymbolInfo(name, cancel).Symbol is not IMethodSymbol called || !SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, method.OriginalDefinition))
            {
                continue;
            }

            var place = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (ExpressionSyntax)name;
            if (place.Parent is not InvocationExpressionSyntax call || call.Expression != place || ArgumentFor(parameter, call) is not { } argument)
                return QueryProvider.Unknown;

            any = true;
            found = Both(found, Find(argument));
        }

        return any ? found : QueryProvider.Unknown;
    }

    private static ExpressionSyntax? ArgumentFor(IParameterSymbol parameter, InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].NameColon is { } named ? named.Name.Identifier.ValueText == parameter.Name : i == parameter.Ordinal)
                return arguments[i].Expression;
        }

        return null;
    }

    /// <summary>What the local is given, everywhere in its function.</summary>
    private QueryProvider? OfLocal(ILocalSymbol local)
    {
        if (SingleDeclaration(local) is not { } reference || reference.SyntaxTree != model.SyntaxTree
            || reference.GetSyntax(cancel) is not VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } declarator)
        {
            return QueryProvider.Unknown;
        }

        var found = declarator.Initializer is { } initializer ? Find(initializer.Value) : null;
        var scope = declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? declarator.SyntaxTree.GetRoot(cancel);
        foreach (var node in scope.DescendantNodes())
        {
            switch (node)
            {
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } assignment when IsLocal(name, local):
                    found = Both(found, Find(assignment.Right));
                    break;
                case ArgumentSyntax { RefOrOutKeyword.RawKind: not 0, Expression: IdentifierNameSyntax name } when IsLocal(name, local):
                    return QueryProvider.Unknown;
            }
        }

        return found;
    }

    private bool IsLocal(IdentifierNameSyntax name, ILocalSymbol local) =>
        name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, local);

    /// <summary>What a member of this file returns.</summary>
    private QueryProvider? OfBody(ISymbol member)
    {
        if (SingleDeclaration(member) is not { } reference || reference.SyntaxTree != model.SyntaxTree)
            return QueryProvider.Unknown;

        var declaration = reference.GetSyntax(cancel);
        QueryProvider? found = null;
        var any = false;
        foreach (var node in declaration.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax && (node is not LocalFunctionStatementSyntax || node == declaration)))
        {
            var value = node switch
            {
                ArrowExpressionClauseSyntax arrow => arrow.Expression,
                ReturnStatementSyntax { Expression: { } returned } => returned,
                _ => null,
            };
            if (value is null)
                continue;

            any = true;
            found = Both(found, Find(value));
        }

        return any ? found : QueryProvider.Unknown;
    }

    private static SyntaxReference? SingleDeclaration(ISymbol symbol) => symbol.DeclaringSyntaxReferences.Length == 1 ? symbol.DeclaringSyntaxReferences[0] : null;

    /// <summary>A type that only one library has.</summary>
    private static QueryProvider OfType(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (QueryProviders.OfLibrary(current) is var provider and not QueryProvider.Unknown)
                return provider;
        }

        if (type is null)
            return QueryProvider.Unknown;

        foreach (var contract in type.AllInterfaces)
        {
            if (QueryProviders.OfLibrary(contract) is var provider and not QueryProvider.Unknown)
                return provider;
        }

        return type.Name == "EnumerableQuery" ? QueryProvider.Memory : QueryProvider.Unknown;
    }

    private static QueryProvider? Both(QueryProvider? left, QueryProvider? right)
    {
        if (left is null || right is null || left == right)
            return left ?? right;

        return left == QueryProvider.Memory || right == QueryProvider.Memory ? QueryProvider.Memory : QueryProvider.Unknown;
    }
}
