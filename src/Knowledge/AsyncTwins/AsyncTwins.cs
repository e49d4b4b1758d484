using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>
/// Finds the async method that can stand in the place of a call: by name, and accepted only where the call binds with
/// the same arguments and gives what the code uses.
/// </summary>
internal sealed class AsyncTwins(SemanticModel model, KnownTypes types, ExcludedSymbols excluded, CancellationToken cancel)
{
    public const string Suffix = "Async";

    /// <summary>The twin on the receiver's type or among the extension methods in scope; null where none may be suggested.</summary>
    public AsyncTwin? Of(InvocationExpressionSyntax call, IMethodSymbol method) => Of(call, method, method.Name + Suffix);

    /// <summary>As <see cref="Of(InvocationExpressionSyntax, IMethodSymbol)"/>, for a twin that is called otherwise.</summary>
    public AsyncTwin? Of(InvocationExpressionSyntax call, IMethodSymbol method, string name)
    {
        if (excluded.Contains(method) || TwinCalls.InPlace(call, name, call.ArgumentList) is not { } twinCall)
            return null;

        return Bind(call, twinCall) is { } twin && Accepts(call, method, twin) ? new AsyncTwin(twin, null, TwinCalls.IsConditional(call)) : null;
    }

    /// <summary>
    /// The twin of an extension method in another static class: first of <paramref name="homes"/> that has it. Its
    /// namespace need not be imported.
    /// </summary>
    public AsyncTwin? In(ImmutableArray<string> homes, InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (excluded.Contains(method))
            return null;

        foreach (var home in homes)
        {
            if (types[home] is { } type && In(type, call, method) is { } twin)
                return twin;
        }

        return null;
    }

    /// <summary>
    /// Whether there is a method named like a twin that may be suggested, though it does not bind in the place of the
    /// call: other arguments, another result.
    /// </summary>
    public bool HasAnother(InvocationExpressionSyntax call, IMethodSymbol method) => HasAnother(call, method, method.Name + Suffix);

    /// <summary>As <see cref="HasAnother(InvocationExpressionSyntax, IMethodSymbol)"/>, for a twin that is called otherwise.</summary>
    public bool HasAnother(InvocationExpressionSyntax call, IMethodSymbol method, string name)
    {
        if (excluded.Contains(method))
            return false;

        var definition = method.ReducedFrom ?? method;
        for (var type = definition.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers(name))
            {
                if (member is IMethodSymbol { DeclaredAccessibility: Accessibility.Public } twin && Awaitables.IsAwaitable(twin.ReturnType, types, out _))
                {
                    return !TwinTable.IsNever(twin) && !excluded.Contains(twin) && !IsAround(call, twin) && !RunsSynchronously(call, method, twin);
                }
            }
        }

