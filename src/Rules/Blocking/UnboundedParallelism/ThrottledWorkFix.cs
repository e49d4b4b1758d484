using System;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>The function that starts one operation, written so that it waits for a place first.</summary>
internal sealed class ThrottledWorkFix
{
    private readonly ExpressionSyntax _work;
    private readonly string _head;
    private readonly bool _givesResult;
    private readonly string _token;
    private readonly string _configured;

    private ThrottledWorkFix(ExpressionSyntax work, string head, bool givesResult, string? token, bool configures) =>
        (_work, _head, _givesResult, _token, _configured) = (work, head, givesResult, token ?? "", configures ? ".ConfigureAwait(false)" : "");

    /// <summary>Null where the function cannot wait, or does something that elements must not do at the same time.</summary>
    public static ThrottledWorkFix? Of(ExpressionSyntax work, InvocationExpressionSyntax select, Finding finding)
    {
        if (finding.Model.GetSymbolInfo(select, finding.Cancel).Symbol is not IMethodSymbol { TypeArguments: { Length: 2 } types } || work.ContainsDirectives)
            return null;

        // Those who said that an operation may stop said so in its call.
        var token = UnboundedParallelismFix.TokenAt(finding, select) is { } found && work.DescendantTokens().Any(part => part.IsKind(SyntaxKind.IdentifierToken) && part.ValueText == found) ? found : null;
        var givesResult = types[1] is INamedTypeSymbol { Arity: 1 };
        var configures = Awaits.ConfiguresAwaits(select, finding.Model);
        switch (work)
        {
            case LambdaExpressionSyntax lambda when HeadOf(lambda) is { } head && new SharedWritesFix(lambda, finding.Model, finding.Cancel).AreNone():
                var isAsync = lambda.AsyncKeyword.RawKind != 0;
                return (lambda.Block is not null && (!isAsync || HasTextOfManyLines(lambda.Block))) || (lambda.ExpressionBody is { } body && (HasComment(lambda.ArrowToken) || HasTextOfManyLines(body)))
                    ? null
                    : new ThrottledWorkFix(lambda, head, givesResult, token, configures);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax when finding.Model.GetSymbolInfo(work, finding.Cancel).Symbol is IMethodSymbol { Parameters: { Length: 1 } parameters }
                && ElementName(parameters[0].Name, select) is var name && finding.Model.LookupSymbols(work.SpanStart, name: name).IsEmpty && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None:
                return new ThrottledWorkFix(work, name, givesResult, token, configures);
            default:
                return null;
        }
    }

    /// <summary>The name of the method's own parameter; where that says nothing, one of what the sequence is called.</summary>
    private static string ElementName(string parameter, InvocationExpressionSyntax select)
    {
        var many = Calls.ReceiverOf(select) switch
        {
            IdentifierNameSyntax variable => variable.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            _ => "",
        };

        return parameter is not ("obj" or "o" or "x" or "value" or "arg" or "item" or "entity" or "t") || many.Length < 3 || !many.EndsWith("s", StringComparison.Ordinal) || many.EndsWith("ss", StringComparison.Ordinal) ? parameter
            : char.ToLowerInvariant(many[0]) + (many.EndsWith("ies", StringComparison.Ordinal) ? many.Substring(1, many.Length - 4) + "y" : many.Substring(1, many.Length - 2));
    }

    /// <summary>The function with its wait; <paramref name="current"/> is what other edits have left of it.</summary>
    public ExpressionSyntax Write(ExpressionSyntax current, string throttle)
    {
        var around = Indentation();
        var unit = around.IndexOf('\t') >= 0 ? "\t" : "    ";
        var inner = around + unit;
        var text = new StringBuilder().Append("async ").Append(_head).Append(" =>\n");
        text.Append(around).Append("{\n");
        text.Append(inner).Append("await ").Append(throttle).Append(".WaitAsync(").Append(_token).Append(')').Append(_configured).Append(";\n");
        text.Append(inner).Append("try\n").Append(inner).Append("{\n");
        text.Append(Statements(current, inner + unit, unit));
        text.Append(inner).Append("}\n").Append(inner).Append("finally\n").Append(inner).Append("{\n");
        text.Append(inner).Append(unit).Append(throttle).Append(".Release();\n").Append(inner).Append("}\n").Append(around).Append('}');
        return SyntaxFactory.ParseExpression(text.ToString()).WithTriviaFrom(current);
    }

