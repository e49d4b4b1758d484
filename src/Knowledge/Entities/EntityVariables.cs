using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Loops;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>Where the entities in the variables of one function come from.</summary>
internal sealed class EntityVariables(EntityFlow flow)
{
    private readonly Dictionary<ISymbol, EntityOrigin?> _known = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxNode, HashSet<string>> _written = new();

    /// <summary>The origin of what the variable holds where it is used.</summary>
    public EntityOrigin? OriginOf(ISymbol variable, IdentifierNameSyntax use)
    {
        if (_known.TryGetValue(variable, out var origin))
            return origin;

        // A variable that depends on itself has no origin.
        _known[variable] = null;
        origin = variable.DeclaringSyntaxReferences.Length != 1 ? null : variable.DeclaringSyntaxReferences[0].GetSyntax(flow.Cancel) switch
        {
            CommonForEachStatementSyntax each => flow.OriginOf(each.Expression)?.ElementIn(new Loop(each, each.Expression)),
            VariableDeclaratorSyntax { Initializer: { } given } declarator when !IsWrittenAgain(variable, declarator) => flow.OriginOf(given.Value),
            VariableDeclaratorSyntax => EntityQueries.OriginOf(use, flow),
            ParameterSyntax parameter => OfLambdaParameter(parameter),
            SingleVariableDesignationSyntax { Parent: PatternSyntax pattern } => OfPattern(pattern),
            FromClauseSyntax from => OfRange(from),
            _ => null,
        };

        return _known[variable] = origin;
    }

    private EntityOrigin? OfLambdaParameter(ParameterSyntax parameter)
    {
        var lambda = parameter.Parent switch
        {
            LambdaExpressionSyntax simple => simple,
            ParameterListSyntax { Parent: AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax } several } list when list.Parameters.IndexOf(parameter) == 0 => several,
            _ => null,
        };

        return lambda?.Parent is ArgumentSyntax argument && !(lambda is LambdaExpressionSyntax tree && ExpressionTrees.IsTree(tree, flow.Model, flow.Types, flow.Cancel))
            ? flow.ElementsFor(argument)
            : null;
    }

    /// <summary><c>x is { } y</c> and <c>x is Order y</c> name the same entity anew.</summary>
    private EntityOrigin? OfPattern(PatternSyntax pattern) => pattern switch
    {
        { Parent: IsPatternExpressionSyntax test } and (DeclarationPatternSyntax or VarPatternSyntax or RecursivePatternSyntax) => flow.OriginOf(test.Expression),
        _ => null,
    };

    private EntityOrigin? OfRange(FromClauseSyntax from)
    {
        var query = from.FirstAncestorOrSelf<QueryExpressionSyntax>();
        return query is null || ExpressionTrees.IsProviderQuery(query, flow.Model, flow.Types, flow.Cancel)
            ? null
            : flow.OriginOf(from.Expression)?.ElementIn(new Loop(query, from.Expression));
    }

    private bool IsWrittenAgain(ISymbol variable, VariableDeclaratorSyntax declarator)
    {
        var function = Functions.Enclosing(declarator) ?? declarator.SyntaxTree.GetRoot(flow.Cancel);
        if (!_written.TryGetValue(function, out var written))
        {
            _written[function] = written = new HashSet<string>(StringComparer.Ordinal);
            foreach (var node in function.DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && IsWritten(name))
                    written.Add(name.Identifier.ValueText);
            }
        }

        if (!written.Contains(variable.Name))
            return false;

        foreach (var node in function.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Name && IsWritten(name)
                && SymbolEqualityComparer.Default.Equals(flow.Model.GetSymbolInfo(name, flow.Cancel).Symbol, variable))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWritten(IdentifierNameSyntax name) =>
        (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name) || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 };
}
