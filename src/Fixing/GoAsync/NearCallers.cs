using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// What stands in the way of a chain as far as its first document shows: the functions themselves, the contracts that
/// they fulfil, and the callers beside them. An action that this blocks is not offered; callers in other documents are
/// searched when it is chosen.
/// </summary>
internal sealed class NearCallers(Source source, string ruleId, HashSet<SyntaxNode> freed, CancellationToken cancel)
{
    private readonly HashSet<SyntaxNode> _seen = [];

    /// <summary>Whether <paramref name="function"/> cannot be or become async.</summary>
    public bool Block(AsyncFunction function)
    {
        cancel.ThrowIfCancellationRequested();
        if (!_seen.Add(function.Declaration))
            return false;

        return function.Symbol.IsAsync || function.Declaration is CompilationUnitSyntax
            ? AsyncBlockers.OfBody(function, freed, cancel) is not null
            : AsyncBlockers.WorksOnCopy(function.Symbol) || BlockSignature(function);
    }

    /// <summary>Whether <paramref name="function"/>, which is async and returns nothing, cannot return a task.</summary>
    public bool BlockTask(AsyncFunction function) => _seen.Add(function.Declaration) && BlockSignature(function);

    private bool BlockSignature(AsyncFunction function)
    {
        if (AsyncBlockers.Of(function, ruleId, freed, cancel) is not null)
            return true;

        if (Functions.IsTask(function.Symbol.ReturnType, source.Types))
            return TaskReturns.Blocker(function, cancel) is not null;

        return function.Declaration is AnonymousFunctionExpressionSyntax lambda ? BlockLambda(lambda) : IsPromisedOutside(function.Symbol) || BlockCallers(function);
    }

    private bool BlockLambda(AnonymousFunctionExpressionSyntax lambda)
    {
        if (DelegateTargets.TakeTasksToo(lambda, source.Model, source.Types, cancel))
            return false;

        return LinqLoop.Of(lambda, source, cancel) is not { } loop || BlockAt(loop.Around);
    }

    /// <summary>Whether a base type or an interface says how the method looks that is not in the solution, or cannot say it of a task.</summary>
    private static bool IsPromisedOutside(IMethodSymbol method)
    {
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation))
            return false;

        return method.OverriddenMethod is { DeclaringSyntaxReferences.IsEmpty: true } || PromisesOf(method).Any(promise => promise.DeclaringSyntaxReferences.IsEmpty || AsyncBlockers.IsCovariant(promise));
    }

    private static IEnumerable<IMethodSymbol> PromisesOf(IMethodSymbol method) => method.ContainingType.TypeKind == TypeKind.Interface
        ? []
        : method.ExplicitInterfaceImplementations.Concat(Kin.ImplementedBy(method, method.ContainingType));

    private bool BlockCallers(AsyncFunction function)
    {
        var group = new FunctionGroup();
        group.Members.Add(function);
        AsyncNames.FindTwin(group);
        if (group.Blocker is not null)
            return true;

        var keys = new HashSet<FunctionKey> { function.Key };
        foreach (var kin in PromisesOf(function.Symbol).Concat(function.Symbol.OverriddenMethod is { } overridden ? [overridden] : []))
        {
            if (FunctionKey.Of(kin) is { } key)
                keys.Add(key);
        }

        var name = References.NameOf(function.Symbol);
        return References.In(source, Words.Positions(source.Root.SyntaxTree.GetText(cancel), name), name, keys, group, cancel).Any(reference => BlockReference(group, reference));
    }

    /// <summary>Callers of a method that has an async twin move there one by one; only the twin itself cannot.</summary>
    private bool BlockReference(FunctionGroup group, Reference reference)
    {
        if (reference.Name is not { } name)
            return !group.HasTwin;

        var (_, call, place, blocker) = CallSites.Read(source, name, reference.Others, cancel);
        if (group.HasTwin)
            return call is not null && AsyncNames.IsOfTwin(group, Functions.SymbolAround(call, source.Model, cancel));

        if (blocker is not null)
            return true;

        return call is not null && place is not null
            && (SyncArms.HasAsyncArm(call, name.Identifier.ValueText + AsyncTwins.Suffix) || BlockAt(place));
    }

    private bool BlockAt(SyntaxNode place)
    {
        if (Functions.Enclosing(place) is not { } declaration || Functions.Symbol(declaration, source.Model, cancel) is not { } symbol)
            return true;

        var caller = new AsyncFunction(source, declaration, symbol);
        return AwaitPlace.Blocker(place, caller, freed, cancel) is not null || Block(caller);
    }
}
