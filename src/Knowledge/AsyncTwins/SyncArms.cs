using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge;

/// <summary>Calls that must be synchronous because their async counterpart stands beside them.</summary>
internal static class SyncArms
{
    /// <summary>Whether the call is the synchronous arm of code that picks one of the two: <c>async ? await XAsync() : X()</c>, or an <c>if</c> with both.</summary>
    public static bool HasAsyncArm(SyntaxNode call, string twinName)
    {
        for (SyntaxNode child = call, parent = call.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case ConditionalExpressionSyntax choice when Names(child == choice.WhenTrue ? choice.WhenFalse : child == choice.WhenFalse ? choice.WhenTrue : null, twinName):
                case IfStatementSyntax branch when child == branch.Statement && Names(branch.Else, twinName):
                case ElseClauseSyntax { Parent: IfStatementSyntax other } when Names(other.Statement, twinName):
                case BlockSyntax block when child is StatementSyntax statement && FollowsAsyncExit(block, statement, twinName):
                    return true;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether the call hands on, to the base type, what the type's own synchronous method of that name was asked for.</summary>
    public static bool HandsOn(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancel)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax } member || call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
            return false;

        var name = member.Name.Identifier.ValueText;
        return call.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.ValueText == name
            || (model.GetDeclaredSymbol(type, cancel) is INamedTypeSymbol declared && declared.GetMembers(name).Any(own => own.IsOverride));
    }

    /// <summary>
    /// Whether the call stands in the override or implementation of a synchronous member of a library that has an async
    /// member beside it: callers choose between the two, so this one has to be synchronous.
    /// </summary>
    public static bool IsInSyncContract(SyntaxNode call, SemanticModel model, CancellationToken cancel) => IsInSyncContract(call, model, IsFromLibrary, cancel);

    /// <summary>As <see cref="IsInSyncContract(SyntaxNode, SemanticModel, CancellationToken)"/>, for members of assemblies that others than the authors of this one have signed.</summary>
    public static bool IsInForeignContract(SyntaxNode call, SemanticModel model, CancellationToken cancel) => IsInSyncContract(call, model, IsForeign, cancel);

    /// <summary>Whether the method around the call is the override or implementation of a member that others wrote.</summary>
    public static bool IsForced(SyntaxNode call, SemanticModel model, CancellationToken cancel) =>
        call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration && model.GetDeclaredSymbol(declaration, cancel) is IMethodSymbol method
        && Contracts.Of(method).Any(promised => IsForeign(promised, model));

    /// <summary>
    /// Whether the method around the call stands beside one of its name with <c>Async</c> which calls the twin: each
    /// caller chooses between the two.
    /// </summary>
    public static bool HasAsyncSibling(SyntaxNode call, string twinName, SemanticModel model, CancellationToken cancel)
    {
        if (call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration || declaration.Parent is not TypeDeclarationSyntax)
            return false;

        var name = declaration.Identifier.ValueText + AsyncTwins.Suffix;
        if (model.GetDeclaredSymbol(declaration, cancel) is not IMethodSymbol method)
            return false;

        foreach (var member in method.ContainingType.GetMembers(name))
        {
            if (member.DeclaringSyntaxReferences.Any(reference => Names(reference.GetSyntax(cancel), twinName)))
                return true;
        }

        return false;
    }

    private static bool IsInSyncContract(SyntaxNode call, SemanticModel model, System.Func<ISymbol, SemanticModel, bool> isOutside, CancellationToken cancel)
    {
        if (call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration || model.GetDeclaredSymbol(declaration, cancel) is not IMethodSymbol method)
            return false;

        foreach (var promised in Contracts.Of(method))
        {
            if (isOutside(promised, model) && HasAsyncSibling(promised))
                return true;
        }

        return false;
    }

    private static bool IsFromLibrary(ISymbol symbol, SemanticModel model) =>
        !SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, model.Compilation.Assembly);

    private static bool IsForeign(ISymbol symbol, SemanticModel model) => IsFromLibrary(symbol, model)
        && symbol.ContainingAssembly is { Identity.PublicKeyToken: { IsEmpty: false } token } && !token.SequenceEqual(model.Compilation.Assembly.Identity.PublicKeyToken);

    private static bool HasAsyncSibling(IMethodSymbol method) => !method.ContainingType.GetMembers(method.Name + AsyncTwins.Suffix).IsEmpty;

    /// <summary><c>if (async) { return await XAsync(); } return X();</c></summary>
    private static bool FollowsAsyncExit(BlockSyntax block, StatementSyntax statement, string twinName)
    {
        foreach (var before in block.Statements)
        {
            if (before == statement)
                return false;

            if (before is IfStatementSyntax { Else: null } branch && Exits(branch.Statement) && Names(branch.Statement, twinName))
                return true;
        }

        return false;
    }

    private static bool Exits(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => block.Statements.Count > 0 && Exits(block.Statements[block.Statements.Count - 1]),
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax => true,
        _ => false,
    };

    private static bool Names(SyntaxNode? code, string name)
    {
        if (code is null)
            return false;

        foreach (var token in code.DescendantTokens())
        {
            if (token.ValueText == name)
                return true;
        }

        return false;
    }
}
