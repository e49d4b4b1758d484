using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Tests.Knowledge.Paths;

/// <summary>
/// The call graph as the compiler knows it: every body is bound, every interface and virtual call leads to what the
/// types of the compilation run for it. Slow, and exact but for reflection; the graph of names is measured against it.
/// </summary>
internal sealed class CallGraphOracle
{
    private readonly Compilation _compilation;
    private readonly PathGraph _graph;
    private readonly Dictionary<SyntaxTree, (int Number, TreeSummary Summary)> _trees = [];
    private readonly List<INamedTypeSymbol> _types = [];
    private readonly Dictionary<IMethodSymbol, int> _numbers = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<(IMethodSymbol, ITypeSymbol?), HashSet<int>> _dispatched = [];
    private readonly HashSet<int>?[] _calls;

    /// <summary>What a class subscribes to its own events, and who raises them.</summary>
    private readonly List<(IEventSymbol Event, int Handler)> _subscribed = [];
    private readonly List<(IEventSymbol Event, int Function)> _raised = [];

    public CallGraphOracle(Compilation compilation, PathGraph graph)
    {
        (_compilation, _graph, _calls) = (compilation, graph, new HashSet<int>?[graph.Functions.Count]);
        foreach (var tree in compilation.SyntaxTrees)
            _trees.Add(tree, (_trees.Count, TreeSummary.Of(tree, default)));

        Collect(compilation.Assembly.GlobalNamespace);
        foreach (var tree in compilation.SyntaxTrees)
            Read(tree);

        foreach (var (@event, function) in _raised)
        {
            foreach (var (subscribed, handler) in _subscribed)
            {
                if (SymbolEqualityComparer.Default.Equals(@event, subscribed))
                    Add(function, handler);
            }
        }
    }

    /// <summary>What a function runs directly.</summary>
    public IReadOnlyCollection<int> CalledBy(int function) => _calls[function] ?? [];

    /// <summary>Everything that the entries of the measured graph reach.</summary>
    public bool[] Reached(out int[] from)
    {
        var reached = new bool[_calls.Length];
        from = new int[_calls.Length];
        var queue = new Queue<int>();
        for (var i = 0; i < reached.Length; i++)
        {
            from[i] = -1;
            if (_graph.IsReached(i) && _graph.ChainTo(i).Count == 1)
            {
                reached[i] = true;
                queue.Enqueue(i);
            }
        }

        while (queue.TryDequeue(out var function))
        {
            foreach (var target in CalledBy(function))
            {
                if (!reached[target])
                {
                    reached[target] = true;
                    from[target] = function;
                    queue.Enqueue(target);
                }
            }
        }

        return reached;
    }

    private void Collect(INamespaceOrTypeSymbol symbol)
    {
        foreach (var member in symbol.GetMembers())
        {
            if (member is INamedTypeSymbol type)
                _types.Add(type);

            if (member is INamespaceOrTypeSymbol inner)
                Collect(inner);
        }
    }

