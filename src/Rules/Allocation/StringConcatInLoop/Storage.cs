using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>Which properties are no more than a field: the next read gives what was written.</summary>
internal static class Storage
{
    public static bool IsOf(IPropertySymbol property, Compilation compilation, CancellationToken cancel)
    {
        if (property is not { GetMethod: { } getter, IsIndexer: false, IsAbstract: false })
            return false;

        if (property.DeclaringSyntaxReferences.IsEmpty)
            return IsCompilerGenerated(getter);

        // Of another project only what its compiled form shows too: the IDE and the build must say the same.
        var mayLookInside = SymbolEqualityComparer.Default.Equals(property.ContainingAssembly, compilation.Assembly);
        return property.DeclaringSyntaxReferences[0].GetSyntax(cancel) switch
        {
            PropertyDeclarationSyntax { AccessorList: { } accessors } => OnlyStore(accessors, mayLookInside),
            ParameterSyntax => true, // of a record
            _ => false,
        };
    }

    /// <summary>In a compiled reference, the accessors of an automatic property carry the attribute.</summary>
    private static bool IsCompilerGenerated(IMethodSymbol getter)
    {
        foreach (var attribute in getter.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "CompilerGeneratedAttribute")
                return true;
        }

        return false;
    }

    private static bool OnlyStore(AccessorListSyntax accessors, bool mayLookInside)
    {
        foreach (var accessor in accessors.Accessors)
        {
            if (accessor is { Body: null, ExpressionBody: null })
                continue;

            var only = accessor.ExpressionBody?.Expression ?? (accessor.Body?.Statements is { Count: 1 } statements ? ExpressionOf(statements[0]) : null);
            if (!mayLookInside || only is null || !(accessor.IsKind(SyntaxKind.GetAccessorDeclaration) ? IsField(only) : StoresValue(only)))
                return false;
        }

        return true;
    }

    private static ExpressionSyntax? ExpressionOf(StatementSyntax statement) =>
        (statement as ReturnStatementSyntax)?.Expression ?? (statement as ExpressionStatementSyntax)?.Expression;

    private static bool IsField(ExpressionSyntax expression) =>
        expression is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } or { RawKind: NewSyntax.FieldExpression };

    private static bool StoresValue(ExpressionSyntax expression) => expression is AssignmentExpressionSyntax
    {
        RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: IdentifierNameSyntax { Identifier.ValueText: "value" },
    } assignment && IsField(assignment.Left);
}