        return false;
    }

    /// <summary>Whether the user wants nothing suggested for the method.</summary>
    public bool Excludes(IMethodSymbol method) => excluded.Contains(method);

    /// <summary>Where the twin takes a cancellation token that code at the call names <paramref name="token"/>.</summary>
    public TokenPlace PlaceOf(string token, InvocationExpressionSyntax call, IMethodSymbol method, AsyncTwin twin)
    {
        var argument = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token));
        if (PlaceOf(call, method, twin, TwinCalls.With(call.ArgumentList, argument)) is { } last)
            return new TokenPlace(TokenForm.Last, last);

        if (TokenParameterOf(twin) is { } parameter
            && PlaceOf(call, method, twin, TwinCalls.With(call.ArgumentList, argument.WithNameColon(SyntaxFactory.NameColon(parameter.Name)))) is { } named)
        {
            return new TokenPlace(TokenForm.Named, named);
        }

        if (TwinCalls.ArrayStart(call, method, twin.Method, model, cancel) is { } start
            && PlaceOf(call, method, twin, TwinCalls.With(TwinCalls.WithArray(call.ArgumentList, start, twin.Method, model), argument)) is { } after)
        {
            return new TokenPlace(TokenForm.AfterArray, after, start);
        }

        return new TokenPlace(TokenForm.None, null);
    }

    private AsyncTwin? In(INamedTypeSymbol home, InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var name = method.Name + Suffix;
        if (home.GetMembers(name).IsEmpty || TwinCalls.OnClass(home, call, method, name, call.ArgumentList) is not { } staticCall
            || Bind(call, staticCall) is not { } twin || !Accepts(call, method, twin))
        {
            return null;
        }

        // What binds in place without a new import must be the same method, and nothing may make it ambiguous.
        var reads = TwinCalls.InPlace(call, name, call.ArgumentList) is { } inPlace ? model.GetSpeculativeSymbolInfo(call.SpanStart, inPlace, SpeculativeBindingOption.BindAsExpression) : default;
        if (reads.Symbol is IMethodSymbol found)
        {
            return SymbolEqualityComparer.Default.Equals(found.ContainingType, home)
                ? new AsyncTwin(twin, null, TwinCalls.IsConditional(call))
                : null;
        }

        return reads.CandidateReason == CandidateReason.Ambiguous || Competes(reads.CandidateSymbols, home)
            ? null
            : new AsyncTwin(twin, home.ContainingNamespace.ToDisplayString(), TwinCalls.IsConditional(call));
    }

    /// <summary>Whether an extension method of another class takes queries too, so that the call would be ambiguous.</summary>
    private bool Competes(ImmutableArray<ISymbol> candidates, INamedTypeSymbol home)
    {
        foreach (var candidate in candidates)
        {
            if (candidate is IMethodSymbol { IsExtensionMethod: true } other && !SymbolEqualityComparer.Default.Equals(other.ContainingType, home)
                && types.IsOrInherits((other.ReducedFrom ?? other).Parameters[0].Type, "System.Linq.IQueryable"))
            {
                return true;
            }
        }

        return false;
    }

    private IParameterSymbol? PlaceOf(InvocationExpressionSyntax call, IMethodSymbol method, AsyncTwin twin, ArgumentListSyntax arguments)
    {
        var twinCall = twin.Import is null
            ? TwinCalls.InPlace(call, twin.Name, arguments)
            : TwinCalls.OnClass(twin.Method.ContainingType, call, method, twin.Name, arguments);
        if (twinCall is null || Bind(call, twinCall) is not { } bound || !GivesTheSame(bound, twin.Method)
            || TwinTable.IsNever(bound) || excluded.Contains(bound) || (IsObsolete(bound) && !IsObsolete(twin.Method)))
        {
            return null;
        }

        var given = twinCall.ArgumentList.Arguments;
        return TwinCalls.ParameterOf(given[given.Count - 1], given.Count - 1, bound) is { } parameter
            && SymbolEqualityComparer.Default.Equals(parameter.Type, types.CancellationToken) ? parameter : null;
    }

    /// <summary>Whether both give the same when awaited: a task and a value task do.</summary>
    private bool GivesTheSame(IMethodSymbol one, IMethodSymbol other) => SymbolEqualityComparer.Default.Equals(one.ReturnType, other.ReturnType)
        || (Functions.IsTask(one.ReturnType, types) && Functions.IsTask(other.ReturnType, types)
            && Awaitables.IsAwaitable(one.ReturnType, types, out var result) && Awaitables.IsAwaitable(other.ReturnType, types, out var otherResult)
            && SymbolEqualityComparer.Default.Equals(result, otherResult));

    private IParameterSymbol? TokenParameterOf(AsyncTwin twin)
    {
        foreach (var parameter in twin.Method.Parameters)
        {
            if (SymbolEqualityComparer.Default.Equals(parameter.Type, types.CancellationToken))
                return parameter;
        }

        return null;
    }

    private IMethodSymbol? Bind(InvocationExpressionSyntax call, InvocationExpressionSyntax twinCall)
    {
        cancel.ThrowIfCancellationRequested();
        return model.GetSpeculativeSymbolInfo(call.SpanStart, twinCall, SpeculativeBindingOption.BindAsExpression).Symbol as IMethodSymbol;
    }

    private bool Accepts(InvocationExpressionSyntax call, IMethodSymbol method, IMethodSymbol twin) =>
        Awaitables.IsAwaitable(twin.ReturnType, types, out var result)
        && GivesWhatIsUsed(call, method, result)
        && TakesTheSame(call, method, twin)
        && !TwinTable.IsNever(twin) && !excluded.Contains(twin)
        && !RunsSynchronously(call, method, twin)
        && !SkipsAnOverride(call, method, twin)
        && !IsAround(call, twin)
        && (!IsObsolete(twin) || IsObsolete(method));

    /// <summary>The type that the call's receiver has in the code; it may say more than the method's own type.</summary>
    private ITypeSymbol? ReceiverType(InvocationExpressionSyntax call, IMethodSymbol method) => TwinCalls.SourceOf(call, method) is { } receiver
        ? model.GetTypeInfo(receiver, cancel).Type
        : method.ContainingType;

    private bool RunsSynchronously(InvocationExpressionSyntax call, IMethodSymbol method, IMethodSymbol twin)
    {
        var type = ReceiverType(call, method);
        return TwinTable.RunsSynchronously(type, twin, types)
            || (TwinTable.IsAdoNet(type) && TwinCalls.SourceOf(call, method) is { } receiver && SqliteSources.Give(receiver, model, cancel));
    }

    private bool GivesWhatIsUsed(InvocationExpressionSyntax call, IMethodSymbol method, ITypeSymbol? result)
    {
        if (method.ReturnsVoid || call.Parent is ExpressionStatementSyntax)
            return true;

        if (result is null)
            return false;

        var conversion = model.Compilation.ClassifyConversion(result, method.ReturnType);
        return conversion.IsIdentity || (conversion.IsImplicit && conversion.IsReference && !IsReadByType(call));
    }

    /// <summary>Whether another static type of the value could change what the code around it means: a <c>var</c>, an overload.</summary>
    private static bool IsReadByType(ExpressionSyntax value) => value.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: false } } } => false,
        ReturnStatementSyntax or ArrowExpressionClauseSyntax or AssignmentExpressionSyntax => false,
        _ => true,
    };

    /// <summary>Whether every argument goes to a parameter of the type that it has in the synchronous method.</summary>
    private bool TakesTheSame(InvocationExpressionSyntax call, IMethodSymbol method, IMethodSymbol twin)
    {
        // The static form of an extension method has its receiver among the arguments; both methods are compared without.
        var plain = method.ReducedFrom is null && method.IsExtensionMethod ? 1 : 0;
        var twinPlain = twin.ReducedFrom is null && twin.IsExtensionMethod ? 1 : 0;
        var arguments = call.ArgumentList.Arguments;
        for (var i = plain; i < arguments.Count; i++)
        {
            var from = TwinCalls.ParameterOf(arguments[i], i, method);
            var to = TwinCalls.ParameterOf(arguments[i], i - plain + twinPlain, twin);
            if (from is null || to is null || from.RefKind != to.RefKind
                || !(SymbolEqualityComparer.Default.Equals(from.Type, to.Type) || IsWindowOf(to.Type, from.Type) || IsSequenceOf(to.Type, from.Type)))
                return false;
        }

        return true;
    }

    /// <summary>Whether a parameter of the twin is the memory of the array that the synchronous method takes.</summary>
    private bool IsWindowOf(ITypeSymbol window, ITypeSymbol array) => array is IArrayTypeSymbol { Rank: 1 } items && window is INamedTypeSymbol { TypeArguments: { Length: 1 } elements }
        && SymbolEqualityComparer.Default.Equals(elements[0], items.ElementType)
        && (types.Is(window, "System.ArraySegment`1") || types.Is(window, "System.Memory`1") || types.Is(window, "System.ReadOnlyMemory`1"));

    /// <summary>Whether a parameter of the twin takes the elements of the array that the synchronous method takes.</summary>
    private static bool IsSequenceOf(ITypeSymbol sequence, ITypeSymbol array) => array is IArrayTypeSymbol { Rank: 1 } items
        && sequence is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T, TypeArguments: { Length: 1 } elements }
        && SymbolEqualityComparer.Default.Equals(elements[0], items.ElementType);

    /// <summary>
    /// Whether the receiver's type overrides the synchronous method and not the async one: what the override does (an
    /// audit, a time stamp) would no longer happen.
    /// </summary>
    private bool SkipsAnOverride(InvocationExpressionSyntax call, IMethodSymbol method, IMethodSymbol twin)
    {
        if (method.IsStatic || method.ReducedFrom is not null || Calls.ReceiverOf(call) is BaseExpressionSyntax)
            return false;

        for (var type = ReceiverType(call, method); type is not null; type = type.BaseType)
        {
            if (Overrides(type, twin.Name))
                return false;

            if (Overrides(type, method.Name))
                return true;
        }

        return false;
    }

    private static bool Overrides(ITypeSymbol type, string name)
    {
        foreach (var member in type.GetMembers(name))
        {
            if (member is IMethodSymbol { IsOverride: true })
                return true;
        }

        return false;
    }

    /// <summary>Whether the call stands in the twin itself, which would then call itself for ever.</summary>
    private bool IsAround(InvocationExpressionSyntax call, IMethodSymbol twin)
    {
        var definition = (twin.ReducedFrom ?? twin).OriginalDefinition;
        if (Calls.ReceiverOf(call) is BaseExpressionSyntax)
            return false;

        for (var function = Functions.Enclosing(call); function is not null; function = Functions.Enclosing(function))
        {
            for (var current = Functions.Symbol(function, model, cancel); current is not null; current = current.OverriddenMethod)
            {
                if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, definition))
                    return true;
            }
        }

        return false;
    }

    private static bool IsObsolete(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "ObsoleteAttribute", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
                return true;
        }

        return false;
    }
}
