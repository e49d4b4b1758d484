using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>A function that waits for nothing any more: sync where only a framework calls it, else with a finished task.</summary>
internal static class SyncHeadFix
{
    /// <summary>Whether the function could do without a wait.</summary>
    public static bool CanBeSync(SyntaxNode function, Finding finding)
    {
        if (Functions.Symbol(function, finding.Model, finding.Cancel) is not { } symbol)
            return false;

        return function switch
        {
            MethodDeclarationSyntax or LocalFunctionStatementSyntax => IsTask(symbol, finding.Types) || TaskRunFix.WaitsIn(function) > 1,
            AnonymousFunctionExpressionSyntax lambda => IsGivenAsDelegate(lambda, finding) || TaskRunFix.WaitsIn(function) > 1,
            _ => TaskRunFix.WaitsIn(function) > 1, // top-level statements
        };
    }

    /// <summary>Whether the framework that calls the function takes its value as well as a task of it, and nobody else calls it.</summary>
    public static bool MayReturnValue(SyntaxNode function, IMethodSymbol symbol, KnownTypes types, bool isCalled) => function is AnonymousFunctionExpressionSyntax
        || (!isCalled && function is MethodDeclarationSyntax && Endpoints.IsAction(symbol, types) && !symbol.IsVirtual && !symbol.IsAbstract
            && !Contracts.Of(symbol).Any());

    /// <summary>The function without <c>async</c>, returning what its task gave.</summary>
    public static SyntaxNode ReturningValue(SyntaxNode function)
    {
        var bare = WithoutAsync(function);
        if (bare is not MethodDeclarationSyntax method)
            return bare;

        var type = method.ReturnType;
        var value = type.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault() is { TypeArgumentList.Arguments: { Count: 1 } arguments } ? arguments[0] : SyntaxFactory.ParseTypeName("void");
        return method.WithReturnType(value.WithTriviaFrom(type));
    }

    /// <summary>The function without <c>async</c>, returning finished tasks; <paramref name="fromResult"/> makes one of a value.</summary>
    public static SyntaxNode ReturningTasks(SyntaxNode function, string task, string fromResult, bool endsHere)
    {
        var bare = WithoutAsync(function);
        if (bare is not MethodDeclarationSyntax and not LocalFunctionStatementSyntax)
            return bare;

        var type = bare is MethodDeclarationSyntax method ? method.ReturnType : ((LocalFunctionStatementSyntax)bare).ReturnType;
        var hasValue = type.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault() is { TypeArgumentList.Arguments.Count: 1 };
        var body = bare is MethodDeclarationSyntax m ? m.Body : ((LocalFunctionStatementSyntax)bare).Body;
        if (body is null)
        {
            var arrow = bare.ChildNodes().OfType<ArrowExpressionClauseSyntax>().Single();
            return hasValue ? bare.ReplaceNode(arrow.Expression, Finished(arrow.Expression, fromResult)) : WithBlock(bare, arrow, task);
        }

        var written = body.ReplaceNodes(
            body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>(),
            (_, current) => current.Expression is { } value
                ? current.WithExpression(Finished(value, fromResult))
                : SyntaxFactory.ParseStatement($"return {task}.CompletedTask;").WithTriviaFrom(current));
        if (!hasValue && endsHere)
            written = written.AddStatements(SyntaxFactory.ParseStatement($"return {task}.CompletedTask;").WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation));

        return bare is MethodDeclarationSyntax owner ? owner.WithBody(written) : ((LocalFunctionStatementSyntax)bare).WithBody(written);
    }

    /// <summary>A finished task of a value.</summary>
    public static ExpressionSyntax Finished(ExpressionSyntax value, string fromResult) => SyntaxFactory.InvocationExpression(
            SyntaxFactory.ParseExpression(fromResult), SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(value.WithoutTrivia()))))
        .WithTriviaFrom(value);

    private static SyntaxNode WithBlock(SyntaxNode function, ArrowExpressionClauseSyntax arrow, string task)
    {
        var block = SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(arrow.Expression.WithoutTrivia()), SyntaxFactory.ParseStatement($"return {task}.CompletedTask;"))
            .WithAdditionalAnnotations(Formatter.Annotation);
        return function switch
        {
            MethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block).WithTrailingTrivia(function.GetTrailingTrivia()),
            LocalFunctionStatementSyntax local => local.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block).WithTrailingTrivia(function.GetTrailingTrivia()),
            _ => function,
        };
    }

    private static SyntaxNode WithoutAsync(SyntaxNode function)
    {
        var modifiers = function switch
        {
            MethodDeclarationSyntax method => method.Modifiers,
            LocalFunctionStatementSyntax local => local.Modifiers,
            AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers,
            _ => default,
        };
        var index = modifiers.IndexOf(SyntaxKind.AsyncKeyword);
        if (index < 0)
            return function;

        var next = modifiers[index].GetNextToken();
        var leading = modifiers[index].LeadingTrivia;
        function = function.ReplaceToken(next, next.WithLeadingTrivia(leading.Count > 0 ? leading : next.LeadingTrivia));
        return function switch
        {
            MethodDeclarationSyntax method => method.WithModifiers(method.Modifiers.RemoveAt(index)),
            LocalFunctionStatementSyntax local => local.WithModifiers(local.Modifiers.RemoveAt(index)),
            AnonymousFunctionExpressionSyntax lambda => lambda.WithModifiers(lambda.Modifiers.RemoveAt(index)),
            _ => function,
        };
    }

    private static bool IsTask(IMethodSymbol symbol, KnownTypes types) => symbol.ReturnType is INamedTypeSymbol type
        && (SymbolEqualityComparer.Default.Equals(type, types.Task) || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, types.TaskOfT));

    /// <summary>A handler given as <c>Delegate</c>: the framework looks at what it returns.</summary>
    private static bool IsGivenAsDelegate(AnonymousFunctionExpressionSyntax lambda, Finding finding) => lambda is not ParenthesizedLambdaExpressionSyntax { ReturnType: not null }
        && lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } argument
        && finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is IMethodSymbol method
        && call.ArgumentList.Arguments.IndexOf(argument) is var index && index < method.Parameters.Length && finding.Types.Is(method.Parameters[index].Type, "System.Delegate");
}
