using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>What a reference is to its function.</summary>
/// <param name="Kind">How it names the function.</param>
/// <param name="Call">The call, where it is one.</param>
/// <param name="Place">What becomes an await: the call, or the statement around it; null where only the name changes.</param>
/// <param name="Blocker">Why nothing there can await; null where something can.</param>
internal readonly record struct SiteReading(SiteKind Kind, InvocationExpressionSyntax? Call, SyntaxNode? Place, string? Blocker)
{
    public static SiteReading Blocked(string reason) => new(SiteKind.Call, null, null, reason);
}

/// <summary>What becomes of a place that names a function which returns a task from now on.</summary>
internal static class CallSites
{
    /// <summary>Whether the name is only read, not called: <c>nameof</c> or a documentation comment.</summary>
    public static bool IsOnlyName(SimpleNameSyntax name) => name.IsPartOfStructuredTrivia() || ExpressionTrees.IsOnlyNamed(name);

    /// <summary>The call that <paramref name="name"/> is the method of; null for a method group.</summary>
    public static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name) =>
        WholeName(name) is { Parent: InvocationExpressionSyntax call } whole && call.Expression == whole ? call : null;

    /// <summary><c>a.M</c> for the name <c>M</c>.</summary>
    public static ExpressionSyntax WholeName(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax member when member.Name == name => member,
        MemberBindingExpressionSyntax binding => binding,
        AliasQualifiedNameSyntax alias => alias,
        _ => name,
    };

    /// <summary>
    /// The statement <c>a?.M();</c> that the call makes up, where <c>a</c> is read twice without harm: a local, a
    /// parameter or a readonly field.
    /// </summary>
    public static ExpressionStatementSyntax? ConditionalStatementOf(InvocationExpressionSyntax call, SemanticModel model) =>
        call is { Expression: MemberBindingExpressionSyntax, Parent: ConditionalAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver, Parent: ExpressionStatementSyntax statement } access }
        && access.WhenNotNull == call
        && model.GetSymbolInfo(receiver).Symbol is ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol { RefKind: RefKind.None } or IFieldSymbol { IsReadOnly: true }
        && model.GetTypeInfo(receiver).Type is { IsReferenceType: true }
            ? statement
            : null;

    /// <summary>How a reference names its function and what has to await for it, or why nothing there can.</summary>
    public static SiteReading Read(Source source, SimpleNameSyntax name, IReadOnlyList<FunctionKey?> others, CancellationToken cancel)
    {
        if (IsOnlyName(name))
            return name.FirstAncestorOrSelf<AttributeSyntax>() is null ? new SiteReading(SiteKind.Name, null, null, null) : SiteReading.Blocked("named in an attribute");

        if (CallOf(name) is not { } call)
        {
            return others.Count <= 1 && DelegateTargets.TakeTasksToo(WholeName(name), source.Model, source.Types, cancel)
                ? new SiteReading(SiteKind.Group, null, null, null)
                : SiteReading.Blocked("given away as a delegate that returns no task");
        }

        if (others.Count > 0)
            return SiteReading.Blocked("a call does not bind");

        if (AggregateHandlers.Cover(call))
            return SiteReading.Blocked("its handler expects what a blocking wait throws");

        return AwaitPlace.IsInConditionalAccess(call) && ConditionalStatementOf(call, source.Model) is { } statement
            ? new SiteReading(SiteKind.ConditionalCall, call, statement, null)
            : new SiteReading(SiteKind.Call, call, call, null);
    }

    public static void Edit(DocumentEdits edits, CallSite site, string newName)
    {
        switch (site.Kind)
        {
            case SiteKind.Call:
                var call = CallOf(site.Name)!;
                edits.Replace(call, current => Awaits.Of(Renamed(current, newName), call, edits.Model));
                break;
            case SiteKind.ConditionalCall:
                var statement = site.Name.FirstAncestorOrSelf<ExpressionStatementSyntax>()!;
                edits.Replace(statement, current => Guarded(current, statement, newName, edits.Model));
                break;
            default:
                edits.Replace(site.Name, current => current.WithIdentifier(Identifier(current.Identifier, newName)));
                break;
        }
    }

    public static SyntaxToken Identifier(SyntaxToken old, string name) => SyntaxFactory.Identifier(name).WithTriviaFrom(old);

    private static InvocationExpressionSyntax Renamed(InvocationExpressionSyntax call, string newName)
    {
        var name = Calls.NameOf(call)!;
        return name.Identifier.ValueText == newName ? call : call.ReplaceToken(name.Identifier, Identifier(name.Identifier, newName));
    }

    /// <summary><c>a?.M();</c> → <c>if (a is not null) await a.MAsync();</c>.</summary>
    private static StatementSyntax Guarded(ExpressionStatementSyntax current, ExpressionStatementSyntax original, string newName, SemanticModel model)
    {
        var access = (ConditionalAccessExpressionSyntax)current.Expression;
        var call = Renamed((InvocationExpressionSyntax)access.WhenNotNull, newName);
        var receiver = access.Expression.WithoutTrivia();
        var direct = call.WithExpression(SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, receiver, ((MemberBindingExpressionSyntax)call.Expression).Name));
        var awaited = SyntaxFactory.ExpressionStatement(Awaits.Of(direct, original.Expression, model).WithoutTrivia());
        var test = ((CSharpParseOptions)original.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp9
            ? SyntaxFactory.ParseExpression($"{receiver} is not null")
            : SyntaxFactory.ParseExpression($"{receiver} != null");
        StatementSyntax guarded = SyntaxFactory.IfStatement(test, SyntaxFactory.Block(awaited));

        // An `else` that follows belongs to the statement around.
        if (original.Parent is not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax))
            guarded = SyntaxFactory.Block(guarded);

        return guarded.WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation);
    }
}
