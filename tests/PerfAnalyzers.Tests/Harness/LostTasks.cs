using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Calls that return a task which nobody awaits, returns or keeps: code that goes on while the work is still running.</summary>
internal static class LostTasks
{
    /// <summary>Fails when the fixed code loses a task that the original did not.</summary>
    public static async Task VerifyNoneNewAsync(Solution before, Solution after, CancellationToken cancel)
    {
        var lost = await InAsync(after, cancel).ConfigureAwait(false);
        if (lost.Count == 0)
            return;

        foreach (var known in await InAsync(before, cancel).ConfigureAwait(false))
            lost.Remove(known);

        if (lost.Count > 0)
            throw new VerifyException("The fixed code does not wait for:\n" + string.Join("\n", lost));
    }

    private static async Task<List<string>> InAsync(Solution solution, CancellationToken cancel)
    {
        var found = new List<string>();
        foreach (var document in solution.Projects.SelectMany(project => project.Documents))
            found.AddRange(await InAsync(document, cancel).ConfigureAwait(false));

        return found;
    }

    private static async Task<List<string>> InAsync(Document document, CancellationToken cancel)
    {
        var model = (await document.GetSemanticModelAsync(cancel).ConfigureAwait(false))!;
        var root = await model.SyntaxTree.GetRootAsync(cancel).ConfigureAwait(false);
        return root.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => IsTask(model.GetTypeInfo(call, cancel).Type) && !IsTaken(call, model))
            .Select(call => $"  {document.Name}: {call.Parent}").ToList();
    }

    public static bool IsTask(ITypeSymbol? type) => type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    private static bool IsTaken(ExpressionSyntax task, SemanticModel model) => task.Parent switch
    {
        AwaitExpressionSyntax => true,
        ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax or ConditionalAccessExpressionSyntax => IsTaken((ExpressionSyntax)task.Parent, model),
        ConditionalExpressionSyntax choice => choice.Condition != task && IsTaken(choice, model),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => IsTaken(choice, model),
        SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax choice } => IsTaken(choice, model),
        MemberAccessExpressionSyntax member => member.Expression == task && IsTask(model.GetSymbolInfo(member).Symbol?.ContainingType),
        ReturnStatementSyntax result => IsTask(ResultOf(result, model)),
        ArrowExpressionClauseSyntax or LambdaExpressionSyntax => IsTask(ResultOf(task, model)),
        EqualsValueClauseSyntax or InitializerExpressionSyntax or YieldStatementSyntax => IsTask(model.GetTypeInfo(task).ConvertedType),
        { RawKind: NewSyntax.ExpressionElement } => true, // it does not compile unless the collection holds tasks
        AssignmentExpressionSyntax assignment => assignment.Right == task && assignment.Left is not IdentifierNameSyntax { Identifier.ValueText: "_" } && IsTask(model.GetTypeInfo(task).ConvertedType),
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" } } } => false,
        ArgumentSyntax => IsTask(model.GetTypeInfo(task).ConvertedType),
        _ => false,
    };

    private static ITypeSymbol? ResultOf(SyntaxNode place, SemanticModel model)
    {
        for (var node = place.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax:
                    return (model.GetSymbolInfo(node).Symbol as IMethodSymbol)?.ReturnType;
                case BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax:
                    return (model.GetDeclaredSymbol(node) as IMethodSymbol)?.ReturnType;
                case BasePropertyDeclarationSyntax:
                    return (model.GetDeclaredSymbol(node) as IPropertySymbol)?.Type;
            }
        }

        return null;
    }
}
