using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>
/// Synchronous calls that move the content of a file. Questions about a file (<c>Exists</c>, its times) and changes of
/// its directory entry (<c>Delete</c>, <c>Move</c>) are answered from memory, as a rule.
/// </summary>
internal static class FileTransfers
{
    private static readonly ImmutableHashSet<string> s_fileMethods = ImmutableHashSet.Create(
        "ReadAllText", "ReadAllBytes", "ReadAllLines", "WriteAllText", "WriteAllBytes", "WriteAllLines", "AppendAllText", "AppendAllBytes", "AppendAllLines", "Copy", "CopyTo", "Replace");

    private static readonly ImmutableHashSet<string> s_streamMethods = ImmutableHashSet.Create(
        "Read", "ReadExactly", "ReadAtLeast", "ReadByte", "Write", "WriteByte", "Flush", "CopyTo");

    private static readonly ImmutableHashSet<string> s_textMethods = ImmutableHashSet.Create("ReadToEnd", "ReadLine", "ReadBlock", "Read", "Write", "WriteLine", "Flush");

    public static bool MayBe(string name) => s_fileMethods.Contains(name) || s_streamMethods.Contains(name) || s_textMethods.Contains(name);

    public static bool Is(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var home = method.ContainingType;
        if (s_fileMethods.Contains(method.Name) && (types.Is(home, "System.IO.File") || types.Is(home, "System.IO.FileInfo")))
            return true;

        if (Calls.ReceiverOf(call) is not { } receiver || model.GetTypeInfo(receiver, cancel).Type is not { } type)
            return false;

        if (s_streamMethods.Contains(method.Name) && types.IsOrInherits(type, "System.IO.Stream"))
            return types.IsOrInherits(type, "System.IO.FileStream") || IsMadeFromFile(receiver, model, types, cancel);

        return s_textMethods.Contains(method.Name) && (types.Is(type, "System.IO.StreamReader") || types.Is(type, "System.IO.StreamWriter") || types.Is(type, "System.IO.TextReader") || types.Is(type, "System.IO.TextWriter"))
            && IsMadeFromFile(receiver, model, types, cancel);
    }

    /// <summary>Whether the receiver is a local or field of one declaration that opens a file.</summary>
    private static bool IsMadeFromFile(ExpressionSyntax receiver, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (model.GetSymbolInfo(receiver, cancel).Symbol is not { Kind: SymbolKind.Local or SymbolKind.Field, DeclaringSyntaxReferences: { Length: 1 } declared }
            || declared[0].GetSyntax(cancel) is not VariableDeclaratorSyntax { Initializer.Value: { } value })
        {
            return false;
        }

        var of = SemanticModels.Of(value.SyntaxTree, model);
        return value switch
        {
            InvocationExpressionSyntax opened => types.Is(of.GetSymbolInfo(opened, cancel).Symbol?.ContainingType, "System.IO.File") || types.Is(of.GetSymbolInfo(opened, cancel).Symbol?.ContainingType, "System.IO.FileInfo"),
            BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } => of.GetTypeInfo(arguments[0].Expression, cancel).Type is { } source
                && (source.SpecialType == SpecialType.System_String || types.IsOrInherits(source, "System.IO.FileStream")),
            _ => false,
        };
    }
}
