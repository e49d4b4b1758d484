using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace PerfAnalyzers.Fixing;

/// <summary>Razor pages and components call methods from text that is compiled elsewhere.</summary>
internal static class MarkupUses
{
    /// <summary>Whether markup of a project that sees <paramref name="project"/> may call a function of this name.</summary>
    public static async Task<bool> AnyAsync(Sources sources, string name, Project project)
    {
        foreach (var id in sources.Solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(project.Id).Prepend(project.Id))
        {
            var seeing = sources.Solution.GetProject(id)!;
            if (seeing.Language != LanguageNames.CSharp)
                return true;

            foreach (var file in seeing.AdditionalDocuments)
            {
                var path = file.FilePath ?? file.Name;
                if ((path.EndsWith(".cshtml", System.StringComparison.OrdinalIgnoreCase) || path.EndsWith(".razor", System.StringComparison.OrdinalIgnoreCase))
                    && (await Words.PositionsAsync(file, name, sources.Cancel).ConfigureAwait(false)).Count > 0)
                {
                    var text = (await file.GetTextAsync(sources.Cancel).ConfigureAwait(false)).ToString();
                    if ((await Words.PositionsAsync(file, name, sources.Cancel).ConfigureAwait(false)).Any(at => IsUse(text, at, name.Length)))
                        return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether a word of markup is called or given to an event, as in <c>Name(</c>, <c>@Name</c>, <c>onclick="Name"</c>; most are only read.</summary>
    private static bool IsUse(string text, int at, int length)
    {
        var before = at > 0 ? text[at - 1] : ' ';
        var after = at + length < text.Length ? text[at + length] : ' ';
        return after is '(' or '<' ? before is not '<' : before is '@' || (before is '"' or '\'' && after == before);
    }
}
