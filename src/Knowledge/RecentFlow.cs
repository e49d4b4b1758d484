using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace PerfAnalyzers.Knowledge;

/// <summary>The control flow of the function that was asked for last: the places of one function are looked at one after another.</summary>
internal sealed class RecentFlow
{
    private Flow? _last;

    /// <summary>The graph of the innermost function that runs <paramref name="place"/>, or null where the compiler has none.</summary>
    public ControlFlowGraph? Of(SyntaxNode place, SemanticModel model, CancellationToken cancel)
    {
        var function = Functions.Enclosing(place);
        var root = RootOf(place);
        if (root is null)
            return null;

        if (_last is not { } flow || flow.Root != root)
        {
            var graph = model.GetOperation(root, cancel) switch
            {
                IMethodBodyOperation body => ControlFlowGraph.Create(body, cancel),
                IConstructorBodyOperation body => ControlFlowGraph.Create(body, cancel),
                IFieldInitializerOperation initializer => ControlFlowGraph.Create(initializer, cancel),
                IPropertyInitializerOperation initializer => ControlFlowGraph.Create(initializer, cancel),
                IBlockOperation { Parent: null } block => ControlFlowGraph.Create(block, cancel),
                _ => null,
            };
            if (graph is null)
                return null;

            _last = flow = new Flow(root, graph);
        }

        return Find(flow.Graph, function, cancel);
    }

    /// <summary>The block's operations in order, the one that its branch depends on last.</summary>
    public static IEnumerable<IOperation> OperationsOf(BasicBlock block)
    {
        foreach (var operation in block.Operations)
            yield return operation;

        if (block.BranchValue is { } value)
            yield return value;
    }

    private static ControlFlowGraph? Find(ControlFlowGraph graph, SyntaxNode? function, CancellationToken cancel)
    {
        if (function is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            return graph;

        foreach (var local in graph.LocalFunctions)
        {
            foreach (var declaration in local.DeclaringSyntaxReferences)
            {
                if (declaration.Span == function.Span)
                    return graph.GetLocalFunctionControlFlowGraph(local, cancel);

                if (declaration.Span.Contains(function.Span))
                    return Find(graph.GetLocalFunctionControlFlowGraph(local, cancel), function, cancel);
            }
        }

        foreach (var block in graph.Blocks)
        {
            foreach (var operation in OperationsOf(block))
            {
                if (!operation.Syntax.Span.Contains(function.Span))
                    continue;

                foreach (var descendant in operation.DescendantsAndSelf())
                {
                    if (descendant is not IFlowAnonymousFunctionOperation lambda || !lambda.Syntax.Span.Contains(function.Span))
                        continue;

                    var inner = graph.GetAnonymousFunctionControlFlowGraph(lambda, cancel);
                    return lambda.Syntax == function ? inner : Find(inner, function, cancel);
                }
            }
        }

        return null;
    }

    /// <summary>The member's part whose operation stands for itself.</summary>
    private static SyntaxNode? RootOf(SyntaxNode place)
    {
        for (var node = place; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax:
                case ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax or IndexerDeclarationSyntax }:
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } }:
                    return node;
                case TypeDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    private sealed record Flow(SyntaxNode Root, ControlFlowGraph Graph);
}
