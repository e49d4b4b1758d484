using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// Whether somebody else decides how many elements a sequence has: it is given to the function, was read from a database
/// or a service, or hangs on something that was. What an object keeps for itself is as large as its authors made it.
/// </summary>
internal sealed class OutsideSizes(SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    private const int Depth = 12;

    private static readonly HashSet<string> s_keeping =
    [
        "Where", "Select", "SelectMany", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Order", "OrderDescending", "Reverse", "Distinct", "DistinctBy", "Skip", "SkipWhile", "TakeWhile",
        "Except", "ExceptBy", "Intersect", "Union", "Concat", "Append", "Prepend", "Cast", "OfType", "GroupBy", "ToLookup", "Zip", "Join", "Index", "ToList", "ToArray", "ToHashSet", "ToDictionary", "AsEnumerable", "AsReadOnly",
        "ToImmutableArray", "ToImmutableList", "AsQueryable", "AsNoTracking", "Include", "ThenInclude", "DefaultIfEmpty", "Split", "Trim", "ConfigureAwait", "AsSplitQuery",
    ];

    private static readonly string[] s_batches = ["Chunk", "Batch", "Take", "TakeLast", "Buffer", "Page", "Window", "Partition"];

    private static readonly string[] s_services = ["Service", "Options", "Settings", "Configuration", "Provider", "Factory", "Repository", "Manager", "Accessor", "Registry", "Client", "OptionsMonitor", "OptionsSnapshot", "Catalog", "Cache"];

    /// <summary>Whether a method of this name gives as many elements as it gets, or as many as they say.</summary>
    public static bool KeepsSize(string name) => s_keeping.Contains(name);

    /// <summary>Whether the sequence's size comes from outside, and nothing in sight bounds it.</summary>
    public bool Decide(ExpressionSyntax sequence) => CollectionSizes.AtMost(sequence, model, types, cancel) is null && Decides(sequence, 0);

    private bool Decides(ExpressionSyntax expression, int depth)
    {
        if (depth > Depth)
            return false;

        expression = Wrappings.Without(expression);
        switch (expression)
        {
            case AwaitExpressionSyntax wait:
                return WaitedFor(wait.Expression) is { } all ? Decides(all, depth + 1) : IsRead(wait.Expression);
            case InvocationExpressionSyntax call:
                return OfCall(call, depth + 1);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                return model.GetSymbolInfo(expression, cancel).Symbol is { } symbol && OfVariable(symbol, expression, depth + 1);
            case ConditionalAccessExpressionSyntax conditional:
                return !IsBatch(conditional.WhenNotNull) && Decides(conditional.Expression, depth + 1);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice:
                return Decides(choice.Left, depth + 1) || Decides(choice.Right, depth + 1);
            case ConditionalExpressionSyntax choice:
                return Decides(choice.WhenTrue, depth + 1) || Decides(choice.WhenFalse, depth + 1);
            case ElementAccessExpressionSyntax element:
                return Decides(element.Expression, depth + 1);
            case QueryExpressionSyntax query:
                return Decides(query.FromClause.Expression, depth + 1);
            case BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments }:
                return Decides(arguments[0].Expression, depth + 1);
            default:
                return expression.RawKind == NewSyntax.CollectionExpression && AnySpread(expression, depth + 1);
        }
    }

    private bool OfCall(InvocationExpressionSyntax call, int depth)
    {
        if (Calls.NameOf(call)?.Identifier.ValueText is not { } name || IsBatchName(name) || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method)
            return false;

        if (SaysHowMany(name, call))
            return false;

        if (IsQuery(model.GetTypeInfo(call, cancel).Type))
            return !IsBatch(call);

        if (!KeepsSize(name))
            return name.StartsWith("Deserialize", StringComparison.Ordinal) || (name == "Range" && call.ArgumentList.Arguments.Count == 2 && Decides(call.ArgumentList.Arguments[1].Expression, depth));

        var source = method is { IsStatic: true, ReducedFrom: null } ? call.ArgumentList.Arguments.Count > 0 ? call.ArgumentList.Arguments[0].Expression : null : Calls.ReceiverOf(call);
        return source is not null && Decides(source, depth);
    }

    /// <summary><c>Split(',', 3)</c>, and groups of so many that their number in the sequence makes.</summary>
    private bool SaysHowMany(string name, InvocationExpressionSyntax call)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (name == "Split" && model.GetTypeInfo(argument.Expression, cancel).Type?.SpecialType == SpecialType.System_Int32)
                return true;

            if (name == "GroupBy" && argument.Expression is LambdaExpressionSyntax { ExpressionBody: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression } })
                return true;
        }

        return false;
    }

    /// <summary>Whether the function puts a part of the sequence in its place: <c>ids = ids.Take(20).ToList()</c>.</summary>
    private static bool IsCut(ISymbol variable, ExpressionSyntax use)
    {
        foreach (var node in TaskCalls.MemberAround(use).DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } assignment && name.Identifier.ValueText == variable.Name && IsBatch(assignment.Right))
                return true;
        }

        return false;
    }

    private bool OfVariable(ISymbol symbol, ExpressionSyntax use, int depth)
    {
        if (IsQuery(model.GetTypeInfo(use, cancel).Type))
            return true;

        switch (symbol)
        {
            case IParameterSymbol parameter:
                return IsGiven(parameter) && !IsCut(parameter, use) && !CheckedSizes.IsValidated(parameter) && !CheckedSizes.IsCompared(use);
            case ILocalSymbol local:
                return OfLocal(local, use, depth) && !IsCut(local, use) && !CheckedSizes.IsCompared(use);
            case IFieldSymbol or IPropertySymbol when !symbol.IsStatic:
                if (IsBound(symbol) || IsOfRequest(use))
                    return !CheckedSizes.IsCompared(use);

                return use is MemberAccessExpressionSyntax { Expression: not (ThisExpressionSyntax or BaseExpressionSyntax) } member && !CheckedSizes.IsValidated(symbol) && Decides(member.Expression, depth) && !CheckedSizes.IsCompared(use);
            default:
                return false;
        }
    }

    private bool OfLocal(ILocalSymbol local, ExpressionSyntax use, int depth)
    {
        if (local.DeclaringSyntaxReferences is not { Length: 1 } references)
            return false;

        switch (references[0].GetSyntax(cancel))
        {
            case ForEachStatementSyntax each:
                return !IsBatch(each.Expression) && Decides(each.Expression, depth);
            case VariableDeclaratorSyntax { Initializer.Value: { } value }:
                return Decides(value, depth) || IsFilled(local, use, depth);
            default:
                return false;
        }
    }

    /// <summary>Whether a loop over something of unknown size adds to the collection, or all of it is added.</summary>
    private bool IsFilled(ILocalSymbol local, ExpressionSyntax use, int depth)
    {
        foreach (var node in TaskCalls.MemberAround(use).DescendantNodes())
        {
            if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name, Name.Identifier.ValueText: "Add" or "AddRange" or "UnionWith" or "TryAdd" } member, ArgumentList.Arguments: { Count: > 0 } arguments }
                || name.Identifier.ValueText != local.Name)
            {
                continue;
            }

            var source = member.Name.Identifier.ValueText is "AddRange" or "UnionWith" ? arguments[0].Expression : node.FirstAncestorOrSelf<ForEachStatementSyntax>()?.Expression;
            if (source is not null && Decides(source, depth))
                return true;
        }

        return false;
    }

    /// <summary>The tasks of <c>await Task.WhenAll(tasks)</c>: there are as many results.</summary>
    private static ExpressionSyntax? WaitedFor(ExpressionSyntax awaited)
    {
        awaited = Bare(awaited);
        return awaited is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } call && Calls.NameOf(call)?.Identifier.ValueText == "WhenAll" ? arguments[0].Expression : null;
    }

    /// <summary>The call that is awaited, without what configures the wait.</summary>
    private static ExpressionSyntax Bare(ExpressionSyntax awaited)
    {
        awaited = Wrappings.Without(awaited);
        while (awaited is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "WaitAsync" } configured })
            awaited = configured.Expression;

        return awaited;
    }

    /// <summary>Whether an awaited call reads the sequence: what it gives is as large as what lies there.</summary>
    private static bool IsRead(ExpressionSyntax awaited) => Bare(awaited) is InvocationExpressionSyntax call && Calls.NameOf(call) is { Identifier.ValueText: not "WhenAll" } && !IsBatch(call);

    /// <summary>Whether callers of the function give the parameter, rather than the container of services.</summary>
    private static bool IsGiven(IParameterSymbol parameter) => parameter is { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } }
        && !(parameter.Type is { TypeKind: TypeKind.Interface, SpecialType: SpecialType.None } or { TypeKind: TypeKind.Class, SpecialType: SpecialType.None } && EndsWithAny(parameter.Type.Name, s_services));

    /// <summary>Whether model binding sets the property from the request.</summary>
    private static bool IsBound(ISymbol symbol)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "BindPropertyAttribute" or "FromQueryAttribute" or "FromBodyAttribute" or "FromFormAttribute" or "SupplyParameterFromFormAttribute" or "SupplyParameterFromQueryAttribute")
                return true;
        }

        return false;
    }

    /// <summary>Whether it hangs on the request itself: <c>Request.Form.Files</c>.</summary>
    private bool IsOfRequest(ExpressionSyntax expression)
    {
        for (var current = expression; current is MemberAccessExpressionSyntax member; current = member.Expression)
        {
            if (model.GetTypeInfo(member.Expression, cancel).Type?.Name is "HttpRequest" or "IFormCollection" or "IQueryCollection")
                return true;
        }

        return false;
    }

    private bool AnySpread(ExpressionSyntax collection, int depth)
    {
        foreach (var element in collection.ChildNodes())
        {
            if (element.RawKind == NewSyntax.ExpressionElement)
                continue;

            foreach (var child in element.ChildNodes())
            {
                if (child is ExpressionSyntax spread && Decides(spread, depth))
                    return true;
            }
        }

        return false;
    }

    private bool IsQuery(ITypeSymbol? type) => types.IsOrInherits(type, "System.Linq.IQueryable");

    private static bool IsBatch(SyntaxNode chain)
    {
        foreach (var token in chain.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is SimpleNameSyntax && IsBatchName(token.ValueText))
                return true;
        }

        return false;
    }

    private static bool IsBatchName(string name)
    {
        foreach (var batch in s_batches)
        {
            if (name.StartsWith(batch, StringComparison.Ordinal) && name != "TakeWhile")
                return true;
        }

        return false;
    }

    private static bool EndsWithAny(string name, string[] ends)
    {
        foreach (var end in ends)
        {
            if (name.EndsWith(end, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
