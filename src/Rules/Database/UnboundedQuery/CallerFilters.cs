using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Paths;
using PerfAnalyzers.Knowledge.Queries;

namespace PerfAnalyzers.Rules.Database;

/// <summary>
/// Queries whose filters all hang on an object that callers fill: <c>if (query.Stores is not null) rows = rows.Where(…)</c>.
/// Where every caller fills a part that filters, the unfiltered path never runs.
/// </summary>
internal static class CallerFilters
{
    /// <summary>An object is not handed on by more methods than this.</summary>
    private const int MostDeep = 4;

    /// <summary>Whether every caller in the compilation gives a filter, and no other code can call.</summary>
    public static bool AreGiven(Query query, ExpressionSyntax place, Site site)
    {
        if (Functions.Enclosing(place) is not MethodDeclarationSyntax declaration || site.Model.GetDeclaredSymbol(declaration, site.Cancel) is not { } method)
            return false;

        var members = new HashSet<string>();
        IParameterSymbol? filled = null;
        foreach (var step in query.Operators)
        {
            if (step is not { Kind: OperatorKind.Filter, IsInMemory: false, Body: { } body } || Functions.Enclosing(step.Node) != declaration || BooleanFilters.Are(body, step.Model, site.Cancel))
                continue;

            for (SyntaxNode? node = step.Node; node is not null && node != declaration; node = node.Parent)
            {
                if (node.Parent is IfStatementSyntax { Condition: { } condition } branch && branch.Statement == node)
                    Collect(condition, method, site, members, ref filled);
            }

            Collect(body, method, site, members, ref filled);
        }

        return filled is not null && AreGiven(method, filled, members, site, 0);
    }

    /// <summary>The members of the one parameter that the code reads.</summary>
    private static void Collect(ExpressionSyntax code, IMethodSymbol method, Site site, HashSet<string> members, ref IParameterSymbol? filled)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax owner } member)
                continue;

            foreach (var parameter in method.Parameters)
            {
                if (parameter.Name == owner.Identifier.ValueText && parameter.Type.TypeKind is TypeKind.Class or TypeKind.Struct
                    && SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(owner, site.Cancel).Symbol, parameter) && (filled is null || parameter.Equals(filled, SymbolEqualityComparer.Default)))
                {
                    filled = parameter;
                    if (site.Model.GetTypeInfo(member, site.Cancel).Type?.SpecialType != SpecialType.System_Boolean)
                        members.Add(member.Name.Identifier.ValueText);
                }
            }
        }
    }

    private static bool AreGiven(IMethodSymbol method, IParameterSymbol filled, HashSet<string> members, Site site, int depth)
    {
        if (depth > MostDeep || !IsCalledHereOnly(method, site.Rule.Compilation) || CallSites.Of(method, site.Model, site.Cancel) is not { } calls)
            return false;

        // What hands the object on, but is called by nobody, hands on nothing.
        var any = depth > 0 && calls.Count == 0 && !Programs.IsCalledFromOutside(method, site.Rule.Compilation);
        foreach (var (call, model) in calls)
        {
            // What start-up reads, it reads once.
            if (site.PathTo(call).Reach == Reach.Cold)
                continue;

            if (CallSites.ArgumentFor(filled, call) is not { } argument || !IsFilled(argument, model, members, site, depth))
                return false;

            any = true;
        }

        return any;
    }

    private static bool IsFilled(ExpressionSyntax argument, SemanticModel model, HashSet<string> members, Site site, int depth)
    {
        switch (argument)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return IsFilled(parenthesized.Expression, model, members, site, depth);
            case BaseObjectCreationExpressionSyntax creation:
                return IsFilled(creation, members);
            case IdentifierNameSyntax name:
                return model.GetSymbolInfo(name, site.Cancel).Symbol switch
                {
                    IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } caller } passed =>
                        !Endpoints.Is(caller, model, site.Types, site.Cancel) && AreGiven(caller, passed, members, site, depth + 1),
                    ILocalSymbol { DeclaringSyntaxReferences.Length: 1 } local => local.DeclaringSyntaxReferences[0].GetSyntax(site.Cancel)
                        is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax creation } && IsFilled(creation, members),
                    _ => false,
                };
            default:
                return false;
        }
    }

    private static bool IsFilled(BaseObjectCreationExpressionSyntax creation, HashSet<string> members)
    {
        if (creation.ArgumentList is { Arguments.Count: > 0 })
            return true;

        if (creation.Initializer is not { } initializer)
            return false;

        foreach (var value in initializer.Expressions)
        {
            if (value is AssignmentExpressionSyntax { Left: IdentifierNameSyntax member } assignment && members.Contains(member.Identifier.ValueText)
                && !assignment.Right.IsKind(SyntaxKind.NullLiteralExpression) && !assignment.Right.IsKind(SyntaxKind.DefaultLiteralExpression))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the compilation shows all callers: the method is not public, or nobody references a program.</summary>
    private static bool IsCalledHereOnly(IMethodSymbol method, Compilation compilation)
    {
        if (Programs.Are(compilation))
            return true;

        for (ISymbol symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
                return true;
        }

        return false;
    }
}
