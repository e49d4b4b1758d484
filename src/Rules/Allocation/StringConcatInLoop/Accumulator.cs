using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>A variable that keeps a growing string: a local, a parameter, a field, or a property that only stores it.</summary>
internal sealed class Accumulator
{
    private readonly SemanticModel _model;
    private readonly CancellationToken _cancel;

    private Accumulator(ISymbol symbol, ExpressionSyntax? receiver, SemanticModel model, CancellationToken cancel)
    {
        Symbol = symbol;
        Receiver = receiver;
        _model = model;
        _cancel = cancel;
    }

    public ISymbol Symbol { get; }

    /// <summary>The object that has the field or property, where it is not <c>this</c> or a type.</summary>
    public ExpressionSyntax? Receiver { get; }

    public static Accumulator? Of(ExpressionSyntax target, SemanticModel model, CancellationToken cancel)
    {
        var symbol = model.GetSymbolInfo(target, cancel).Symbol;
        if (symbol is not (ILocalSymbol or IParameterSymbol or IFieldSymbol) && !(symbol is IPropertySymbol property && Storage.IsOf(property, model.Compilation, cancel)))
            return null;

        if (target is not MemberAccessExpressionSyntax { Expression: not (ThisExpressionSyntax or BaseExpressionSyntax) } member || symbol.IsStatic)
            return new Accumulator(symbol, null, model, cancel);

        return IsStable(member.Expression, model, cancel) ? new Accumulator(symbol, member.Expression, model, cancel) : null;
    }

    /// <summary>The name in a target: <c>Text</c> in <c>page.Text</c>.</summary>
    public static SimpleNameSyntax NameOf(ExpressionSyntax target) => target is MemberAccessExpressionSyntax member ? member.Name : (SimpleNameSyntax)target;

    /// <summary>Whether every iteration has a variable of its own: it, or the object that has it, is declared or replaced inside the loop.</summary>
    public bool IsFreshIn(SyntaxNode loop)
    {
        if (Receiver is null)
            return Symbol is ILocalSymbol or IParameterSymbol && IsDeclaredIn(Symbol, loop);

        for (var part = Receiver; part is not null; part = (part as MemberAccessExpressionSyntax)?.Expression)
        {
            if (part is IdentifierNameSyntax && _model.GetSymbolInfo(part, _cancel).Symbol is { } root and (ILocalSymbol or IParameterSymbol) && IsDeclaredIn(root, loop))
                return true;
        }

        foreach (var node in loop.DescendantNodes())
        {
            var written = node switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => argument.Expression,
                ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax } } element => element.Expression,
                _ => null,
            };
            for (var part = Receiver; written is not null && part is not null; part = (part as MemberAccessExpressionSyntax)?.Expression)
            {
                if (Append.AreAlike(written, part))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Every place within <paramref name="scope"/> that names the variable; <c>this.x</c> is one place.</summary>
    public IEnumerable<ExpressionSyntax> ReferencesIn(SyntaxNode scope)
    {
        foreach (var node in scope.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != Symbol.Name)
                continue;

            var reference = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? (ExpressionSyntax)member : name;
            if (IsIt(reference))
                yield return reference;
        }
    }

    private bool IsIt(ExpressionSyntax reference)
    {
        if (!SymbolEqualityComparer.Default.Equals(_model.GetSymbolInfo(reference, _cancel).Symbol, Symbol))
            return false;

        var receiver = reference is MemberAccessExpressionSyntax { Expression: not (ThisExpressionSyntax or BaseExpressionSyntax) } member ? member.Expression : null;
        return Symbol.IsStatic || Receiver is null ? Symbol.IsStatic || receiver is null : receiver is not null && Append.AreAlike(receiver, Receiver);
    }

    private static bool IsStable(ExpressionSyntax receiver, SemanticModel model, CancellationToken cancel) => receiver switch
    {
        ThisExpressionSyntax or BaseExpressionSyntax => true,
        IdentifierNameSyntax => Keeps(receiver, model, cancel),
        MemberAccessExpressionSyntax member => Keeps(member, model, cancel) && IsStable(member.Expression, model, cancel),
        _ => false,
    };

    private static bool Keeps(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel) => model.GetSymbolInfo(expression, cancel).Symbol switch
    {
        ILocalSymbol or IParameterSymbol or IFieldSymbol or INamespaceOrTypeSymbol => true,
        IPropertySymbol property => Storage.IsOf(property, model.Compilation, cancel),
        _ => false,
    };

    private static bool IsDeclaredIn(ISymbol symbol, SyntaxNode loop)
    {
        foreach (var declaration in symbol.DeclaringSyntaxReferences)
        {
            // What the initialiser of a `for` declares lives as long as the loop does.
            if (loop.Span.Contains(declaration.Span) && loop.SyntaxTree == declaration.SyntaxTree
                && !(loop is ForStatementSyntax { Declaration: { } variables } && variables.Span.Contains(declaration.Span)))
            {
                return true;
            }
        }

        return false;
    }
}
