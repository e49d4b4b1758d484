using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Rules.Collections;

/// <summary>A local collection that is only ever tested and added to becomes a set itself: nobody sees its order or its duplicates.</summary>
internal static class LocalSetFix
{
    public static Plan? Plan(Finding finding, MembershipTest test)
    {
        if (finding.Model.GetSymbolInfo(test.Collection, finding.Cancel).Symbol is not ILocalSymbol { IsRef: false } local
            || local.DeclaringSyntaxReferences is not { Length: 1 } references
            || references[0].GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Initializer: { } initializer, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } declaration } declarator
            || UsesOf(finding, local, test, declarator) is not { } uses || FormOf(finding, initializer.Value, declaration, uses) is not { } form)
        {
            return null;
        }

        return Fixing.Plan.Edit(finding, edits =>
        {
            var comparer = SetCreation.ComparerOf(test, edits, finding.Types);
            Declare(edits, declaration, initializer.Value, form, comparer, test, uses.Tests.Any(other => SetCreation.AsksNull(other, finding.Model)));
            foreach (var other in uses.Tests)
                MembershipEdits.UseSet(edits, other, null);

            foreach (var addition in uses.Additions)
                TestByAdding(edits, addition, uses.Tests);

            foreach (var range in uses.Ranges)
                edits.Replace(range, current => SyntaxFactory.IdentifierName("UnionWith").WithTriviaFrom(current));
        }) with
        { Key = (finding.Document.Id, statement.SpanStart, local.Name), Title = $"Make '{local.Name}' a HashSet" };
    }

    private static Uses? UsesOf(Finding finding, ILocalSymbol local, MembershipTest test, VariableDeclaratorSyntax declarator)
    {
        var (model, types, cancel) = (finding.Model, finding.Types, finding.Cancel);
        SyntaxNode scope = declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>(m => m is not GlobalStatementSyntax) ?? declarator.SyntaxTree.GetRoot(cancel);
        var uses = new Uses([], [], []);
        foreach (var use in new CollectionUses(model, types, cancel).UsesOf(local, scope))
        {
            if (ExpressionTrees.Contain(use, model, types, cancel))
                return null;

            var call = use.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax invoked } ? invoked : use.Parent?.Parent?.Parent as InvocationExpressionSyntax;
            var other = call is not null && Calls.NameOf(call) is { } name ? MembershipTests.Of(call, name, model, types, cancel) : null;
            other ??= use.Parent is MemberAccessExpressionSyntax { Parent: ArgumentSyntax } group ? MembershipTests.OfMethodGroup(group, model, types, cancel) : null;
            if (other?.Collection == use)
            {
                if (!other.ComparesAs(test) || !SetEquality.IsTheSame(other, model, types, cancel))
                    return null;

                uses.Tests.Add(other);
            }
            else if (!uses.Take(use))
            {
                return null;
            }
        }

        return uses;
    }

    private static Form? FormOf(Finding finding, ExpressionSyntax value, VariableDeclarationSyntax declaration, Uses uses)
    {
        var (model, types, cancel) = (finding.Model, finding.Types, finding.Cancel);
        var type = model.GetTypeInfo(value, cancel).Type;
        switch (value)
        {
            case BaseObjectCreationExpressionSyntax creation when types.Is(type, "System.Collections.Generic.List`1"):
                return creation is ObjectCreationExpressionSyntax { Type: not GenericNameSyntax } || !CanBeSized(finding, creation) ? null : Form.Creation;
            case { RawKind: NewSyntax.CollectionExpression } when !declaration.Type.IsVar && types.Is(model.GetTypeInfo(value, cancel).ConvertedType, "System.Collections.Generic.List`1"):
                return Form.CollectionExpression;
            case InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call when Calls.NameOf(call)?.Identifier.ValueText is "ToList" or "ToArray" && call.Expression is MemberAccessExpressionSyntax:
                return IsLinq(call) ? Form.Copy : null;
            case InvocationExpressionSyntax call when declaration.Type.IsVar && uses.Additions.Count == 0 && DeferredQueries.IsDeferred(type, types) && IsLinq(call)
                && new StableContent(model, types, cancel).IsProven(call, declaration.Parent!.Parent!):
                return Form.Query;
            default:
                return null;
        }

        bool IsLinq(InvocationExpressionSyntax call) => model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { ReducedFrom: { } method } && types.Is(method.ContainingType, "System.Linq.Enumerable");
    }

    /// <summary>A capacity needs the constructor that older frameworks' sets lack.</summary>
    private static bool CanBeSized(Finding finding, BaseObjectCreationExpressionSyntax creation) => creation.ArgumentList is not { Arguments.Count: > 0 } arguments
        || finding.Model.GetTypeInfo(arguments.Arguments[0].Expression, finding.Cancel).Type?.SpecialType != SpecialType.System_Int32
        || finding.Types["System.Collections.Generic.HashSet`1"]!.InstanceConstructors.Any(constructor => constructor.Parameters is { Length: 1 } parameters && parameters[0].Type.SpecialType == SpecialType.System_Int32);

    private static void Declare(DocumentEdits edits, VariableDeclarationSyntax declaration, ExpressionSyntax value, Form form, string comparer, MembershipTest test, bool asksNull)
    {
        var method = asksNull ? $"ToHashSet<{test.Element.ToMinimalDisplayString(edits.Model, NullableFlowState.None, value.SpanStart)}?>" : "ToHashSet";
        if (!declaration.Type.IsVar)
        {
            edits.Replace(declaration.Type, current => SyntaxFactory.ParseTypeName(
                edits.NameOf(edits.Model.Compilation.GetTypeByMetadataName("System.Collections.Generic.HashSet`1")!.Construct(test.Element), value.SpanStart)).WithTriviaFrom(current));
        }

        switch (form)
        {
            case Form.Creation:
                if (value is ObjectCreationExpressionSyntax { Type: GenericNameSyntax name })
                    edits.Replace(name, current => current.WithIdentifier(SyntaxFactory.Identifier("HashSet").WithTriviaFrom(current.Identifier)));

                if (comparer.Length > 0)
                {
                    edits.Replace((BaseObjectCreationExpressionSyntax)value, current => current.WithArgumentList((current.ArgumentList ?? SyntaxFactory.ArgumentList())
                        .AddArguments(SyntaxFactory.Argument(SyntaxFactory.ParseExpression(comparer)).WithLeadingTrivia(current.ArgumentList?.Arguments.Count > 0 ? SyntaxFactory.TriviaList(SyntaxFactory.Space) : default))));
                }

                break;
            case Form.Copy:
                edits.Import("System.Linq");
                edits.Replace((InvocationExpressionSyntax)value, current => current
                    .WithExpression(((MemberAccessExpressionSyntax)current.Expression).WithName((SimpleNameSyntax)SyntaxFactory.ParseName(method)))
                    .WithArgumentList(SyntaxFactory.ParseArgumentList($"({comparer})").WithTriviaFrom(current.ArgumentList)));
                break;
            case Form.Query:
                edits.Replace(value, current => SyntaxFactory.InvocationExpression(
                    SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, (ExpressionSyntax)current, (SimpleNameSyntax)SyntaxFactory.ParseName(method)),
                    SyntaxFactory.ParseArgumentList($"({comparer})")));
                break;
        }
    }

    /// <summary><c>if (!seen.Contains(x)) seen.Add(x);</c> is what <c>seen.Add(x)</c> does, which also says whether it was new.</summary>
    private static void TestByAdding(DocumentEdits edits, InvocationExpressionSyntax addition, List<MembershipTest> tests)
    {
        var statement = (ExpressionStatementSyntax)addition.Parent!;
        if (MembershipEdits.Guarding(statement, addition.ArgumentList.Arguments[0].Expression, tests) is not { } test || !PureReads.IsPath(test.Item!))
            return;

        var negation = MembershipEdits.NegationOf(test);
        var branch = statement.FirstAncestorOrSelf<IfStatementSyntax>()!;
        if (statement.Parent is BlockSyntax { Statements.Count: > 1 })
        {
            edits.Replace(negation, current => addition.WithoutTrivia().WithTriviaFrom(current));
            edits.Remove(statement);
        }
        else if (branch.Condition == negation && branch.Else is null && branch.Parent is not ElseClauseSyntax)
        {
            edits.Replace(branch, current => statement.WithTriviaFrom(current));
        }
    }

    private enum Form
    {
        Creation,
        CollectionExpression,
        Copy,
        Query,
    }

    /// <summary>The uses of a local that a set serves as well.</summary>
    private sealed record Uses(List<MembershipTest> Tests, List<InvocationExpressionSyntax> Additions, List<SimpleNameSyntax> Ranges)
    {
        /// <summary>Takes a use that is no test: an addition, or the question whether there is any element.</summary>
        public bool Take(ExpressionSyntax use)
        {
            switch (use.Parent)
            {
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } call } member when member.Expression == use && call.ArgumentList.Arguments.Count == 1:
                    if (member.Name.Identifier.ValueText == "Add")
                        Additions.Add(call);
                    else if (member.Name.Identifier.ValueText == "AddRange")
                        Ranges.Add(member.Name);
                    else
                        return false;

                    return true;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Any", Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } }:
                    return true;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count", Parent: BinaryExpressionSyntax { Right: LiteralExpressionSyntax { Token.Value: 0 } } }:
                    return true;
                default:
                    return false;
            }
        }
    }
}
