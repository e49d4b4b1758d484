using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>SQL that code writes as text.</summary>
internal static class SqlTexts
{
    private static readonly ImmutableArray<string> s_changes = ImmutableArray.Create(
        "INSERT ", "UPDATE ", "DELETE ", "MERGE ", "EXEC ", "EXECUTE ", "CALL ", "CREATE ", "DROP ", "ALTER ", "TRUNCATE ", "REPLACE INTO", "BEGIN ", "LOCK ", "FOR UPDATE");

    /// <summary>Whether no text among the call's arguments, written there or constant, changes data.</summary>
    public static bool OnlyRead(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancel)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (model.GetConstantValue(argument.Expression, cancel).Value is string text && Changes(text))
                return false;
        }

        return true;
    }

    /// <summary>Whether the token is a text that begins with a statement that changes data.</summary>
    public static bool Changes(SyntaxToken token) => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
        && Changes(token.ValueText);

    private static bool Changes(string text)
    {
        var start = 0;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
            start++;

        foreach (var change in s_changes)
        {
            if (string.Compare(text, start, change, 0, change.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return true;
        }

        return text.IndexOf("FOR UPDATE", StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
