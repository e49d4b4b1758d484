using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Whether a <c>ParallelOptions</c> sets a degree.</summary>
internal static class ParallelDegrees
{
    private const string Degree = "MaxDegreeOfParallelism";

    /// <summary>Whether the options are seen to be made without a degree, and nobody sets one later.</summary>
    public static bool AreMissing(ExpressionSyntax options, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        CreationOf(options, model, cancel) is { } creation && types.Is(model.GetTypeInfo(creation, cancel).Type, "System.Threading.Tasks.ParallelOptions")
        && !Sets(creation, model, cancel);

    /// <summary>Where the options come from: the creation itself, or that of the variable that holds nothing else and is given to nobody who could set it.</summary>
    public static BaseObjectCreationExpressionSyntax? CreationOf(ExpressionSyntax options, SemanticModel model, CancellationToken cancel)
    {
        options = Wrappings.Without(options);
        if (options is BaseObjectCreationExpressionSyntax creation)
            return creation;

        if (model.GetSymbolInfo(options, cancel).Symbol is not { } variable || ValueOf(variable, cancel) is not BaseObjectCreationExpressionSyntax made || made.SyntaxTree != options.SyntaxTree)
            return null;

        SyntaxNode? scope = variable switch
        {
            ILocalSymbol => TaskCalls.MemberAround(options),
            IFieldSymbol { DeclaredAccessibility: Accessibility.Private } or IPropertySymbol { DeclaredAccessibility: Accessibility.Private, SetMethod: null } => variable.ContainingType.DeclaringSyntaxReferences is { Length: 1 } only ? only[0].GetSyntax(cancel) : null,
            _ => null,
        };

        return scope is not null && IsOnlyRead(variable, scope, model, cancel) ? made : null;
    }

    /// <summary>The element of the initializer that says the degree; null where there is none.</summary>
    public static AssignmentExpressionSyntax? DegreeIn(BaseObjectCreationExpressionSyntax creation)
    {
        foreach (var element in creation.Initializer?.Expressions ?? [])
        {
            if (element is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: Degree } } assignment)
                return assignment;
        }

        return null;
    }

    /// <summary>Whether the initializer sets a degree other than -1, which means none, or hands the work to another scheduler.</summary>
    private static bool Sets(BaseObjectCreationExpressionSyntax creation, SemanticModel model, CancellationToken cancel)
    {
        if (DegreeIn(creation) is { } degree && model.GetConstantValue(degree.Right, cancel).Value is not -1)
            return true;

        foreach (var element in creation.Initializer?.Expressions ?? [])
        {
            if (element is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "TaskScheduler" } } scheduler
                && !(scheduler.Right is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Default" or "Current" }))
            {
                return true;
            }
        }

        return false;
    }

    private static ExpressionSyntax? ValueOf(ISymbol variable, CancellationToken cancel) =>
        variable.DeclaringSyntaxReferences is { Length: 1 } references ? references[0].GetSyntax(cancel) switch
        {
            VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
            _ => null,
        } : null;

    /// <summary>Whether every mention gives the options to <c>Parallel</c>, or reads or sets a member other than the degree and the scheduler.</summary>
    private static bool IsOnlyRead(ISymbol variable, SyntaxNode scope, SemanticModel model, CancellationToken cancel)
    {
        foreach (var node in scope.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != variable.Name || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, variable))
                continue;

            ExpressionSyntax use = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            var isFine = use.Parent switch
            {
                ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax call } => model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { ContainingType: { Name: "Parallel", ContainingNamespace.Name: "Tasks" } },
                MemberAccessExpressionSyntax member => member.Expression == use && !(member.Name.Identifier.ValueText is Degree or "TaskScheduler" && member.Parent is AssignmentExpressionSyntax set && set.Left == member),
                _ => false,
            };

            if (!isFine)
                return false;
        }

        return true;
    }
}
