using System;
using System.Text.RegularExpressions;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>The regular expression that a creation or a static call asks for.</summary>
/// <param name="Pattern">The constant pattern.</param>
/// <param name="PatternSyntax">How it is written.</param>
/// <param name="OptionsSyntax">How the options are written; null where none are given.</param>
/// <param name="Options">The constant options; <see cref="RegexOptions.None"/> where none are given.</param>
/// <param name="Timeout">How the match timeout is written; null where none is given.</param>
internal sealed record RegexArguments(string Pattern, ExpressionSyntax PatternSyntax, ExpressionSyntax? OptionsSyntax, RegexOptions Options, ExpressionSyntax? Timeout)
{
    /// <summary>An engine without backtracking; the netstandard enum lacks its name.</summary>
    public const RegexOptions NonBacktracking = (RegexOptions)0x400;

    /// <summary>What the call asks for; null where pattern or options are no constants, or the pattern does not parse and throws today.</summary>
    public static RegexArguments? Of(IMethodSymbol method, ArgumentListSyntax? arguments, SemanticModel model, CancellationToken cancel)
    {
        if (ArgumentOf("pattern", method, arguments) is not { } pattern || model.GetConstantValue(pattern, cancel).Value is not string text)
            return null;

        var options = RegexOptions.None;
        var written = ArgumentOf("options", method, arguments);
        if (written is not null)
        {
            if (model.GetConstantValue(written, cancel).Value is not int value)
                return null;

            options = (RegexOptions)value;
        }

        return Parses(text, options) ? new RegexArguments(text, pattern, written, options, ArgumentOf("matchTimeout", method, arguments)) : null;
    }

    /// <summary>Whether what it matches depends on the culture that is current when it is built.</summary>
    public bool DependsOnCulture => CaseFolding.DependsOnCulture(Pattern, Options);

    /// <summary>The expression given for the parameter with this name, by position or by name.</summary>
    private static ExpressionSyntax? ArgumentOf(string parameter, IMethodSymbol method, ArgumentListSyntax? arguments)
    {
        for (var index = 0; arguments is not null && index < arguments.Arguments.Count; index++)
        {
            if (NameOfParameter(arguments.Arguments[index], index, method) == parameter)
                return arguments.Arguments[index].Expression;
        }

        return null;
    }

    /// <summary>Whether the argument of a static call is part of the expression.</summary>
    public bool Moves(ArgumentSyntax argument) => argument.Expression == PatternSyntax || argument.Expression == OptionsSyntax || argument.Expression == Timeout;

    private static string? NameOfParameter(ArgumentSyntax argument, int index, IMethodSymbol method) =>
        argument.NameColon?.Name.Identifier.ValueText ?? (index < method.Parameters.Length ? method.Parameters[index].Name : null);

    private static bool Parses(string pattern, RegexOptions options)
    {
        try
        {
            // Only parsed: compiling costs, and the host may be too old to know the newest options.
            _ = new Regex(pattern, options & ~(RegexOptions.Compiled | NonBacktracking));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
