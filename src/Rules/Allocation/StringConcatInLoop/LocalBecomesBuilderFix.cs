using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Allocation;

/// <summary>The local itself becomes the builder: the smallest change, where its text is wanted once.</summary>
internal static class LocalBecomesBuilder
{
    public static bool IsPossible(GrowingText text, SemanticModel model, CancellationToken cancel)
    {
        if (text.OwnStatement is not { } statement || text.Uses.Any(use => use.IsCaptured) || !NonNullText.Is(statement.Declaration.Variables[0].Initializer!.Value, model, cancel))
            return false;

        var reads = 0;
        foreach (var use in text.Uses)
        {
            if (use.IsConvertible || IsBeforeAll(use, text, model, cancel))
                continue;

            if (use.Use != TextUse.Read || (use.Loop is not null && !IsFollowedByReset(use, text)))
                return false;

            if (use.Loop is null && ++reads > 1)
                return false;
        }

        return true;
    }

    public static void Edit(DocumentEdits edits, GrowingText text, KnownTypes types)
    {
        var name = text.Symbol.Name;
        var declarator = (VariableDeclaratorSyntax)text.Declaration;
        var declaration = (VariableDeclarationSyntax)declarator.Parent!;
        var builder = edits.NameOf(types["System.Text.StringBuilder"]!, declaration.SpanStart);
        edits.Replace(declaration.Type, NewBuilder.DeclaredType(edits, builder).WithTriviaFrom(declaration.Type));
        edits.Replace(declarator.Initializer!.Value, current => NewBuilder.Of(builder, current, TextUses.IsEmpty(declarator.Initializer.Value, edits.Model, default)));
        foreach (var use in text.Uses)
        {
            if (IsBeforeAll(use, text, edits.Model, default))
                BuilderReads.Replace(edits, use.Reference, declarator.Initializer.Value.WithoutTrivia());
            else
                BuilderReads.Rewrite(edits, use, name);
        }
    }

    /// <summary>Whether the text is read while it is still the empty one that it starts with.</summary>
    private static bool IsBeforeAll(UseSite use, GrowingText text, SemanticModel model, CancellationToken cancel) =>
        use is { Use: TextUse.Read, Loop: null } && text.Uses.All(other => other.Use is not (TextUse.Append or TextUse.Write) || other.Reference.SpanStart > use.Reference.Span.End)
        && TextUses.IsEmpty(((VariableDeclaratorSyntax)text.Declaration).Initializer!.Value, model, cancel)
        && !text.Scope.DescendantNodes().Any(node => node is LabeledStatementSyntax);

    /// <summary>A text that is taken and then started anew is made once for all its appends.</summary>
    private static bool IsFollowedByReset(UseSite read, GrowingText text)
    {
        if (read.Reference.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax or SwitchSectionSyntax } statement)
            return false;

        var rest = statement.Parent is BlockSyntax block ? block.Statements : ((SwitchSectionSyntax)statement.Parent).Statements;
        return statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax
            && rest.Skip(rest.IndexOf(statement) + 1).TakeWhile(next => next is ExpressionStatementSyntax or LocalDeclarationStatementSyntax)
                .Any(next => text.Uses.Any(use => use.IsReset && use.Reference.Parent!.Parent == next));
    }
}
