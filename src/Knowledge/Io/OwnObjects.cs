using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>What belongs to a piece of code beside what it declares and makes.</summary>
[System.Flags]
internal enum Ownership
{
    Nothing = 0,

    /// <summary><c>this</c>, which is being made, as in a constructor.</summary>
    This = 1,

    /// <summary>The variables of the function around it, which no other code uses while it runs.</summary>
    Variables = 2,
}

/// <summary>Which objects a piece of code made itself, so that nobody else sees what it does to them.</summary>
/// <param name="code">The code: a function's body, or an expression.</param>
/// <param name="ownership">What else belongs to it.</param>
/// <param name="model">The model of the code's file.</param>
/// <param name="cancel">Cancels the asking.</param>
internal sealed class OwnObjects(SyntaxNode code, Ownership ownership, SemanticModel model, CancellationToken cancel)
{
    /// <summary>Locals that name each other are followed this far.</summary>
    private const int MostSteps = 8;

    /// <summary>Whether the expression's object, or the one that it is a part of, was made by the code.</summary>
    public bool Are(ExpressionSyntax? expression) => Are(expression, 0);

    /// <summary>Whether the symbol is a variable that the code declares.</summary>
    public bool Declares(ISymbol symbol) => symbol is ILocalSymbol or IParameterSymbol && symbol.DeclaringSyntaxReferences is { Length: 1 } declared
        && declared[0].SyntaxTree == code.SyntaxTree && code.Span.Contains(declared[0].Span);

