using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Core;

/// <summary>A check of one node.</summary>
internal delegate void Check<TNode>(Site site, TNode node) where TNode : SyntaxNode;

/// <summary>A check of one call whose name matched and whose method bound.</summary>
internal delegate void CallCheck(Site site, InvocationExpressionSyntax call, SimpleNameSyntax name, IMethodSymbol method);

/// <summary>A check of one object creation whose type name matched and whose constructor bound.</summary>
internal delegate void CreationCheck(Site site, BaseObjectCreationExpressionSyntax creation, IMethodSymbol constructor);

/// <summary>
/// One rule at work in one compilation. Its <c>On…</c> methods keep the order of work cheap: syntax kind, then the
/// name as text, then the symbol; more than nine nodes in ten leave at the name.
/// </summary>
internal sealed class RuleContext
{
    private readonly CompilationStartAnalysisContext _start;
    private readonly bool _isTestProject;
    private readonly ConcurrentDictionary<(SyntaxTree, Option), object> _options = new();

    public RuleContext(Rule rule, CompilationStartAnalysisContext start)
    {
        Rule = rule;
        _start = start;
        Types = KnownTypes.Of(start.Compilation);
        start.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.IsTestProject", out var isTestProject);
        _isTestProject = string.Equals(isTestProject, "true", StringComparison.OrdinalIgnoreCase) || TestFrameworks.AreReferencedBy(start.Compilation);
    }

    public Rule Rule { get; }

    public KnownTypes Types { get; }

    public Compilation Compilation => _start.Compilation;

    public AnalyzerOptions Options => _start.Options;

    /// <summary>Calls <paramref name="check"/> for every invocation of a method with one of <paramref name="names"/> that binds.</summary>
    public void OnCall(ImmutableHashSet<string> names, CallCheck check) => On<InvocationExpressionSyntax>((site, call) =>
    {
        if (Calls.NameOf(call) is { } name && names.Contains(name.Identifier.ValueText)
            && site.Model.GetSymbolInfo(call, site.Cancel).Symbol is IMethodSymbol method)
        {
            check(site, call, name, method);
        }
    }, SyntaxKind.InvocationExpression);

    /// <summary>
    /// Calls <paramref name="check"/> for every <c>new T(…)</c>, also target-typed, of a type with one of
    /// <paramref name="typeNames"/> (simple names; an alias is looked through).
    /// </summary>
    public void OnCreate(ImmutableHashSet<string> typeNames, CreationCheck check) => On<BaseObjectCreationExpressionSyntax>((site, creation) =>
    {
        if (creation is ObjectCreationExpressionSyntax { Type: { } type } && !Calls.MayName(type, typeNames, Compilation, site.Cancel))
            return;

        if (site.Model.GetSymbolInfo(creation, site.Cancel).Symbol is IMethodSymbol constructor && typeNames.Contains(constructor.ContainingType.Name))
            check(site, creation, constructor);
    }, SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression);

    /// <summary>Calls <paramref name="check"/> for every <c>for</c>, <c>foreach</c>, <c>while</c> and <c>do</c>.</summary>
    public void OnLoop(Check<StatementSyntax> check) => On(check, SyntaxKind.ForStatement, SyntaxKind.ForEachStatement,
        SyntaxKind.ForEachVariableStatement, SyntaxKind.WhileStatement, SyntaxKind.DoStatement);

    /// <summary>Calls <paramref name="check"/> for every node of <paramref name="kinds"/> outside generated and silenced code.</summary>
    public void On<TNode>(Check<TNode> check, params SyntaxKind[] kinds) where TNode : SyntaxNode =>
        _start.RegisterSyntaxNodeAction(context =>
        {
            if (IsSilent(context.Node.SyntaxTree))
                return;

            check(new Site(this, context.Node, context.SemanticModel, context.ReportDiagnostic, context.CancellationToken), (TNode)context.Node);
        }, kinds);

    /// <summary>Calls <paramref name="check"/> once, after all else: for mistakes in settings, which have no place in the code.</summary>
    public void OnEnd(Action<IEnumerable<SyntaxTree>, Action<Diagnostic>> check) =>
        _start.RegisterCompilationEndAction(context => check(context.Compilation.SyntaxTrees, context.ReportDiagnostic));

    /// <summary>The value of <paramref name="option"/> for this rule in <paramref name="tree"/>, read once per file.</summary>
    public T Read<T>(Option<T> option, SyntaxTree tree)
    {
        if (!_options.TryGetValue((tree, option), out var value))
        {
            value = option.In(Options.AnalyzerConfigOptionsProvider.GetOptions(tree), Rule.Id)!;
            _options.TryAdd((tree, option), value);
        }

        return (T)value;
    }

    private bool IsSilent(SyntaxTree tree) => _isTestProject && !Read(CommonOptions.IncludeTests, tree);
}
