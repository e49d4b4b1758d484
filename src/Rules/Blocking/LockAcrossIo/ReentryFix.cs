using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// Proves that code under a lock never comes back to take it again: a thread may enter its own lock twice, but would
/// wait for ever at its own semaphore.
/// </summary>
internal sealed class ReentryFix(LockFieldFix field, SemanticModel atHand, CancellationToken cancel)
{
    // Code that reaches more functions than this under a lock defies the proof.
    private const int Most = 400;

    private readonly HashSet<SyntaxNode> _locking = new(field.Uses.Select(use => Functions.Enclosing(use.Node)).OfType<SyntaxNode>());
    private readonly HashSet<SyntaxNode> _taking = new(field.Uses.Select(use => use.Node));
    private readonly HashSet<SyntaxNode> _seen = [];
    private readonly Queue<SyntaxNode> _open = new();

    /// <summary>Whether some code under the lock may take it again.</summary>
    public bool IsPossible()
    {
        foreach (var use in field.Uses)
        {
            foreach (var body in use.Region.Body)
            {
                if (MayReach(body, isRegion: true))
                    return true;
            }
        }

        while (_open.Count > 0)
        {
            if (_seen.Count > Most || MayReach(_open.Dequeue(), isRegion: false))
                return true;
        }

        return false;
    }

    private bool MayReach(SyntaxNode code, bool isRegion)
    {
        cancel.ThrowIfCancellationRequested();
        var model = SemanticModels.Of(code.SyntaxTree, atHand);
        var unnamed = new ImplicitCalls(model, cancel);
        foreach (var node in code.DescendantNodesAndSelf())
        {
            // A lambda that takes the lock, and the code that runs while the caller of an iterator holds it.
            if (_taking.Contains(node) || (isRegion && node is YieldStatementSyntax) || unnamed.At(node).Any(Follow))
                return true;

            var reaches = node switch
            {
                InvocationExpressionSyntax call when model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { MethodKind: MethodKind.DelegateInvoke } => isRegion || !IsGivenHere(call, model),
                SimpleNameSyntax name => model.GetSymbolInfo(name, cancel).Symbol is var symbol && (IsUnseenFunction(symbol, isRegion) || Follow(symbol)),
                BaseObjectCreationExpressionSyntax creation => Follow(model.GetSymbolInfo(creation, cancel).Symbol),
                ElementAccessExpressionSyntax element => Follow(model.GetSymbolInfo(element, cancel).Symbol),
                UsingStatementSyntax { Declaration.Variables: { Count: > 0 } variables } => FollowDispose(variables[0], model),
                LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Declaration.Variables: { Count: > 0 } variables } => FollowDispose(variables[0], model),
                _ => false,
            };
            if (reaches)
                return true;
        }

        return false;
    }

    /// <summary>Whether the symbol holds a function that was given to the object, or to the function that takes the lock.</summary>
    private static bool IsUnseenFunction(ISymbol? symbol, bool isRegion) => symbol switch
    {
        IFieldSymbol { Type.TypeKind: TypeKind.Delegate } or IPropertySymbol { Type.TypeKind: TypeKind.Delegate } or IEventSymbol { DeclaringSyntaxReferences.IsEmpty: false } => true,
        IPropertySymbol { Name: "Value", ContainingType: { Name: "Lazy", Arity: 1 } } => true,
        IParameterSymbol { Type.TypeKind: TypeKind.Delegate } => isRegion,
        _ => false,
    };

    /// <summary>Whether the delegate came as a parameter or was made here: then its code has been looked at where it was written.</summary>
    private bool IsGivenHere(InvocationExpressionSyntax call, SemanticModel model)
    {
        var invoked = call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke" } member ? member.Expression : call.Expression is MemberBindingExpressionSyntax ? Calls.ReceiverOf(call) : call.Expression;
        return invoked is not null && model.GetSymbolInfo(invoked, cancel).Symbol is IParameterSymbol or ILocalSymbol;
    }

    private bool FollowDispose(VariableDeclaratorSyntax variable, SemanticModel model)
    {
        if (model.GetDeclaredSymbol(variable, cancel) is not ILocalSymbol { Type: { DeclaringSyntaxReferences.IsEmpty: false } type })
            return false;

        foreach (var dispose in type.GetMembers("Dispose"))
        {
            if (Follow(dispose))
                return true;
        }

        return false;
    }

    /// <summary>Queues what runs when the symbol is called; true where it takes the lock, or is not in sight.</summary>
    private bool Follow(ISymbol? symbol)
    {
        switch (symbol)
        {
            case IMethodSymbol method:
                return FollowMethod((method.ReducedFrom ?? method).OriginalDefinition);
            case IPropertySymbol property:
                return (property.GetMethod is { } get && FollowMethod(get.OriginalDefinition)) || (property.SetMethod is { } set && FollowMethod(set.OriginalDefinition));
            default:
                return false;
        }
    }

    private bool FollowMethod(IMethodSymbol method)
    {
        if (method.MethodKind is MethodKind.DelegateInvoke or MethodKind.AnonymousFunction)
            return false;

        if (!SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, atHand.Compilation.Assembly))
            return Dispatches(method);

        if (method.IsAbstract || method.IsVirtual || method.IsOverride)
        {
            var all = Implementations.Of(atHand.Compilation).Of(method, cancel);
            if (all.Count == 0 && method.IsAbstract)
                return method.MethodKind == MethodKind.Ordinary;

            foreach (var implementation in all)
            {
                if (Enqueue(implementation))
                    return true;
            }
        }

        return Enqueue(method.PartialImplementationPart ?? method);
    }

    private bool Enqueue(IMethodSymbol method)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancel);
            if (declaration is ArrowExpressionClauseSyntax { Parent: { } property })
                declaration = property;

            if (_locking.Contains(declaration))
                return true;

            if (_seen.Add(declaration))
                _open.Enqueue(declaration);
        }

        return false;
    }

    /// <summary>Whether a method of a library runs handlers that this compilation registers: a mediator, a bus.</summary>
    private static bool Dispatches(IMethodSymbol method)
    {
        var home = Calls.HomeOf(method)?.Name ?? "";
        return home.EndsWith("Mediator", System.StringComparison.Ordinal) || home.EndsWith("Publisher", System.StringComparison.Ordinal) || home.EndsWith("Bus", System.StringComparison.Ordinal)
            || home.EndsWith("Dispatcher", System.StringComparison.Ordinal) || home is "ISender" or "IPublishEndpoint" or "ISendEndpoint";
    }
}
