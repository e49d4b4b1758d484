using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Whether an object that a function makes outlives the call: stored in a member, a lazy value, a cache or a registration.</summary>
internal readonly struct RegexKeeping(SemanticModel model, CancellationToken cancel)
{
    private static readonly ImmutableHashSet<string> s_onceTypes = ImmutableHashSet.Create("Lazy", "AsyncLazy", "ThreadLocal");

    private static readonly ImmutableHashSet<string> s_onceCalls = ImmutableHashSet.Create(
        "AddSingleton", "TryAddSingleton", "AddKeyedSingleton", "TryAddKeyedSingleton", "EnsureInitialized");

    private static readonly ImmutableHashSet<string> s_caches = ImmutableHashSet.Create(
        "GetOrAdd", "GetOrAddAsync", "GetOrCreate", "GetOrCreateAsync", "GetOrSet", "GetOrSetAsync", "AddOrUpdate", "GetValue");

    private static readonly ImmutableHashSet<string> s_stores = ImmutableHashSet.Create(
        "Add", "TryAdd", "AddRange", "Set", "Insert", "Enqueue", "Push", "Register", "Exchange", "CompareExchange", "TryUpdate", "GetOrAdd", "AddOrUpdate");

    /// <summary>Whether <paramref name="node"/> stands in a delegate that runs once: of a lazy value or a singleton's registration.</summary>
    public bool RunsOnce(SyntaxNode node)
    {
        for (var function = Functions.Enclosing(node); function is not null; function = Functions.Enclosing(function))
        {
            if (function is AnonymousFunctionExpressionSyntax && TakerOf(function) is { } taker && IsOnce(taker))
                return true;
        }

        return false;
    }

    /// <summary>Whether the value of <paramref name="creation"/> is stored where later calls find it.</summary>
    public bool Keeps(ExpressionSyntax creation) => IsKept(creation, followLocals: true);

    private bool IsKept(ExpressionSyntax expression, bool followLocals)
    {
        var value = Whole(expression);
        switch (value.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Right == value:
                return IsKeptIn(assignment, followLocals);
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }:
                return followLocals && model.GetDeclaredSymbol(variable, cancel) is ILocalSymbol local && IsKeptLocal(local, variable);
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: ConstructorInitializerSyntax } }:
                return true;
            case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } }:
                return IsStoredBy(call);
            case AnonymousFunctionExpressionSyntax lambda:
                return IsFactory(lambda);
            case ArrowExpressionClauseSyntax or ReturnStatementSyntax:
                return Functions.Enclosing(value) switch
                {
                    AnonymousFunctionExpressionSyntax lambda => IsFactory(lambda),
                    MethodDeclarationSyntax method => IsFactory(method, method.Identifier.ValueText),
                    LocalFunctionStatementSyntax inner => IsFactory(inner, inner.Identifier.ValueText),
                    _ => false,
                };
            default:
                return false;
        }
    }

    /// <summary>The largest expression whose value holds that of <paramref name="expression"/>: through casts, conditions, collections and new objects.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax expression)
    {
        var value = expression;
        while (true)
        {
            switch (value.Parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax or SwitchExpressionSyntax
                    or InitializerExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or TupleExpressionSyntax
                    or BaseObjectCreationExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression }:
                case ConditionalExpressionSyntax conditional when conditional.Condition != value:
                case ExpressionSyntax { RawKind: NewSyntax.CollectionExpression }:
                    value = (ExpressionSyntax)value.Parent;
                    break;
                case SwitchExpressionArmSyntax or ArgumentSyntax { Parent: TupleExpressionSyntax }:
                    value = (ExpressionSyntax)value.Parent.Parent!;
                    break;
                case ArgumentSyntax { Parent: ArgumentListSyntax { Parent: BaseObjectCreationExpressionSyntax made } }:
                    value = made;
                    break;
                case AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax, Parent: ExpressionSyntax entries }:
                    value = entries;
                    break;
                case { RawKind: NewSyntax.ExpressionElement, Parent: ExpressionSyntax collection }:
                    value = collection;
                    break;
                default:
                    return value;
            }
        }
    }

    private bool IsKeptIn(AssignmentExpressionSyntax assignment, bool followLocals)
    {
        // a = b = new Regex(…)
        if (assignment.Parent is not StatementSyntax && IsKept(assignment, followLocals))
            return true;

        if (assignment.Left is not IdentifierNameSyntax name)
            return assignment.Left is not DeclarationExpressionSyntax;

        switch (model.GetSymbolInfo(name, cancel).Symbol)
        {
            case IDiscardSymbol:
                return false;
            case IParameterSymbol parameter:
                return parameter.RefKind != RefKind.None;
            case ILocalSymbol local:
                // A local of an outer function lives as long as the delegate that captures it.
                return !SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, model.GetEnclosingSymbol(assignment.SpanStart, cancel))
                    || (followLocals && IsKeptLocal(local, assignment));
            default:
                return true;
        }
    }

    private bool IsKeptLocal(ILocalSymbol local, SyntaxNode at)
    {
        if (Functions.Enclosing(at) is not { } function)
            return true;

        foreach (var use in function.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.ValueText == local.Name && use.Parent is not MemberAccessExpressionSyntax && IsKept(use, followLocals: false)
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use, cancel).Symbol, local))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A collection's or cache's method that stores its argument; in a constructor any call may.</summary>
    private bool IsStoredBy(InvocationExpressionSyntax call)
    {
        if (Functions.Enclosing(call) is ConstructorDeclarationSyntax)
            return true;

        return Calls.NameOf(call) is { } name && s_stores.Contains(name.Identifier.ValueText) && Calls.ReceiverOf(call) is { } receiver
            && model.GetSymbolInfo(receiver, cancel).Symbol is not (ILocalSymbol or null);
    }

    private static SyntaxNode? TakerOf(SyntaxNode function) =>
        function.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: { } taker } } ? taker : null;

    private bool IsOnce(SyntaxNode taker) => taker switch
    {
        InvocationExpressionSyntax call => Calls.NameOf(call) is { } name && s_onceCalls.Contains(name.Identifier.ValueText),
        BaseObjectCreationExpressionSyntax => model.GetTypeInfo(taker, cancel).Type is { } type && s_onceTypes.Contains(type.Name),
        _ => false,
    };

    /// <summary>Whether what the delegate returns is kept by whoever takes the delegate.</summary>
    private static bool IsFactory(SyntaxNode function) => TakerOf(function) switch
    {
        InvocationExpressionSyntax call => Calls.NameOf(call) is { } name && (s_onceCalls.Contains(name.Identifier.ValueText) || s_caches.Contains(name.Identifier.ValueText)),
        BaseObjectCreationExpressionSyntax => true,
        _ => false,
    };

    /// <summary>Whether a function that only its own type can call gives its value to nothing but stores: <c>static readonly Regex X = Build();</c>.</summary>
    private bool IsFactory(SyntaxNode function, string name)
    {
        if (function is MethodDeclarationSyntax method && method.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.OverrideKeyword))
            return false;

        // Parts in other files may call it as well; those are not looked at. Members of an interface are public.
        if (function.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || type is InterfaceDeclarationSyntax || type.Modifiers.Any(SyntaxKind.PartialKeyword))
            return false;

        var uses = new List<IdentifierNameSyntax>();
        foreach (var use in type.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (use.Identifier.ValueText == name)
                uses.Add(use);
        }

        return uses.Count > 0 && uses.TrueForAll(IsKeptResult);
    }

    private bool IsKeptResult(IdentifierNameSyntax use)
    {
        ExpressionSyntax named = use.Parent is MemberAccessExpressionSyntax member && member.Name == use ? member : use;
        if (named.Parent is ArgumentSyntax)
            return IsFactory(named);

        if (named.Parent is not InvocationExpressionSyntax call)
            return false;

        var kept = Whole(call).Parent;
        return Functions.Enclosing(call) is null
            ? kept is EqualsValueClauseSyntax
            : kept is not (ReturnStatementSyntax or ArrowExpressionClauseSyntax) && IsKept(call, followLocals: false);
    }
}
