using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Code whose failure is caught in its function, which then goes on with what was done before.</summary>
internal static class SwallowedFailures
{
    public static bool Of(SyntaxNode code)
    {
        for (SyntaxNode child = code, parent = code.Parent!; parent is not (null or MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax); child = parent, parent = parent.Parent!)
        {
            if (parent is not TryStatementSyntax attempt || child != attempt.Block)
                continue;

            foreach (var handler in attempt.Catches)
            {
                if (handler.Block.Statements.Count == 0 || handler.Block.Statements[handler.Block.Statements.Count - 1] is not (ThrowStatementSyntax or ReturnStatementSyntax))
                    return true;
            }
        }

        return false;
    }
}
