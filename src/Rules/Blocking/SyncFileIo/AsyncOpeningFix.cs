using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Fixing;
using PerfAnalyzers.Knowledge.Io;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Opens a <c>FileStream</c> for asynchronous use; all else that the opening says or leaves to its defaults stays.</summary>
internal static class AsyncOpeningFix
{
    /// <summary>What makes the edit; null where the opening cannot be written so.</summary>
    public static System.Func<ExpressionSyntax, DocumentEdits, ExpressionSyntax>? Of(FileOpening opening, SemanticModel model)
    {
        var arguments = opening.Expression switch
        {
            BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
            InvocationExpressionSyntax call => call.ArgumentList,
            _ => null,
        };
        if (arguments is null || arguments.Arguments.Any(argument => argument.NameColon is { } name && !IsInPlace(arguments, argument, name, opening.Method)))
            return null;

        // An option that is there already, in whichever method.
        for (var i = 0; i < arguments.Arguments.Count; i++)
        {
            var value = arguments.Arguments[i].Expression;
            switch (opening.Method.Parameters[i])
            {
                case { Name: "useAsync" }:
                    return (current, _) => current.ReplaceNode(ArgumentsOf(current).Arguments[i].Expression, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression).WithTriviaFrom(value));
                case { Name: "options", Type.TypeKind: TypeKind.Enum }:
                    return (current, edits) => Replace(current, ArgumentsOf(current).Arguments[i].Expression, edits, value, model);
                case { Name: "options" } when FileOpening.OptionsOf(value) is { OptionsValue: { } written }:
                    return (current, edits) => Replace(current, FileOpening.OptionsOf(ArgumentsOf(current).Arguments[i].Expression)!.Value.OptionsValue!, edits, written, model);
                case { Name: "options" }:
                    return (current, edits) => WithOption(current, i, edits);
            }
        }

