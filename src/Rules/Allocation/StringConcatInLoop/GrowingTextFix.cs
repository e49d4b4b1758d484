using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>One use of a growing local or parameter.</summary>
/// <param name="Reference">The place that names it.</param>
/// <param name="Use">What is done.</param>
/// <param name="Loop">The outermost loop around it within the variable's scope.</param>
/// <param name="Chain">What the append becomes; null where no builder call is equal.</param>
internal sealed record UseSite(ExpressionSyntax Reference, TextUse Use, SyntaxNode? Loop, AppendChain? Chain)
{
    /// <summary>The statement of a reset <c>s = ""</c>.</summary>
    public bool IsReset { get; init; }

    /// <summary>Whether the read belongs to a statement that leaves the function that declares the variable.</summary>
    public bool Leaves { get; init; }

    /// <summary>Whether a lambda does it that may run at any later time.</summary>
    public bool IsCaptured { get; init; }

    /// <summary>Whether the same can be said of a builder at the same price.</summary>
    public bool IsConvertible => !IsCaptured && Use switch
    {
        TextUse.Append => Chain is not null,
        TextUse.Length => true,
        TextUse.Emptiness => BuilderReads.CanRewrite(Reference),
        TextUse.Read => Leaves,
        TextUse.Write => IsReset,
        _ => false,
    };
}

/// <summary>A local or a parameter that keeps a growing string, with everything that its function does with it.</summary>
internal sealed class GrowingText
{
    private GrowingText(ISymbol symbol, SyntaxNode declaration, SyntaxNode scope, ImmutableArray<UseSite> uses)
    {
        Symbol = symbol;
        Declaration = declaration;
        Scope = scope;
        Uses = uses;
    }

    public ISymbol Symbol { get; }

    /// <summary>The declarator or the parameter.</summary>
    public SyntaxNode Declaration { get; }

    /// <summary>The code that can name it.</summary>
    public SyntaxNode Scope { get; }

    public ImmutableArray<UseSite> Uses { get; }

