using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary><c>IDbCommand</c> and its kin, which have no async methods; the abstract classes that every provider derives from have them.</summary>
internal static class AdoInterfaces
{
    /// <summary>The names of these methods.</summary>
    public static readonly ImmutableHashSet<string> Names = ImmutableHashSet.Create(
        "ExecuteNonQuery", "ExecuteScalar", "ExecuteReader", "Open", "BeginTransaction", "Commit", "Rollback");

    /// <summary>The class that has the async method of a method that asks the database; null for any other method.</summary>
    public static string? AbstractClassOf(IMethodSymbol method, KnownTypes types) => method.Name switch
    {
        "ExecuteNonQuery" or "ExecuteScalar" or "ExecuteReader" when types.Is(method.ContainingType, "System.Data.IDbCommand") => "DbCommand",
        "Open" or "BeginTransaction" when types.Is(method.ContainingType, "System.Data.IDbConnection") => "DbConnection",
        "Commit" or "Rollback" when types.Is(method.ContainingType, "System.Data.IDbTransaction") => "DbTransaction",
        _ => null,
    };

    /// <summary>Whether the call stands in a wrapper: a type that implements the same interface and has no async form to offer.</summary>
    public static bool IsImplementedAround(SyntaxNode call, IMethodSymbol method, SemanticModel model, CancellationToken cancel)
    {
        if (call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration || model.GetDeclaredSymbol(declaration, cancel) is not INamedTypeSymbol type)
            return false;

        foreach (var contract in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(contract, method.ContainingType))
                return true;
        }

        return false;
    }
}
