namespace PerfAnalyzers.Core;

/// <summary>
/// Where the time goes. One folder under Rules per family; the digit after "PERF" in a rule's id is its number, and
/// <c>PerfAnalyzers.&lt;Family&gt;</c> is the category by which teams tune a family in one line of .editorconfig.
/// </summary>
internal enum Family
{
    /// <summary>Mistakes in the settings of the package itself.</summary>
    Settings = 0,
    Blocking = 1,
    Network = 2,
    Database = 3,
    Collections = 4,
    Allocation = 5,
    Serialization = 6,
    Caching = 7,
}

/// <summary>What a rule's fix may change.</summary>
internal enum FixKind
{
    /// <summary>The rule has no code fix: a mistake in settings.</summary>
    None,

    /// <summary>Results, order, visible exceptions, comments and formatting outside the change stay as they are.</summary>
    Safe,

    /// <summary>Something observable changes: the title says "(review)" and Fix All takes part only by setting.</summary>
    Review,
}
