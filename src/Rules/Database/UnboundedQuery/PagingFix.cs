using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Gives an endpoint the parameters <c>page</c> and <c>pageSize</c> and reads that page.</summary>
internal static class PagingFix
{
    /// <summary>C# 12, the first with default values for parameters of lambdas; the oldest supported compiler has no name for it.</summary>
    private const LanguageVersion CSharp12 = (LanguageVersion)1200;

    public static Plan? Plan(Finding finding, RowLimitFix limit, int most)
    {
        if (Functions.Enclosing(finding.Node) is not { } function || ParametersOf(function) is not { } parameters
            || Functions.Symbol(function, finding.Model, finding.Cancel) is not { IsOverride: false } symbol
            || !Endpoints.Is(symbol, finding.Model, finding.Types, finding.Cancel) || Implements(symbol)
            || finding.Types["System.Math"] is not { } math || math.GetMembers("Clamp").IsEmpty || !CanTake(parameters, finding))
        {
            return null;
        }

        return Fixing.Plan.Edit(finding, edits =>
        {
            var at = finding.Node.SpanStart;
            var size = $"{edits.NameOf(math, at)}.Clamp(pageSize, 1, {most})";
            edits.Replace(parameters, current => With(current, most));
            limit.Apply(edits, $"Skip(({edits.NameOf(math, at)}.Max(page, 1) - 1) * {size})", $"Take({size})");
        }) with { Title = "Read a page: add 'page' and 'pageSize'" };
    }

    private static ParameterListSyntax? ParametersOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.ParameterList,
        LocalFunctionStatementSyntax local => local.ParameterList,
        ParenthesizedLambdaExpressionSyntax lambda when ((CSharpParseOptions)lambda.SyntaxTree.Options).LanguageVersion >= CSharp12 => lambda.ParameterList,
        _ => null,
    };

    private static bool Implements(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.Ordinary)
            return false;

        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            foreach (var member in contract.GetMembers(method.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the list stands on one line, says its types, and nothing is called <c>page</c> or <c>pageSize</c> yet.</summary>
    private static bool CanTake(ParameterListSyntax parameters, Finding finding)
    {
        if (parameters.ToString() is var text && (text.IndexOf('\n') >= 0 || text.Contains("/*")))
            return false;

        foreach (var parameter in parameters.Parameters)
        {
            if (parameter.Type is null || parameter.Modifiers.Any(SyntaxKind.ParamsKeyword) || parameter.Identifier.ValueText is "skip" or "take" or "offset" or "limit")
                return false;
        }

        return finding.Model.LookupSymbols(finding.Node.SpanStart, name: "page").IsEmpty && finding.Model.LookupSymbols(finding.Node.SpanStart, name: "pageSize").IsEmpty;
    }

    /// <summary>After the required parameters, before the optional ones.</summary>
    private static ParameterListSyntax With(ParameterListSyntax list, int most)
    {
        var parameters = new List<ParameterSyntax>(list.Parameters);
        var index = parameters.FindIndex(static parameter => parameter.Default is not null);
        parameters.InsertRange(index < 0 ? parameters.Count : index, SyntaxFactory.ParseParameterList($"(int page = 1, int pageSize = {most})").Parameters);
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.Space);
        return list.WithParameters(SyntaxFactory.SeparatedList(
            parameters.Select(static parameter => parameter.WithoutTrivia()), Enumerable.Repeat(comma, parameters.Count - 1)));
    }
}
