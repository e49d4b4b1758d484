using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>
/// What awaited calls do, and whether they may run beside each other: a call that is proven to read, over clients that
/// serve many callers, may run beside any other such call. Library calls are known by type and name; methods of the
/// compilation are read, behind an interface all of its implementations.
/// </summary>
internal sealed class AsyncIo
{
    /// <summary>A call that leads through more methods than this is not followed.</summary>
    private const int Deepest = 32;

    private static readonly ConditionalWeakTable<Compilation, AsyncIo> s_cache = new();

    private readonly ConcurrentDictionary<ISymbol, IoEffect> _known = new(SymbolEqualityComparer.Default);
    private readonly Implementations _implementations;
    private readonly KnownTypes _types;
    private readonly UnsafeState _unsafe;

    private AsyncIo(Compilation compilation)
    {
        _implementations = Implementations.Of(compilation);
        _types = KnownTypes.Of(compilation);
        _unsafe = UnsafeState.Of(_types);
    }

    public static AsyncIo Of(Compilation compilation) => s_cache.GetValue(compilation, static c => new AsyncIo(c));

    /// <summary>What evaluating the expression does, its arguments and all that it calls included, up to the end of the work it starts.</summary>
    public IoEffect EffectOf(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) =>
        new EffectReader(this, expression, Ownership.Nothing, model, _types, EffectChain.Empty, cancel).Read();

    /// <summary>What running the body of a loop does to what lies outside its function; what it does to the function's own variables does not count.</summary>
    public IoEffect EffectOfBody(StatementSyntax body, SemanticModel model, CancellationToken cancel) =>
        new EffectReader(this, body, Ownership.Variables, model, _types, EffectChain.Empty, cancel).Read();

    /// <summary>What a method of the compilation, or whatever implements it, does.</summary>
    internal IoEffect EffectOf(IMethodSymbol method, SemanticModel atHand, EffectChain chain, CancellationToken cancel)
    {
        if (IsWrittenByGenerator(method))
            return IoEffect.None;

        if (method.MethodKind is MethodKind.Constructor or MethodKind.LocalFunction)
            return EffectOfBody(method.OriginalDefinition, atHand, chain, cancel);

        var targets = _implementations.For(method, cancel);
        var effect = targets.IsEmpty ? IoEffect.Unknown : IoEffect.None;
        foreach (var target in targets)
        {
            switch (EffectOfBody(target, atHand, chain, cancel))
            {
                case IoEffect.Unknown:
                    return IoEffect.Unknown;
                case IoEffect.Read:
                    effect = IoEffect.Read;
                    break;
            }
        }

        return effect;
    }

    /// <summary>What reading a property of the compilation, or of whatever implements it, does; one that is only stored does nothing.</summary>
    internal IoEffect EffectOfGetter(IMethodSymbol getter, SemanticModel atHand, EffectChain chain, CancellationToken cancel) =>
        getter.ContainingType.TypeKind == TypeKind.Interface || getter.IsAbstract ? EffectOf(getter, atHand, chain, cancel) : EffectOfBody(getter.OriginalDefinition, atHand, chain, cancel);

    /// <summary>
    /// Whether the chain of calls begins at a variable that serves one caller at a time, as most queries do. Looked up by name, since
    /// binding a long query is what costs most here.
    /// </summary>
    internal bool BeginsUnsafe(ExpressionSyntax expression, SemanticModel model, OwnObjects own)
    {
        var root = expression;
        while (root is InvocationExpressionSyntax or MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax })
            root = root is InvocationExpressionSyntax call ? call.Expression : ((MemberAccessExpressionSyntax)root).Expression;

        var name = root is MemberAccessExpressionSyntax member ? member.Name : root as IdentifierNameSyntax;
        if (name is null || root.Parent is InvocationExpressionSyntax)
            return false;

        foreach (var symbol in model.LookupSymbols(name.SpanStart, name: name.Identifier.ValueText))
        {
            var type = symbol switch
            {
                IFieldSymbol field => field.Type,
                IPropertySymbol property => property.Type,
                IParameterSymbol parameter when !own.Declares(parameter) => parameter.Type,
                _ => null,
            };
            if (_unsafe.Is(type))
                return true;
        }

        return false;
    }

    private IoEffect EffectOfBody(IMethodSymbol method, SemanticModel atHand, EffectChain chain, CancellationToken cancel)
    {
        if (_known.TryGetValue(method, out var known))
            return known;

        // Recursion, also that of a decorator into the interface that it implements: what ends it is not in sight.
        if (chain.Depth >= Deepest || chain.Has(method))
            return IoEffect.Unknown;

        var effect = Read(method, atHand, chain.With(method), cancel);
        _known.TryAdd(method, effect);
        return effect;
    }

    private IoEffect Read(IMethodSymbol method, SemanticModel atHand, EffectChain chain, CancellationToken cancel)
    {
        // A constructor that nobody wrote only stores.
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return method is { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true } or { MethodKind: MethodKind.PropertyGet } ? IoEffect.None : IoEffect.Unknown;

        var syntax = method.DeclaringSyntaxReferences[0].GetSyntax(cancel);
        var model = SemanticModels.Of(syntax.SyntaxTree, atHand);
        var ownership = method.MethodKind == MethodKind.Constructor ? Ownership.This : Ownership.Nothing;
        var effect = IoEffect.None;
        foreach (var code in BodyOf(syntax))
        {
            switch (new EffectReader(this, code, ownership, model, _types, chain, cancel).Read())
            {
                case IoEffect.Unknown:
                    return IoEffect.Unknown;
                case IoEffect.Read:
                    effect = IoEffect.Read;
                    break;
            }
        }

        return effect;
    }

    private static SyntaxNode[] BodyOf(SyntaxNode declaration) => declaration switch
    {
        ConstructorDeclarationSyntax { Initializer: { } initializer } made => [initializer.ArgumentList, Functions.BodyOf(made)!],
        AccessorDeclarationSyntax { Body: null, ExpressionBody: null } => [],
        BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax => [Functions.BodyOf(declaration)!],
        _ => [], // a record's or class's own parameters: they are only stored
    };

    /// <summary><c>[LoggerMessage]</c> and <c>[GeneratedRegex]</c> methods: what the generator writes is known without reading it.</summary>
    private static bool IsWrittenByGenerator(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "LoggerMessageAttribute" or "GeneratedRegexAttribute")
                return true;
        }

        return false;
    }
}
