using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>What is behind the streams, readers and writers that types and members of libraries give.</summary>
internal static class StreamSources
{
    /// <summary>Types that say themselves what is behind them; derived ones too.</summary>
    private static readonly ImmutableArray<(string Type, StreamMedium Medium)> s_types = ImmutableArray.Create(
        ("System.IO.MemoryStream", StreamMedium.Memory),
        ("System.IO.UnmanagedMemoryStream", StreamMedium.Memory),
        ("System.IO.StringReader", StreamMedium.Memory),
        ("System.IO.StringWriter", StreamMedium.Memory),
        ("System.IO.FileStream", StreamMedium.File),
        ("System.IO.Abstractions.FileSystemStream", StreamMedium.File),
        ("System.IO.Pipes.PipeStream", StreamMedium.Remote),
        ("System.Net.Sockets.NetworkStream", StreamMedium.Remote),
        ("System.Net.Security.AuthenticatedStream", StreamMedium.Remote),
        ("System.Net.Quic.QuicStream", StreamMedium.Remote));

    /// <summary>Types that pass on to the stream, reader or writer that they are made with.</summary>
    private static readonly ImmutableArray<string> s_wrappers = ImmutableArray.Create(
        "System.IO.StreamReader", "System.IO.StreamWriter", "System.IO.BufferedStream", "System.IO.Compression.GZipStream", "System.IO.Compression.DeflateStream",
        "System.IO.Compression.BrotliStream", "System.IO.Compression.ZLibStream", "System.Security.Cryptography.CryptoStream", "System.CodeDom.Compiler.IndentedTextWriter",
        "System.IO.Compression.ZipArchive");

    /// <summary>Methods, by declaring type. A task or value task counts as its result.</summary>
    private static readonly ImmutableArray<(string Type, ImmutableHashSet<string> Methods, StreamMedium Medium)> s_methods = ImmutableArray.Create(
        ("System.IO.File", ImmutableHashSet.Create("Open", "OpenRead", "OpenWrite", "OpenText", "Create", "CreateText", "AppendText"), StreamMedium.File),
        ("System.IO.FileInfo", ImmutableHashSet.Create("Open", "OpenRead", "OpenWrite", "OpenText", "Create", "CreateText", "AppendText"), StreamMedium.File),
        ("System.IO.Abstractions.IFile", ImmutableHashSet.Create("OpenText", "CreateText", "AppendText"), StreamMedium.File),
        ("System.IO.Compression.ZipFile", ImmutableHashSet.Create("Open", "OpenRead", "OpenAsync", "OpenReadAsync"), StreamMedium.File),
        ("Microsoft.AspNetCore.Http.IFormFile", ImmutableHashSet.Create("OpenReadStream"), StreamMedium.File),
        ("System.Net.Http.HttpClient", ImmutableHashSet.Create("GetStreamAsync"), StreamMedium.Remote),
        ("System.Net.Sockets.TcpClient", ImmutableHashSet.Create("GetStream"), StreamMedium.Remote),
        ("System.Reflection.Assembly", ImmutableHashSet.Create("GetManifestResourceStream"), StreamMedium.Memory));

    private static readonly ImmutableArray<(string Type, ImmutableHashSet<string> Members, StreamMedium Medium)> s_members = ImmutableArray.Create(
        ("System.Diagnostics.Process", ImmutableHashSet.Create("StandardInput", "StandardOutput", "StandardError"), StreamMedium.Remote),
        ("Microsoft.AspNetCore.Http.HttpRequest", ImmutableHashSet.Create("Body"), StreamMedium.Remote),
        ("Microsoft.AspNetCore.Http.HttpResponse", ImmutableHashSet.Create("Body"), StreamMedium.Remote),
        // Logs and prompts; a redirected console has no async calls either.
        ("System.Console", ImmutableHashSet.Create("In", "Out", "Error"), StreamMedium.Memory),
        ("System.IO.Stream", ImmutableHashSet.Create("Null"), StreamMedium.Memory),
        ("System.IO.TextReader", ImmutableHashSet.Create("Null"), StreamMedium.Memory),
        ("System.IO.TextWriter", ImmutableHashSet.Create("Null"), StreamMedium.Memory),
        ("System.IO.StreamReader", ImmutableHashSet.Create("Null"), StreamMedium.Memory),
        ("System.IO.StreamWriter", ImmutableHashSet.Create("Null"), StreamMedium.Memory));

    public static StreamMedium OfType(ITypeSymbol? type, KnownTypes types)
    {
        if (type is null)
            return StreamMedium.Unknown;

        foreach (var (name, medium) in s_types)
        {
            if (types.IsOrInherits(type, name))
                return medium;
        }

        return StreamMedium.Unknown;
    }

    public static StreamMedium OfResult(IMethodSymbol method, KnownTypes types)
    {
        foreach (var (type, methods, medium) in s_methods)
        {
            if (methods.Contains(method.Name) && types.IsOrInherits(method.ContainingType, type))
                return medium;
        }

        return StreamMedium.Unknown;
    }

    public static StreamMedium OfMember(ISymbol member, KnownTypes types)
    {
        foreach (var (type, members, medium) in s_members)
        {
            if (members.Contains(member.Name) && types.IsOrInherits(member.ContainingType, type))
                return medium;
        }

        return StreamMedium.Unknown;
    }

    /// <summary>Whether what is behind an object of the type is what is behind the first argument of its constructor.</summary>
    public static bool IsWrapper(ITypeSymbol? type, KnownTypes types)
    {
        foreach (var name in s_wrappers)
        {
            if (types.Is(type, name))
                return true;
        }

        return false;
    }
}
