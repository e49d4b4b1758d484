using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Tasks;

/// <summary>The values of local variables that get one where they are declared and no other.</summary>
internal sealed class LocalValues(SemanticModel model, CancellationToken cancel)
{
    /// <summary>The value; null where the variable has none or several.</summary>
    public IOperation? Of(ISymbol variable) => variable is ILocalSymbol && variable.DeclaringSyntaxReferences is { Length: 1 } references
        && references[0].GetSyntax(cancel) is VariableDeclaratorSyntax { Initializer.Value: { } value } declarator && value.SyntaxTree == model.SyntaxTree
        && !IsAssignedIn(ScopeOf(declarator), variable.Name)
            ? model.GetOperation(value, cancel)
            : null;

    /// <summary>The member around a node, or the file for top-level statements.</summary>
    public static SyntaxNode ScopeOf(SyntaxNode node) =>
        (SyntaxNode?)node.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? node.SyntaxTree.GetRoot();

    private static bool IsAssignedIn(SyntaxNode scope, string name) => scope.DescendantNodes().Any(node => node switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } => left.Identifier.ValueText == name,
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax tuple } => tuple.Arguments.Any(argument => argument.Expression is IdentifierNameSyntax part && part.Identifier.ValueText == name),
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword, Expression: IdentifierNameSyntax given } => given.Identifier.ValueText == name,
        _ => false,
    });
}
