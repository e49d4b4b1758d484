using Microsoft.CodeAnalysis;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>Methods that a framework calls by name, route or attribute: they may return a task, but their name stays.</summary>
internal static class FrameworkNames
{
    /// <summary>Whether the method is an action, a page handler, a hub method, a test or the program's entry.</summary>
    public static bool Keeps(IMethodSymbol method, KnownTypes types)
    {
        if (method.MethodKind != MethodKind.Ordinary)
            return false;

        if (method is { IsStatic: true, Name: "Main" or "<Main>$" } || HasTestAttribute(method))
            return true;

        if (method.DeclaredAccessibility != Accessibility.Public || method.IsStatic)
            return false;

        return IsController(method.ContainingType, types)
            || types.IsOrInherits(method.ContainingType, "Microsoft.AspNetCore.SignalR.Hub")
            || (types.IsOrInherits(method.ContainingType, "Microsoft.AspNetCore.Mvc.RazorPages.PageModel") && method.Name.StartsWith("On", System.StringComparison.Ordinal));
    }

    public static bool IsTest(AttributeData attribute) => attribute.AttributeClass?.ContainingAssembly?.Name is { } assembly
        && (assembly.StartsWith("xunit", System.StringComparison.OrdinalIgnoreCase) || assembly.StartsWith("nunit", System.StringComparison.OrdinalIgnoreCase)
            || assembly.StartsWith("TUnit", System.StringComparison.Ordinal)
            || assembly is "Microsoft.VisualStudio.TestPlatform.TestFramework" or "MSTest.TestFramework");

    private static bool HasTestAttribute(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (IsTest(attribute))
                return true;
        }

        return false;
    }

    private static bool IsController(INamedTypeSymbol type, KnownTypes types)
    {
        if (types.IsOrInherits(type, "Microsoft.AspNetCore.Mvc.ControllerBase") || types.IsOrInherits(type, "System.Web.Http.ApiController") || types.IsOrInherits(type, "System.Web.Mvc.Controller"))
            return true;

        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var attribute in current.GetAttributes())
            {
                if (types.IsOrInherits(attribute.AttributeClass, "Microsoft.AspNetCore.Mvc.ControllerAttribute"))
                    return true;
            }
        }

        return false;
    }
}
