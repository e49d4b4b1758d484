using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// What changes where the streams of a call are declared: a file is opened for asynchronous use, and a <c>using</c> whose
/// end would write what is left in a buffer becomes <c>await using</c>.
/// </summary>
internal sealed class StreamDeclarationsFix(Finding finding)
{
    private readonly SyntaxNode? _function = Functions.Enclosing(finding.Node);

    /// <summary>The edits for the streams that the call works on; those that it writes to are closed asynchronously.</summary>
    public void Edit(DocumentEdits edits, IEnumerable<(ExpressionSyntax Stream, bool Writes)> streams)
    {
        foreach (var (stream, writes) in streams)
            Edit(edits, stream, writes, 0);
    }

    /// <summary>The edit for a file that is opened to be written.</summary>
    public void EditOpened(DocumentEdits edits, FileOpening opening)
    {
        if (opening.Method.Name != "OpenRead" && !IsForReading(opening.Expression) && StreamUses.LocalOf(opening.Expression) is { } declarator)
            CloseAsync(edits, declarator);
    }

    /// <summary>The edit for an archive that the call opens: its end writes the list of its entries.</summary>
    public void EditArchive(DocumentEdits edits, InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (method is { Name: "Open", ContainingType.Name: "ZipFile" } && finding.Model.GetConstantValue(call.ArgumentList.Arguments.Last().Expression, finding.Cancel).Value is not 0
            && StreamUses.LocalOf(call) is { } declarator)
        {
            CloseAsync(edits, declarator);
        }
    }

    private void Edit(DocumentEdits edits, ExpressionSyntax stream, bool writes, int level)
    {
        var value = Wrappings.Without(stream);
        if (value is IdentifierNameSyntax name && DeclaratorOf(name) is { Initializer.Value: { } initial } declarator)
        {
            if (writes)
                CloseAsync(edits, declarator);

            value = Wrappings.Without(initial);
        }

        // What the reader or writer is put around.
        if (value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } creation && level < 4
            && StreamSources.IsWrapper(finding.Model.GetTypeInfo(creation, finding.Cancel).Type, finding.Types))
        {
            Edit(edits, arguments[0].Expression, writes, level + 1);
        }
        else if (Opening(value) is { } opening && AsyncOpeningFix.Of(opening, finding.Model) is { } write && AllAreAwaited(opening.Expression) && edits.IsFirst((nameof(AsyncOpeningFix), opening.Expression)))
        {
            edits.Replace(opening.Expression, current => write(current, edits));
        }
    }

    private bool IsForReading(ExpressionSyntax opening) => opening.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        .Any(member => member.Name.Identifier.ValueText == "Read" && finding.Types.Is(finding.Model.GetTypeInfo(member, finding.Cancel).Type, "System.IO.FileAccess"));

    private FileOpening? Opening(ExpressionSyntax value) => FileOpening.Of(value, finding.Model, finding.Types, finding.Cancel);

    /// <summary>Whether every call on the stream is awaited already, or can be: one that is not would be slower than before.</summary>
    private bool AllAreAwaited(ExpressionSyntax opening)
    {
        var uses = StreamUses.Of(opening, finding.Model, finding.Types, finding.Cancel);
        return !uses.Escapes && uses.Synchronous.All(call => finding.Model.GetSymbolInfo(call, finding.Cancel).Symbol is IMethodSymbol method
            && StreamTwin.Of(call, method, finding.Model, finding.Types, finding.Twins, finding.Cancel) is not null);
    }

    private VariableDeclaratorSyntax? DeclaratorOf(IdentifierNameSyntax name) =>
        finding.Model.GetSymbolInfo(name, finding.Cancel).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references } && references[0].GetSyntax(finding.Cancel) is VariableDeclaratorSyntax declarator
        && Functions.Enclosing(declarator) == _function ? declarator : null;

    /// <summary>Where awaits are configured, that would take a variable more than it is worth.</summary>
    private void CloseAsync(DocumentEdits edits, VariableDeclaratorSyntax declarator)
    {
        if (declarator.Parent?.Parent is not { } statement || Awaits.ConfiguresAwaits(statement, finding.Model) || finding.Model.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 }
            || !finding.Types.IsOrInherits((finding.Model.GetDeclaredSymbol(declarator, finding.Cancel) as ILocalSymbol)?.Type, "System.IAsyncDisposable")
            || new StreamOrigins(finding.Types, finding.Cancel).Of(declarator.Initializer!.Value, finding.Model) is not (StreamMedium.File or StreamMedium.Remote))
        {
            return;
        }

        var isUsing = statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, AwaitKeyword.RawKind: 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: 0 };
        if (!isUsing || !edits.IsFirst((nameof(CloseAsync), statement)))
            return;

        edits.Replace(statement, current => current switch
        {
            LocalDeclarationStatementSyntax local => local.WithAwaitKeyword(Await(local.UsingKeyword)).WithUsingKeyword(local.UsingKeyword.WithLeadingTrivia()),
            UsingStatementSyntax block => block.WithAwaitKeyword(Await(block.UsingKeyword)).WithUsingKeyword(block.UsingKeyword.WithLeadingTrivia()),
            _ => current,
        });
    }

    private static SyntaxToken Await(SyntaxToken before) =>
        SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithLeadingTrivia(before.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space);
}
