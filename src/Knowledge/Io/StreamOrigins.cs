using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.Tasks;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>
/// Finds what is behind a stream, reader or writer: by its type, by what made it, and through the variables, fields,
/// parameters and methods of the compilation that hand it on.
/// </summary>
internal sealed class StreamOrigins(KnownTypes types, CancellationToken cancel)
{
    // A reader over a decompressing stream over a parameter that a caller filled from a method of its own.
    private const int Depth = 8;

    private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);

    public StreamMedium Of(ExpressionSyntax expression, SemanticModel model) => Of(expression, model, 0);

    private StreamMedium Of(ExpressionSyntax expression, SemanticModel model, int level)
    {
        cancel.ThrowIfCancellationRequested();
        var whole = Wrappings.Without(expression);
        if (StreamSources.OfType(model.GetTypeInfo(expression, cancel).Type, types) is var known and not StreamMedium.Unknown
            || (known = StreamSources.OfType(model.GetTypeInfo(whole, cancel).Type, types)) != StreamMedium.Unknown
            || level == Depth)
        {
            return known;
        }

        return whole switch
        {
            AwaitExpressionSyntax wait => Of(wait.Expression, model, level),
            BaseObjectCreationExpressionSyntax creation => OfCreation(creation, model, level),
            InvocationExpressionSyntax call => OfCall(call, model, level),
            ConditionalExpressionSyntax choice => Either(choice.WhenTrue, choice.WhenFalse, model, level),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => Either(choice.Left, choice.Right, model, level),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } cast => Of(cast.Left, model, level),
            AssignmentExpressionSyntax assignment => Of(assignment.Right, model, level),
            SwitchExpressionSyntax choice => OfAll(choice.Arms.Select(arm => (arm.Expression, model)), level),
            IdentifierNameSyntax or MemberAccessExpressionSyntax => OfSymbol(whole, model, level),
            _ => StreamMedium.Unknown,
        };
    }

    private StreamMedium OfCreation(BaseObjectCreationExpressionSyntax creation, SemanticModel model, int level)
    {
        if (!StreamSources.IsWrapper(model.GetTypeInfo(creation, cancel).Type, types) || creation.ArgumentList?.Arguments.FirstOrDefault() is not { } first)
            return StreamMedium.Unknown;

        // new StreamReader(path)
        return model.GetTypeInfo(first.Expression, cancel).Type is { SpecialType: SpecialType.System_String } ? StreamMedium.File : Of(first.Expression, model, level + 1);
    }

    private StreamMedium OfCall(InvocationExpressionSyntax call, SemanticModel model, int level)
    {
        if (model.GetSymbolInfo(call, cancel).Symbol is not IMethodSymbol method)
            return StreamMedium.Unknown;

        if (StreamSources.OfResult(method, types) is var known and not StreamMedium.Unknown)
            return known;

        switch (method.Name)
        {
            // What stands before it gives the stream: ConfigureAwait, the entry of an archive, WaitAsync.
            case "ConfigureAwait" or "AsTask" or "WaitAsync" or "GetAwaiter" or "GetResult" when Calls.ReceiverOf(call) is { } receiver:
                return Of(receiver, model, level);
            case "Open" or "OpenAsync" or "CreateEntry" or "GetEntry" when Calls.ReceiverOf(call) is { } archive && IsZip(method.ContainingType):
                return Of(archive, model, level + 1);
            case "CreateAsync" or "Synchronized" when method.IsStatic && call.ArgumentList.Arguments.Count > 0 && method.ContainingType.ContainingNamespace is { Name: "Compression" or "IO" }:
                return Of(call.ArgumentList.Arguments[0].Expression, model, level + 1);
            case "ReadAsStreamAsync" or "ReadAsStream" when types.IsOrInherits(method.ContainingType, "System.Net.Http.HttpContent"):
                return IsReadAsItComes(call) ? StreamMedium.Remote : StreamMedium.Unknown;
            default:
                return OfBody(method, model, level);
        }
    }

    /// <summary>The response is not read into memory first.</summary>
    private static bool IsReadAsItComes(SyntaxNode call) =>
        LocalValues.ScopeOf(call).DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: "ResponseHeadersRead" });

    private bool IsZip(ITypeSymbol type) => types.Is(type, "System.IO.Compression.ZipArchiveEntry") || types.Is(type, "System.IO.Compression.ZipArchive");

    /// <summary>What a method of this compilation returns.</summary>
    private StreamMedium OfBody(IMethodSymbol method, SemanticModel model, int level)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (definition.DeclaringSyntaxReferences is not { Length: 1 } references || !model.Compilation.ContainsSyntaxTree(references[0].SyntaxTree) || !_open.Add(definition))
            return StreamMedium.Unknown;

        var declaration = references[0].GetSyntax(cancel);
        var home = SemanticModels.Of(declaration.SyntaxTree, model);
        var results = declaration switch
        {
            BaseMethodDeclarationSyntax { ExpressionBody.Expression: { } value } => [value],
            LocalFunctionStatementSyntax { ExpressionBody.Expression: { } value } => [value],
            BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax => declaration
                .DescendantNodes(node => node == declaration || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
                .OfType<ReturnStatementSyntax>().Select(result => result.Expression).OfType<ExpressionSyntax>(),
            _ => Enumerable.Empty<ExpressionSyntax>(),
        };
        var medium = OfAll(results.Select(result => (result, home)), level + 1);
        _open.Remove(definition);
        return medium;
    }

    private StreamMedium OfSymbol(ExpressionSyntax expression, SemanticModel model, int level)
    {
        var symbol = model.GetSymbolInfo(expression, cancel).Symbol;
        switch (symbol)
        {
            case IPropertySymbol { Name: "BaseStream" } when expression is MemberAccessExpressionSyntax { Expression: var reader }:
                return Of(reader, model, level + 1);
            case IPropertySymbol { Name: "Body" } body:
                return OfBodyOfRequest(expression, body, model, level);
            case IPropertySymbol { Name: "StandardOutput" or "StandardError" } when expression is MemberAccessExpressionSyntax { Expression: var process } && HasExited(process):
                return StreamMedium.Memory;
            case IPropertySymbol or IFieldSymbol when StreamSources.OfMember(symbol, types) is var known and not StreamMedium.Unknown:
                return known;
        }

        if (symbol is null || !_open.Add(symbol))
            return StreamMedium.Unknown;

        var medium = symbol switch
        {
            ILocalSymbol => OfAll(LocalSources(symbol, expression, model), level + 1),
            IFieldSymbol or IPropertySymbol => OfAll(FieldSources(symbol, model), level + 1),
            IParameterSymbol parameter => OfAll(ArgumentSources(parameter, model), level + 1),
            _ => StreamMedium.Unknown,
        };
        _open.Remove(symbol);
        return medium;
    }

    /// <summary>Whether the code has waited for the process before: what it wrote is in the pipe.</summary>
    private static bool HasExited(ExpressionSyntax process) => Functions.Enclosing(process)?.DescendantNodes().Any(node => node.SpanStart < process.SpanStart
        && node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WaitForExit" or "WaitForExitAsync" } wait && wait.Expression.ToString() == process.ToString()) == true;

    /// <summary>A request's or response's body; code that puts a stream of its own in its place works on that one, and one that can be rewound is kept in memory.</summary>
    private StreamMedium OfBodyOfRequest(ExpressionSyntax expression, IPropertySymbol body, SemanticModel model, int level)
    {
        var scope = LocalValues.ScopeOf(expression);
        if (scope.DescendantNodes().Any(node => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Seek" or "Position", Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Body" } }))
            return StreamMedium.Unknown;

        var given = scope.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Body" } && assignment.Left != expression
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(assignment.Left, cancel).Symbol, body));
        foreach (var assignment in given)
        {
            if (Of(assignment.Right, model, level + 1) != StreamMedium.Remote)
                return StreamMedium.Unknown;
        }

        return StreamSources.OfMember(body, types);
    }

    private IEnumerable<(ExpressionSyntax, SemanticModel)> LocalSources(ISymbol local, SyntaxNode use, SemanticModel model)
    {
        foreach (var node in LocalValues.ScopeOf(use).DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Initializer.Value: { } value } declarator when declarator.Identifier.ValueText == local.Name
                    && SymbolEqualityComparer.Default.Equals(model.GetDeclaredSymbol(declarator, cancel), local):
                    if (!IsEmpty(value))
                        yield return (value, model);

                    break;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax left } assignment when left.Identifier.ValueText == local.Name
                    && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(left, cancel).Symbol, local):
                    if (!IsEmpty(assignment.Right))
                        yield return (assignment.Right, model);

                    break;
                // foreach (var entry in archive.Entries)
                case ForEachStatementSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Entries" } entries } loop when loop.Identifier.ValueText == local.Name
                    && SymbolEqualityComparer.Default.Equals(model.GetDeclaredSymbol(loop, cancel), local):
                    yield return (entries.Expression, model);
                    break;
            }
        }
    }

    /// <summary>Everything that the type itself puts into its field or property.</summary>
    private IEnumerable<(ExpressionSyntax, SemanticModel)> FieldSources(ISymbol field, SemanticModel atHand)
    {
        foreach (var reference in field.ContainingType.DeclaringSyntaxReferences)
        {
            // A referenced project may be a compilation of its own, with its own trees.
            if (!atHand.Compilation.ContainsSyntaxTree(reference.SyntaxTree))
                continue;

            var type = reference.GetSyntax(cancel);
            var model = SemanticModels.Of(type.SyntaxTree, atHand);
            foreach (var node in type.DescendantNodes())
            {
                var value = node switch
                {
                    VariableDeclaratorSyntax { Initializer.Value: { } initial, Parent.Parent: FieldDeclarationSyntax } declarator when declarator.Identifier.ValueText == field.Name => initial,
                    PropertyDeclarationSyntax property when property.Identifier.ValueText == field.Name => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
                    AssignmentExpressionSyntax assignment when NameOf(assignment.Left) == field.Name
                        && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(assignment.Left, cancel).Symbol?.OriginalDefinition, field.OriginalDefinition) => assignment.Right,
                    _ => null,
                };
                if (value is not null && !IsEmpty(value))
                    yield return (value, model);
            }
        }
    }

    /// <summary>What the callers of this compilation pass.</summary>
    private IEnumerable<(ExpressionSyntax, SemanticModel)> ArgumentSources(IParameterSymbol parameter, SemanticModel model)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method || CallSites.Of(method, model, cancel) is not { } sites)
            yield break;

        foreach (var site in sites)
        {
            if (CallSites.ArgumentFor(parameter, site.Call) is { } argument)
                yield return (argument, site.Model);
        }
    }

    private StreamMedium Either(ExpressionSyntax one, ExpressionSyntax other, SemanticModel model, int level) => OfAll([(one, model), (other, model)], level);

    private StreamMedium OfAll(IEnumerable<(ExpressionSyntax Value, SemanticModel Model)> values, int level)
    {
        StreamMedium? all = null;
        foreach (var (value, model) in values)
        {
            var one = IsEmpty(value) ? all ?? StreamMedium.Memory : Of(value, model, level);
            all = all is { } before ? StreamMedia.Either(before, one) : one;
            if (all is StreamMedium.File or StreamMedium.Remote)
                break;
        }

        return all ?? StreamMedium.Unknown;
    }

    private static bool IsEmpty(ExpressionSyntax value) => Wrappings.Without(value).IsKind(SyntaxKind.NullLiteralExpression) || Wrappings.Without(value).IsKind(SyntaxKind.DefaultLiteralExpression);

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name.Identifier.ValueText,
        _ => null,
    };
}
