using Microsoft.CodeAnalysis.CSharp;

namespace PerfAnalyzers.Tests.Robustness;

/// <summary>Code as it is while somebody types it: tokens missing, tokens twice, the end not written yet.</summary>
internal static class Mutation
{
    public static string Of(string source, Random random)
    {
        var tokens = SyntaxFactory.ParseTokens(source).Select(token => token.ToFullString()).ToList();
        for (var changes = random.Next(1, 4); changes > 0 && tokens.Count > 2; changes--)
        {
            var at = random.Next(tokens.Count - 1);
            switch (random.Next(5))
            {
                case 0:
                    tokens.RemoveAt(at);
                    break;
                case 1:
                    tokens.Insert(at, tokens[at]);
                    break;
                case 2:
                    tokens.RemoveRange(at, Math.Min(tokens.Count - at, random.Next(1, 12)));
                    break;
                case 3:
                    (tokens[at], tokens[at + 1]) = (tokens[at + 1], tokens[at]);
                    break;
                default:
                    tokens.RemoveRange(at, tokens.Count - at);
                    break;
            }
        }

        return string.Concat(tokens);
    }
}
