using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Gives a call of <c>Parallel</c> options with a degree, or the options that it has the degree.</summary>
internal static class ParallelDegreeFix
{
    private const string Degree = "MaxDegreeOfParallelism";

    public static Plan? Plan(Finding finding, InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (finding.Types["System.Environment"] is null || finding.Types["System.Math"] is null || MeetingWorkFix.IsIn(call, finding.Model, finding.Cancel))
            return null;

        if (ParallelCalls.OptionsOf(call, method) is { } options)
            return ParallelDegrees.CreationOf(options, finding.Model, finding.Cancel) is { } creation ? SetIn(finding, creation) : null;

        if (finding.Types["System.Threading.Tasks.ParallelOptions"] is not { } type || With(call, method, SyntaxFactory.ParseExpression($"new {Full(type)}()")) is not { } probe || !Binds(finding, call, probe, method))
            return null;

        return Fixing.Plan.Edit(finding, edits =>
        {
            var token = UnboundedParallelismFix.TokenAt(finding, call);
            var text = $"new {edits.NameOf(type, call.SpanStart)} {{ {Degree} = {UnboundedParallelismFix.Degree(edits, finding, call.SpanStart)}{(token is null ? "" : $", CancellationToken = {token}")} }}";
            edits.Replace(call, current => With(current, method, SyntaxFactory.ParseExpression(text))!);
        });
    }

    /// <summary>The call with the options where its overloads take them: after the range, after the sequence, before the actions.</summary>
    private static InvocationExpressionSyntax? With(InvocationExpressionSyntax call, IMethodSymbol method, ExpressionSyntax options)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Any(argument => argument.NameColon is not null))
        {
            // Behind names only names may stand.
            var named = SyntaxFactory.Argument(SyntaxFactory.NameColon("parallelOptions").WithColonToken(SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space)), default, options);
            return call.WithArgumentList(Inserted(call.ArgumentList, arguments.Count, named));
        }

        var index = method.Name switch { "For" => 2, "ForEach" => 1, _ => 0 };
        return index > arguments.Count ? null : call.WithArgumentList(Inserted(call.ArgumentList, index, SyntaxFactory.Argument(options)));
    }

    /// <summary>The list with one more argument. Where each argument has a line of its own, so has the new one.</summary>
    private static ArgumentListSyntax Inserted(ArgumentListSyntax list, int index, ArgumentSyntax argument)
    {
        var nodes = list.Arguments.ToList();
        var commas = list.Arguments.GetSeparators().ToList();
        if (index == nodes.Count)
        {
            nodes[index - 1] = nodes[index - 1].WithTrailingTrivia(SyntaxFactory.TriviaList());
            argument = argument.WithTrailingTrivia(list.Arguments[index - 1].GetTrailingTrivia());
        }

        // What stands before the argument that gives way, be it a space or a new line, stands before both.
        var comma = commas.Count > 0 ? commas[Math.Max(0, Math.Min(index, commas.Count) - 1)] : SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        if (index < nodes.Count)
        {
            argument = argument.WithLeadingTrivia(Indentation(nodes[index]));
            if (index == 0 && list.OpenParenToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
                comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(list.OpenParenToken.TrailingTrivia);
            else if (index == 0)
                comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        }

        nodes.Insert(index, argument);
        commas.Insert(Math.Min(index, commas.Count), Bare(comma));
        return list.WithArguments(SyntaxFactory.SeparatedList(nodes, commas));
    }

    private static SyntaxTriviaList Indentation(SyntaxNode node) =>
        node.GetLeadingTrivia().LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } indentation ? SyntaxFactory.TriviaList(indentation) : default;

    /// <summary>A copy of the comma without a comment that is about another argument.</summary>
    private static SyntaxToken Bare(SyntaxToken comma) => SyntaxFactory.Token(SyntaxKind.CommaToken)
        .WithTrailingTrivia(comma.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) ? comma.TrailingTrivia.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) : [SyntaxFactory.Space]);

    private static bool Binds(Finding finding, InvocationExpressionSyntax call, InvocationExpressionSyntax probe, IMethodSymbol method) =>
        finding.Model.GetSpeculativeSymbolInfo(call.SpanStart, probe, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol found
        && found.Name == method.Name && SymbolEqualityComparer.Default.Equals(found.ContainingType, method.ContainingType)
        && SymbolEqualityComparer.Default.Equals(found.ReturnType, method.ReturnType) && found.Parameters.Any(parameter => parameter.Name == "parallelOptions");

    private static string Full(INamedTypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The options that the project makes itself get the degree, and the token where they are made for one call.</summary>
    private static Plan? SetIn(Finding finding, BaseObjectCreationExpressionSyntax creation)
    {
        if (creation.ContainsDirectives || creation.SyntaxTree != finding.Node.SyntaxTree || creation.ArgumentList is { Arguments.Count: > 0 })
            return null;

        var plan = Fixing.Plan.Edit(finding, edits =>
        {
            var degree = UnboundedParallelismFix.Degree(edits, finding, creation.SpanStart);
            if (ParallelDegrees.DegreeIn(creation) is { } none)
            {
                edits.Replace(none.Right, SyntaxFactory.ParseExpression(degree).WithTriviaFrom(none.Right));
                return;
            }

            var token = creation is { Initializer: null, Parent: ArgumentSyntax } ? UnboundedParallelismFix.TokenAt(finding, finding.Node) : null;
            edits.Replace(creation, current => Added(current, $"{Degree} = {degree}", token));
        });
        return plan with { Key = creation };
    }

    private static SyntaxNode Added(BaseObjectCreationExpressionSyntax creation, string degree, string? token)
    {
        var element = SyntaxFactory.ParseExpression(degree);
        if (creation.Initializer is { Expressions.Count: > 0 } initializer)
        {
            // In front, where no trailing comma or comment is in the way.
            var first = initializer.Expressions[0];
            var onLines = initializer.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
            var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(onLines ? initializer.OpenBraceToken.TrailingTrivia.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) : [SyntaxFactory.Space]);
            var nodes = initializer.Expressions.Insert(0, element.WithLeadingTrivia(Indentation(first)));
            var commas = new[] { comma }.Concat(initializer.Expressions.GetSeparators());
            return creation.WithInitializer(initializer.WithExpressions(SyntaxFactory.SeparatedList(nodes, commas)));
        }

        var text = $" {{ {degree}{(token is null ? "" : $", CancellationToken = {token}")} }}";
        var made = (InitializerExpressionSyntax)((ObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression("new T" + text)).Initializer!;
        return creation switch
        {
            ObjectCreationExpressionSyntax named => named.WithType(named.Type.WithTrailingTrivia(SyntaxFactory.Space)).WithArgumentList(null).WithInitializer(made).WithTriviaFrom(creation),
            ImplicitObjectCreationExpressionSyntax target => target.WithArgumentList(target.ArgumentList.WithTrailingTrivia(SyntaxFactory.Space)).WithInitializer(made).WithTriviaFrom(creation),
            _ => creation,
        };
    }
}
