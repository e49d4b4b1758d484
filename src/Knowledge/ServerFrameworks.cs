using System;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Knowledge;

/// <summary>Whether a compilation is part of a server, so that code of which nothing else is known may run for a request.</summary>
internal static class ServerFrameworks
{
    private static readonly ConditionalWeakTable<Compilation, object> s_cache = new();

    private static readonly string[] s_prefixes =
    [
        "Microsoft.AspNetCore", "Microsoft.Extensions.Hosting", "Microsoft.EntityFrameworkCore", "EntityFramework", "System.Web",
        "MediatR", "Mediator", "MassTransit", "NServiceBus", "Rebus", "Wolverine", "FastEndpoints", "Carter", "Grpc.AspNetCore", "Grpc.Core",
        "HotChocolate", "GraphQL", "Orleans", "Microsoft.Orleans", "Microsoft.Azure.Functions", "Microsoft.Azure.WebJobs", "Amazon.Lambda",
        "Quartz", "Hangfire", "CoreWCF", "System.ServiceModel", "ServiceStack", "Akka", "Dapr", "Microsoft.ServiceFabric",
    ];

    public static bool AreReferencedBy(Compilation compilation) => (bool)s_cache.GetValue(compilation, static c => Find(c));

    private static bool Find(Compilation compilation)
    {
        foreach (var assembly in compilation.ReferencedAssemblyNames)
        {
            foreach (var prefix in s_prefixes)
            {
                if (assembly.Name.StartsWith(prefix, StringComparison.Ordinal)
                    && (assembly.Name.Length == prefix.Length || assembly.Name[prefix.Length] == '.'))
                {
                    // These are in every .NET reference pack, as façades; the others of System.Web.* and System.ServiceModel.* make a server.
                    if (assembly.Name is "System.Web" or "System.Web.HttpUtility" or "System.ServiceModel.Web")
                        continue;

                    return true;
                }
            }
        }

        return false;
    }
}
