using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Fixing;

/// <summary>What the tests of the engine share: <c>Thread.Sleep</c> is the blocking call that all of them turn into an await.</summary>
public abstract class GoAsyncTests : RuleTests<ThreadSleepAnalyzer, ThreadSleepFix>
{
    protected const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;


        """;

    protected Task Converts(string source, string fixedSource, Action<CSharpCodeFixTest<ThreadSleepAnalyzer, ThreadSleepFix>>? more = null) =>
        Fixes(Usings + source, Usings + fixedSource, more);

    protected Task ConvertsAndRunsTheSame(string source, string fixedSource, Action<CSharpCodeFixTest<ThreadSleepAnalyzer, ThreadSleepFix>>? more = null) =>
        FixesAndRunsTheSame(Usings + source, Usings + fixedSource, more);

    /// <summary>No action is offered.</summary>
    protected Task Leaves(string source, Action<CSharpCodeFixTest<ThreadSleepAnalyzer, ThreadSleepFix>>? more = null) => ReportsWithoutFix(Usings + source, more);
}
