namespace Microsoft.CodeAnalysis.Testing;

/// <summary>A fix must not trade a slow line for a compiler warning.</summary>
internal static class Warnings
{
    /// <summary>Fails when the fixed code has more compiler warnings of one id than the original: CS4014, CS1998, nullable ones and all others.</summary>
    public static async Task VerifyNoneNewAsync(Solution before, Solution after, CancellationToken cancel)
    {
        var (old, now) = (await CountAsync(before, cancel).ConfigureAwait(false), await CountAsync(after, cancel).ConfigureAwait(false));
        var added = now.Where(pair => pair.Value.Count > (old.TryGetValue(pair.Key, out var had) ? had.Count : 0)).ToList();
        if (added.Count > 0)
            throw new VerifyException("The fixed code has new compiler warnings:\n" + string.Join("\n", added.SelectMany(pair => pair.Value)));
    }

    private static async Task<Dictionary<string, List<string>>> CountAsync(Solution solution, CancellationToken cancel)
    {
        var found = new Dictionary<string, List<string>>();
        foreach (var project in solution.Projects)
        {
            foreach (var diagnostic in (await project.GetCompilationAsync(cancel).ConfigureAwait(false))!.GetDiagnostics(cancel))
            {
                // Unused usings are hidden, not warnings, and so are not counted; CS1591 and kin concern documentation files only.
                // CS1701 tells of a package built for an older runtime; every SDK build silences it.
                if (diagnostic.Severity != DiagnosticSeverity.Warning || diagnostic.Id == "CS1701")
                    continue;

                if (!found.TryGetValue(diagnostic.Id, out var list))
                    found.Add(diagnostic.Id, list = []);

                list.Add(diagnostic.ToString());
            }
        }

        return found;
    }
}
