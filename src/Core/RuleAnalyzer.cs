using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace PerfAnalyzers.Core;

/// <summary>An analyzer of one rule. A derived class says what to look at; this class and <see cref="RuleContext"/> say how every rule behaves.</summary>
public abstract class RuleAnalyzer : DiagnosticAnalyzer
{
    private protected RuleAnalyzer(Rule rule)
    {
        Declaration = rule;
        SupportedDiagnostics = ImmutableArray.Create(rule.Descriptor);
    }

    internal Rule Declaration { get; }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start => Watch(new RuleContext(Declaration, start)));
    }

    /// <summary>
    /// Registers what the rule looks at. Register nothing when the compilation lacks a type that the rule reports or
    /// that its fix would need: a project that cannot break the rule must not pay for it.
    /// </summary>
    private protected abstract void Watch(RuleContext rule);
}
