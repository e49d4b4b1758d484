using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.EfModel;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>What methods, constructors and getters of a compilation read of the entities that they are given.</summary>
internal sealed class EntityMethods
{
    /// <summary>The ordinal that stands for the object itself.</summary>
    public const int This = -1;

    /// <summary>How many calls deep a read is followed.</summary>
    public const int MostDeep = 4;

    private static readonly ConditionalWeakTable<Compilation, Cache> s_cache = new();

    private readonly Cache _cache;
    private readonly ImmutableHashSet<ISymbol> _callers;

    /// <summary>Whether a reading ended early, at a recursion.</summary>
    private bool _isCut;

    private EntityMethods(Cache cache, ImmutableHashSet<ISymbol> callers)
    {
        _cache = cache;
        _callers = callers;
    }

    public static EntityMethods Of(Compilation compilation) =>
        new(s_cache.GetValue(compilation, static c => new Cache(c)), ImmutableHashSet.Create<ISymbol>(SymbolEqualityComparer.Default));

    /// <summary>Whether the method's code may be in this compilation.</summary>
    public bool MayRead(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _cache.Assembly)
        && method.MethodKind is not (MethodKind.DelegateInvoke or MethodKind.AnonymousFunction);

    /// <summary>The navigations that the method reads of what it gets for the parameter, as paths from there.</summary>
    public ImmutableArray<EntityRead> ReadsOf(IMethodSymbol method, int parameter, EntityOrigin given, EntityFlow caller)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!MayRead(definition) || _callers.Count >= MostDeep || _cache.CodeOf(definition) is not { } running || parameter >= running.Parameters.Length)
            return ImmutableArray<EntityRead>.Empty;

        var key = new Key(running, parameter, given.Entity, given.Depth, MostDeep - _callers.Count);
        if (_cache.Reads.TryGetValue(key, out var known))
            return known;

        if (_callers.Contains(running))
        {
            _isCut = true;
            return ImmutableArray<EntityRead>.Empty;
        }

        var inner = new EntityMethods(_cache, _callers.Add(running));
        var reads = Read(running, parameter, given, caller, inner);

        // A reading that a recursion cut short depends on who asked.
        if (inner._isCut)
            _isCut = !_callers.IsEmpty;
        else
            _cache.Reads.TryAdd(key, reads);

        return reads;
    }

    private static ImmutableArray<EntityRead> Read(IMethodSymbol method, int parameter, EntityOrigin given, EntityFlow caller, EntityMethods inner)
    {
        if (BodyOf(method, caller) is not { } body)
            return ImmutableArray<EntityRead>.Empty;

        ISymbol seed = parameter == This ? given.Entity : method.Parameters[parameter];
        var source = new EntitySource(null, seed as IParameterSymbol, null);
        var origin = new EntityOrigin(source, given.Entity, ImmutableArray<Navigation>.Empty, given.Depth, ImmutableArray<Loop>.Empty);
        var seeds = ImmutableDictionary.Create<ISymbol, EntityOrigin>(SymbolEqualityComparer.Default).Add(seed, origin);
        var flow = new EntityFlow(SemanticModels.Of(body.SyntaxTree, caller.Model), seeds, caller.Cancel);
        var found = ImmutableArray.CreateBuilder<EntityRead>();
        foreach (var read in new EntityReads(flow, inner).In(body, onlyInLoops: false))
        {
            if (read.Source == source && read.Load is null && !IsAssigned(read, body))
                found.Add(read with { Guards = CallGuards.Around(read.Node, body, method) });
        }

        return found.ToImmutable();
    }

    /// <summary>Whether the code fills the navigation itself.</summary>
    private static bool IsAssigned(EntityRead read, SyntaxNode body)
    {
        foreach (var node in body.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } } && name == read.Navigation.Name)
                return true;
        }

        return false;
    }

    private static SyntaxNode? BodyOf(IMethodSymbol method, EntityFlow caller)
    {
        if (method.DeclaringSyntaxReferences.Length != 1)
            return null;

        return method.DeclaringSyntaxReferences[0].GetSyntax(caller.Cancel) switch
        {
            // A constructor may pass the entity on to another one.
            ConstructorDeclarationSyntax constructor => constructor,
            BaseMethodDeclarationSyntax declared => (SyntaxNode?)declared.Body ?? declared.ExpressionBody,
            LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
            AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
            ArrowExpressionClauseSyntax arrow => arrow,
            RecordDeclarationSyntax or ClassDeclarationSyntax => null,
            _ => null,
        };
    }

    private readonly record struct Key(IMethodSymbol Method, int Parameter, INamedTypeSymbol Entity, int Depth, int Left)
    {
        public bool Equals(Key other) => Parameter == other.Parameter && Depth == other.Depth && Left == other.Left
            && SymbolEqualityComparer.Default.Equals(Method, other.Method) && SymbolEqualityComparer.Default.Equals(Entity, other.Entity);

        public override int GetHashCode() => (SymbolEqualityComparer.Default.GetHashCode(Method) * 31) ^ (Parameter * 7) ^ (Left << 4) ^ Depth;
    }

    /// <summary>What is kept per compilation.</summary>
    private sealed class Cache(Compilation compilation)
    {
        private readonly System.Lazy<Dictionary<ISymbol, List<INamedTypeSymbol>>> _implementations = new(() => FindImplementations(compilation));

        public IAssemblySymbol Assembly { get; } = compilation.Assembly;

        public ConcurrentDictionary<Key, ImmutableArray<EntityRead>> Reads { get; } = new();

        /// <summary>The method whose code runs: itself, or the only implementation of an interface's member.</summary>
        public IMethodSymbol? CodeOf(IMethodSymbol method)
        {
            if (method.ContainingType is not { TypeKind: TypeKind.Interface } contract)
                return method.IsAbstract ? null : method;

            return _implementations.Value.TryGetValue(contract, out var types) && types.Count == 1
                ? (types[0].FindImplementationForInterfaceMember(method) as IMethodSymbol)?.OriginalDefinition
                : null;
        }

        private static Dictionary<ISymbol, List<INamedTypeSymbol>> FindImplementations(Compilation compilation)
        {
            var found = new Dictionary<ISymbol, List<INamedTypeSymbol>>(SymbolEqualityComparer.Default);
            var open = new Stack<INamespaceOrTypeSymbol>();
            open.Push(compilation.Assembly.GlobalNamespace);
            while (open.Count > 0)
            {
                foreach (var member in open.Pop().GetMembers())
                {
                    if (member is INamespaceOrTypeSymbol inner)
                        open.Push(inner);

                    if (member is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } type)
                        continue;

                    foreach (var contract in type.AllInterfaces)
                    {
                        if (!SymbolEqualityComparer.Default.Equals(contract.ContainingAssembly, compilation.Assembly))
                            continue;

                        if (!found.TryGetValue(contract, out var types))
                            found.Add(contract, types = []);

                        types.Add(type);
                    }
                }
            }

            return found;
        }
    }
}
