using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
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
    /// <summary>The static fields that the timeout is read from: they must be initialised before.</summary>
    public ImmutableArray<ISymbol> Reads { get; private init; } = ImmutableArray<ISymbol>.Empty;

    /// <summary>Comments among the arguments that moved, one a line.</summary>
    public string Comments { get; private init; } = "";

    private const RegexOptions Known = RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.Singleline
        | RegexOptions.IgnorePatternWhitespace | RegexOptions.RightToLeft | RegexOptions.ECMAScript | RegexOptions.CultureInvariant | RegexArguments.NonBacktracking;

    public bool Equals(RegexMemberFix? other) => other is not null && Kind == other.Kind && Value == other.Value && Options == other.Options && Timeout == other.Timeout;

    public override int GetHashCode() => Value.GetHashCode() ^ (int)Options;

    /// <summary>The member for a use in <paramref name="type"/>; null where the timeout cannot move out of the function.</summary>
    public static RegexMemberFix? Of(Finding finding, RegexArguments regex, ExpressionSyntax use, INamedTypeSymbol type)
    {
        var options = regex.Options & ~RegexOptions.Compiled;
        if ((options & ~Known) != 0)
            return null;

        var kind = KindFor(finding, regex, type);
        var milliseconds = regex.Timeout is null ? null : RegexTimeoutFix.Milliseconds(regex.Timeout, finding);
        var reads = ImmutableArray<ISymbol>.Empty;
        if (regex.Timeout is not null && (milliseconds is null || kind == RegexMemberKind.Field))
        {
            if (!RegexTimeoutFix.IsFixed(regex.Timeout, finding, out var fields))
                return null;

            kind = RegexMemberKind.Field;
            reads = fields.RemoveAll(field => !SymbolEqualityComparer.Default.Equals(field.ContainingType, type));
            if (!reads.IsEmpty && RegexTimeoutFix.IndexOf(reads, RegexHomeFix.Of(use), finding.Model) < 0)
                return null;
        }

        var timeout = kind == RegexMemberKind.Field ? regex.Timeout?.WithoutTrivia().ToString() : milliseconds?.ToString(CultureInfo.InvariantCulture);
        return new RegexMemberFix(kind, RegexPatternFix.Code(regex, finding), regex.Pattern, options, timeout)
        {
            Reads = reads,
            Comments = RegexPatternFix.Comments(regex, use),
        };
    }

    /// <summary>With the comments of the declaration that it replaces.</summary>
    public RegexMemberFix WithComments(LocalDeclarationStatementSyntax constant) =>
        this with { Comments = RegexPatternFix.Comments(constant.GetLeadingTrivia().Concat(constant.GetTrailingTrivia())) + Comments };

    /// <summary>Which member of the type declaration comes last of those that the timeout is read from.</summary>
    public int IndexOfReads(TypeDeclarationSyntax type, SemanticModel model) => RegexTimeoutFix.IndexOf(Reads, type, model);

    /// <summary>Whether a member of the type is this expression already, in whatever form.</summary>
    public bool IsAlready(ISymbol member, Compilation compilation, CancellationToken cancel) => member switch
    {
        IFieldSymbol { IsStatic: true, IsReadOnly: true, Type.Name: "Regex", DeclaringSyntaxReferences: { Length: 1 } declared } => IsInitialiser(declared[0].GetSyntax(cancel), compilation, cancel),
        IMethodSymbol or IPropertySymbol => Kind != RegexMemberKind.Field && IsGenerated(member),
        _ => false,
    };

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
        return Comments + (Kind switch
        {
            RegexMemberKind.Property => $"[{attribute}({list})]\nprivate static partial {regexType} {name} {{ get; }}",
            RegexMemberKind.Method => $"[{attribute}({list})]\nprivate static partial {regexType} {name}();",
            _ => $"private static readonly {regexType} {name} = new {regexType}({list});",
        });
    }

    private static RegexMemberKind KindFor(Finding finding, RegexArguments regex, INamedTypeSymbol type)
    {
        var language = (int)((CSharpParseOptions)finding.Node.SyntaxTree.Options).LanguageVersion;
        if (finding.Types["System.Text.RegularExpressions.GeneratedRegexAttribute"] is not { } attribute || language < 1100
            || regex.DependsOnCulture || CaseFolding.ComparesGroups(regex.Pattern, regex.Options) || regex.Options.HasFlag(RegexArguments.NonBacktracking) || IsFileLocal(type))
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

    private bool IsInitialiser(SyntaxNode declared, Compilation compilation, CancellationToken cancel)
    {
        if (declared is not VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null } creation })
            return false;

        var model = compilation.GetSemanticModel(declared.SyntaxTree);
        return model.GetSymbolInfo(creation, cancel).Symbol is IMethodSymbol constructor
            && RegexArguments.Of(constructor, creation.ArgumentList, model, cancel) is { } regex
            && regex.Pattern == Value && (regex.Options & ~RegexOptions.Compiled) == Options && regex.Timeout is null && Timeout is null;
    }

    private bool IsGenerated(ISymbol member)
    {
        if (member is { IsStatic: false } || member.GetAttributes().FirstOrDefault(data => data.AttributeClass?.Name == "GeneratedRegexAttribute") is not { ConstructorArguments: { Length: > 0 and <= 3 } arguments })
            return false;

        var options = arguments.Length > 1 ? arguments[1].Value as int? ?? -1 : 0;
        var timeout = arguments.Length > 2 ? (arguments[2].Value as int?)?.ToString(CultureInfo.InvariantCulture) ?? "culture" : null;
        return arguments[0].Value as string == Value && (options & ~(int)RegexOptions.Compiled) == (int)Options && timeout == Timeout;
    }

    private static IEnumerable<string> Names(RegexOptions options)
    {
        for (var bit = 1; bit <= 0x400; bit <<= 1)
        {
            if (((int)options & bit) != 0)
                yield return bit == (int)RegexArguments.NonBacktracking ? "NonBacktracking" : ((RegexOptions)bit).ToString();
        }
    }
}
