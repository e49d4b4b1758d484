using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Database;

/// <summary>What becomes of the rows that makes reading them a different matter: kept, they are read once and not on every call.</summary>
internal static class CachedResults
{
    public static bool Contain(ExpressionSyntax query, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        CacheFactories.Contain(query) || Functions.Enclosing(query) is ConstructorDeclarationSyntax || Target(query) switch
        {
            AssignmentExpressionSyntax assignment => IsKept(assignment.Left, model, types, cancel),
            VariableDeclaratorSyntax declarator => IsStoredLater(declarator, model, types, cancel),
            ArgumentSyntax argument => IsStore(argument, model, cancel),
            _ => false,
        };

    /// <summary>Whether the rows come from a method of the class's own that is called in a cache's factory, and nowhere else.</summary>
    public static bool ComeToCache(ExpressionSyntax query, SemanticModel model, CancellationToken cancel)
    {
        if (Functions.Enclosing(query) is not MethodDeclarationSyntax { Parent: TypeDeclarationSyntax type } method
            || method.Modifiers.Any(SyntaxKind.PublicKeyword) || method.Modifiers.Any(SyntaxKind.InternalKeyword) || method.ExplicitInterfaceSpecifier is not null)
        {
            return false;
        }

        var any = false;
        foreach (var node in type.DescendantNodes())
        {
            if (node is not SimpleNameSyntax name || name.Identifier.ValueText != method.Identifier.ValueText || name.Parent is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax })
                continue;

            if (model.GetSymbolInfo(name, cancel).Symbol is not IMethodSymbol || !CacheFactories.Contain(name))
                return false;

            any = true;
        }

        return any;
    }

    /// <summary>Whether the rows are loaded to be removed: that they are loaded at all is the mistake then.</summary>
    public static bool AreRemoved(ExpressionSyntax query) => Target(query) switch
    {
        ArgumentSyntax argument => IsRemoved(argument),
        VariableDeclaratorSyntax declarator => Functions.Enclosing(declarator) is { } function && AreRemoved(declarator.Identifier.ValueText, function),
        _ => false,
    };

    private static bool AreRemoved(string rows, SyntaxNode function)
    {
        foreach (var node in function.DescendantNodes())
        {
            if (node is ArgumentSyntax { Expression: IdentifierNameSyntax name } argument && name.Identifier.ValueText == rows && IsRemoved(argument))
                return true;
        }

        return false;
    }

    private static bool IsRemoved(ArgumentSyntax argument) =>
        argument.Parent?.Parent is InvocationExpressionSyntax call && Calls.NameOf(call)?.Identifier.ValueText is "RemoveRange" or "BulkDelete" or "BulkDeleteAsync";

    /// <summary>What receives the rows.</summary>
    private static SyntaxNode? Target(ExpressionSyntax query)
    {
        SyntaxNode node = query;
        while (node.Parent is AwaitExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax
            or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "Result" or "GetAwaiter" or "GetResult" or "AsReadOnly" }
            || (node is MemberAccessExpressionSyntax && node.Parent is InvocationExpressionSyntax))
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Right == node => assignment,
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => declarator,
            ArgumentSyntax argument => argument,
            _ => null,
        };
    }

    /// <summary>Whether the variable outlives the call: a field, but not of an object that lives for one request.</summary>
    private static bool IsKept(ExpressionSyntax variable, SemanticModel model, KnownTypes types, CancellationToken cancel) => model.GetSymbolInfo(variable, cancel).Symbol switch
    {
        IFieldSymbol field => field.IsStatic || !LivesForRequest(field.ContainingType, types),
        IPropertySymbol { IsStatic: true } => true,
        _ => false,
    };

    private static bool LivesForRequest(INamedTypeSymbol type, KnownTypes types) => types.IsOrInherits(type, "Microsoft.AspNetCore.Mvc.ControllerBase")
        || types.IsOrInherits(type, "Microsoft.AspNetCore.Mvc.RazorPages.PageModel") || types.IsOrInherits(type, "Microsoft.AspNetCore.Components.IComponent");

    private static bool IsStoredLater(VariableDeclaratorSyntax declarator, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (Functions.Enclosing(declarator) is not { } function)
            return false;

        foreach (var node in function.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != declarator.Identifier.ValueText)
                continue;

            if (name.Parent is AssignmentExpressionSyntax assignment && assignment.Right == name && IsKept(assignment.Left, model, types, cancel))
                return true;

            if (name.Parent is ArgumentSyntax argument && IsStore(argument, model, cancel))
                return true;
        }

        return false;
    }

    /// <summary>Whether the argument is put into something called a cache.</summary>
    private static bool IsStore(ArgumentSyntax argument, SemanticModel model, CancellationToken cancel) =>
        argument.Parent?.Parent is InvocationExpressionSyntax call
        && Calls.NameOf(call)?.Identifier.ValueText is "Set" or "SetAsync" or "Add" or "AddAsync" or "Insert" or "InsertAsync" or "Put" or "PutAsync" or "TryAdd" or "AddOrUpdate" or "SetString" or "SetStringAsync"
        && Calls.ReceiverOf(call) is { } receiver && model.GetTypeInfo(receiver, cancel).Type is { } type
        && type.Name.IndexOf("Cache", StringComparison.OrdinalIgnoreCase) >= 0;
}
