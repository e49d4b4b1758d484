using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Reads what a piece of code does, node by node, until something is not known.</summary>
internal sealed class EffectReader(AsyncIo io, SyntaxNode code, Ownership ownership, SemanticModel model, KnownTypes types, EffectChain chain, CancellationToken cancel)
{
    private readonly UnsafeState _unsafe = UnsafeState.Of(types);
    private readonly OwnObjects _own = new(code, ownership, model, cancel);
    private bool _reads;

    public IoEffect Read() => !IsKnown(code) ? IoEffect.Unknown : _reads ? IoEffect.Read : IoEffect.None;

    private bool IsKnown(SyntaxNode node)
    {
        switch (node)
        {
            case TypeSyntax and not SimpleNameSyntax or AttributeListSyntax or TypeArgumentListSyntax or ParameterListSyntax or NameColonSyntax or NameEqualsSyntax or TypeParameterListSyntax:
                return true;
            case LockStatementSyntax or YieldStatementSyntax or UnsafeStatementSyntax or GotoStatementSyntax or FixedStatementSyntax:
                return false;
            case InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } named when ExpressionTrees.IsOnlyNamed(named.ArgumentList.Arguments.Count == 1 ? named.ArgumentList.Arguments[0].Expression : named):
                return true;
            case InvocationExpressionSyntax call:
                return !io.BeginsUnsafe(call, model, _own) && IsKnownCall(call) && AreKnown(call);
            case BaseObjectCreationExpressionSyntax creation:
                return IsKnownCreation(creation) && AreKnown(creation);
            case AssignmentExpressionSyntax assignment:
                return IsOwnTarget(assignment.Left) && IsKnownTarget(assignment.Left) && IsKnown(assignment.Right);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } change:
                return IsOwnTarget(change.Operand);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } change:
                return IsOwnTarget(change.Operand);
            case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword or (int)SyntaxKind.RefKeyword } given:
                return given.Expression is DeclarationExpressionSyntax || IsOwnTarget(given.Expression);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RequestAborted" }:
                return true; // its token is a value
            case MemberAccessExpressionSyntax member:
                return IsKnownName(member.Name, member) && IsKnown(member.Expression);
            case SimpleNameSyntax name:
                return IsKnownName(name, name);
            case ElementAccessExpressionSyntax element when model.GetSymbolInfo(element, cancel).Symbol is IPropertySymbol indexer && !IsKnownProperty(indexer, element):
                return false;
        }

        foreach (var token in node.ChildTokens())
        {
            if (SqlTexts.Changes(token))
                return false;
        }

        return AreKnown(node);
    }

    private bool AreKnown(SyntaxNode node)
    {
        foreach (var child in node.ChildNodes())
        {
            if (!IsKnown(child))
                return false;
        }

        return true;
    }

    private bool IsKnownCall(InvocationExpressionSyntax call) =>
        model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol method && Add(EffectOf(method, call, Calls.ReceiverOf(call)));

    private IoEffect EffectOf(IMethodSymbol method, InvocationExpressionSyntax? call, ExpressionSyntax? receiver)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return IoEffect.Unknown;

        // A local function of this code is read where it stands.
        if (method.MethodKind == MethodKind.LocalFunction && method.DeclaringSyntaxReferences is { Length: 1 } local && code.Span.Contains(local[0].Span) && local[0].SyntaxTree == code.SyntaxTree)
            return IoEffect.None;

        if (call is not null && LibraryReads.EffectOf(call, method, model, types, cancel) is { } known)
            return known;

        if (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly))
            return io.EffectOf(method, model, chain, cancel);

        return LibraryCalls.AreHarmless(method, receiver is not null && _own.Are(receiver)) ? IoEffect.None : IoEffect.Unknown;
    }

    private bool IsKnownCreation(BaseObjectCreationExpressionSyntax creation)
    {
        if (model.GetSymbolInfo(creation, cancel).Symbol is not IMethodSymbol { ContainingType: { } type } constructor)
            return false;

        return SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, model.Compilation.Assembly)
            ? Add(io.EffectOf(constructor, model, chain, cancel))
            : LibraryCalls.IsHarmlessToMake(type);
    }

    private bool IsOwnTarget(ExpressionSyntax target)
    {
        switch (target)
        {
            case TupleExpressionSyntax tuple:
                foreach (var element in tuple.Arguments)
                {
                    if (!IsOwnTarget(element.Expression))
                        return false;
                }

                return true;
            case DeclarationExpressionSyntax:
                return true;
            case IdentifierNameSyntax { Identifier.ValueText: "_" }:
                return true;
            case IdentifierNameSyntax or ImplicitElementAccessSyntax when target.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax }:
                return true;
            case IdentifierNameSyntax name when model.GetSymbolInfo(name, cancel).Symbol is { } symbol:
                return _own.MaySet(symbol);
            default:
                return target is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax && _own.Are(target);
        }
    }

    /// <summary>What is evaluated before a value is stored.</summary>
    private bool IsKnownTarget(ExpressionSyntax target) => target switch
    {
        MemberAccessExpressionSyntax member => IsKnown(member.Expression),
        ElementAccessExpressionSyntax or ImplicitElementAccessSyntax or TupleExpressionSyntax => AreKnown(target),
        _ => true,
    };

    private bool IsKnownName(SimpleNameSyntax name, ExpressionSyntax whole)
    {
        switch (model.GetSymbolInfo(name, cancel).Symbol)
        {
            case ILocalSymbol or IParameterSymbol when model.GetSymbolInfo(name, cancel).Symbol is { } variable:
                return _own.Declares(variable) || !_unsafe.Is((variable as ILocalSymbol)?.Type ?? ((IParameterSymbol)variable).Type);
            case IFieldSymbol field:
                return !_unsafe.Is(field.Type) || _own.Are(whole);
            case IPropertySymbol property:
                return IsKnownProperty(property, whole);
            case IMethodSymbol method when !IsCalled(whole):
                return method.MethodKind == MethodKind.LocalFunction || Add(EffectOf(method, null, (whole as MemberAccessExpressionSyntax)?.Expression));
            case IEventSymbol or null:
                return whole.Parent is NameColonSyntax or NameEqualsSyntax || name.Parent is MemberBindingExpressionSyntax || IsNameOnly(name);
            default:
                return true;
        }
    }

    /// <summary>Reading a property runs its getter.</summary>
    private bool IsKnownProperty(IPropertySymbol property, ExpressionSyntax whole)
    {
        if (_unsafe.Is(property.Type) && !_own.Are(whole))
            return false;

        if (property.GetMethod is not { } getter || !SymbolEqualityComparer.Default.Equals(property.ContainingAssembly, model.Compilation.Assembly))
            return true;

        return types.IsOrInherits(property.ContainingType, "System.Text.Json.Serialization.JsonSerializerContext") || Add(io.EffectOfGetter(getter, model, chain, cancel));
    }

    private bool Add(IoEffect effect)
    {
        _reads |= effect == IoEffect.Read;
        return effect != IoEffect.Unknown;
    }

    private static bool IsCalled(ExpressionSyntax name) => name.Parent is InvocationExpressionSyntax call && call.Expression == name
        || name.Parent is MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax } || (name.Parent is MemberAccessExpressionSyntax member && member.Name == name);

    private static bool IsNameOnly(SimpleNameSyntax name) => name.Parent is SubpatternSyntax or NameColonSyntax or NameEqualsSyntax or ExpressionColonSyntax;
}
