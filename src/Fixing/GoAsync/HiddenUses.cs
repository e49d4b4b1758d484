using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>Uses of a function that the compiler does not see: by reflection, and in code that this build leaves out.</summary>
internal static class HiddenUses
{
    public static bool IsOne(Source source, int position, SyntaxToken token, string name, FunctionGroup group, CancellationToken cancel) =>
        token.IsKind(SyntaxKind.StringLiteralToken) ? IsReflected(source, token, name, group, cancel) : IsLeftOut(source.Root, position, token, name);

    /// <summary><c>type.GetMethod("Name")</c>; of another type where the type is written.</summary>
    private static bool IsReflected(Source source, SyntaxToken token, string name, FunctionGroup group, CancellationToken cancel)
    {
        if (token.ValueText != name || token.Parent?.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            || Calls.NameOf(call)?.Identifier.ValueText is not ("GetMethod" or "GetRuntimeMethod" or "GetDeclaredMethod" or "InvokeMember" or "CreateDelegate"))
        {
            return false;
        }

        return call.Expression is not MemberAccessExpressionSyntax { Expression: TypeOfExpressionSyntax { Type: var type } }
            || source.Model.GetTypeInfo(type, cancel).Type is not { } asked
            || group.Members.Any(member => TypeTree.IsSame(member.Symbol.ContainingType, asked));
    }

    /// <summary>A call in a branch of <c>#if</c> that is not compiled here would be left behind.</summary>
    private static bool IsLeftOut(CompilationUnitSyntax root, int position, SyntaxToken token, string name)
    {
        if (token.Span.Contains(position) || !root.ContainsDirectives || !root.FindTrivia(position).IsKind(SyntaxKind.DisabledTextTrivia))
            return false;

        var text = root.SyntaxTree.GetText();
        var after = position + name.Length;
        while (after < text.Length && text[after] == ' ')
            after++;

        return after < text.Length && text[after] == '(';
    }
}
