using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary><c>Aggregate("", (text, item) => text + item)</c> becomes <c>string.Concat(items)</c>, or goes on with a builder where more is done.</summary>
internal static class AggregateRewriting
{
    public static Plan? Plan(Finding finding, InvocationExpressionSyntax call)
    {
        var (model, types, cancel) = (finding.Model, finding.Types, finding.Cancel);
        if (model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method || AggregateCall.Of(call, method, model, types, cancel) is not { Source: { } source } aggregate
            || call.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)))
        {
            return null;
        }

        // Without a first value an empty sequence throws; the item's own type may be named in type arguments.
        var arguments = call.ArgumentList.Arguments;
        var index = arguments.IndexOf(argument => argument.Expression == aggregate.Function);
        if (index < 1 || (index == 1 && method.ReducedFrom is null) || Calls.NameOf(call) is GenericNameSyntax || arguments.Any(argument => argument.NameColon is not null))
            return null;

        var seed = arguments[index - 1].Expression;
        if (!NonNullText.Is(seed, model, cancel))
            return null;

        var selector = index + 1 < arguments.Count ? arguments[index + 1].Expression : null;
        if (aggregate.Function is not ParenthesizedLambdaExpressionSyntax lambda || AggregateCall.ResultOf(lambda) is not { } result)
        {
            return selector is null && TextUses.IsEmpty(seed, model, cancel) && IsJoinOfStrings(aggregate.Function, model, cancel) ? Concat(finding, call, source) : null;
        }

        var sum = Append.Unwrap(result);
        if (SelfIn(sum, aggregate.Name, model, cancel) is not { } self || CountOf(aggregate.Name, sum) != 1 || AppendChain.Of(sum, self, model, cancel) is not { } chain)
            return null;

        if (selector is null && TextUses.IsEmpty(seed, model, cancel) && chain.OnlyPart is IdentifierNameSyntax item
            && item.Identifier.ValueText == lambda.ParameterList.Parameters[1].Identifier.ValueText && model.GetTypeInfo(source, cancel).Type?.SpecialType != SpecialType.System_String)
        {
            return Concat(finding, call, source);
        }

        return lambda.ParameterList.Parameters.All(parameter => parameter.Type is null) ? Builder(finding, seed, result, chain, aggregate, selector) : null;
    }

    private static Plan Concat(Finding finding, InvocationExpressionSyntax call, ExpressionSyntax source) => Fixing.Plan.Edit(finding, edits => edits.Replace(call, current =>
    {
        var items = (ExpressionSyntax)OriginalPath.Follow(source, call, current);
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.StringKeyword)), SyntaxFactory.IdentifierName("Concat")),
            SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(items.WithoutTrivia())))).WithTriviaFrom(current);
    }));

    private static Plan? Builder(Finding finding, ExpressionSyntax seed, ExpressionSyntax result, AppendChain chain, AggregateCall aggregate, ExpressionSyntax? selector)
    {
        var reads = selector switch
        {
            null => [],
            SimpleLambdaExpressionSyntax { ExpressionBody: { } body } lambda => NamesOf(lambda.Parameter.Identifier.ValueText, body),
            _ => null,
        };
        if (reads is null || reads.Any(read => TextUses.Of(read, finding.Model, finding.Cancel) is not (TextUse.Read or TextUse.Length)))
            return null;

        return Fixing.Plan.Edit(finding, edits =>
        {
            var type = edits.NameOf(finding.Types["System.Text.StringBuilder"]!, seed.SpanStart);
            edits.Replace(seed, current => NewBuilder.Of(type, current, TextUses.IsEmpty(seed, finding.Model, default)));
            edits.Replace(result, current =>
            {
                var inner = (ExpressionSyntax)current;
                while (inner is ParenthesizedExpressionSyntax parenthesized)
                    inner = parenthesized.Expression;

                return chain.Write(inner, aggregate.Name).WithTriviaFrom(current);
            });
            foreach (var read in reads)
                BuilderReads.Rewrite(edits, read, TextUses.Of(read, finding.Model, finding.Cancel), read.ToString());

            if (selector is not null)
                return;

            edits.Replace(aggregate.Call.ArgumentList, current => current.AddArguments(
                SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"{aggregate.Name} => {aggregate.Name}.ToString()")).WithLeadingTrivia(SyntaxFactory.Space)));
        });
    }

    private static ExpressionSyntax? SelfIn(ExpressionSyntax sum, string name, SemanticModel model, CancellationToken cancel) => sum switch
    {
        BinaryExpressionSyntax => Append.PartsOf(sum, model, cancel).FirstOrDefault(part => IsName(part, name)),
        InterpolatedStringExpressionSyntax interpolated => interpolated.Contents.OfType<InterpolationSyntax>()
            .FirstOrDefault(hole => hole is { AlignmentClause: null, FormatClause: null } && IsName(hole.Expression, name))?.Expression,
        _ => null,
    };

    private static bool IsJoinOfStrings(ExpressionSyntax group, SemanticModel model, CancellationToken cancel) =>
        model.GetSymbolInfo(group, cancel).Symbol is IMethodSymbol { Name: "Concat", Parameters.Length: 2 } method && method.Parameters.All(parameter => parameter.Type.SpecialType == SpecialType.System_String);

    private static bool IsName(ExpressionSyntax expression, string name) => expression is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name;

    private static int CountOf(string name, SyntaxNode node) => NamesOf(name, node).Length;

    private static ExpressionSyntax[] NamesOf(string name, SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(identifier => identifier.Identifier.ValueText == name).Cast<ExpressionSyntax>().ToArray();
}