    /// <summary>The statement that declares the local alone, with a value; null for a parameter or a longer declaration.</summary>
    public LocalDeclarationStatementSyntax? OwnStatement => Declaration is VariableDeclaratorSyntax { Initializer: not null, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } }
        && statement is { IsConst: false, UsingKeyword.RawKind: 0 } ? statement : null;

    /// <summary>The text that <paramref name="target"/> names, or null where it is no local, is seen by local functions, or is handed out by reference.</summary>
    public static GrowingText? Of(ExpressionSyntax target, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var symbol = model.GetSymbolInfo(target, cancel).Symbol;
        if (symbol is not (ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol { RefKind: RefKind.None })
            || symbol.DeclaringSyntaxReferences.Length != 1 || Accumulator.Of(target, model, cancel) is not { } accumulator)
        {
            return null;
        }

        var declaration = symbol.DeclaringSyntaxReferences[0].GetSyntax(cancel);
        if (ScopeOf(declaration) is not { } scope || scope.SyntaxTree != target.SyntaxTree || IsNamedInDisabledCode(symbol.Name, scope))
            return null;

        var home = declaration is ParameterSyntax ? scope : Functions.Enclosing(declaration);
        var uses = ImmutableArray.CreateBuilder<UseSite>();
        foreach (var reference in accumulator.ReferencesIn(scope))
        {
            var use = TextUses.Of(reference, model, cancel);
            var function = Functions.Enclosing(reference);
            var isCaptured = !IsRunInPlace(function, home, model, types, cancel);
            if ((isCaptured && IsInLocalFunction(function, home)) || (use == TextUse.Write && reference.Parent is ArgumentSyntax) || ExpressionTrees.IsOnlyNamed(reference))
                return null;

            AppendChain? chain = null;
            if (use == TextUse.Append)
            {
                // The old value on the right side goes with the append itself.
                if (reference.Parent is not AssignmentExpressionSyntax assignment || assignment.Left != reference)
                    continue;

                if (Append.Of(assignment, model, cancel) is { } append && IsStatement(assignment) && !ReadsItself(append, accumulator, model, cancel))
                    chain = AppendChain.Of(append, IsInTry(assignment, scope), model, cancel);
            }

            uses.Add(new UseSite(reference, use, OutermostLoop(reference, scope), chain)
            {
                IsReset = reference.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax } reset && reset.Left == reference
                    && TextUses.IsEmpty(reset.Right, model, cancel),
                IsCaptured = isCaptured,
                Leaves = reference.FirstAncestorOrSelf<StatementSyntax>() is ReturnStatementSyntax or ThrowStatementSyntax && function == home,
            });
        }

        return new GrowingText(symbol, declaration, scope, uses.ToImmutable());
    }

    /// <summary>Whether a try block or handler around <paramref name="node"/> lets the code of <paramref name="scope"/> go on after an exception.</summary>
    public static bool IsInTry(SyntaxNode node, SyntaxNode scope) => node.Ancestors().TakeWhile(ancestor => ancestor != scope).Any(ancestor => ancestor is TryStatementSyntax);

    private static SyntaxNode? ScopeOf(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: GlobalStatementSyntax or SwitchSectionSyntax } statement } => statement.Parent!.Parent,
        VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax statement } => statement.Parent,
        ParameterSyntax { Parent.Parent: BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or ParenthesizedLambdaExpressionSyntax } parameter => parameter.Parent!.Parent,
        ParameterSyntax { Parent: SimpleLambdaExpressionSyntax lambda } => lambda,
        _ => null,
    };

    /// <summary>Whether the function is the variable's own, or a lambda that <c>List.ForEach</c> runs at once, in order.</summary>
    private static bool IsRunInPlace(SyntaxNode? function, SyntaxNode? home, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (function == home)
            return true;

        return function is AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: 0, Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }
            && Functions.Enclosing(function) == home && Calls.NameOf(call)?.Identifier.ValueText == "ForEach"
            && model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { ContainingType: { } type }
            && (types.Is(type, "System.Collections.Generic.List`1") || types.Is(type, "System.Array"));
    }

    /// <summary>Whether a local function is on the way out: one may be called before the place where it is written.</summary>
    private static bool IsInLocalFunction(SyntaxNode? function, SyntaxNode? home)
    {
        for (; function is not null && function != home; function = Functions.Enclosing(function))
        {
            if (function is LocalFunctionStatementSyntax)
                return true;
        }

        return false;
    }

    /// <summary>Whether code that another configuration compiles names the variable too.</summary>
    private static bool IsNamedInDisabledCode(string name, SyntaxNode scope) =>
        scope.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(name));

    private static bool IsStatement(AssignmentExpressionSyntax assignment) =>
        assignment.Parent is ExpressionStatementSyntax or ForStatementSyntax or LambdaExpressionSyntax;

    /// <summary>Whether what is appended depends on the text: its length, say, changes between two parts.</summary>
    private static bool ReadsItself(Append append, Accumulator text, SemanticModel model, CancellationToken cancel)
    {
        foreach (var reference in text.ReferencesIn(append.Assignment.Right))
        {
            if (append.Self is not { } self || !self.Span.Contains(reference.Span))
                return true;
        }

        return false;
    }

    private static SyntaxNode? OutermostLoop(SyntaxNode node, SyntaxNode scope)
    {
        SyntaxNode? outermost = null;
        for (SyntaxNode child = node, parent = node.Parent!; parent is not null && child != scope; child = parent, parent = parent.Parent!)
        {
            var isInside = parent switch
            {
                CommonForEachStatementSyntax each => child == each.Statement,
                ForStatementSyntax counted => child == counted.Statement || child == counted.Condition || (child is ExpressionSyntax next && counted.Incrementors.Contains(next)),
                WhileStatementSyntax or DoStatementSyntax => true,
                AnonymousFunctionExpressionSyntax => parent != scope,
                _ => false,
            };
            if (isInside)
                outermost = parent;
        }

        return outermost;
    }
}