    /// <summary>Whether the code may set the variable, or the member of <c>this</c>, with nobody else seeing it.</summary>
    public bool MaySet(ISymbol symbol) => Declares(symbol) || symbol switch
    {
        ILocalSymbol or IParameterSymbol { RefKind: RefKind.None } => OwnsVariables,
        IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false } => OwnsThis,
        _ => false,
    };

    private bool OwnsThis => (ownership & Ownership.This) != 0;

    private bool OwnsVariables => (ownership & Ownership.Variables) != 0;

    private bool Are(ExpressionSyntax? expression, int steps)
    {
        while (steps++ < MostSteps)
        {
            switch (expression)
            {
                case ParenthesizedExpressionSyntax inner:
                    expression = inner.Expression;
                    continue;
                case AwaitExpressionSyntax waited:
                    expression = waited.Expression;
                    continue;
                case CastExpressionSyntax cast:
                    expression = cast.Expression;
                    continue;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } forgiven:
                    expression = forgiven.Operand;
                    continue;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice when Are(choice.Right, steps) || choice.Right is ThrowExpressionSyntax:
                    expression = choice.Left;
                    continue;
                case MemberAccessExpressionSyntax member when model.GetSymbolInfo(member, cancel).Symbol is not { IsStatic: true }:
                    expression = member.Expression;
                    continue;
                case ElementAccessExpressionSyntax element:
                    expression = element.Expression;
                    continue;
                case ConditionalAccessExpressionSyntax conditional:
                    expression = conditional.Expression;
                    continue;
                case InvocationExpressionSyntax call when Calls.ReceiverOf(call) is { } receiver && model.GetSymbolInfo(receiver, cancel).Symbol is not INamedTypeSymbol:
                    expression = receiver;
                    continue;
                case InvocationExpressionSyntax call:
                    return IsOwnResult(call, steps);
                case BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax or AnonymousObjectCreationExpressionSyntax
                    or LiteralExpressionSyntax or InterpolatedStringExpressionSyntax or DefaultExpressionSyntax or { RawKind: NewSyntax.CollectionExpression }:
                    return true;
                case TupleExpressionSyntax tuple:
                    foreach (var element in tuple.Arguments)
                    {
                        if (!Are(element.Expression, steps))
                            return false;
                    }

                    return true;
                case ThisExpressionSyntax:
                    return OwnsThis;
                case IdentifierNameSyntax name:
                    switch (model.GetSymbolInfo(name, cancel).Symbol)
                    {
                        case ILocalSymbol local when OwnsVariables || Declares(local):
                            if (ValueOf(local) is not { } value)
                                return true;

                            if (Stripped(value) is InvocationExpressionSyntax given)
                                return IsOwnResult(given, steps);

                            expression = value;
                            continue;
                        case IParameterSymbol parameter:
                            return OwnsVariables || Declares(parameter);
                        case IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false }:
                            return OwnsThis;
                        default:
                            return false;
                    }

                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether what a call gave is its caller's. An answer that was waited for is, whomever it asked; else what a method of the
    /// compilation gives may be kept by it, and an element stays with its collection.
    /// </summary>
    private bool IsOwnResult(InvocationExpressionSyntax call, int steps)
    {
        if (call.Parent is AwaitExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } || model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method)
            return true;

        if (SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly))
            return GivesOwn(method, steps);

        var isOfCollection = MetadataNames.Of(Calls.HomeOf(method).ContainingNamespace) is var space && (space == "System.Linq" || space.StartsWith("System.Collections", System.StringComparison.Ordinal));
        return !isOfCollection || method.Name.StartsWith("To", System.StringComparison.Ordinal) || Calls.ReceiverOf(call) is not { } collection
            || model.GetSymbolInfo(collection, cancel).Symbol is INamedTypeSymbol || Are(collection, steps);
    }

    /// <summary>Whether all that a method of the compilation returns was made by it.</summary>
    private bool GivesOwn(IMethodSymbol method, int steps)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (method.IsVirtual || method.IsOverride || method.DeclaringSyntaxReferences is not { Length: 1 } declared)
            return false;

        var declaration = declared[0].GetSyntax(cancel);
        var inside = new OwnObjects(declaration, Ownership.Nothing, SemanticModels.Of(declaration.SyntaxTree, model), cancel);
        var any = false;
        foreach (var node in declaration.DescendantNodes(node => node == declaration || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            var value = node switch
            {
                ReturnStatementSyntax { Expression: { } returned } => returned,
                ArrowExpressionClauseSyntax arrow when arrow.Parent == declaration => arrow.Expression,
                _ => null,
            };
            if (value is not null && !(any = inside.Are(value, steps)))
                return false;
        }

        return any;
    }

    private ExpressionSyntax? ValueOf(ILocalSymbol local) => local.DeclaringSyntaxReferences[0].GetSyntax(cancel) switch
    {
        VariableDeclaratorSyntax { Initializer.Value: { } value } => value,
        CommonForEachStatementSyntax each => each.Expression,
        SingleVariableDesignationSyntax designation => SourceOf(designation),
        _ => null,
    };

    /// <summary>What a pattern, a deconstruction or an <c>out</c> takes the variable from.</summary>
    private static ExpressionSyntax? SourceOf(SingleVariableDesignationSyntax designation)
    {
        for (var node = designation.Parent; node is not (null or StatementSyntax); node = node.Parent)
        {
            switch (node)
            {
                case IsPatternExpressionSyntax test:
                    return test.Expression;
                case SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice }:
                    return choice.GoverningExpression;
                case CasePatternSwitchLabelSyntax { Parent.Parent: SwitchStatementSyntax choice }:
                    return choice.Expression;
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when !assignment.Right.Span.Contains(designation.Span):
                    return assignment.Right;
                case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword, Parent.Parent: InvocationExpressionSyntax call }:
                    return call;
            }
        }

        return (designation.FirstAncestorOrSelf<StatementSyntax>() as ForEachVariableStatementSyntax)?.Expression;
    }

    private static ExpressionSyntax Stripped(ExpressionSyntax value) => value switch
    {
        AwaitExpressionSyntax waited => Stripped(waited.Expression),
        ParenthesizedExpressionSyntax inner => Stripped(inner.Expression),
        PostfixUnaryExpressionSyntax forgiven => Stripped(forgiven.Operand),
        CastExpressionSyntax cast => Stripped(cast.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => Stripped(choice.Left),
        _ => value,
    };
}
