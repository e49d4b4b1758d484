using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Tasks;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// <c>Task.WaitAll(a, b)</c> becomes <c>await Task.WhenAll(a, b)</c>; <c>Task.WaitAny(tasks)</c> becomes <c>await Task.WhenAny(tasks)</c>, and
/// where its number is used, the place of that task in the collection.
/// </summary>
internal static class WaitSeveralFix
{
    public static Plan? Plan(Finding finding, TaskWait wait, WaitLimitFix limit)
    {
        if (wait.Whole is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } call || call.ContainsDirectives || wait.Method is null)
            return null;

        // What is limited comes as one collection, in front.
        if (arguments.Count > 1 && TwinCalls.ParameterOf(arguments[1], 1, wait.Method) is not { IsParams: true } && arguments[0].NameColon is not null)
            return null;

        if (wait.Kind == WaitKind.WaitAll || call.Parent is ExpressionStatementSyntax)
            return GoAsync.Plan(finding, call, (current, edits) => Awaits.Of(limit.Applied(Several((InvocationExpressionSyntax)current, wait, finding), edits, call), call, edits.Model));

        if (limit.Token is not null || arguments.Count != 1 || Collection(arguments[0].Expression, finding) is not { } tasks)
            return null;

        if (call.Parent is ArgumentSyntax { Parent: BracketedArgumentListSyntax { Arguments.Count: 1, Parent: ElementAccessExpressionSyntax element } } && SyntaxFactory.AreEquivalent(element.Expression, tasks))
        {
            return GoAsync.Plan(finding, element, (current, edits) =>
                Awaits.Of(Several((InvocationExpressionSyntax)((ElementAccessExpressionSyntax)current).ArgumentList.Arguments[0].Expression, wait, finding), element, edits.Model));
        }

        return GoAsync.Plan(finding, call, (current, edits) =>
        {
            var first = Awaits.Of(Several((InvocationExpressionSyntax)current, wait, finding), call, edits.Model).WithoutTrivia();
            var array = finding.Model.GetTypeInfo(tasks, finding.Cancel).Type is IArrayTypeSymbol;
            var place = array
                ? $"{edits.NameOf(finding.Model.Compilation.GetSpecialType(SpecialType.System_Array), call.SpanStart)}.IndexOf({tasks.WithoutTrivia()}, {first})"
                : $"{tasks.WithoutTrivia()}.IndexOf({first})";
            return SyntaxFactory.ParseExpression(place).WithTriviaFrom(call);
        });
    }

    /// <summary>The call with the awaitable method's name, without what limits it.</summary>
    private static InvocationExpressionSyntax Several(InvocationExpressionSyntax current, TaskWait wait, Finding finding)
    {
        var name = Calls.NameOf(current)!;
        var call = current.ReplaceNode(name, TwinCalls.Renamed(name, wait.Kind == WaitKind.WaitAll ? "WhenAll" : "WhenAny"));
        var arguments = call.ArgumentList.Arguments;
        if (wait.Method!.Parameters.Length > 1)
            arguments = SyntaxFactory.SingletonSeparatedList(arguments[0]);

        // A sequence will do; WaitAll alone needs an array.
        if (arguments.Count == 1 && arguments[0].Expression is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray" } member }
            && IsSequenceOfTasks(((InvocationExpressionSyntax)wait.Whole).ArgumentList.Arguments[0].Expression, finding))
        {
            arguments = SyntaxFactory.SingletonSeparatedList(arguments[0].WithExpression(member.Expression.WithoutTrailingTrivia()));
        }

        return call.WithArgumentList(call.ArgumentList.WithArguments(arguments));
    }

    private static bool IsSequenceOfTasks(ExpressionSyntax toArray, Finding finding) => ReceiverOfToArray(toArray) is { } receiver
        && finding.Model.GetSymbolInfo(toArray, finding.Cancel).Symbol is IMethodSymbol method
        && (finding.Types.Is(method.ContainingType, "System.Linq.Enumerable") || finding.Types.Is(method.ContainingType, "System.Collections.Generic.List`1"))
        && finding.Model.GetTypeInfo(receiver, finding.Cancel).Type is { TypeKind: not TypeKind.Dynamic };

    private static ExpressionSyntax? ReceiverOfToArray(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray" } member } ? member.Expression : null;

    /// <summary>The array or list that the call looks at, which can be read again: a variable's name.</summary>
    private static ExpressionSyntax? Collection(ExpressionSyntax argument, Finding finding)
    {
        var tasks = ReceiverOfToArray(argument) ?? argument;
        return tasks is IdentifierNameSyntax && finding.Model.GetSymbolInfo(tasks, finding.Cancel).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol
            && finding.Model.GetTypeInfo(tasks, finding.Cancel).Type is { } type && (type is IArrayTypeSymbol || finding.Types.Is(type, "System.Collections.Generic.List`1"))
                ? tasks
                : null;
    }
}
