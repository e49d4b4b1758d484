using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>One thing that happens to a query: an operator, or a fork in its composition.</summary>
internal abstract class QueryStep;

/// <summary>Several ways to go on, of which one is taken: <c>if (x) query = query.Where(…)</c> has one branch with an operator and one without.</summary>
internal sealed class QueryFork(ImmutableArray<ImmutableArray<QueryStep>> branches) : QueryStep
{
    public ImmutableArray<ImmutableArray<QueryStep>> Branches { get; } = branches;
}

/// <summary>A call such as <c>.Where(…)</c>, or a clause such as <c>where …</c>.</summary>
internal sealed class QueryOperator(string name, OperatorKind kind, SyntaxNode node, SyntaxToken nameToken, IMethodSymbol? method, SemanticModel model) : QueryStep
{
    /// <summary>The method's name; for a clause that of the method it stands for.</summary>
    public string Name { get; } = name;

    public OperatorKind Kind { get; } = kind;

    /// <summary>The invocation, the query clause, or the code that is not understood. It may stand in another method or file: see <see cref="Model"/>.</summary>
    public SyntaxNode Node { get; } = node;

    /// <summary>What a finding marks: the method's name or the clause's keyword.</summary>
    public SyntaxToken NameToken { get; } = nameToken;

    /// <summary>Null for a clause and for what is not understood.</summary>
    public IMethodSymbol? Method { get; } = method;

    /// <summary>The model that binds <see cref="Node"/>.</summary>
    public SemanticModel Model { get; } = model;

    /// <summary>The arguments without the source.</summary>
    public ImmutableArray<ArgumentSyntax> Arguments { get; init; } = ImmutableArray<ArgumentSyntax>.Empty;

    /// <summary>The first argument that is a lambda.</summary>
    public LambdaExpressionSyntax? Lambda
    {
        get
        {
            foreach (var argument in Arguments)
            {
                if (argument.Expression is LambdaExpressionSyntax lambda)
                    return lambda;
            }

            return null;
        }
    }

    /// <summary>What is computed per row: the lambda's expression, the condition of a <c>where</c>, the key of an <c>orderby</c> with one key, the value of a <c>select</c>.</summary>
    public ExpressionSyntax? Body { get; init; }

    /// <summary>Whether it works on rows that were already fetched.</summary>
    public bool IsInMemory { get; init; }

    /// <summary>Whether it runs the query.</summary>
    public bool IsTerminal => !IsInMemory && Kind >= OperatorKind.Sequence;
}

/// <summary>What an operator does to the rows.</summary>
internal enum OperatorKind
{
    /// <summary>Not understood: it may do anything.</summary>
    Unknown,

    /// <summary>The rows stay as they are: <c>AsNoTracking</c>, <c>AsSplitQuery</c>, <c>TagWith</c>, <c>AsQueryable</c>, <c>IgnoreQueryFilters</c>, ….</summary>
    Neutral,

    /// <summary><c>Where</c>.</summary>
    Filter,

    /// <summary><c>OfType</c>.</summary>
    TypeFilter,

    /// <summary><c>OrderBy</c>, <c>ThenBy</c>, <c>Reverse</c>, ….</summary>
    Order,

    /// <summary><c>Take</c>.</summary>
    Limit,

    /// <summary><c>Skip</c>.</summary>
    Skip,

    /// <summary><c>Select</c>, <c>let</c>, <c>ProjectTo</c>.</summary>
    Projection,

    /// <summary><c>SelectMany</c>, a second <c>from</c>.</summary>
    Flattening,

    /// <summary><c>Include</c>, <c>ThenInclude</c>.</summary>
    Include,

    /// <summary><c>Join</c>, <c>GroupJoin</c>, ….</summary>
    Join,

    /// <summary><c>GroupBy</c>.</summary>
    Grouping,

    /// <summary><c>Distinct</c>, <c>DistinctBy</c>.</summary>
    Distinct,

    /// <summary><c>Concat</c>, <c>Union</c>, <c>Except</c>, ….</summary>
    Combination,

    /// <summary>From here on the query runs. All rows: <c>ToList</c>, <c>AsEnumerable</c>, <c>Load</c>, ….</summary>
    Sequence,

    /// <summary>One row: <c>First</c>, <c>Single</c>, <c>Find</c>, ….</summary>
    Row,

    /// <summary>One value: <c>Count</c>, <c>Any</c>, <c>Sum</c>, ….</summary>
    Scalar,

    /// <summary><c>ExecuteDelete</c>, <c>ExecuteUpdate</c>.</summary>
    Write,
}
