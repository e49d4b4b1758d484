using System.Collections.Immutable;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>
/// A chain of configuration calls as written: <c>Entity&lt;Order&gt;().HasOne(o =&gt; o.Customer).WithMany(c =&gt; c.Orders)</c>.
/// Names only, so that it may outlive its compilation.
/// </summary>
/// <param name="Entity">The configured type as written, or as a snapshot spells it; the members that lead to a type inside it follow after <c>/</c>.</param>
/// <param name="Calls">What is called on the entity's builder, in order.</param>
/// <param name="IsSnapshot">Whether it stands in a model snapshot, which may be older than the code.</param>
internal sealed record ModelChain(string Entity, ImmutableArray<ModelCall> Calls, bool IsSnapshot)
{
    /// <summary>The call with this name, or null.</summary>
    public ModelCall? this[string name]
    {
        get
        {
            foreach (var call in Calls)
            {
                if (call.Name == name)
                    return call;
            }

            return null;
        }
    }
}

/// <summary>One call of a chain.</summary>
/// <param name="Name">The method.</param>
/// <param name="Types">The types that it names: type arguments, <c>typeof</c>, and full names in a snapshot.</param>
/// <param name="Members">The members that it names, by lambda, string or <c>nameof</c>.</param>
/// <param name="Flag">Its boolean argument, where it is written as a literal.</param>
internal sealed record ModelCall(string Name, ImmutableArray<string> Types, ImmutableArray<string> Members, bool? Flag);

/// <summary>How a context is set up, as far as one place shows it.</summary>
/// <param name="Context">The simple name of the context's type; null where the place does not say.</param>
/// <param name="ChoosesProvider">Whether the place is the set-up of the running program: it names the database provider.</param>
/// <param name="UsesProxies">Whether it turns lazy loading by proxies on.</param>
internal sealed record ContextSetup(string? Context, bool ChoosesProvider, bool UsesProxies);
