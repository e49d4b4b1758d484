using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge.EfModel;

namespace PerfAnalyzers.Rules.Database;

/// <summary>Writes the added includes of one query, in the layout and with the names that its chain has.</summary>
internal sealed class IncludeWriter(DocumentEdits document, ExpressionSyntax root, IncludeChains chains)
{
    private const string Namespace = "Microsoft.EntityFrameworkCore";

    public void Write(bool splits)
    {
        var additions = new Dictionary<ExpressionSyntax, List<string>>();
        var anchor = root;
        foreach (var chain in chains.Chains)
        {
            anchor = chain.Anchor ?? anchor;
            if (chain.Added.IsEmpty)
                continue;

            if (!additions.TryGetValue(anchor, out var calls))
                additions.Add(anchor, calls = []);

            var length = chain.Path.Count(c => c == '.') + 1;
            for (var i = 0; i < chain.Added.Length; i++)
            {
                var isFirst = chain.Anchor is null && i == 0;
                calls.Add((isFirst ? "Include(" : "ThenInclude(") + Lambda(chain, length - chain.Added.Length + i, i) + ")");
            }
        }

        if (splits)
        {
            // Behind the includes, where people write it.
            var last = chains.Chains.Take(chains.RunLength).Select(chain => chain.Anchor).LastOrDefault(known => known is not null) ?? root;
            if (!additions.TryGetValue(last, out var calls))
                additions.Add(last, calls = []);

            calls.Add("AsSplitQuery()");
        }

        foreach (var pair in additions)
            document.Replace(pair.Key, current => Append(current, pair.Key, pair.Value));

        document.Import(Namespace);
        if (Next(root) is { Name.Identifier.ValueText: "AsQueryable" })
            document.Import("System.Linq");
    }

    private string Lambda(IncludeChain chain, int depth, int index)
    {
        var navigation = chain.Added[index];
        var owner = navigation.Property.ContainingType;
        if (depth == 0 && document.Model.GetTypeInfo(root).Type is INamedTypeSymbol { TypeArguments.Length: 1 } set && set.TypeArguments[0] is INamedTypeSymbol entity)
            owner = entity;
        else if (index > 0)
            owner = chain.Added[index - 1].Target;

        var name = NameFor(owner, depth == 0);
        var isMaybeNull = index > 0 ? IsMaybeNull(chain.Added[index - 1]) : depth > 0 && IsMaybeNull(chain.Anchor);
        return $"{name} => {name}{(isMaybeNull ? "!" : "")}.{navigation.Name}";
    }

    /// <summary>The name that the chain's own lambdas give the type, else its first letter.</summary>
    private string NameFor(INamedTypeSymbol type, bool isRoot)
    {
        string? rootName = null;
        for (ExpressionSyntax current = root; current.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == current; current = call)
        {
            if (call.ArgumentList.Arguments.FirstOrDefault()?.Expression is not SimpleLambdaExpressionSyntax { Parameter: var parameter })
                continue;

            var parameterType = document.Model.GetDeclaredSymbol(parameter)?.Type;
            if (SymbolEqualityComparer.Default.Equals(parameterType, type))
                return parameter.Identifier.ValueText;

            rootName ??= parameter.Identifier.ValueText;
        }

        // Who writes `x` for the entity writes it for what lies behind it too.
        if (!isRoot && rootName is "x" or "e" or "p" && root.Parent is not null && rootName[0] != char.ToLowerInvariant(TypeNameOfRoot()[0]))
            return rootName;

        var initial = char.ToLowerInvariant(type.Name[isRoot ? 0 : LastWord(type.Name)]).ToString();
        return IsTaken(initial) ? Fresh(type) : initial;
    }

    /// <summary>Where the last word begins: an <c>OrderItem</c> behind an <c>Order o</c> is <c>i</c>.</summary>
    private static int LastWord(string name)
    {
        for (var i = name.Length - 2; i > 0; i--)
        {
            if (char.IsUpper(name[i]) && char.IsLower(name[i + 1]))
                return i;
        }

        return 0;
    }

    private string TypeNameOfRoot() => document.Model.GetTypeInfo(root).Type is INamedTypeSymbol { TypeArguments.Length: 1 } set ? set.TypeArguments[0].Name : "?";

    private bool IsTaken(string name) => !SyntaxFacts.IsValidIdentifier(name)
        || document.Model.LookupSymbols(root.SpanStart, name: name).Any(symbol => symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol);

    private string Fresh(INamedTypeSymbol type)
    {
        var wanted = char.ToLowerInvariant(type.Name[0]) + type.Name.Substring(1);
        return IsTaken(wanted) || SyntaxFacts.GetKeywordKind(wanted) != SyntaxKind.None ? document.UniqueName("included", root) : wanted;
    }

    private bool IsMaybeNull(Navigation previous) => !previous.IsCollection && previous.Property.NullableAnnotation == NullableAnnotation.Annotated && WarnsOfNull();

    /// <summary>Whether what the include call leads to is declared nullable.</summary>
    private bool IsMaybeNull(ExpressionSyntax? include) => include is InvocationExpressionSyntax call && WarnsOfNull()
        && call.ArgumentList.Arguments.FirstOrDefault()?.Expression is LambdaExpressionSyntax { ExpressionBody: MemberAccessExpressionSyntax member }
        && document.Model.GetSymbolInfo(member).Symbol is IPropertySymbol { NullableAnnotation: NullableAnnotation.Annotated };

    private bool WarnsOfNull() => (document.Model.GetNullableContext(root.SpanStart) & NullableContext.WarningsEnabled) != 0;

    private static MemberAccessExpressionSyntax? Next(ExpressionSyntax expression) => expression.Parent is MemberAccessExpressionSyntax member && member.Expression == expression ? member : null;

    private static SyntaxNode Append(ExpressionSyntax current, ExpressionSyntax original, List<string> calls)
    {
        var trailing = original.GetTrailingTrivia();
        var next = Next(original);
        var dot = SyntaxFactory.Token(SyntaxKind.DotToken);
        if (next is not null && EndOfLine(trailing) is { RawKind: not 0 } newLine)
        {
            // The chain has its dots on lines of their own; a comment behind the anchor stays there.
            dot = dot.WithLeadingTrivia(Indentation(next.OperatorToken));
            foreach (var call in calls)
                current = Call(current, dot, call).WithTrailingTrivia(newLine);

            return current;
        }

        if (next is null && original is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax own } && EndOfLine(own.Expression.GetTrailingTrivia()) is { RawKind: not 0 } above)
            dot = dot.WithLeadingTrivia(above, Indentation(own.OperatorToken));

        current = current.WithoutTrailingTrivia();
        foreach (var call in calls)
            current = Call(current, dot, call);

        // A set can be enumerated asynchronously as it is, a query cannot.
        if (next is null && original.Parent is CommonForEachStatementSyntax { AwaitKeyword.RawKind: (int)SyntaxKind.AwaitKeyword })
            current = Call(current, dot, "AsAsyncEnumerable()");

        return current.WithTrailingTrivia(trailing);
    }

    private static ExpressionSyntax Call(ExpressionSyntax receiver, SyntaxToken dot, string call)
    {
        var parsed = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression("x." + call);
        return parsed.WithExpression(((MemberAccessExpressionSyntax)parsed.Expression).WithExpression(receiver).WithOperatorToken(dot));
    }

    private static SyntaxTrivia Indentation(SyntaxToken dot) => dot.LeadingTrivia.LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));

    private static SyntaxTrivia EndOfLine(SyntaxTriviaList trivia) => trivia.LastOrDefault(t => t.IsKind(SyntaxKind.EndOfLineTrivia));
}
