using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>
/// Connections and commands of SQLite, whose async methods run to their end before they return: by their type, or, where
/// the code says only <c>DbConnection</c>, by what they were made with.
/// </summary>
internal static class SqliteSources
{
    private const int Steps = 8;

    /// <summary>Whether <paramref name="expression"/> certainly gives an object of SQLite.</summary>
    public static bool Give(ExpressionSyntax expression, SemanticModel model, CancellationToken cancel)
    {
        for (var step = 0; step < Steps; step++)
        {
            expression = Wrappings.Without(expression);
            if (IsOfSqlite(model.GetTypeInfo(expression, cancel).Type))
                return true;

            var source = expression switch
            {
                InvocationExpressionSyntax call when Calls.NameOf(call)?.Identifier.ValueText is "CreateConnection" or "CreateCommand" or "BeginTransaction" or "ExecuteReader" => Calls.ReceiverOf(call),
                IdentifierNameSyntax name => InitializerOf(name, model, cancel),
                _ => null,
            };
            if (source is null)
                return false;

            expression = source;
        }

        return false;
    }

    /// <summary><c>Microsoft.Data.Sqlite</c> and <c>System.Data.SQLite</c>.</summary>
    public static bool IsOfSqlite(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.ContainingNamespace is { Name: "Sqlite" or "SQLite", ContainingNamespace: { Name: "Data", ContainingNamespace: { Name: "Microsoft" or "System", ContainingNamespace.IsGlobalNamespace: true } } })
                return true;
        }

        return false;
    }

    /// <summary>What a local holds from its declaration on; null where it is assigned later.</summary>
    private static ExpressionSyntax? InitializerOf(IdentifierNameSyntax name, SemanticModel model, CancellationToken cancel)
    {
        if (model.GetSymbolInfo(name, cancel).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references } local
            || references[0].GetSyntax(cancel) is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator
            || Functions.Enclosing(declarator) is not { } function)
        {
            return null;
        }

        foreach (var node in function.DescendantNodes())
        {
            var isWritten = node switch
            {
                AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } => left.Identifier.ValueText == local.Name,
                ArgumentSyntax { RefOrOutKeyword.RawKind: not 0, Expression: IdentifierNameSyntax given } => given.Identifier.ValueText == local.Name,
                _ => false,
            };
            if (isWritten)
                return null;
        }

        return value;
    }
}
