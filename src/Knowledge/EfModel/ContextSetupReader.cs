using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>Reads where a file sets up contexts: <c>AddDbContext</c> and its kin, <c>OnConfiguring</c>, and options built by hand.</summary>
internal static class ContextSetupReader
{
    private static readonly ImmutableHashSet<string> s_providers = ImmutableHashSet.Create(
        "UseSqlServer", "UseAzureSql", "UseAzureSynapse", "UseNpgsql", "UseSqlite", "UseMySql", "UseMySQL", "UseInMemoryDatabase", "UseOracle", "UseCosmos",
        "UseFirebird", "UseDb2", "UseMongoDB", "UseSnowflake", "UseXGCore", "UseGaussDB", "UseDm", "UseJet", "UseJetOleDb", "UseJetOdbc");

    public static ImmutableArray<ContextSetup> Setups(SyntaxNode root)
    {
        var setups = new HashSet<ContextSetup>();
        foreach (var node in root.DescendantNodes())
        {
            if (node is not InvocationExpressionSyntax call || Calls.NameOf(call)?.Identifier.ValueText is not { } name)
                continue;

            var isProxies = name == "UseLazyLoadingProxies";
            if (!isProxies && !s_providers.Contains(name))
                continue;

            if (isProxies && IsSwitchedOff(call))
                continue;

            var (context, place) = Place(call);
            if (place == SetupPlace.Program || (isProxies && place == SetupPlace.Fallback))
                setups.Add(new ContextSetup(context, ChoosesProvider: !isProxies, UsesProxies: isProxies));
        }

        return setups.ToImmutableArray();
    }

    /// <summary>The types that contain <c>….LazyLoadingEnabled = false</c>.</summary>
    public static ImmutableArray<string> WithoutLazyLoading(SyntaxNode root)
    {
        var types = ImmutableArray.CreateBuilder<string>();
        foreach (var node in root.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "LazyLoadingEnabled" }, Right.RawKind: (int)SyntaxKind.FalseLiteralExpression }
                && node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type)
            {
                types.Add(type.Identifier.ValueText);
            }
        }

        return types.ToImmutable();
    }

    /// <summary>Which context the call sets up, and for whom.</summary>
    private static (string? Context, SetupPlace Place) Place(InvocationExpressionSyntax call)
    {
        string? context = null;
        ExpressionSyntax root = call;
        while (root is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member })
            root = member.Expression;

        if (root is ObjectCreationExpressionSyntax { Type: GenericNameSyntax { Identifier.ValueText: "DbContextOptionsBuilder", TypeArgumentList.Arguments: { Count: 1 } arguments } })
            context = ModelNames.Simple(arguments[0].ToString());

        for (var node = call.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case InvocationExpressionSyntax outer when Calls.NameOf(outer) is GenericNameSyntax { Identifier.ValueText: var name } generic && IsRegistration(name):
                    var types = generic.TypeArgumentList.Arguments;
                    return (ModelNames.Simple(types[types.Count - 1].ToString()), SetupPlace.Program);
                case MethodDeclarationSyntax { Identifier.ValueText: "OnConfiguring", Parent: TypeDeclarationSyntax type } method:
                    // Scaffolded code sets a provider only where nobody has set one.
                    return (type.Identifier.ValueText, Mentions(method, "IsConfigured") ? SetupPlace.Fallback : SetupPlace.Program);
                case TypeDeclarationSyntax type when IsDesignTime(type):
                    return (null, SetupPlace.Tool);
            }
        }

        return (context, SetupPlace.Program);
    }

    private static bool IsRegistration(string name) => name is "AddDbContext" or "AddDbContextPool" or "AddDbContextFactory" or "AddPooledDbContextFactory"
        or "AddSqlServer" or "AddSqlite" or "AddNpgsql" or "AddSqlServerDbContext" or "AddNpgsqlDbContext";

    private static bool IsDesignTime(TypeDeclarationSyntax type)
    {
        foreach (var implemented in type.BaseList?.Types ?? default)
        {
            if (ModelNames.Simple(implemented.Type.ToString()) == "IDesignTimeDbContextFactory")
                return true;
        }

        return false;
    }

    private static bool IsSwitchedOff(InvocationExpressionSyntax call)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression.IsKind(SyntaxKind.FalseLiteralExpression))
                return true;
        }

        return false;
    }

    private static bool Mentions(SyntaxNode node, string identifier)
    {
        foreach (var token in node.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == identifier)
                return true;
        }

        return false;
    }

    /// <summary>For whom a context is set up.</summary>
    private enum SetupPlace
    {
        /// <summary>For the running program.</summary>
        Program,

        /// <summary>For whoever comes without a set-up of their own.</summary>
        Fallback,

        /// <summary>For the command-line tools.</summary>
        Tool,
    }
}
