using System;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>
/// The synchronous calls that do file or stream I/O and have an async method of the same name beside them. Calls on a
/// stream count only where what is behind it is seen to be no memory.
/// </summary>
internal sealed class FileCalls
{
    private static readonly ConditionalWeakTable<Compilation, FileCalls> s_cache = new();

    /// <summary>Static methods, which name a file.</summary>
    private static readonly ImmutableArray<(string Type, ImmutableHashSet<string> Methods)> s_onPaths = ImmutableArray.Create(
        ("System.IO.File", ImmutableHashSet.Create("ReadAllText", "ReadAllLines", "ReadAllBytes", "ReadLines", "WriteAllText", "WriteAllLines", "WriteAllBytes", "AppendAllText", "AppendAllLines", "AppendAllBytes")),
        ("System.IO.Abstractions.IFile", ImmutableHashSet.Create("ReadAllText", "ReadAllLines", "ReadAllBytes", "ReadLines", "WriteAllText", "WriteAllLines", "WriteAllBytes", "AppendAllText", "AppendAllLines", "AppendAllBytes")),
        ("System.IO.Compression.ZipFile", ImmutableHashSet.Create("ExtractToDirectory", "CreateFromDirectory", "Open", "OpenRead")),
        ("System.IO.Compression.ZipFileExtensions", ImmutableHashSet.Create("ExtractToDirectory", "ExtractToFile", "CreateEntryFromFile")));

    /// <summary>Methods of streams, readers and writers.</summary>
    private static readonly ImmutableArray<(string Type, ImmutableHashSet<string> Methods)> s_onStreams = ImmutableArray.Create(
        ("System.IO.Stream", ImmutableHashSet.Create("Read", "ReadExactly", "ReadAtLeast", "Write", "Flush", "CopyTo")),
        ("System.IO.TextReader", ImmutableHashSet.Create("Read", "ReadBlock", "ReadLine", "ReadToEnd")),
        ("System.IO.TextWriter", ImmutableHashSet.Create("Write", "WriteLine", "Flush")),
        ("Microsoft.AspNetCore.Http.IFormFile", ImmutableHashSet.Create("CopyTo")),
        ("System.IO.Compression.ZipArchiveEntry", ImmutableHashSet.Create("Open")));

    private readonly KnownTypes _types;

    private FileCalls(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        var names = ImmutableHashSet.CreateBuilder<string>();
        foreach (var (type, methods) in s_onPaths.AddRange(s_onStreams))
        {
            if (_types[type] is not null)
                names.UnionWith(methods);
        }

        Names = names.ToImmutable();
    }

    /// <summary>The names of all these methods.</summary>
    public ImmutableHashSet<string> Names { get; }

    public static FileCalls Of(Compilation compilation) => s_cache.GetValue(compilation, static c => new FileCalls(c));

    /// <summary>What the call waits for; null where it waits for nothing, or what is behind its stream is not seen.</summary>
    public FileCall? Find(InvocationExpressionSyntax call, IMethodSymbol method, SemanticModel model, CancellationToken cancel)
    {
        if (!Names.Contains(method.Name))
            return null;

        if (IsOneOf(s_onPaths, method))
            return IsOfTheKernel(call, model, cancel) ? null : new FileCall(method, StreamMedium.File, Writes(method.Name));

        return IsOneOf(s_onStreams, method) && Calls.ReceiverOf(call) is { } receiver && receiver is not (BaseExpressionSyntax or ThisExpressionSyntax)
            ? OnStream(call, receiver, method, model, cancel)
            : null;
    }

    private FileCall? OnStream(InvocationExpressionSyntax call, ExpressionSyntax receiver, IMethodSymbol method, SemanticModel model, CancellationToken cancel)
    {
        var origins = new StreamOrigins(_types, cancel);
        var medium = method.Name == "CopyTo" && _types.IsOrInherits(method.ContainingType, "Microsoft.AspNetCore.Http.IFormFile") ? StreamMedium.File : origins.Of(receiver, model);
        var target = method.Name == "CopyTo" && call.ArgumentList.Arguments.Count > 0 ? origins.Of(call.ArgumentList.Arguments[0].Expression, model) : StreamMedium.Unknown;
        var waitsFor = StreamMedia.Either(medium, target);
        if (waitsFor is not (StreamMedium.File or StreamMedium.Remote))
            return null;

        // A copy from the other side can end half-way whatever the code does.
        var writes = method.Name == "CopyTo" ? target == StreamMedium.File && medium != StreamMedium.Remote : waitsFor == StreamMedium.File && Writes(method.Name);
        return new FileCall(method, waitsFor, writes);
    }

    private bool IsOneOf(ImmutableArray<(string Type, ImmutableHashSet<string> Methods)> table, IMethodSymbol method)
    {
        var home = Calls.HomeOf(method);
        foreach (var (type, methods) in table)
        {
            if (methods.Contains(method.Name) && _types.IsOrInherits(home, type))
                return true;
        }

        return false;
    }

    /// <summary>Files that the kernel makes up when they are read: no disk is asked.</summary>
    private static bool IsOfTheKernel(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancel)
    {
        if (call.ArgumentList.Arguments.Count == 0)
            return false;

        var path = call.ArgumentList.Arguments[0].Expression;
        var start = path is InterpolatedStringExpressionSyntax { Contents: { Count: > 0 } parts } ? parts[0].ToString() : model.GetConstantValue(path, cancel).Value as string;
        return start is not null && (start.StartsWith("/proc/", StringComparison.Ordinal) || start.StartsWith("/sys/", StringComparison.Ordinal));
    }

    private static bool Writes(string name) => name is "Write" or "WriteLine" or "Flush" or "ExtractToDirectory" or "ExtractToFile" or "CreateFromDirectory" or "CreateEntryFromFile"
        || name.StartsWith("WriteAll", StringComparison.Ordinal) || name.StartsWith("AppendAll", StringComparison.Ordinal);
}
