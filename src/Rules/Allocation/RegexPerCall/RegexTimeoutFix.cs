using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>What a match timeout becomes outside the function.</summary>
internal static class RegexTimeoutFix
{
    /// <summary>The timeout as the attribute takes it; null where it is not a whole number of milliseconds written out.</summary>
    public static int? Milliseconds(ExpressionSyntax timeout, Finding finding)
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

    /// <summary>Whether the expression has one value for the life of the process: constants, read-only static fields and what <c>TimeSpan</c> makes of them.</summary>
    public static bool IsFixed(ExpressionSyntax expression, Finding finding, out ImmutableArray<ISymbol> fields)
    {
        fields = ImmutableArray<ISymbol>.Empty;
        foreach (var name in expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        {
            switch (finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol)
            {
                case INamedTypeSymbol or INamespaceSymbol or IFieldSymbol { IsConst: true }:
                case IMethodSymbol { IsStatic: true } method when finding.Types.Is(method.ContainingType, "System.TimeSpan"):
                    break;
                case IFieldSymbol { IsStatic: true, IsReadOnly: true } field:
                    fields = fields.Add(field);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>The last member of the declaration that declares one of the fields; -1 where another part of the type does.</summary>
    public static int IndexOf(ImmutableArray<ISymbol> fields, TypeDeclarationSyntax? type, SemanticModel model)
    {
        var last = -1;
        foreach (var field in fields)
        {
            var index = type is null ? -1 : type.Members.IndexOf(member => member is FieldDeclarationSyntax declaration
                && declaration.Declaration.Variables.Any(variable => SymbolEqualityComparer.Default.Equals(model.GetDeclaredSymbol(variable), field)));
            if (index < 0)
                return -1;

            last = Math.Max(last, index);
        }

        return last;
    }
}
