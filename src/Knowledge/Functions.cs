using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>
/// Which function runs a piece of code, and what that function may do. A function is a method, a constructor, an
/// accessor, an operator, a local function, a lambda or the top-level statements; the innermost one decides.
/// </summary>
internal static class Functions
{
    /// <summary>What a reader calls a function without a name.</summary>
    public const string Lambda = "lambda";

    /// <summary>
    /// The syntax of the innermost function whose body contains <paramref name="node"/>, or null in an initialiser. An
    /// expression-bodied property is its own function; for top-level statements it is the compilation unit.
    /// </summary>
    public static SyntaxNode? Enclosing(SyntaxNode node)
    {
        for (SyntaxNode child = node, parent = node.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case AnonymousFunctionExpressionSyntax lambda when child == lambda.Body:
                case LocalFunctionStatementSyntax local when child == local.Body || child == local.ExpressionBody:
                case BaseMethodDeclarationSyntax method when child == method.Body || child == method.ExpressionBody || child is ConstructorInitializerSyntax:
                case AccessorDeclarationSyntax accessor when child == accessor.Body || child == accessor.ExpressionBody:
                case PropertyDeclarationSyntax property when child == property.ExpressionBody:
                case IndexerDeclarationSyntax indexer when child == indexer.ExpressionBody:
                    return parent;
                case GlobalStatementSyntax:
                    return parent.Parent;
                case TypeDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>What a function runs: its block, or what stands behind its arrow; null where it has no body. The getter of an expression-bodied property is declared by the arrow itself.</summary>
    public static SyntaxNode? BodyOf(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
        AnonymousFunctionExpressionSyntax lambda => lambda.Body,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
        PropertyDeclarationSyntax property => property.ExpressionBody,
        IndexerDeclarationSyntax indexer => indexer.ExpressionBody,
        ArrowExpressionClauseSyntax or CompilationUnitSyntax => declaration,
        _ => null,
    };

    /// <summary>The symbol of a function that <see cref="Enclosing"/> gave.</summary>
    public static IMethodSymbol? Symbol(SyntaxNode function, SemanticModel model, CancellationToken cancel) => function switch
    {
        AnonymousFunctionExpressionSyntax => model.GetSymbolInfo(function, cancel).Symbol as IMethodSymbol,
        PropertyDeclarationSyntax property => (model.GetDeclaredSymbol(property, cancel) as IPropertySymbol)?.GetMethod,
        IndexerDeclarationSyntax indexer => (model.GetDeclaredSymbol(indexer, cancel) as IPropertySymbol)?.GetMethod,
        CompilationUnitSyntax unit => model.GetDeclaredSymbol(unit, cancel),
        _ => model.GetDeclaredSymbol(function, cancel) as IMethodSymbol,
    };

    /// <summary>The symbol of the innermost function that runs <paramref name="node"/>.</summary>
    public static IMethodSymbol? SymbolAround(SyntaxNode node, SemanticModel model, CancellationToken cancel) =>
        Enclosing(node) is { } function ? Symbol(function, model, cancel) : null;

    /// <summary>Whether <c>Main</c> or the top-level statements run <paramref name="node"/>: that thread serves nobody else.</summary>
    public static bool IsMain(SyntaxNode node, SemanticModel model, CancellationToken cancel) =>
        SymbolAround(node, model, cancel) is { IsStatic: true, Name: "Main" or "<Main>$", MethodKind: MethodKind.Ordinary };

    /// <summary>Whether the innermost function is <c>async</c> or returns a task, a value task or an async sequence.</summary>
    public static bool IsAsyncContext(SyntaxNode node, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        SymbolAround(node, model, cancel) is { } function && (function.IsAsync || ReturnsTask(function, types));

    public static bool ReturnsTask(IMethodSymbol function, KnownTypes types) => IsTask(function.ReturnType, types)
        || types.Is(function.ReturnType, "System.Collections.Generic.IAsyncEnumerable`1");

    /// <summary>Whether the type is <c>Task</c>, <c>Task&lt;T&gt;</c>, <c>ValueTask</c> or <c>ValueTask&lt;T&gt;</c>.</summary>
    public static bool IsTask(ITypeSymbol? type, KnownTypes types) => type is INamedTypeSymbol named
        && (SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, types.TaskOfT)
            || SymbolEqualityComparer.Default.Equals(named, types.Task)
            || SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, types.ValueTaskOfT)
            || SymbolEqualityComparer.Default.Equals(named, types.ValueTask));

    /// <summary>
    /// Whether the language allows <c>await</c> at <paramref name="node"/>, given that its function is async, and that the
    /// <c>lock</c> statements in <paramref name="freed"/> are gone.
    /// </summary>
    public static bool CanAwaitAt(SyntaxNode node, HashSet<SyntaxNode>? freed = null)
    {
        for (SyntaxNode child = node, parent = node.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case LockStatementSyntax locked when child == locked.Statement && freed?.Contains(locked) != true:
                case UnsafeStatementSyntax or FixedStatementSyntax or CatchFilterClauseSyntax:
                case QueryExpressionSyntax query when child != query.FromClause:
                case ParameterSyntax or AttributeSyntax:
                    return false;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return !IsUnsafe(parent);
            }
        }

        return true;
    }

    /// <summary>What a reader calls the function: <c>OrderService.Load</c>, <c>local function Read</c>, <c>lambda</c>.</summary>
    public static string Name(IMethodSymbol? function) => function switch
    {
        null => "initializer",
        { MethodKind: MethodKind.AnonymousFunction } => Lambda,
        { MethodKind: MethodKind.LocalFunction } => function.Name,
        { MethodKind: MethodKind.Constructor } => $"{function.ContainingType.Name}()",
        { AssociatedSymbol: IPropertySymbol property } => $"{property.ContainingType.Name}.{property.Name}",
        { Name: "<Main>$" } => "Main",
        _ => $"{Calls.HomeOf(function)?.Name}.{function.Name}",
    };

    private static bool IsUnsafe(SyntaxNode function) => function switch
    {
        MemberDeclarationSyntax member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword) || (member.Parent is TypeDeclarationSyntax type && IsUnsafe(type)),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        _ => false,
    };
}
