using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>
/// Code that has a thread of its own, started by <c>new Thread(…)</c> or with <c>TaskCreationOptions.LongRunning</c>:
/// whoever blocks there takes no thread from the pool. Read from syntax: a local function or private method counts
/// when its type uses it for nothing else.
/// </summary>
internal static class ThreadBodies
{
    // A loop that calls a step that calls a helper; deeper code is rarely private to the thread.
    private const int Depth = 4;

    public static bool Contain(SyntaxNode node) => Contain(node, Depth);

    private static bool Contain(SyntaxNode node, int depth)
    {
        for (var function = Functions.Enclosing(node); function is not null; function = Functions.Enclosing(function))
        {
            switch (function)
            {
                case AnonymousFunctionExpressionSyntax lambda when IsStarted(lambda):
                    return true;
                case LocalFunctionStatementSyntax local:
                    if (IsOnlyStarted(local.Identifier.ValueText, local, local.Parent, depth))
                        return true;

                    break;
                case MethodDeclarationSyntax method:
                    return IsPrivate(method) && IsOnlyStarted(method.Identifier.ValueText, method, method.Parent, depth);
            }
        }

        return false;
    }

    private static bool IsPrivate(MethodDeclarationSyntax method) => !method.Modifiers.Any(SyntaxKind.PublicKeyword) && !method.Modifiers.Any(SyntaxKind.InternalKeyword)
        && !method.Modifiers.Any(SyntaxKind.ProtectedKeyword) && method.ExplicitInterfaceSpecifier is null && method.Parent is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax
        && !((TypeDeclarationSyntax)method.Parent).Modifiers.Any(SyntaxKind.PartialKeyword);

    /// <summary>Whether every mention of the function starts a thread with it or stands in a thread's body, and there is one.</summary>
    private static bool IsOnlyStarted(string name, SyntaxNode declaration, SyntaxNode? home, int depth)
    {
        if (depth == 0 || home is null)
            return false;

        var any = false;
        foreach (var token in home.DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != name || token.Parent is not SimpleNameSyntax mention || declaration.Span.Contains(mention.Span))
                continue;

            ExpressionSyntax whole = mention.Parent is MemberAccessExpressionSyntax member && member.Name == mention ? member : mention;
            if (!IsStarted(whole) && !(whole.Parent is InvocationExpressionSyntax && Contain(whole, depth - 1)))
                return false;

            any = true;
        }

        return any;
    }

    private static bool IsStarted(ExpressionSyntax function)
    {
        var outer = Wrappings.Converted(function);

        // new Thread(new ThreadStart(Run))
        if (outer.Parent is ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax { Type: { } wrapper } start } && wrapper.ToString() is "ThreadStart" or "ParameterizedThreadStart")
            outer = start;

        return outer.Parent is ArgumentSyntax { Parent: ArgumentListSyntax list } && list.Parent switch
        {
            ObjectCreationExpressionSyntax { Type: { } type } => NamesThread(type),
            ImplicitObjectCreationExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } } } => NamesThread(declaration.Type),
            InvocationExpressionSyntax call => Calls.NameOf(call)?.Identifier.ValueText == "StartNew" && IsLongRunning(list),
            _ => false,
        };
    }

    private static bool NamesThread(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText == "Thread",
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText == "Thread",
        IdentifierNameSyntax name => name.Identifier.ValueText == "Thread",
        NullableTypeSyntax nullable => NamesThread(nullable.ElementType),
        _ => false,
    };

    private static bool IsLongRunning(ArgumentListSyntax arguments)
    {
        foreach (var argument in arguments.Arguments)
        {
            if (argument.Expression is AnonymousFunctionExpressionSyntax)
                continue;

            foreach (var token in argument.DescendantTokens())
            {
                if (token.ValueText == "LongRunning")
                    return true;
            }
        }

        return false;
    }
}
