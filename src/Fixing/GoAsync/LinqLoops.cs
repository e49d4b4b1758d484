using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace PerfAnalyzers.Fixing;

/// <summary>Writes the loop that stands for an operator whose lambda awaits. Called after the calls inside the lambda are edited.</summary>
internal static class LinqLoops
{
    // Marks a block whose statements belong into the block around.
    private const string Spliced = "PerfAnalyzers.Spliced";

    public static void Edit(DocumentEdits edits, LinqLoop loop, Source source)
    {
        switch (loop.Place)
        {
            case ExpressionStatementSyntax statement when loop.Element is null:
                edits.Replace(statement, current => ForEach((ExpressionStatementSyntax)current).WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation));
                break;
            case ArrowExpressionClauseSyntax arrow:
                var results = edits.UniqueName("results", loop.Lambda);
                edits.Replace(arrow.Parent!, current => WithBlock(current, value => Filling(edits, source, loop, value, results, "var").Append(Return(Result(loop, results)))));
                break;
            case StatementSyntax statement:
                var name = NameOf(statement, loop) ?? edits.UniqueName("results", loop.Lambda);
                edits.Replace(statement, current => SyntaxFactory.Block(Statements(edits, source, loop, (StatementSyntax)current, name)).WithAdditionalAnnotations(new SyntaxAnnotation(Spliced)));
                break;
        }
    }

    /// <summary>Puts the statements of marked blocks into the block around; the last edit of a document.</summary>
    public static void Splice(DocumentEdits edits, IEnumerable<LinqLoop> loops)
    {
        foreach (var block in loops.Where(loop => loop is { Element: not null, Place: StatementSyntax }).Select(loop => (BlockSyntax)loop.Place.Parent!).Distinct())
        {
            edits.Replace(block, current => current.WithStatements(SyntaxFactory.List(current.Statements.SelectMany(
                statement => statement is BlockSyntax inner && inner.HasAnnotations(Spliced) ? inner.Statements : (IEnumerable<StatementSyntax>)[statement]))));
        }
    }

    /// <summary>A list that the statement declares is filled itself.</summary>
    private static string? NameOf(StatementSyntax statement, LinqLoop loop) => !loop.ToArray
        && statement is LocalDeclarationStatementSyntax { Declaration: { Type: IdentifierNameSyntax { IsVar: true } or GenericNameSyntax { Identifier.ValueText: "List" } } declaration }
            ? declaration.Variables[0].Identifier.ValueText
            : null;

    private static IEnumerable<StatementSyntax> Statements(DocumentEdits edits, Source source, LinqLoop loop, StatementSyntax current, string name)
    {
        var value = ValueOf(current);
        var isDeclared = NameOf(current, loop) is not null;
        var type = isDeclared ? ((LocalDeclarationStatementSyntax)current).Declaration.Type.ToString() : "var";
        var statements = Filling(edits, source, loop, value, name, type).ToList();
        if (!isDeclared)
        {
            statements.Add(current.ReplaceNode(value, SyntaxFactory.ParseExpression(Result(loop, name)).WithTriviaFrom(value))
                .WithLeadingTrivia().WithAdditionalAnnotations(Formatter.Annotation));
        }

        statements[0] = statements[0].WithLeadingTrivia(current.GetLeadingTrivia());
        statements[statements.Count - 1] = statements[statements.Count - 1].WithTrailingTrivia(current.GetTrailingTrivia());
        return statements;
    }

    private static string Result(LinqLoop loop, string name) => loop.ToArray ? $"{name}.ToArray()" : name;

    private static ExpressionSyntax ValueOf(StatementSyntax statement) => statement switch
    {
        LocalDeclarationStatementSyntax local => local.Declaration.Variables[0].Initializer!.Value,
        ReturnStatementSyntax result => result.Expression!,
        _ => ((AssignmentExpressionSyntax)((ExpressionStatementSyntax)statement).Expression).Right,
    };

    /// <summary><c>var name = new List&lt;T&gt;(); foreach (var x in source) name.Add(…);</c></summary>
    private static IEnumerable<StatementSyntax> Filling(DocumentEdits edits, Source source, LinqLoop loop, ExpressionSyntax value, string name, string type)
    {
        var call = (InvocationExpressionSyntax)((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)value).Expression).Expression;
        var lambda = (LambdaExpressionSyntax)call.ArgumentList.Arguments[0].Expression;
        var parameter = LinqLoop.ParameterOf(lambda)!;
        var list = edits.NameOf(source.Types["System.Collections.Generic.List`1"]!.Construct(loop.Element!), loop.Lambda.SpanStart);
        yield return Line(SyntaxFactory.ParseStatement($"{type} {name} = new {list}();"));

        var body = lambda.ExpressionBody!.WithoutTrivia();
        StatementSyntax inner = loop.Operator == "Where"
            ? SyntaxFactory.IfStatement(body, Add(name, SyntaxFactory.IdentifierName(parameter.Identifier.WithoutTrivia())))
            : Add(name, body);
        yield return Line(Loop(parameter, ((MemberAccessExpressionSyntax)call.Expression).Expression, SyntaxFactory.Block(inner)));
    }

    /// <summary><c>list.ForEach(x =&gt; …);</c> as a loop.</summary>
    public static ForEachStatementSyntax ForEach(ExpressionStatementSyntax current)
    {
        var call = (InvocationExpressionSyntax)current.Expression;
        var arguments = call.ArgumentList.Arguments;
        var lambda = (LambdaExpressionSyntax)arguments[arguments.Count - 1].Expression;
        var source = arguments.Count == 2 ? arguments[0].Expression : ((MemberAccessExpressionSyntax)call.Expression).Expression;
        var body = lambda.Block ?? SyntaxFactory.Block(SyntaxFactory.ExpressionStatement(lambda.ExpressionBody!.WithoutTrivia()));
        return Loop(LinqLoop.ParameterOf(lambda)!, source, body);
    }

    private static ForEachStatementSyntax Loop(ParameterSyntax parameter, ExpressionSyntax source, BlockSyntax body) => SyntaxFactory.ForEachStatement(
        parameter.Type?.WithoutTrivia() ?? SyntaxFactory.IdentifierName("var"), parameter.Identifier.WithoutTrivia(), source.WithoutTrivia(), body);

    private static ExpressionStatementSyntax Add(string list, ExpressionSyntax item) => SyntaxFactory.ExpressionStatement(SyntaxFactory.InvocationExpression(
        SyntaxFactory.ParseExpression($"{list}.Add"), SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(item)))));

    private static StatementSyntax Return(string value) => Line(SyntaxFactory.ParseStatement($"return {value};"));

    private static StatementSyntax Line(StatementSyntax statement) => statement.WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);

    private static SyntaxNode WithBlock(SyntaxNode function, System.Func<ExpressionSyntax, IEnumerable<StatementSyntax>> statements) => function switch
    {
        MethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default)
            .WithBody(Block(statements(method.ExpressionBody!.Expression))).WithTrailingTrivia(method.GetTrailingTrivia()),
        LocalFunctionStatementSyntax local => local.WithExpressionBody(null).WithSemicolonToken(default)
            .WithBody(Block(statements(local.ExpressionBody!.Expression))).WithTrailingTrivia(local.GetTrailingTrivia()),
        _ => function,
    };

    private static BlockSyntax Block(IEnumerable<StatementSyntax> statements) => SyntaxFactory.Block(statements).WithAdditionalAnnotations(Formatter.Annotation);
}
