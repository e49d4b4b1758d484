using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Validators in the manner of FluentValidation: <c>class XValidator : AbstractValidator&lt;X&gt;</c> with a rule for a property.</summary>
internal static class RequestValidators
{
    /// <summary>Whether a validator of the compilation has a rule for the property of <paramref name="request"/>.</summary>
    public static bool Know(ITypeSymbol request, string property, Compilation compilation, CancellationToken cancel)
    {
        // A validator is called after what it validates; its declaration is found by name, so no tree is walked in vain.
        foreach (var symbol in compilation.GetSymbolsWithName(static name => name.EndsWith("Validator", StringComparison.Ordinal), SymbolFilter.Type, cancel))
        {
            if (symbol is INamedTypeSymbol { BaseType: { TypeArguments: { Length: 1 } validated } } type && SymbolEqualityComparer.Default.Equals(validated[0], request) && Names(type, property, cancel))
                return true;
        }

        return false;
    }

    private static bool Names(INamedTypeSymbol validator, string property, CancellationToken cancel)
    {
        foreach (var reference in validator.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax(cancel).DescendantNodes())
            {
                if (node is MemberAccessExpressionSyntax member && member.Name.Identifier.ValueText == property)
                    return true;
            }
        }

        return false;
    }
}
