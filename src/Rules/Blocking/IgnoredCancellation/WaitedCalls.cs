using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Which calls a function waits for before it is done; what is only started may go on after the request.</summary>
internal static class WaitedCalls
{
    /// <summary>Whether the syntax says that the function waits for the call, or hands its task on to whoever called.</summary>
    public static bool Contain(InvocationExpressionSyntax call)
    {
        ExpressionSyntax outer = call;
        while (true)
        {
            switch (outer.Parent)
            {
                case ParenthesizedExpressionSyntax parenthesized:
                    outer = parenthesized;
                    continue;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured } member when member.Expression == outer:
                    outer = configured;
                    continue;
                case ConditionalExpressionSyntax choice when choice.Condition != outer:
                    outer = choice;
                    continue;
                case AwaitExpressionSyntax:
                    return true;
                case CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } each:
                    return each.Expression == outer;
                case ReturnStatementSyntax returned:
                    return Functions.Enclosing(returned) is { } function && HandsOn(function);
                case ArrowExpressionClauseSyntax { Parent: { } member }:
                    return HandsOn(member);
                case LambdaExpressionSyntax lambda:
                    return HandsOn(lambda) && MayGiveTask(call, lambda);
                case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax together }:
                    return Calls.NameOf(together)?.Identifier.ValueText == "WhenAll" && Contain(together);
                case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }:
                    return IsAwaitedLater(variable);
                default:
                    return false;
            }
        }
    }

    /// <summary>Whether the code in a lambda runs, and is waited for, while the function around it runs.</summary>
    public static bool RunInPlace(AnonymousFunctionExpressionSyntax lambda, SemanticModel model, CancellationToken cancel)
    {
        if (lambda.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } || Calls.NameOf(call) is not { } name)
            return false;

        switch (name.Identifier.ValueText)
        {
            case "Select":
                // await Task.WhenAll(xs.Select(async x => …)), also with ToList between.
                SyntaxNode? outer = call.Parent;
                if (outer is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToList" or "ToArray", Parent: InvocationExpressionSyntax made })
                    outer = made.Parent;

                return outer is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax together } && Calls.NameOf(together)?.Identifier.ValueText == "WhenAll" && Contain(together);
            case "ExecuteAsync" or "ExecuteInTransactionAsync":
                // A retry of the database runs it as often as it must, and is waited for.
                return Contain(call) && Calls.ReceiverOf(call) is { } receiver && model.GetTypeInfo(receiver, cancel).Type?.Name is "IExecutionStrategy" or "ExecutionStrategy";
            default:
                return false;
        }
    }

    /// <summary>Whether every use of a local function is a call that is waited for.</summary>
    public static bool Wait(LocalFunctionStatementSyntax local, SyntaxNode around)
    {
        foreach (var token in around.DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != local.Identifier.ValueText || token == local.Identifier || token.Parent is not IdentifierNameSyntax name)
                continue;

            if (name.Parent is not InvocationExpressionSyntax call || call.Expression != name || !Contain(call))
                return false;
        }

        return true;
    }

    /// <summary>Most lambdas without <c>async</c> give no task: their calls need not be bound.</summary>
    private static bool MayGiveTask(InvocationExpressionSyntax call, LambdaExpressionSyntax lambda) =>
        Calls.NameOf(call)?.Identifier.ValueText.EndsWith(AsyncTwins.Suffix, System.StringComparison.Ordinal) == true
        || (lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax outer } && Calls.NameOf(outer) is { } name && Endpoints.MapNames.Contains(name.Identifier.ValueText));

    private static bool GivesTask(TypeSyntax type) => type.GetFirstToken() is var first
        && (first.ValueText.EndsWith("Task", System.StringComparison.Ordinal) || type is QualifiedNameSyntax || first.ValueText == "IAsyncEnumerable");

    private static bool HandsOn(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => !method.Modifiers.Any(SyntaxKind.AsyncKeyword) && GivesTask(method.ReturnType),
        LocalFunctionStatementSyntax local => !local.Modifiers.Any(SyntaxKind.AsyncKeyword) && GivesTask(local.ReturnType),
        LambdaExpressionSyntax lambda => lambda.AsyncKeyword.RawKind == 0,
        _ => false,
    };

    /// <summary><c>var task = LoadAsync(); … await task</c>, or <c>await Task.WhenAll(task, …)</c>.</summary>
    private static bool IsAwaitedLater(VariableDeclaratorSyntax variable)
    {
        if (variable.Parent?.Parent is not LocalDeclarationStatementSyntax { Parent: BlockSyntax block })
            return false;

        foreach (var node in block.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Identifier.ValueText
                && (name.Parent is AwaitExpressionSyntax
                    || (name.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax together } && Calls.NameOf(together)?.Identifier.ValueText == "WhenAll" && Contain(together))))
            {
                return true;
            }
        }

        return false;
    }
}