    private void Read(SyntaxTree tree)
    {
        var model = _compilation.GetSemanticModel(tree);
        var (number, summary) = _trees[tree];
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is ConstructorDeclarationSyntax { Initializer: null } constructor && model.GetDeclaredSymbol(constructor) is { IsStatic: false, ContainingType: { } type })
            {
                var function = summary.FunctionAt(node.SpanStart, node.Span.Length, FunctionSpan.Whole) is var own and >= 0 ? _graph.Number(number, own) : -1;
                Add(function, Initializer(type));
                if (type.BaseType is { } @base)
                    Created(function, @base.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length == 0), @base);
            }

            // An operation whose parent is null is the root of a body or an initialiser.
            if (node is not (BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or ConstructorInitializerSyntax or GlobalStatementSyntax or PrimaryConstructorBaseTypeSyntax))
                continue;

            var root = model.GetOperation(node is GlobalStatementSyntax global ? global.Statement : node);
            if (root is null || (root.Parent is not (null or IMethodBodyOperation or IConstructorBodyOperation or IBlockOperation { Parent: null }) && node is not GlobalStatementSyntax))
                continue;

            if (root.Parent is IBlockOperation && node is not GlobalStatementSyntax)
                continue;

            foreach (var operation in root.DescendantsAndSelf())
                Read(operation, FunctionOf(operation.Syntax, number, summary), model);
        }
    }

    private void Read(IOperation operation, int function, SemanticModel model)
    {
        if (function < 0)
            return;

        switch (operation)
        {
            case IInvocationOperation call:
                Called(function, call.TargetMethod, call.Instance);
                break;
            case IMethodReferenceOperation reference:
                Called(function, reference.Method, reference.Instance);
                break;
            case IPropertyReferenceOperation property:
                var isWritten = property.Parent is IAssignmentOperation assignment && assignment.Target == property;
                if (property.Property.GetMethod is { } get && (!isWritten || property.Parent is not ISimpleAssignmentOperation))
                    Called(function, get, property.Instance);

                if (property.Property.SetMethod is { } set && (isWritten || property.Parent is IIncrementOrDecrementOperation))
                    Called(function, set, property.Instance);

                break;
            case IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: var owned, Instance: null or IInstanceReferenceOperation }, HandlerValue: IDelegateCreationOperation { Target: var target } }:
                if (target is IMethodReferenceOperation { Method: var method })
                    _subscribed.Add((owned.OriginalDefinition, NumberOf(method.OriginalDefinition)));
                else if (target is IAnonymousFunctionOperation && _trees[target.Syntax.SyntaxTree] is var (place, content) && content.FunctionAt(target.Syntax.SpanStart, target.Syntax.Span.Length, FunctionSpan.Whole) is var kept and >= 0)
                    _subscribed.Add((owned.OriginalDefinition, _graph.Number(place, kept)));

                break;
            case IEventReferenceOperation { Parent: not IEventAssignmentOperation } raised:
                _raised.Add((raised.Event.OriginalDefinition, function));
                break;
            case IObjectCreationOperation { Constructor: { } created }:
                Created(function, created, created.ContainingType);
                break;
            case IBinaryOperation { OperatorMethod: { } @operator }:
                Called(function, @operator, null);
                break;
            case ICompoundAssignmentOperation { OperatorMethod: { } @operator }:
                Called(function, @operator, null);
                break;
            case IUsingOperation @using:
                Disposed(function, @using.Resources is IVariableDeclarationGroupOperation group ? group.Declarations.FirstOrDefault()?.Declarators.FirstOrDefault()?.Symbol.Type : @using.Resources.Type, @using.IsAsynchronous);
                break;
            case IUsingDeclarationOperation declaration:
                Disposed(function, declaration.DeclarationGroup.Declarations.FirstOrDefault()?.Declarators.FirstOrDefault()?.Symbol.Type, declaration.IsAsynchronous);
                break;
            case IForEachLoopOperation { Syntax: CommonForEachStatementSyntax each }:
                if (model.GetForEachStatementInfo(each).GetEnumeratorMethod is { } enumerator)
                    Called(function, enumerator, null);

                break;
            case IAnonymousFunctionOperation lambda:
                var (number, summary) = _trees[lambda.Syntax.SyntaxTree];
                var own = summary.FunctionAt(lambda.Syntax.SpanStart, lambda.Syntax.Span.Length, FunctionSpan.Whole);
                if (own >= 0)
                    Add(function, _graph.Number(number, own));

                break;
        }
    }

    private void Disposed(int function, ITypeSymbol? type, bool isAsync)
    {
        var name = isAsync ? "DisposeAsync" : "Dispose";
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(m => m.Parameters.Length == 0) is { } method)
            {
                Called(function, method, null, type);
                return;
            }
        }

        if (type?.AllInterfaces.SelectMany(i => i.GetMembers(name)).OfType<IMethodSymbol>().FirstOrDefault() is { } inherited)
            Called(function, inherited, null, type);
    }

    private void Created(int function, IMethodSymbol? constructor, INamedTypeSymbol type)
    {
        if (constructor is not null)
            Add(function, NumberOf(constructor.OriginalDefinition));

        if (constructor is null or { IsImplicitlyDeclared: true } || !constructor.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is ConstructorDeclarationSyntax))
        {
            Add(function, Initializer(type));
            if (type.BaseType is { SpecialType: not SpecialType.System_Object } @base && @base.Locations.Any(l => l.IsInSource))
                Created(function, @base.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length == 0), @base);
        }
        else
        {
            Add(function, Initializer(type));
        }
    }

    private int[] Initializer(INamedTypeSymbol type)
    {
        var found = new List<int>();
        foreach (var reference in type.OriginalDefinition.DeclaringSyntaxReferences)
        {
            // A base may come from another project.
            var node = reference.GetSyntax();
            if (_trees.TryGetValue(node.SyntaxTree, out var tree) && tree.Summary.FunctionAt(node.SpanStart, node.Span.Length, FunctionSpan.Instance) is var index and >= 0)
                found.Add(_graph.Number(tree.Number, index));
        }

        return [.. found];
    }

    private void Called(int function, IMethodSymbol method, IOperation? instance, ITypeSymbol? receiver = null)
    {
        receiver ??= instance?.Type;
        if (method.MethodKind == MethodKind.Constructor)
        {
            // `: base(…)`
            Created(function, method, method.ContainingType);
            return;
        }

        // Everything has ToString and its kin; a call of them on an object says nothing.
        if (method.ContainingType.SpecialType == SpecialType.System_Object)
            return;

        method = method.ReducedFrom ?? method;
        var isBase = instance is IInstanceReferenceOperation { Syntax: BaseExpressionSyntax };
        if (isBase || !(method.IsVirtual || method.IsAbstract || method.IsOverride))
        {
            Add(function, NumberOf(method.OriginalDefinition));
            return;
        }

        Add(function, NumberOf(method.OriginalDefinition));
        if (!_dispatched.TryGetValue((method, receiver), out var targets))
        {
            _dispatched.Add((method, receiver), targets = []);
            foreach (var type in _types)
            {
                if (method.ContainingType.TypeKind == TypeKind.Interface)
                    Implemented(targets, type, method, receiver);
                else if (type.TypeKind == TypeKind.Class && Derives(type, receiver as INamedTypeSymbol ?? method.ContainingType))
                    Overridden(targets, type, method);
            }
        }

        Add(function, [.. targets]);
    }

    private void Implemented(HashSet<int> targets, INamedTypeSymbol type, IMethodSymbol method, ITypeSymbol? receiver)
    {
        if (receiver is INamedTypeSymbol { TypeKind: TypeKind.Interface } declared && !SymbolEqualityComparer.Default.Equals(declared.OriginalDefinition, method.ContainingType.OriginalDefinition)
            && !type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, declared.OriginalDefinition)))
        {
            return;
        }

        foreach (var @interface in type.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(@interface.OriginalDefinition, method.ContainingType.OriginalDefinition) || !MayBeSame(@interface, method.ContainingType))
                continue;

            var member = @interface.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, method.OriginalDefinition));
            if (member is not null && type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation)
                targets.Add(NumberOf(MostDerived(type, implementation.OriginalDefinition)));
        }
    }

    /// <summary>An abstract class may implement an interface by a method that its derived classes override.</summary>
    private static IMethodSymbol MostDerived(INamedTypeSymbol type, IMethodSymbol implementation)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (var candidate in current.GetMembers(implementation.Name).OfType<IMethodSymbol>())
            {
                for (var overridden = candidate.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, implementation))
                        return candidate.OriginalDefinition;
                }
            }
        }

        return implementation;
    }

    private static bool MayBeSame(INamedTypeSymbol left, INamedTypeSymbol right) => left.TypeArguments.Zip(right.TypeArguments)
        .All(pair => HasParameter(pair.First) || HasParameter(pair.Second) || SymbolEqualityComparer.Default.Equals(pair.First, pair.Second));

    private static bool HasParameter(ITypeSymbol type) => type is ITypeParameterSymbol || (type is INamedTypeSymbol named && named.TypeArguments.Any(HasParameter));

    private void Overridden(HashSet<int> targets, INamedTypeSymbol type, IMethodSymbol method)
    {
        foreach (var candidate in type.GetMembers(method.Name).OfType<IMethodSymbol>())
        {
            for (var overridden = candidate.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            {
                if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, method.OriginalDefinition))
                    targets.Add(NumberOf(candidate.OriginalDefinition));
            }
        }
    }

    private static bool Derives(INamedTypeSymbol type, INamedTypeSymbol ancestor)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, ancestor.OriginalDefinition))
                return true;
        }

        return false;
    }

    private int NumberOf(IMethodSymbol method)
    {
        method = method.PartialImplementationPart ?? method;
        if (!_numbers.TryGetValue(method, out var number))
            _numbers.Add(method, number = Find(method));

        return number;
    }

    private int Find(IMethodSymbol method)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var node = reference.GetSyntax();
            if (node is ArrowExpressionClauseSyntax)
                node = node.Parent!;

            if (_trees.TryGetValue(node.SyntaxTree, out var tree) && tree.Summary.FunctionAt(node.SpanStart, node.Span.Length, FunctionSpan.Whole) is var index and >= 0)
                return _graph.Number(tree.Number, index);
        }

        return -1;
    }

    private int FunctionOf(SyntaxNode node, int tree, TreeSummary summary)
    {
        var index = RequestPaths.FunctionAround(node, summary);
        return index < 0 ? -1 : _graph.Number(tree, index);
    }

    private void Add(int function, params ReadOnlySpan<int> targets)
    {
        foreach (var target in targets)
        {
            if (function >= 0 && target >= 0 && target != function)
                (_calls[function] ??= []).Add(target);
        }
    }
}
