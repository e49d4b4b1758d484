using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>A loop whose body is: locals that the call needs, the statement that awaits it, and what is done with the answer.</summary>
/// <param name="Item">The loop.</param>
/// <param name="Each">The <c>foreach</c>.</param>
/// <param name="Before">Locals that are declared before the call.</param>
/// <param name="Waiting">The statement that awaits.</param>
/// <param name="After">The statements behind it.</param>
/// <param name="Result">What the body calls the answer; null where it has no name.</param>
internal sealed record BatchedLoop(ItemLoop Item, ForEachStatementSyntax Each, List<StatementSyntax> Before, StatementSyntax Waiting, List<StatementSyntax> After, string? Result)
{
    /// <summary>The loop in this shape, where its items can be taken in batches; null where they cannot.</summary>
    public static BatchedLoop? Of(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<AwaitExpressionSyntax>() is not { } waited || ItemLoop.Around(waited) is not { Loop: ForEachStatementSyntax each } item || each.ContainsDirectives
            || !CanBeTakenInBatches(each, finding)
            // What came before the failure is used.
            || SwallowedFailures.Of(each))
        {
            return null;
        }

        var statements = each.Statement is BlockSyntax block ? block.Statements.ToList() : [each.Statement];
        var at = statements.FindIndex(statement => statement.Span.Contains(waited.Span));
        if (at < 0 || statements[at] is not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables.Count: 1 })
            || waited.FirstAncestorOrSelf<SyntaxNode>(node => node == statements[at] || IsConditional(node)) != statements[at])
        {
            return null;
        }

        var (before, after) = (statements.Take(at).ToList(), statements.Skip(at + 1).ToList());
        if (before.Any(statement => statement is not LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 }) || before.SelectMany(DeclaredBy).Any(name => statements.Skip(at).Any(later => Names(later, name, waited))))
            return null;

        string? result = null;
        if (statements[at] is LocalDeclarationStatementSyntax local && local.Declaration.Variables[0] is { Initializer: { } value } variable && value.Value == waited)
        {
            if (!KeepsType(local, waited, finding) || after.Any(statement => IsSet(statement, variable.Identifier.ValueText)))
                return null;

            result = variable.Identifier.ValueText;
        }

        return new BatchedLoop(item, each, before, statements[at], after, result);
    }

    /// <summary>The list that the answers go to, where the body does nothing else with them; null elsewhere.</summary>
    public ExpressionSyntax? List(Finding finding)
    {
        var (adding, value) = (Result, After) switch
        {
            (null, { Count: 0 }) => (Waiting, (ExpressionSyntax)Item.Await),
            ({ } name, { Count: 1 } rest) => (rest[0], SyntaxFactory.IdentifierName(name)),
            _ => (null!, null!),
        };
        return adding is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add", Expression: IdentifierNameSyntax list }, ArgumentList.Arguments: { Count: 1 } arguments } }
            && SyntaxFactory.AreEquivalent(arguments[0].Expression, value)
            && finding.Model.GetTypeInfo(list, finding.Cancel).Type is INamedTypeSymbol { TypeArguments: { Length: 1 } element } type && finding.Types.Is(type, "System.Collections.Generic.List`1")
            && finding.Model.GetTypeInfo(Item.Await, finding.Cancel).Type is { } given && finding.Model.Compilation.ClassifyConversion(given, element[0]) is { IsImplicit: true } conversion && (conversion.IsIdentity || conversion.IsReference)
                ? list
                : null;
    }

    public bool UsesItem => UsesOf(Item.Item, After, Waiting, Item.Await);

    /// <summary>What stands before the statement on its line: the formatter lines a lambda's block up with its brace, which it leaves where it stands.</summary>
    public static string Indentation(StatementSyntax statement)
    {
        var leading = statement.GetLeadingTrivia();
        return leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? leading[leading.Count - 1].ToString() : "";
    }

    private static bool UsesOf(string name, List<StatementSyntax> after, StatementSyntax waiting, AwaitExpressionSyntax waited) =>
        after.Append(waiting).Any(statement => Names(statement, name, waited));

    /// <summary>
    /// Only items that are a sequence of just this type, and a framework that has <c>Chunk</c>. What the loop has found out about an
    /// item that may be null is not known in a function of its own.
    /// </summary>
    private static bool CanBeTakenInBatches(ForEachStatementSyntax each, Finding finding)
    {
        var info = finding.Model.GetForEachStatementInfo(each);
        return finding.Types["System.Linq.Enumerable"]?.GetMembers("Chunk").IsEmpty == false && info.ElementType is { } element && info.ElementConversion.IsIdentity
            && finding.Model.GetTypeInfo(each.Expression, finding.Cancel).Type is { } type
            && (Is(type) || type.AllInterfaces.Any(Is));

        bool Is(ITypeSymbol type) => finding.Types.Is(type, "System.Collections.Generic.IEnumerable`1") && ((INamedTypeSymbol)type).TypeArguments[0] is var item
            && SymbolEqualityComparer.Default.Equals(item, element) && !(item.IsReferenceType && item.NullableAnnotation == NullableAnnotation.Annotated);
    }

    /// <summary>Whether the declared type is what the call gives.</summary>
    private static bool KeepsType(LocalDeclarationStatementSyntax local, AwaitExpressionSyntax waited, Finding finding) =>
        local.Declaration.Type.IsVar || SymbolEqualityComparer.Default.Equals(finding.Model.GetTypeInfo(local.Declaration.Type, finding.Cancel).Type, finding.Model.GetTypeInfo(waited, finding.Cancel).Type);

    private static bool IsConditional(SyntaxNode node) => node is ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or AnonymousFunctionExpressionSyntax or SwitchExpressionSyntax
        or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression }
        or AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression };

    private static IEnumerable<string> DeclaredBy(StatementSyntax statement) =>
        statement.DescendantNodes().Select(node => node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
            _ => "",
        }).Where(name => name != "");

    private static bool Names(SyntaxNode code, string name, SyntaxNode except) =>
        code.DescendantNodes(node => node != except).Any(node => node is IdentifierNameSyntax used && used.Identifier.ValueText == name);

    private static bool IsSet(SyntaxNode code, string name) => code.DescendantNodes().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.ValueText == name
        && (used.Parent is AssignmentExpressionSyntax set && set.Left == used || used.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }));

    /// <summary>A name for one answer where the body has none: <c>price</c> for <c>item.Price = await …</c> and for <c>GetPriceAsync</c>.</summary>
    public string NameOfResult()
    {
        if (Result is not null)
            return Result;

        var name = Waiting is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax member } set } && set.Right == Item.Await ? member.Name.Identifier.ValueText : Item.Name.Identifier.ValueText;
        if (name.EndsWith(AsyncTwins.Suffix, StringComparison.Ordinal))
            name = name.Substring(0, name.Length - AsyncTwins.Suffix.Length);

        if (name.StartsWith("Get", StringComparison.Ordinal))
            name = name.Substring(3);

        return name.Length == 0 || name is "String" or "FromJson" or "ById" ? "result" : char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    /// <summary>More than one of them.</summary>
    public static string Plural(string name) => name.Length < 3 ? "results"
        : name.EndsWith("y", StringComparison.Ordinal) && name.Length > 1 && "aeiou".IndexOf(name[name.Length - 2]) < 0 ? name.Substring(0, name.Length - 1) + "ies"
        : name.EndsWith("s", StringComparison.Ordinal) || name.EndsWith("x", StringComparison.Ordinal) ? name + "es"
        : name + "s";
}
