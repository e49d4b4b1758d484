using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>Code of hosted services and jobs: no request waits for it, and it is there to use what requests leave.</summary>
internal static class BackgroundWork
{
    private static readonly string[] s_suffixes = ["Job", "Worker", "HostedService", "BackgroundService", "ScheduledTask", "Daemon"];

    public static bool Contains(SyntaxNode call, Site site)
    {
        if (ThreadBodies.Contain(call) || Functions.IsMain(call, site.Model, site.Cancel) || TimerCallbacks.Contain(call, site.Model, site.Cancel))
            return true;

        for (var type = site.Model.GetEnclosingSymbol(call.SpanStart, site.Cancel)?.ContainingType; type is not null; type = type.ContainingType)
        {
            if (site.Types.IsOrInherits(type, "Microsoft.Extensions.Hosting.IHostedService") || site.Types.IsOrInherits(type, "Quartz.IJob"))
                return true;
        }

        return false;
    }

    /// <summary>Whether the type around says by its name that it runs in the background. For code of which nothing else is known.</summary>
    public static bool IsNamed(SyntaxNode call)
    {
        foreach (var node in call.Ancestors())
        {
            if (node is not TypeDeclarationSyntax type)
                continue;

            foreach (var suffix in s_suffixes)
            {
                if (type.Identifier.ValueText.EndsWith(suffix, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }
}
