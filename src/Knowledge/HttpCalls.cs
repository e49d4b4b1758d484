using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>Which client makes a synchronous HTTP call.</summary>
internal enum HttpClientKind
{
    None,
    WebClient,
    WebRequest,
    HttpClient,
    RestSharp,
    Grpc,
}

/// <summary>The synchronous methods of HTTP clients, as far as one compilation references them.</summary>
internal sealed class HttpCalls
{
    private const string GrpcClient = "Grpc.Core.ClientBase";

    private static readonly ConditionalWeakTable<Compilation, HttpCalls> s_cache = new();

    private static readonly ImmutableHashSet<string> s_webClient = ImmutableHashSet.Create(
        "DownloadString", "DownloadData", "DownloadFile", "OpenRead", "OpenWrite", "UploadString", "UploadData", "UploadFile", "UploadValues");

    private static readonly ImmutableHashSet<string> s_webRequest = ImmutableHashSet.Create("GetResponse", "GetRequestStream");

    private static readonly ImmutableArray<string> s_restSharp = ImmutableArray.Create("RestSharp.RestClientExtensions", "RestSharp.IRestClient", "RestSharp.RestClient");

    private readonly KnownTypes _types;
    private readonly HashSet<string> _restSharpNames;

    private HttpCalls(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _restSharpNames = RestSharpNames(_types);
        var names = ImmutableHashSet.CreateBuilder<string>();
        if (_types["System.Net.WebClient"] is not null)
            names.UnionWith(s_webClient);

        if (_types["System.Net.WebRequest"] is not null)
            names.UnionWith(s_webRequest);

        if (_types["System.Net.Http.HttpMessageInvoker"] is not null)
            names.Add("Send");

        names.UnionWith(_restSharpNames);
        names.UnionWith(GrpcNames(compilation, _types));
        Names = names.ToImmutable();
    }

    /// <summary>The names of all these methods.</summary>
    public ImmutableHashSet<string> Names { get; }

    public static HttpCalls Of(Compilation compilation) => s_cache.GetValue(compilation, static c => new HttpCalls(c));

    /// <summary>The client that the method belongs to; None for any other method.</summary>
    public HttpClientKind KindOf(IMethodSymbol method)
    {
        var home = Calls.HomeOf(method);
        if (s_webClient.Contains(method.Name) && _types.IsOrInherits(home, "System.Net.WebClient"))
            return HttpClientKind.WebClient;

        if (s_webRequest.Contains(method.Name) && _types.IsOrInherits(home, "System.Net.WebRequest"))
            return HttpClientKind.WebRequest;

        if (method.Name == "Send" && _types.IsOrInherits(home, "System.Net.Http.HttpMessageInvoker"))
            return HttpClientKind.HttpClient;

        if (_restSharpNames.Contains(method.Name))
        {
            foreach (var name in s_restSharp)
            {
                if (_types.Is(home, name))
                    return HttpClientKind.RestSharp;
            }
        }

        return IsBlockingUnary(method, _types) ? HttpClientKind.Grpc : HttpClientKind.None;
    }

    private static HashSet<string> RestSharpNames(KnownTypes types)
    {
        var all = new HashSet<string>();
        foreach (var name in s_restSharp)
        {
            if (types[name] is not { } type)
                continue;

            AddMethods(type, all);
            foreach (var inner in type.GetTypeMembers())
            {
                if (Calls.IsExtensionBlock(inner))
                    AddMethods(inner, all);
            }
        }

        var pairs = new HashSet<string>();
        foreach (var name in all)
        {
            if (all.Contains(name + AsyncTwins.Suffix))
                pairs.Add(name);
        }

        return pairs;
    }

    private static void AddMethods(INamedTypeSymbol type, HashSet<string> names)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary })
                names.Add(member.Name);
        }
    }

    /// <summary>A generated client has, for a unary call, a blocking method and one that returns <c>AsyncUnaryCall&lt;T&gt;</c>.</summary>
    private static bool IsBlockingUnary(IMethodSymbol method, KnownTypes types)
    {
        if (method.IsStatic || !types.IsOrInherits(method.ContainingType, GrpcClient))
            return false;

        foreach (var member in method.ContainingType.GetMembers(method.Name + AsyncTwins.Suffix))
        {
            if (member is IMethodSymbol twin && types.Is(twin.ReturnType, "Grpc.Core.AsyncUnaryCall`1"))
                return true;
        }

        return false;
    }

    /// <summary>The names of blocking unary calls of the clients in this compilation and in the assemblies that use gRPC.</summary>
    private static HashSet<string> GrpcNames(Compilation compilation, KnownTypes types)
    {
        var names = new HashSet<string>();
        if (types[GrpcClient] is not { } client)
            return names;

        // Clients end in "Client"; declared names are cheap to ask, binding every type of the source would not be.
        foreach (var symbol in compilation.GetSymbolsWithName(static name => name.EndsWith("Client", StringComparison.Ordinal), SymbolFilter.Type))
            AddUnaryCalls((INamedTypeSymbol)symbol, types, names);

        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            foreach (var module in assembly.Modules)
            {
                foreach (var reference in module.ReferencedAssemblies)
                {
                    if (reference.Name == client.ContainingAssembly.Name)
                        AddUnaryCalls(module.GlobalNamespace, types, names);
                }
            }
        }

        return names;
    }

    private static void AddUnaryCalls(INamespaceOrTypeSymbol home, KnownTypes types, HashSet<string> names)
    {
        foreach (var member in home.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
                AddUnaryCalls(inner, types, names);
            else if (home is INamedTypeSymbol && member is IMethodSymbol { MethodKind: MethodKind.Ordinary } method && IsBlockingUnary(method, types))
                names.Add(method.Name);
        }
    }
}
