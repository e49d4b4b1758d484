using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF113: async code that returns nothing to wait for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF113",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Warning,
        Fix = FixKind.Review,
        Title = "async void",
        Message = "Nobody can wait for {0}: it runs on behind the request, and an exception in it ends the process; let it return a Task",
        Why = """
            An `async void` function returns to its caller at its first `await`. The rest runs when nobody looks: behind the response,
            on a scope whose `DbContext` may be disposed, beside the next request, without any limit on how many run at once. What it throws reaches no
            `try` of any caller; it is thrown on a pool thread and ends the process, with all requests in it.
            """,
        SeenIn = "The process ends with an unhandled exception that no request log mentions; `ObjectDisposedException` of a `DbContext`; load that no request accounts for.",
        Unless = """
            A framework demands the shape, or the work is meant to go on behind its caller: then catch everything inside and log it, or hand it to a
            `BackgroundService`. The fix makes callers wait, which is why it asks for review; it is not offered where the function waits on purpose (`Task.Delay`) or
            loops without an end.
            """,
        Options = System.Collections.Immutable.ImmutableArray.Create<Option>(CommonOptions.Scope, CommonOptions.KeepPublicApi),
        Bad = """
            using System.IO;
            using System.Threading.Tasks;

            class Journal
            {
                async Task PlaceAsync(string order)
                {
                    Note(order);
                    await Task.Yield();
                }

                async void [|Note|](string line) => await File.AppendAllTextAsync("journal.txt", line);
            }
            """,
        Good = """
            using System.IO;
            using System.Threading.Tasks;

            class Journal
            {
                async Task PlaceAsync(string order)
                {
                    await NoteAsync(order);
                    await Task.Yield();
                }

                async Task NoteAsync(string line) => await File.AppendAllTextAsync("journal.txt", line);
            }
            """,
    };

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.Task is null)
            return;

        rule.On<MethodDeclarationSyntax>((site, method) =>
        {
            if (method.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(method.ReturnType) && Looks(site)
                && site.Model.GetDeclaredSymbol(method, site.Cancel) is { } symbol && !EventHandlers.Are(symbol, method, site.Model, site.Cancel))
            {
                Report(site, method.Identifier, $"'{symbol.ContainingType.Name}.{symbol.Name}'");
            }
        }, SyntaxKind.MethodDeclaration);

        rule.On<LocalFunctionStatementSyntax>((site, local) =>
        {
            if (local.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(local.ReturnType) && Looks(site)
                && site.Model.GetDeclaredSymbol(local, site.Cancel) is IMethodSymbol symbol && !EventHandlers.Are(symbol, local, site.Model, site.Cancel))
            {
                Report(site, local.Identifier, $"'{symbol.Name}'");
            }
        }, SyntaxKind.LocalFunctionStatement);

        rule.On<AnonymousFunctionExpressionSyntax>((site, lambda) =>
        {
            if (lambda.AsyncKeyword.RawKind != 0 && !EventHandlers.MayBe(lambda) && Looks(site)
                && site.Model.GetTypeInfo(lambda, site.Cancel).ConvertedType is INamedTypeSymbol { DelegateInvokeMethod: { ReturnsVoid: true } invoke } type
                && !EventHandlers.Are(type, invoke))
            {
                Report(site, lambda.AsyncKeyword, $"this lambda, which '{type.ToMinimalDisplayString(site.Model, lambda.SpanStart)}' makes async void");
            }
        }, SyntaxKind.SimpleLambdaExpression, SyntaxKind.ParenthesizedLambdaExpression, SyntaxKind.AnonymousMethodExpression);
    }

    private static bool IsVoid(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    /// <summary>Programs with windows have their own need for it: the rule looks at servers.</summary>
    private static bool Looks(Site site) => site.Read(CommonOptions.Scope) == Scope.All || ServerFrameworks.AreReferencedBy(site.Rule.Compilation);

    private static void Report(Site site, SyntaxToken at, string what)
    {
        if (at.Span.Length > 0)
            site.Report(at.GetLocation(), site.PathTo(at.Parent is AnonymousFunctionExpressionSyntax lambda ? lambda.Body : at.Parent!), what);
    }
}