    private string Statements(ExpressionSyntax current, string indentation, string unit)
    {
        if (current is LambdaExpressionSyntax { Block: { } block })
        {
            var lines = block.OpenBraceToken.TrailingTrivia.ToFullString().TrimStart(' ', '\t', '\r', '\n') + block.Statements.ToFullString() + block.CloseBraceToken.LeadingTrivia.ToFullString().TrimEnd(' ', '\t');
            return Shifted(lines, unit, indentation);
        }

        var call = current is LambdaExpressionSyntax { ExpressionBody: { } body } ? body.WithoutTrivia().ToFullString() : $"{current.WithoutTrivia()}({_head})";
        var isAwaited = current is LambdaExpressionSyntax { AsyncKeyword.RawKind: not 0 };
        var comments = current is LambdaExpressionSyntax { ExpressionBody: { } commented } ? commented.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)) : [];
        var code = $"{(_givesResult ? "return " : "")}{(isAwaited ? call : $"await {call}{_configured}")};".Replace("\r\n", "\n").Split('\n');
        return string.Concat(comments.Select(comment => $"{indentation}{comment}\n")) + indentation + string.Join("\n", Moved(code, indentation, IndentationAt((_work as LambdaExpressionSyntax)?.ExpressionBody?.SpanStart ?? _work.SpanStart))) + "\n";
    }

    /// <summary>The lines after the first as far from it as they were.</summary>
    private static string[] Moved(string[] lines, string to, string from)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length > 0)
                lines[i] = lines[i].StartsWith(from, StringComparison.Ordinal) ? to + lines[i].Substring(from.Length) : to + lines[i].TrimStart();
        }

        return lines;
    }

    /// <summary>All lines one step to the right; those of a block on one line begin where <paramref name="first"/> says.</summary>
    private static string Shifted(string lines, string unit, string first)
    {
        var text = new StringBuilder();
        foreach (var line in lines.Replace("\r\n", "\n").TrimEnd('\n').Split('\n'))
            text.Append(line.Trim().Length == 0 ? "" : char.IsWhiteSpace(line[0]) ? unit + line : first + line).Append('\n');

        return text.ToString();
    }

    /// <summary>How far the brace of the function's block stands, or will stand, from the left.</summary>
    private string Indentation() => IndentationAt(_work is LambdaExpressionSyntax { Block.OpenBraceToken: var brace } && brace.RawKind != 0 ? brace.SpanStart : _work.SpanStart);

    private string IndentationAt(int place)
    {
        var line = _work.SyntaxTree.GetText().Lines.GetLineFromPosition(place).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>The parameters as they are written; null for a lambda that says more than these.</summary>
    private static string? HeadOf(LambdaExpressionSyntax lambda) => lambda.Modifiers.Any(modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword)) || lambda.AttributeLists.Count > 0 ? null : lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter.WithoutTrivia().ToString(),
        ParenthesizedLambdaExpressionSyntax { ReturnType: null } parenthesized => parenthesized.ParameterList.WithoutTrivia().ToString(),
        _ => null,
    };

    private static bool HasComment(SyntaxToken arrow) => arrow.TrailingTrivia.Any(trivia => trivia.Kind() is not (SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia));

    /// <summary>Whether a literal goes over several lines, whose content would move with the code.</summary>
    private static bool HasTextOfManyLines(SyntaxNode code)
    {
        foreach (var token in code.DescendantTokens())
        {
            if (token.Text.IndexOf('\n') >= 0)
                return true;
        }

        return false;
    }
}
