using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class LockAcrossIoFixTests : RuleTests<LockAcrossIoAnalyzer, LockAcrossIoFix>
{
    private const string Usings = LockAcrossIoFlagTests.Usings;
}
