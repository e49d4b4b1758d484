using System;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>Where the rows of a query come from.</summary>
internal enum QueryRoot
{
    /// <summary>Nothing is known: a field, a property or a method whose code is not in sight, or sources that differ by path.</summary>
    Unknown,

    /// <summary>A table of EF Core or EF6: a value of type <c>DbSet&lt;T&gt;</c>.</summary>
    Set,

    /// <summary>SQL text: <c>FromSql…</c>, <c>Database.SqlQuery…</c>.</summary>
    RawSql,

    /// <summary>What belongs to one entity: <c>Entry(x).Collection(…).Query()</c>.</summary>
    Navigation,

    /// <summary>A parameter of the function, so whatever callers pass.</summary>
    Parameter,

    /// <summary>A collection in memory, also behind <c>AsQueryable()</c>.</summary>
    InMemory,
}

/// <summary>
/// A sequence expression read back to its root, through locals, conditional composition, query syntax and methods of
/// the same compilation. What comes after the rows were fetched is part of it, marked as in memory.
/// </summary>
/// <param name="Root">Where the rows come from.</param>
/// <param name="RootNode">The expression of the root; null where there are several. It may stand in another method or file.</param>
/// <param name="RootSymbol">The property, field, parameter, local or method that the root names.</param>
/// <param name="EntityType">The type of the root's rows, where the root is a set, SQL, a navigation or a parameter.</param>
/// <param name="ContextType">The <c>DbContext</c> class that the root's set was asked from, where the code names it.</param>
/// <param name="Steps">What is applied to the root, in order.</param>
internal sealed record Query(QueryRoot Root, ExpressionSyntax? RootNode, ISymbol? RootSymbol, ITypeSymbol? EntityType, ITypeSymbol? ContextType, ImmutableArray<QueryStep> Steps)
{
    public static readonly Query Unknown = new(QueryRoot.Unknown, null, null, null, null, ImmutableArray<QueryStep>.Empty);

    public static readonly Query InMemory = Unknown with { Root = QueryRoot.InMemory };

    private ImmutableArray<QueryOperator> _operators;

    /// <summary>Whether the rows provably come from a database through EF.</summary>
    public bool IsDatabase => Root is QueryRoot.Set or QueryRoot.RawSql or QueryRoot.Navigation;

    /// <summary>All operators in order, also those that run on some paths only (see <see cref="IsAlways"/>) and those that run in memory.</summary>
    public ImmutableArray<QueryOperator> Operators
    {
        get
        {
            if (_operators.IsDefault)
            {
                var operators = ImmutableArray.CreateBuilder<QueryOperator>();
                Flatten(Steps, operators);
                _operators = operators.ToImmutable();
            }

            return _operators;
        }
    }

    /// <summary>The operator that fetches the rows, a row or a value, on every path; null while the query is only composed.</summary>
    public QueryOperator? Terminal
    {
        get
        {
            if (!Always(static step => step.IsTerminal))
                return null;

            foreach (var step in Operators)
            {
                if (step.IsTerminal)
                    return step;
            }

            return null;
        }
    }

    /// <summary>Whether an operator that the database runs, or a part of the composition, is not understood: rules stay quiet then.</summary>
    public bool HasUnknown => Sometimes(static step => step.Kind == OperatorKind.Unknown && !step.IsInMemory);

    /// <summary>
    /// The query of an expression: of one whose value is a query, or of a call that runs one, also awaited. Never
    /// null and never throws: what is not understood has an unknown root or an unknown operator.
    /// </summary>
    public static Query From(ExpressionSyntax expression, SemanticModel model, KnownTypes types, CancellationToken cancel) =>
        From(expression, model, types, new QueryBudget(), cancel);

    /// <summary>The same as part of a larger question, which may cost no more than <paramref name="budget"/> in all.</summary>
    public static Query From(ExpressionSyntax expression, SemanticModel model, KnownTypes types, QueryBudget budget, CancellationToken cancel) =>
        new QueryReader(model, types, budget, cancel).Read(expression);

    /// <summary>Whether every path applies an operator that matches.</summary>
    public bool Always(Func<QueryOperator, bool> matches) => Always(Steps, matches);

    /// <summary>Whether some path applies an operator that matches.</summary>
    public bool Sometimes(Func<QueryOperator, bool> matches)
    {
        foreach (var step in Operators)
        {
            if (matches(step))
                return true;
        }

        return false;
    }

    /// <summary>Whether <paramref name="step"/> is applied on every path.</summary>
    public bool IsAlways(QueryOperator step) => Steps.Contains(step);

    /// <summary>Compared by identity: two reads of the same code are two queries.</summary>
    public bool Equals(Query? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private static bool Always(ImmutableArray<QueryStep> steps, Func<QueryOperator, bool> matches)
    {
        foreach (var step in steps)
        {
            if (step is QueryOperator single ? matches(single) : Always((QueryFork)step, matches))
                return true;
        }

        return false;
    }

    private static bool Always(QueryFork fork, Func<QueryOperator, bool> matches)
    {
        foreach (var branch in fork.Branches)
        {
            if (!Always(branch, matches))
                return false;
        }

        return true;
    }

    private static void Flatten(ImmutableArray<QueryStep> steps, ImmutableArray<QueryOperator>.Builder operators)
    {
        foreach (var step in steps)
        {
            if (step is QueryOperator single)
            {
                operators.Add(single);
                continue;
            }

            foreach (var branch in ((QueryFork)step).Branches)
                Flatten(branch, operators);
        }
    }
}
