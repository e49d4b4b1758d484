using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Functions that end the life of an object.</summary>
internal static class CleanUp
{
    /// <summary>
    /// Who disposes (<c>Dispose</c>, <c>OnDispose</c>, <c>DisposeManaged</c>) must know that the work is over, and has no
    /// other way to wait for it.
    /// </summary>
    public static bool Is(SyntaxNode? function) => function is DestructorDeclarationSyntax
        || (function is MethodDeclarationSyntax { Identifier.ValueText: var name, ReturnType: PredefinedTypeSyntax } && name.IndexOf("Dispose", StringComparison.Ordinal) >= 0);
}
