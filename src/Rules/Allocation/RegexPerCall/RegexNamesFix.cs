using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Names a regular expression after what it is used for.</summary>
internal static class RegexNamesFix
{
    private static readonly ImmutableHashSet<string> s_sayNothing = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "regex", "regexp", "regularExpression", "re", "rx", "r", "reg", "rgx", "pattern", "matcher", "expr", "expression", "x", "result", "match", "matches", "m", "valid", "run", "execute", "handle", "invoke");

    private static readonly ImmutableArray<string> s_prefixes = ImmutableArray.Create("Is", "Has", "Get", "Try", "Validate", "Can");

    private static readonly ImmutableArray<string> s_suffixes = ImmutableArray.Create("Pattern", "RegexString", "Regexp", "Regex", "Expression", "Expr", "Rx", "Async");

    /// <summary>What patterns of one character class match, without the number of times.</summary>
    private static readonly ImmutableDictionary<string, string> s_known = new Dictionary<string, string>
    {
        [@"\s"] = "Whitespace",
        [@"[\s]"] = "Whitespace",
        [@"[ \t]"] = "Whitespace",
        [" "] = "Spaces",
        ["[ ]"] = "Spaces",
        [@"\d"] = "Digits",
        ["[0-9]"] = "Digits",
        [@"\D"] = "NonDigits",
        ["[^0-9]"] = "NonDigits",
        [@"[^\d]"] = "NonDigits",
        ["-"] = "Dashes",
        ["--"] = "Dashes",
        ["_"] = "Underscores",
        ["__"] = "Underscores",
        [@"\w"] = "Words",
        [@"\W"] = "NonWords",
        [@"[^\w]"] = "NonWords",
        ["[^a-zA-Z0-9]"] = "NonAlphanumeric",
        ["[^A-Za-z0-9]"] = "NonAlphanumeric",
        ["[^a-z0-9]"] = "NonAlphanumeric",
        ["[^0-9a-zA-Z]"] = "NonAlphanumeric",
        ["[^a-zA-Z]"] = "NonLetters",
        ["[^A-Za-z]"] = "NonLetters",
        ["<[^>]*>"] = "HtmlTag",
        ["<[^>]+>"] = "HtmlTag",
        ["<.*?>"] = "HtmlTag",
        ["<.+?>"] = "HtmlTag",
        [@"\r\n|\r|\n"] = "LineBreak",
        [@"\r?\n"] = "LineBreak",
        [@"\r\n?|\n"] = "LineBreak",
        [@"\r\n|\n"] = "LineBreak",
        ["\r\n|\r|\n"] = "LineBreak",
        [@"[\r\n]"] = "LineBreak",
        [@"[\n\r]"] = "LineBreak",
        [@"[\r\n]+\s"] = "LineBreak",
        [@"[\n\r]+\s"] = "LineBreak",
        [@"/\*[\d\D]*?\*/"] = "BlockComment",
        [@"/\*.*?\*/"] = "BlockComment",
        [@"/\*[\s\S]*?\*/"] = "BlockComment",
        ["<!--.*?-->"] = "HtmlComment",
    }.ToImmutableDictionary();

    /// <summary>
    /// <c>var dashes = new Regex(…)</c> → <c>DashesRegex</c>; <c>var priceMatch = Regex.Match(…)</c> → <c>PriceRegex</c>; a constant
    /// <c>EmailPattern</c> → <c>EmailRegex</c>; after what a simple pattern matches; else after the function, or the type.
    /// </summary>
    public static string For(ExpressionSyntax use, RegexArguments regex)
    {
        if (use is BaseObjectCreationExpressionSyntax && use.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } && Says(variable.Identifier.ValueText, atLeast: 2) is { } byVariable)
            return byVariable;

        if (MatchOf(use) is { } result && Says(result, atLeast: 2) is { } byResult)
            return byResult;

        var constant = regex.PatternSyntax switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            _ => "",
        };
        if (Says(constant, atLeast: 2) is { } byConstant)
            return byConstant;

        if (s_known.TryGetValue(regex.Pattern, out var known) || s_known.TryGetValue(regex.Pattern.TrimEnd('+', '*'), out known) || s_known.TryGetValue(WithoutTimes(regex.Pattern), out known))
            return known + "Regex";

        for (SyntaxNode? node = use; node is not null; node = node.Parent)
        {
            var function = node switch
            {
                LocalFunctionStatementSyntax local => local.Identifier.ValueText,
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                PropertyDeclarationSyntax property => property.Identifier.ValueText,
                ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
                TypeDeclarationSyntax type => type.Identifier.ValueText,
                _ => "",
            };
            if (Says(function, node is TypeDeclarationSyntax ? 2 : 1) is { } byFunction)
                return IsOneOfSeveral(node) && ByWord(regex.Pattern) is { } byWord ? byWord : byFunction;
        }

        return "TextRegex";
    }

    /// <summary>Whether the function uses several expressions, of which its name would name one only; those that moved out of it count too.</summary>
    private static bool IsOneOfSeveral(SyntaxNode function)
    {
        string? first = null;
        foreach (var node in function.DescendantNodes())
        {
            var used = node switch
            {
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } call when receiver.GetLastToken().ValueText is var name && name.EndsWith("Regex", StringComparison.Ordinal) =>
                    name != "Regex" ? name : call.ArgumentList.Arguments.Count > 1 ? call.ArgumentList.Arguments[1].ToString() : null,
                ObjectCreationExpressionSyntax { Type: var type, ArgumentList.Arguments: { Count: > 0 } arguments } when type.GetLastToken().ValueText == "Regex" => arguments[0].ToString(),
                _ => null,
            };

            if (used is not null && used != (first ??= used))
                return true;
        }

        return false;
    }

    /// <summary>After the first word in the pattern, for where the function builds several; null where it has none.</summary>
    public static string? ByWord(string pattern)
    {
        // Classes, escapes, group names and inline options hold letters that are no words.
        var words = Regex.Replace(pattern, @"\\[pP]\{\w+\}|\\[ux][0-9a-fA-F]+|\\.|\[[^\]]*\]|\(\?<\w+>|\(\?'\w+'|\(\?[a-z-]+|\{[\d,]*\}", " ");
        var word = Regex.Match(words, "[A-Za-z]{3,}");
        return word.Success ? Says(word.Value.ToLowerInvariant()) : null;
    }

    /// <summary>The variable that gets a match: <c>var yearMatch = Regex.Match(…)</c>, <c>= new Regex(…).Match(…)</c>.</summary>
    private static string? MatchOf(ExpressionSyntax use)
    {
        var value = use.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == use ? call : use;
        return value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Identifier.ValueText: { } name } }
            && (name.EndsWith("Match", StringComparison.Ordinal) || name.EndsWith("Matches", StringComparison.Ordinal)) ? name.Substring(0, name.LastIndexOf("Match", StringComparison.Ordinal)) : null;
    }

    private static string WithoutTimes(string pattern) =>
        pattern.EndsWith("}", StringComparison.Ordinal) && pattern.LastIndexOf('{') is var brace and > 0 ? pattern.Substring(0, brace) : pattern;

    /// <summary>The name in the form <c>WhatRegex</c>, or null where it says nothing about what is matched.</summary>
    private static string? Says(string name, int atLeast = 1)
    {
        name = Pascal(name.StartsWith("s_", StringComparison.Ordinal) ? name.Substring(2) : name);
        foreach (var suffix in s_suffixes)
        {
            if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                name = name.Substring(0, name.Length - suffix.Length);
        }

        foreach (var prefix in s_prefixes)
        {
            if (name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal) && char.IsUpper(name[prefix.Length]))
            {
                name = name.Substring(prefix.Length);
                break;
            }
        }

        return name.Length < atLeast || s_sayNothing.Contains(name) ? null : name + "Regex";
    }

    /// <summary><c>email_address</c>, <c>EMAIL_ADDRESS</c> and <c>_emailAddress</c> → <c>EmailAddress</c>.</summary>
    private static string Pascal(string name)
    {
        var words = name.Split(['_'], StringSplitOptions.RemoveEmptyEntries);
        for (var index = 0; index < words.Length; index++)
        {
            var word = words[index].Length > 1 && words[index].ToUpperInvariant() == words[index] ? words[index].ToLowerInvariant() : words[index];
            words[index] = char.ToUpperInvariant(word[0]) + word.Substring(1);
        }

        return string.Concat(words);
    }
}
