using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Loops over lines that change as a whole.</summary>
internal static class LineLoopFix
{
    /// <summary><c>foreach (var line in File.ReadLines(path))</c> → <c>await foreach (var line in File.ReadLinesAsync(path))</c>.</summary>
    public static Plan? OverFile(Finding finding, InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (call.Parent is not CommonForEachStatementSyntax { AwaitKeyword.RawKind: 0 } loop || loop.Expression != call || !AsyncLoops.AreIn(finding.Model.SyntaxTree)
            || StreamTwin.LinesTwinOf(method, finding.Twins) is not { } twin)
        {
            return null;
        }

        var token = TwinPlan.TokenFor(finding, call, twin.Name);
        return GoAsync.Plan(finding, loop, (current, _) =>
        {
            var statement = (CommonForEachStatementSyntax)current;
            var lines = (InvocationExpressionSyntax)statement.Expression.WithoutTrivia();
            var written = Calls.NameOf(lines)!;
            lines = lines.ReplaceNode(written, TwinCalls.Renamed(written, twin.Name));
            if (token is not null)
                lines = lines.WithArgumentList(ArgumentLists.Append(lines.ArgumentList, SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token))));

            return AsyncLoops.Of(statement, lines, loop, finding.Model);
        });
    }

    /// <summary>
    /// <c>while (!reader.EndOfStream) { var line = reader.ReadLine(); … }</c> → <c>while (await reader.ReadLineAsync() is { } line) { … }</c>:
    /// the property reads synchronously too.
    /// </summary>
    public static Plan? ToEnd(Finding finding, InvocationExpressionSyntax call, AsyncTwin twin)
    {
        if (!IsFirstIn(call, finding))
            return null;

        var variable = call.FirstAncestorOrSelf<VariableDeclaratorSyntax>()!;
        var loop = call.FirstAncestorOrSelf<WhileStatementSyntax>()!;
        var token = TwinPlan.TokenFor(finding, call, twin.Name);
        var place = token is null ? default : finding.Twins.PlaceOf(token, call, (IMethodSymbol)finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol!, twin);
        return GoAsync.Plan(finding, loop, (current, _) =>
        {
            var statement = (WhileStatementSyntax)current;
            var body = (BlockSyntax)statement.Statement;
            var read = call.ReplaceNode(Calls.NameOf(call)!, TwinCalls.Renamed(Calls.NameOf(call)!, twin.Name)).WithoutTrivia();
            if (token is not null && place.Form == TokenForm.Last)
                read = read.WithArgumentList(ArgumentLists.Append(read.ArgumentList, SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token))));

            var line = SyntaxFactory.ParseExpression($"{Awaits.Of(read, loop.Condition, finding.Model).WithoutTrivia()} is {{ }} {variable.Identifier.ValueText}");
            return statement.WithCondition(line.WithTriviaFrom(statement.Condition)).WithStatement(body.WithStatements(WithoutFirst(body.Statements)));
        });
    }

    /// <summary>Whether the call reads the line with which a loop to the reader's end begins, and the loop can be written so.</summary>
    public static bool IsFirstIn(InvocationExpressionSyntax call, Finding finding) =>
        Wrappings.Around(call) is { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax first } } variable } }
        && first.Parent is BlockSyntax { Parent: WhileStatementSyntax loop } block && block.Statements[0] == first
        && loop.Condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "EndOfStream" } end }
        && Calls.ReceiverOf(call) is { } reader && end.Expression.ToString() == reader.ToString()
        && finding.Model.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 }
        && !HasComments(first) && !IsAssigned(variable, block);

    /// <summary>The line that a loop, whose condition the test is, reads first.</summary>
    public static InvocationExpressionSyntax? ReadOf(MemberAccessExpressionSyntax end) =>
        end.Parent is { Parent: WhileStatementSyntax { Statement: BlockSyntax { Statements: { Count: > 0 } statements } } loop } not && loop.Condition == not
        && statements[0] is LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } && variables[0].Initializer is { } initial
            ? Wrappings.Without(initial.Value) as InvocationExpressionSyntax
            : null;

    private static SyntaxList<StatementSyntax> WithoutFirst(SyntaxList<StatementSyntax> statements)
    {
        var rest = statements.RemoveAt(0);
        if (rest.Count == 0)
            return rest;

        // A line left empty after the declaration goes with it.
        var leading = rest[0].GetLeadingTrivia();
        var skip = leading.TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).Count();
        return rest.Replace(rest[0], rest[0].WithLeadingTrivia(leading.Skip(skip)));
    }

    /// <summary>A variable that gets other values might get a null, which one declared by the pattern cannot be.</summary>
    private static bool IsAssigned(VariableDeclaratorSyntax variable, SyntaxNode block) => block.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
        name.Identifier.ValueText == variable.Identifier.ValueText && (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name));

    private static bool HasComments(SyntaxNode node) => node.DescendantTrivia(descendIntoTrivia: true).Any(trivia => trivia.IsDirective || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));
}
