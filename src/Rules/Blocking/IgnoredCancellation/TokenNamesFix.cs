using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>What a token parameter is called.</summary>
internal static class TokenNamesFix
{
    /// <summary>The name that most functions of the file give it, made unique in the function.</summary>
    public static string For(SyntaxNode function, Source source)
    {
        var wanted = source.Root.DescendantNodes().OfType<ParameterSyntax>()
            .Where(parameter => parameter.Type is { } type && type.GetLastToken().ValueText == "CancellationToken")
            .GroupBy(parameter => parameter.Identifier.ValueText)
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key, System.StringComparer.Ordinal)
            .FirstOrDefault()?.Key ?? "cancellationToken";

        // Functions beside this one may have the same name for theirs.
        var taken = new HashSet<string>(function.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        foreach (var symbol in source.Model.LookupSymbols(function.SpanStart))
        {
            if (symbol is ILocalSymbol or IParameterSymbol)
                taken.Add(symbol.Name);
        }

        var name = wanted;
        for (var number = 2; taken.Contains(name); number++)
            name = wanted + number;

        return name;
    }
}
