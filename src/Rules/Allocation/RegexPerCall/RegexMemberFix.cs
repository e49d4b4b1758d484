using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>What kind of member holds the expression.</summary>
internal enum RegexMemberKind
{
    /// <summary><c>[GeneratedRegex] static partial Regex X { get; }</c>: C# 13, .NET 9.</summary>
    Property,

    /// <summary><c>[GeneratedRegex] static partial Regex X();</c>: C# 11, .NET 7.</summary>
    Method,

    /// <summary><c>static readonly Regex X = new(…)</c>: everywhere, and where case folding follows the culture of the process.</summary>
    Field,
}

/// <summary>The member that holds a regular expression: equal ones are one member.</summary>
/// <param name="Kind">What kind of member it is.</param>
/// <param name="Pattern">The pattern, as code.</param>
/// <param name="Value">The pattern itself.</param>
/// <param name="Options">The options, without <c>Compiled</c>.</param>
/// <param name="Timeout">The match timeout as code for the kind of member: milliseconds or an expression; null where none is set.</param>
internal sealed record RegexMemberFix(RegexMemberKind Kind, string Pattern, string Value, RegexOptions Options, string? Timeout)
{
    private const RegexOptions Known = RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.Singleline
        | RegexOptions.IgnorePatternWhitespace | RegexOptions.RightToLeft | RegexOptions.ECMAScript | RegexOptions.CultureInvariant | RegexArguments.NonBacktracking;

    public bool Equals(RegexMemberFix? other) => other is not null && Kind == other.Kind && Value == other.Value && Options == other.Options && Timeout == other.Timeout;

    public override int GetHashCode() => Value.GetHashCode() ^ (int)Options;

    /// <summary>The member for a use in <paramref name="type"/>; null where the timeout cannot move out of the function.</summary>
    public static RegexMemberFix? Of(Finding finding, RegexArguments regex, INamedTypeSymbol type)
    {
        var options = regex.Options & ~RegexOptions.Compiled;
        if ((options & ~Known) != 0)
            return null;

        var kind = KindFor(finding, regex, type);
        var milliseconds = regex.Timeout is null ? null : Milliseconds(regex.Timeout, finding);
        if (regex.Timeout is not null && milliseconds is null)
        {
            if (!IsStatic(regex.Timeout, finding))
                return null;

            kind = RegexMemberKind.Field;
        }

        var timeout = kind == RegexMemberKind.Field ? regex.Timeout?.WithoutTrivia().ToString() : milliseconds?.ToString(CultureInfo.InvariantCulture);
        return new RegexMemberFix(kind, PatternCode(regex, finding), regex.Pattern, options, timeout);
    }

    /// <summary>The declaration under a name; the names of types are as code at the place writes them.</summary>
    public string Declaration(string name, string regexType, string optionsType, string attribute)
    {
        var flags = Kind == RegexMemberKind.Field ? Options.HasFlag(RegexArguments.NonBacktracking) ? Options : Options | RegexOptions.Compiled : Options;
        var written = string.Join(" | ", Names(flags).Select(flag => $"{optionsType}.{flag}"));
        if (Timeout is not null && written == "")
            written = $"{optionsType}.None";

        var arguments = new List<string> { Pattern };
        if (written != "")
            arguments.Add(written);

        if (Timeout is not null)
            arguments.Add(Kind == RegexMemberKind.Field ? Timeout : $"matchTimeoutMilliseconds: {Timeout}");

        var list = string.Join(", ", arguments);
        return Kind switch
        {
            RegexMemberKind.Property => $"[{attribute}({list})]\nprivate static partial {regexType} {name} {{ get; }}",
            RegexMemberKind.Method => $"[{attribute}({list})]\nprivate static partial {regexType} {name}();",
            _ => $"private static readonly {regexType} {name} = new {regexType}({list});",
        };
    }

    private static RegexMemberKind KindFor(Finding finding, RegexArguments regex, INamedTypeSymbol type)
    {
        var language = (int)((CSharpParseOptions)finding.Node.SyntaxTree.Options).LanguageVersion;
        if (finding.Types["System.Text.RegularExpressions.GeneratedRegexAttribute"] is not { } attribute || language < 1100
            || regex.DependsOnCulture || regex.Options.HasFlag(RegexArguments.NonBacktracking) || IsFileLocal(type))
        {
            return RegexMemberKind.Field;
        }

        var usage = attribute.GetAttributes().FirstOrDefault(data => data.AttributeClass?.Name == "AttributeUsageAttribute");
        var targets = usage?.ConstructorArguments.FirstOrDefault().Value as int? ?? 0;
        return language >= 1300 && (targets & (int)AttributeTargets.Property) != 0 ? RegexMemberKind.Property : RegexMemberKind.Method;
    }

    /// <summary>The generated half of a file-local type would be in another file.</summary>
    private static bool IsFileLocal(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal)
                return true;
        }

        return false;
    }

    /// <summary>As written where that means the same outside the function, else the value as a literal.</summary>
    private static string PatternCode(RegexArguments regex, Finding finding)
    {
        var code = regex.PatternSyntax.WithoutTrivia().ToString();
        var movable = regex.PatternSyntax.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
            .All(name => finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol is IFieldSymbol or INamedTypeSymbol or INamespaceSymbol);
        if (movable && code.IndexOf('\n') < 0)
            return code;

        return regex.Pattern.Contains("\\") && regex.Pattern.IndexOfAny(['\r', '\n']) < 0
            ? $"@\"{regex.Pattern.Replace("\"", "\"\"")}\""
            : SymbolDisplay.FormatLiteral(regex.Pattern, quote: true);
    }

    private static int? Milliseconds(ExpressionSyntax timeout, Finding finding)
    {
        if (timeout is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "InfiniteMatchTimeout" or "InfiniteTimeSpan" })
            return -1;

        if (timeout is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } unit } } call
            || !finding.Types.Is(finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol?.ContainingType, "System.TimeSpan")
            || finding.Model.GetConstantValue(arguments[0].Expression, finding.Cancel).Value is not { } amount || amount is not (int or long or double))
        {
            return null;
        }

        var milliseconds = Convert.ToDouble(amount, CultureInfo.InvariantCulture) * unit switch { "FromMilliseconds" => 1, "FromSeconds" => 1000, "FromMinutes" => 60000, _ => double.NaN };
        return milliseconds > 0 && milliseconds < int.MaxValue && milliseconds == Math.Floor(milliseconds) ? (int)milliseconds : null;
    }

    /// <summary>Whether the expression reads nothing but constants and static members.</summary>
    private static bool IsStatic(ExpressionSyntax expression, Finding finding) => expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
        .All(name => finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol is INamedTypeSymbol or INamespaceSymbol
            || (finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol is IFieldSymbol or IMethodSymbol && finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol!.IsStatic));

    private static IEnumerable<string> Names(RegexOptions options)
    {
        for (var bit = 1; bit <= 0x400; bit <<= 1)
        {
            if (((int)options & bit) != 0)
                yield return bit == (int)RegexArguments.NonBacktracking ? "NonBacktracking" : ((RegexOptions)bit).ToString();
        }
    }
}
