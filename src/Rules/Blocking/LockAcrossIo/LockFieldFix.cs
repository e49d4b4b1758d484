using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Locks;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>A private field that is nothing but a lock, with all that is done with it.</summary>
/// <param name="Symbol">The field.</param>
/// <param name="Declaration">Where it is declared, alone.</param>
/// <param name="Creations">The <c>new object()</c> that it is given.</param>
/// <param name="Uses">Every place that takes the lock.</param>
internal sealed record LockFieldFix(IFieldSymbol Symbol, FieldDeclarationSyntax Declaration, IReadOnlyList<BaseObjectCreationExpressionSyntax> Creations, IReadOnlyList<LockUseFix> Uses)
{
    /// <summary>The type whose lock it is.</summary>
    public TypeDeclarationSyntax Home => (TypeDeclarationSyntax)Declaration.Parent!;

    /// <summary>The field that <paramref name="region"/> locks; null where something else may be done with the object, or from another document.</summary>
    public static LockFieldFix? Of(LockRegion region, Finding finding)
    {
        var cancel = finding.Cancel;
        if (finding.Model.GetSymbolInfo(region.Lock, cancel).Symbol is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: { Length: 1 } declared, IsVolatile: false } field
            || !(field.Type.SpecialType == SpecialType.System_Object || finding.Types.Is(field.Type, "System.Threading.Lock"))
            || field.ContainingType is not { TypeKind: TypeKind.Class } type || IsSerialized(type)
            || declared[0].GetSyntax(cancel) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax declaration } } variable
            || declaration.SyntaxTree != finding.Node.SyntaxTree)
        {
            return null;
        }

        var creations = new List<BaseObjectCreationExpressionSyntax>();
        if (variable.Initializer is { } initializer)
        {
            if (!IsPlainCreation(initializer.Value))
                return null;

            creations.Add((BaseObjectCreationExpressionSyntax)initializer.Value);
        }

        var uses = new List<LockUseFix>();
        foreach (var part in type.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax(cancel).DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != field.Name)
                    continue;

                if (name.SyntaxTree != finding.Node.SyntaxTree)
                    return null;

                if (!SymbolEqualityComparer.Default.Equals(finding.Model.GetSymbolInfo(name, cancel).Symbol?.OriginalDefinition, field.OriginalDefinition) || ExpressionTrees.IsOnlyNamed(name))
                    continue;

                var whole = name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? (ExpressionSyntax)member : name;
                if (IsCreatedIn(whole, out var creation))
                    creations.Add(creation!);
                else if (!IsSameTwice(whole, finding.Model, cancel))
                    return null;
                else if (LockUseFix.Of(whole, finding.Model, finding.Types, cancel) is not { } use)
                    return null;
                else if (uses.All(other => other.Region.Anchor != use.Region.Anchor))
                    uses.Add(use);
            }
        }

        return creations.Count == 0 || uses.Count == 0 ? null : new LockFieldFix(field, declaration, creations, uses);
    }

    /// <summary>A serializer reads private fields too, and a semaphore is none that it could write.</summary>
    private static bool IsSerialized(INamedTypeSymbol type) => type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "SerializableAttribute" or "DataContractAttribute");

    /// <summary><c>_lock = new object();</c> in a constructor.</summary>
    private static bool IsCreatedIn(ExpressionSyntax mention, out BaseObjectCreationExpressionSyntax? creation)
    {
        creation = mention is { Parent: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax } assignment } && assignment.Left == mention
            && IsPlainCreation(assignment.Right) && mention.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is not null
            && Functions.Enclosing(mention) is ConstructorDeclarationSyntax
                ? (BaseObjectCreationExpressionSyntax)assignment.Right
                : null;
        return creation is not null;
    }

    /// <summary>Whether the mention names the same lock when it is taken and when it is given back: its owner is not asked for anew, nor replaced meanwhile.</summary>
    private static bool IsSameTwice(ExpressionSyntax mention, SemanticModel model, CancellationToken cancel)
    {
        if (mention is not MemberAccessExpressionSyntax { Expression: var owner } || owner is ThisExpressionSyntax)
            return true;

        return model.GetSymbolInfo(owner, cancel).Symbol switch
        {
            INamedTypeSymbol => true,
            IFieldSymbol { IsReadOnly: true } => owner is IdentifierNameSyntax || IsSameTwice(owner, model, cancel),
            ILocalSymbol or IParameterSymbol => owner is IdentifierNameSyntax name && Functions.Enclosing(mention)?.DescendantNodes().Any(node => node is IdentifierNameSyntax other
                && other.Identifier.ValueText == name.Identifier.ValueText && other.Parent is AssignmentExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 }) == false,
            _ => false,
        };
    }

    private static bool IsPlainCreation(ExpressionSyntax value) => value is BaseObjectCreationExpressionSyntax { Initializer: null } creation && creation.ArgumentList?.Arguments.Count is null or 0;

    /// <summary>The type of the field and what it is given.</summary>
    public void Edit(DocumentEdits edits)
    {
        var semaphore = edits.NameOf(edits.Model.Compilation.GetTypeByMetadataName("System.Threading.SemaphoreSlim")!, Declaration.SpanStart);
        edits.Replace(Declaration.Declaration.Type, current => SyntaxFactory.ParseTypeName(semaphore).WithTriviaFrom(current));
        foreach (var creation in Creations)
        {
            edits.Replace(creation, current => SyntaxFactory.ParseExpression(current is ImplicitObjectCreationExpressionSyntax ? "new(1, 1)" : $"new {semaphore}(1, 1)").WithTriviaFrom(current));
        }
    }
}
