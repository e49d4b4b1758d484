using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>An awaited call whose result is given a name at once.</summary>
/// <param name="Await">The whole <c>await</c>.</param>
/// <param name="Call">The call that starts the work, without <c>ConfigureAwait</c>.</param>
/// <param name="Name">The called method's name.</param>
/// <param name="Result">What the result is called: a variable or a property.</param>
/// <param name="Target">The name that later code sees as changed: the variable, or the one whose member is set; null where the result goes to code that runs later.</param>
internal sealed record AwaitSlot(AwaitExpressionSyntax Await, InvocationExpressionSyntax Call, SimpleNameSyntax Name, string? Result, string? Target)
{
    /// <summary><c>var x = await F();</c>, <c>x = await F();</c> and <c>x.P = await F();</c>.</summary>
    public static AwaitSlot? Of(StatementSyntax? statement)
    {
        switch (statement)
        {
            case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: { Count: 1 } variables } when variables[0] is { Initializer: { } value } variable:
                return Of(value.Value, variable.Identifier.ValueText, variable.Identifier.ValueText);
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment }:
                return assignment.Left switch
                {
                    IdentifierNameSyntax { Identifier.ValueText: not "_" } variable => Of(assignment.Right, variable.Identifier.ValueText, variable.Identifier.ValueText),
                    MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } member => Of(assignment.Right, member.Name.Identifier.ValueText, owner.Identifier.ValueText),
                    _ => null,
                };
            default:
                return null;
        }
    }

    public static AwaitSlot? Of(ExpressionSyntax value, string? result, string? target) =>
        value is AwaitExpressionSyntax waited && AwaitedCalls.Of(waited) is { } call && Calls.NameOf(call) is { } name && ReadNames.MayBe(name.Identifier.ValueText)
            ? new AwaitSlot(waited, call, name, result, target)
            : null;

    /// <summary>Whether the call names what another statement sets.</summary>
    public bool Uses(string name) => VariableUses.Are(Call, used => used == name);
}