        return Added(opening, model) is { } added ? (current, edits) => Open(current, opening, added, edits) : null;
    }

    /// <summary>What is put before and after the opening's own arguments for the constructor that takes <c>useAsync</c>.</summary>
    private static string[]? Added(FileOpening opening, SemanticModel model)
    {
        var given = opening.Expression is InvocationExpressionSyntax call ? call.ArgumentList.Arguments : ((BaseObjectCreationExpressionSyntax)opening.Expression).ArgumentList!.Arguments;
        string? Access(int mode) => model.GetConstantValue(given[mode].Expression).Value switch
        {
            6 => "FileAccess.Write", // FileMode.Append
            int => "FileAccess.ReadWrite",
            _ => null,
        };
        const string Buffer = "bufferSize: 4096", Async = "useAsync: true";
        var isInfo = opening.Method.ContainingType.Name == "FileInfo";
        var mode = isInfo ? 0 : 1;
        var share = opening.Expression is InvocationExpressionSyntax ? "FileShare.None" : "FileShare.Read";
        return opening.Method.Name switch
        {
            "OpenRead" => ["FileMode.Open", "FileAccess.Read", "FileShare.Read", Buffer, Async],
            "OpenWrite" => ["FileMode.OpenOrCreate", "FileAccess.Write", "FileShare.None", Buffer, Async],
            "Create" when given.Count == mode => ["FileMode.Create", "FileAccess.ReadWrite", "FileShare.None", Buffer, Async],
            "Create" => null,
            _ => (given.Count - mode) switch
            {
                1 when Access(mode) is { } access => [access, share, Buffer, Async],
                2 => [share, Buffer, Async],
                3 => [Buffer, Async],
                4 => [Async],
                _ => null,
            },
        };
    }

    private static BaseObjectCreationExpressionSyntax Open(ExpressionSyntax current, FileOpening opening, string[] added, DocumentEdits edits)
    {
        var type = opening.Method.ReturnsVoid ? opening.Method.ContainingType : (INamedTypeSymbol)opening.Method.ReturnType;
        var position = opening.Expression.SpanStart;
        var names = added.Select(text => SyntaxFactory.ParseArgumentList($"({Named(text, opening, edits, position)})").Arguments[0]);
        if (current is BaseObjectCreationExpressionSyntax creation)
            return creation.WithArgumentList(names.Aggregate(creation.ArgumentList!, ArgumentLists.Append));

        var call = (InvocationExpressionSyntax)current;
        var arguments = call.ArgumentList;
        if (opening.Method.ContainingType.Name == "FileInfo")
        {
            var path = SyntaxFactory.Argument(SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression, ((MemberAccessExpressionSyntax)call.Expression).Expression.WithoutTrivia(), SyntaxFactory.IdentifierName("FullName")));
            var given = arguments.Arguments;
            var commas = given.Count == 0 ? [] : given.GetSeparators().Prepend(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
            arguments = arguments.WithArguments(SyntaxFactory.SeparatedList(given.Prepend(path), commas));
        }

        return SyntaxFactory.ObjectCreationExpression(
            SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.ParseTypeName(edits.NameOf(type, position)),
            names.Aggregate(arguments, ArgumentLists.Append), null).WithTriviaFrom(current);
    }

    /// <summary><c>FileShare.Read</c> as code there writes it.</summary>
    private static string Named(string text, FileOpening opening, DocumentEdits edits, int position)
    {
        var dot = text.IndexOf('.');
        if (dot < 0)
            return text;

        var type = opening.Method.ContainingAssembly.GetTypeByMetadataName($"System.IO.{text.Substring(0, dot)}")
            ?? edits.Model.Compilation.GetTypeByMetadataName($"System.IO.{text.Substring(0, dot)}")!;
        return edits.NameOf(type, position) + text.Substring(dot);
    }

    private static ExpressionSyntax Replace(ExpressionSyntax current, ExpressionSyntax options, DocumentEdits edits, ExpressionSyntax original, SemanticModel model)
    {
        var flag = SyntaxFactory.ParseExpression(Flag(edits, original.SpanStart));
        var isNone = model.GetConstantValue(original).Value is 0;
        return current.ReplaceNode(options, (isNone ? flag : SyntaxFactory.BinaryExpression(
            SyntaxKind.BitwiseOrExpression, options.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.BarToken).WithTrailingTrivia(SyntaxFactory.Space), flag)).WithTriviaFrom(options));
    }

    private static ExpressionSyntax WithOption(ExpressionSyntax current, int index, DocumentEdits edits)
    {
        var initializer = FileOpening.OptionsOf(ArgumentsOf(current).Arguments[index].Expression)!.Value.Initializer;
        var item = (ExpressionSyntax)SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression,
            SyntaxFactory.IdentifierName("Options").WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.ParseExpression(Flag(edits, edits.Root.SpanStart)));
        var items = initializer.Expressions;
        if (items.Count == 0)
            return current.ReplaceNode(initializer, initializer.WithExpressions(SyntaxFactory.SingletonSeparatedList(item.WithTrailingTrivia(SyntaxFactory.Space))));

        var last = items[items.Count - 1];
        var breaks = last.GetTrailingTrivia().Concat(items.GetSeparators().LastOrDefault().TrailingTrivia).Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken);
        item = breaks ? item.WithLeadingTrivia(last.GetLeadingTrivia()).WithTrailingTrivia(last.GetTrailingTrivia()) : item.WithTrailingTrivia(last.GetTrailingTrivia());
        var separators = items.GetSeparators().ToList();
        if (separators.Count == items.Count)
        {
            // A comma after the last item stays after the last item.
            return current.ReplaceNode(initializer, initializer.WithExpressions(SyntaxFactory.SeparatedList(items.Append(item.WithTrailingTrivia()), separators.Append(separators[separators.Count - 1]))));
        }

        comma = breaks ? comma.WithTrailingTrivia(last.GetTrailingTrivia()) : comma.WithTrailingTrivia(SyntaxFactory.Space);
        return current.ReplaceNode(initializer, initializer.WithExpressions(
            SyntaxFactory.SeparatedList(items.Take(items.Count - 1).Append(last.WithTrailingTrivia()).Append(item), separators.Append(comma))));
    }

    private static string Flag(DocumentEdits edits, int position) => edits.Model.Compilation.GetTypeByMetadataName("System.IO.FileOptions") is { } type
        ? $"{edits.NameOf(type, position)}.Asynchronous" : "FileOptions.Asynchronous";

    private static ArgumentListSyntax ArgumentsOf(ExpressionSyntax opening) =>
        opening is InvocationExpressionSyntax call ? call.ArgumentList : ((BaseObjectCreationExpressionSyntax)opening).ArgumentList!;

    private static bool IsInPlace(ArgumentListSyntax list, ArgumentSyntax argument, NameColonSyntax name, IMethodSymbol method)
    {
        var index = list.Arguments.IndexOf(argument);
        return index < method.Parameters.Length && method.Parameters[index].Name == name.Name.Identifier.ValueText;
    }
}
