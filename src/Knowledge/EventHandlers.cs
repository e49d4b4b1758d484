using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Functions whose caller decides that they return nothing: handlers of events, and members that a library declares.</summary>
internal static class EventHandlers
{
    /// <summary>Whether a method or local function looks like a handler, is one of an event in its type, or fulfils a contract from outside the program.</summary>
    public static bool Are(IMethodSymbol function, SyntaxNode declaration, SemanticModel model, CancellationToken cancel) =>
        HasSignature(function) || IsPromisedOutside(function) || IsSubscribed(function, declaration, model, cancel);

    /// <summary>Whether a delegate type is one of event handlers.</summary>
    public static bool Are(INamedTypeSymbol type, IMethodSymbol invoke) => type.Name.EndsWith("EventHandler", StringComparison.Ordinal) || HasSignature(invoke);

    /// <summary>Whether the syntax says that the function is given to an event: <c>button.Clicked += async …</c>.</summary>
    public static bool MayBe(ExpressionSyntax function)
    {
        var outer = Wrappings.Converted(function);

        return outer.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.SubtractAssignmentExpression } assignment && assignment.Right == outer;
    }

    /// <summary><c>(object sender, SomeEventArgs e)</c>.</summary>
    private static bool HasSignature(IMethodSymbol function)
    {
        if (function.Parameters.Length != 2 || function.Parameters[0].Type.IsValueType)
            return false;

        for (var type = function.Parameters[1].Type; type is not null; type = type.BaseType)
        {
            if (type.Name.EndsWith("EventArgs", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Whether a base type or interface that is not in source declares the method.</summary>
    private static bool IsPromisedOutside(IMethodSymbol method)
    {
        foreach (var promised in method.ExplicitInterfaceImplementations)
        {
            if (promised.DeclaringSyntaxReferences.IsEmpty)
                return true;
        }

        foreach (var promised in Contracts.Of(method))
        {
            if (promised.DeclaringSyntaxReferences.IsEmpty)
                return true;
        }

        return false;
    }

    private static bool IsSubscribed(IMethodSymbol function, SyntaxNode declaration, SemanticModel model, CancellationToken cancel)
    {
        var home = declaration is LocalFunctionStatementSyntax ? declaration.Parent : declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        foreach (var token in home?.DescendantTokens() ?? [])
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != function.Name || token.Parent is not IdentifierNameSyntax mention)
                continue;

            ExpressionSyntax whole = mention.Parent is MemberAccessExpressionSyntax member && member.Name == mention ? member : mention;
            if (whole.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } assignment && assignment.Right == whole
                && model.GetSymbolInfo(assignment.Left, cancel).Symbol is IEventSymbol)
            {
                return true;
            }
        }

        return false;
    }
}
