using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Queries;

/// <summary>
/// What a local or a parameter holds at a place: its initialiser, and the assignments that lead there, with a fork
/// for every branch. Where the statements are not understood, the value ends in an unknown operator.
/// </summary>
internal sealed class QueryVariables(QueryReader reader, CancellationToken cancel)
{
    private readonly Dictionary<ISymbol, Variable?> _variables = new(SymbolEqualityComparer.Default);

    public Query ValueAt(ISymbol symbol, ExpressionSyntax use)
    {
        if (!_variables.TryGetValue(symbol, out var variable))
            _variables.Add(symbol, variable = Find(symbol));

        if (variable is null)
            return Query.Unknown with { RootNode = use, RootSymbol = symbol };

        if (variable.Writes.Count == 0)
            return variable.Initial() ?? Query.Unknown;

        // Another function runs at another time.
        if (variable.IsWrittenElsewhere || Functions.Enclosing(use) != variable.Function || use.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
            return reader.Obscure(variable.Initial() ?? Query.Unknown, use);

        variable.Flow ??= new QueryFlow(reader, variable);
        var value = variable.Flow.Before(statement) ?? Query.Unknown;
        return variable.Flow.IsChangedByLoopAround(use) ? reader.Obscure(value, use) : value;
    }

    private Variable? Find(ISymbol symbol)
    {
        if (symbol.DeclaringSyntaxReferences.Length != 1)
            return null;

        var declaration = symbol.DeclaringSyntaxReferences[0].GetSyntax(cancel);
        switch (declaration)
        {
            case VariableDeclaratorSyntax declarator when Functions.Enclosing(declarator) is { } function:
                return new Variable(symbol, declarator, function, () => declarator.Initializer is { } given ? reader.Read(given.Value) : null, reader.Model, cancel);
            case ParameterSyntax parameter when FunctionOf(parameter) is { } function:
                return new Variable(symbol, parameter, function, () => Given((IParameterSymbol)symbol), reader.Model, cancel);
            default:
                return null;
        }
    }

    private Query Given(IParameterSymbol parameter)
    {
        if (reader.Arguments.TryGetValue(parameter, out var argument))
            return argument;

        if (!reader.IsQueryable(parameter.Type))
            return Query.Unknown with { RootSymbol = parameter };

        var entity = parameter.Type is INamedTypeSymbol { TypeArguments.Length: 1 } named ? named.TypeArguments[0] : null;
        return new Query(QueryRoot.Parameter, null, parameter, entity, null, System.Collections.Immutable.ImmutableArray<QueryStep>.Empty);
    }

    private static SyntaxNode? FunctionOf(ParameterSyntax parameter) => parameter.Parent switch
    {
        SimpleLambdaExpressionSyntax lambda => lambda,
        ParameterListSyntax { Parent: BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax } list => list.Parent,
        _ => null,
    };

    /// <summary>A variable and where its function writes it after the declaration.</summary>
    internal sealed class Variable
    {
        private readonly System.Func<Query?> _initial;
        private Query? _value;
        private bool _isRead;

        public Variable(ISymbol symbol, SyntaxNode declaration, SyntaxNode function, System.Func<Query?> initial, SemanticModel model, CancellationToken cancel)
        {
            Symbol = symbol;
            Declaration = declaration;
            Function = function;
            _initial = initial;
            foreach (var node in function.DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == symbol.Name && IsWritten(name)
                    && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancel).Symbol, symbol))
                {
                    Writes.Add(name);
                    IsWrittenElsewhere |= Functions.Enclosing(name) != function;
                }
            }
        }

        public ISymbol Symbol { get; }

        public SyntaxNode Declaration { get; }

        public SyntaxNode Function { get; }

        public List<IdentifierNameSyntax> Writes { get; } = new();

        public bool IsWrittenElsewhere { get; }

        /// <summary>Kept for the whole reading: a chain of assignments asks for each of its parts more than once.</summary>
        public QueryFlow? Flow { get; set; }

        /// <summary>What it holds before the first assignment; null for nothing.</summary>
        public Query? Initial()
        {
            if (!_isRead)
            {
                _isRead = true;
                _value = _initial();
            }

            return _value;
        }

        public bool IsWrittenIn(SyntaxNode node)
        {
            foreach (var write in Writes)
            {
                if (node.Span.Contains(write.Span))
                    return true;
            }

            return false;
        }

        private static bool IsWritten(IdentifierNameSyntax name)
        {
            SyntaxNode node = name;
            while (node.Parent is ParenthesizedExpressionSyntax or TupleExpressionSyntax or ArgumentSyntax { Parent: TupleExpressionSyntax })
                node = node.Parent;

            return node.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left == node,
                ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword) || argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword),
                RefExpressionSyntax => true,
                _ => false,
            };
        }
    }
}
