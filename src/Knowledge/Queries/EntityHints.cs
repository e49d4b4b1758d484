using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>What the model's configuration says about how many rows an entity can have: <c>HasData</c> and <c>HasQueryFilter</c>.</summary>
internal static class EntityHints
{
    private static readonly ConditionalWeakTable<SyntaxTree, Summary> s_summaries = new();
    private static readonly ConditionalWeakTable<Compilation, List<SyntaxTree>> s_models = new();

    /// <summary>Whether <c>HasData</c> fills the table and no code of the compilation, which declares the entity, makes another one.</summary>
    public static bool IsFilledByModelOnly(ITypeSymbol entity, Compilation compilation, CancellationToken cancel)
    {
        if (!SymbolEqualityComparer.Default.Equals(entity.ContainingAssembly, compilation.Assembly))
            return false;

        var isSeeded = false;
        foreach (var tree in Models(compilation, cancel))
            isSeeded |= Of(tree, cancel).Seeded.Contains(entity.Name);

        if (!isSeeded)
            return false;

        foreach (var tree in compilation.SyntaxTrees)
        {
            if (Of(tree, cancel).Created.Contains(entity.Name))
                return false;
        }

        return true;
    }

    /// <summary>Whether the model filters the entity by more than booleans, such as by tenant, and the query does not turn that off.</summary>
    public static bool HasRestrictingFilter(Query query, Compilation compilation, CancellationToken cancel)
    {
        if (query.EntityType is not { } entity || query.Sometimes(static step => step.Name == "IgnoreQueryFilters"))
            return false;

        foreach (var tree in Models(compilation, cancel))
        {
            if (Of(tree, cancel).Filtered.Contains(entity.Name))
                return true;
        }

        return false;
    }

    /// <summary>The files that call what is looked for here; all others are not walked.</summary>
    private static List<SyntaxTree> Models(Compilation compilation, CancellationToken cancel)
    {
        if (s_models.TryGetValue(compilation, out var models))
            return models;

        models = new List<SyntaxTree>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var call in TreeSummary.Of(tree, cancel).Content.Calls)
            {
                if (call.Name is "HasData" or "HasQueryFilter")
                {
                    models.Add(tree);
                    break;
                }
            }
        }

        var found = models;
        return s_models.GetValue(compilation, _ => found);
    }

    private static Summary Of(SyntaxTree tree, CancellationToken cancel)
    {
        if (!s_summaries.TryGetValue(tree, out var summary))
            summary = s_summaries.GetValue(tree, t => Summary.Of(t.GetRoot(cancel)));

        return summary;
    }

    /// <summary>The entities that one file names, by simple name.</summary>
    private sealed class Summary
    {
        private static readonly Summary s_none = new();

        public HashSet<string> Seeded { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Filtered { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Created { get; } = new(StringComparer.Ordinal);

        public static Summary Of(SyntaxNode root)
        {
            var summary = new Summary();
            foreach (var node in root.DescendantNodes())
            {
                switch (node)
                {
                    case ObjectCreationExpressionSyntax creation when !IsSeed(creation):
                        summary.Created.Add(NameOf(creation.Type));
                        break;
                    case ImplicitObjectCreationExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax declaration } }:
                        summary.Created.Add(NameOf(declaration.Type));
                        break;
                    case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasData" } } call when EntityOf(call) is { } entity:
                        summary.Seeded.Add(entity);
                        break;
                    case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasQueryFilter" } } call
                        when EntityOf(call) is { } entity && Restricts(call):
                        summary.Filtered.Add(entity);
                        break;
                }
            }

            return summary.Seeded.Count + summary.Filtered.Count + summary.Created.Count == 0 ? s_none : summary;
        }

        private static bool IsSeed(SyntaxNode creation)
        {
            for (var parent = creation.Parent; parent is not null and not MemberDeclarationSyntax; parent = parent.Parent)
            {
                if (parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasData" } })
                    return true;
            }

            return false;
        }

        /// <summary>The entity of <c>Entity&lt;T&gt;().…</c>, of <c>Entity&lt;T&gt;(e => e.…)</c>, or of an <c>EntityTypeBuilder&lt;T&gt;</c> parameter.</summary>
        private static string? EntityOf(InvocationExpressionSyntax call)
        {
            ExpressionSyntax root = call;
            while (root is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } member })
            {
                if (name is GenericNameSyntax { Identifier.ValueText: "Entity", TypeArgumentList.Arguments: { Count: 1 } types })
                    return NameOf(types[0]);

                root = member.Expression;
            }

            if (root is not IdentifierNameSyntax variable)
                return null;

            for (var parent = call.Parent; parent is not null; parent = parent.Parent)
            {
                switch (parent)
                {
                    case LambdaExpressionSyntax { Parent.Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.ValueText: "Entity", TypeArgumentList.Arguments: { Count: 1 } types } } } }:
                        return NameOf(types[0]);
                    case BaseMethodDeclarationSyntax method:
                        return BuilderOf(method, variable.Identifier.ValueText);
                }
            }

            return null;
        }

        private static string? BuilderOf(BaseMethodDeclarationSyntax method, string variable)
        {
            foreach (var parameter in method.ParameterList.Parameters)
            {
                if (parameter.Identifier.ValueText == variable && parameter.Type is GenericNameSyntax { Identifier.ValueText: "EntityTypeBuilder", TypeArgumentList.Arguments: { Count: 1 } types })
                    return NameOf(types[0]);
            }

            return null;
        }

        private static string NameOf(TypeSyntax type) => type switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            SimpleNameSyntax name => name.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            NullableTypeSyntax nullable => NameOf(nullable.ElementType),
            _ => type.ToString(),
        };

        /// <summary>Whether the filter compares a column with a value, unlike <c>!e.IsDeleted</c> and <c>e.DeletedAt == null</c>.</summary>
        private static bool Restricts(InvocationExpressionSyntax call)
        {
            foreach (var argument in call.ArgumentList.Arguments)
            {
                if (argument.Expression is LambdaExpressionSyntax { ExpressionBody: { } body })
                    return !IsSoft(body);
            }

            return true;
        }

        private static bool IsSoft(ExpressionSyntax filter) => filter switch
        {
            ParenthesizedExpressionSyntax parenthesized => IsSoft(parenthesized.Expression),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => IsSoft(not.Operand),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } binary => IsSoft(binary.Left) && IsSoft(binary.Right),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression, Right: LiteralExpressionSyntax } comparison =>
                comparison.Right.IsKind(SyntaxKind.NullLiteralExpression) || comparison.Right.IsKind(SyntaxKind.TrueLiteralExpression) || comparison.Right.IsKind(SyntaxKind.FalseLiteralExpression),
            MemberAccessExpressionSyntax or IdentifierNameSyntax => true,
            _ => false,
        };
    }
}
