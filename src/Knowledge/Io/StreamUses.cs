using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>What a function does with a stream that it opens, also through the readers and writers that it puts around it.</summary>
internal sealed class StreamUses
{
    private static readonly ImmutableHashSet<string> s_neutralCalls = ImmutableHashSet.Create(
        "Dispose", "DisposeAsync", "Close", "Seek", "SetLength", "Lock", "Unlock", "FlushAsync");

    private static readonly ImmutableHashSet<string> s_neutralProperties = ImmutableHashSet.Create(
        "Length", "Position", "Name", "CanRead", "CanSeek", "CanWrite", "AutoFlush", "NewLine");

    private static readonly ImmutableHashSet<string> s_sync = ImmutableHashSet.Create(
        "Read", "ReadExactly", "ReadAtLeast", "Write", "Flush", "CopyTo", "ReadBlock", "ReadLine", "ReadToEnd", "WriteLine");

    private readonly SemanticModel _model;
    private readonly KnownTypes _types;
    private readonly CancellationToken _cancel;
    private int _level;

    private StreamUses(SemanticModel model, KnownTypes types, CancellationToken cancel) => (_model, _types, _cancel) = (model, types, cancel);

    /// <summary>Whether code that is not looked at gets the stream.</summary>
    public bool Escapes { get; private set; }

    /// <summary>How many awaited calls read or write it.</summary>
    public int Awaited { get; private set; }

    /// <summary>The synchronous calls that read or write it.</summary>
    public List<InvocationExpressionSyntax> Synchronous { get; } = [];

    /// <summary>Whether <see cref="Of"/> can find an awaited use, as far as the text around the value says.</summary>
    public static bool MayBeAwaited(ExpressionSyntax value) => Wrappings.Around(value).Parent switch
    {
        EqualsValueClauseSyntax => LocalOf(value) is not null,
        MemberAccessExpressionSyntax or ArgumentSyntax => true,
        _ => false,
    };

    /// <summary>The uses of what <paramref name="value"/> gives.</summary>
    public static StreamUses Of(ExpressionSyntax value, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        var uses = new StreamUses(model, types, cancel);
        uses.Read(value);
        return uses;
    }

    /// <summary>The local variable that is declared with <paramref name="value"/>.</summary>
    public static VariableDeclaratorSyntax? LocalOf(ExpressionSyntax value) =>
        Wrappings.Around(value).Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax or UsingStatementSyntax } } declarator } ? declarator : null;

    private void Read(ExpressionSyntax value)
    {
        if (Escapes)
            return;

        var whole = Wrappings.Around(value);
        switch (whole.Parent)
        {
            case EqualsValueClauseSyntax when LocalOf(value) is { } declarator && _level < 4:
                ReadLocal(declarator);
                break;
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } member when member.Expression == whole && call.Expression == member:
                ReadCall(call, member.Name.Identifier.ValueText);
                break;
            case MemberAccessExpressionSyntax member when member.Expression == whole && s_neutralProperties.Contains(member.Name.Identifier.ValueText):
            case UsingStatementSyntax:
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression }:
            case IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } }:
                break;
            case ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" or "Close" } } }:
                break;
            case ArgumentSyntax argument when ReadArgument(argument):
                break;
            default:
                Escapes = true;
                break;
        }
    }

    private void ReadLocal(VariableDeclaratorSyntax declarator)
    {
        if (Functions.Enclosing(declarator) is not { } function || _model.GetDeclaredSymbol(declarator, _cancel) is not ILocalSymbol local)
        {
            Escapes = true;
            return;
        }

        _level++;
        foreach (var node in function.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != local.Name || !SymbolEqualityComparer.Default.Equals(_model.GetSymbolInfo(name, _cancel).Symbol, local))
                continue;

            // Code of another function may run at any time, on any thread.
            Escapes |= Functions.Enclosing(name) != function;
            if (!ExpressionTrees.IsOnlyNamed(name))
                Read(name);
        }

        _level--;
    }

    private void ReadCall(InvocationExpressionSyntax call, string name)
    {
        if (s_neutralCalls.Contains(name) || (name == "ConfigureAwait" && call.Parent is UsingStatementSyntax or EqualsValueClauseSyntax))
            return;

        if (s_sync.Contains(name))
            Synchronous.Add(call);
        else if (name.EndsWith(AsyncTwins.Suffix, System.StringComparison.Ordinal) && IsAwaited(call))
            Awaited++;
        else
            Escapes = true;
    }

    private bool ReadArgument(ArgumentSyntax argument)
    {
        switch (argument.Parent?.Parent)
        {
            case BaseObjectCreationExpressionSyntax creation when creation.ArgumentList?.Arguments.FirstOrDefault() == argument && StreamSources.IsWrapper(_model.GetTypeInfo(creation, _cancel).Type, _types):
                Read(creation);
                return true;
            case InvocationExpressionSyntax call when Calls.NameOf(call)?.Identifier.ValueText is { } name:
                if (name == "CopyTo")
                {
                    Synchronous.Add(call);
                    return true;
                }

                // The framework's own methods keep the promise of their name; what others do with a stream is not known.
                if (_model.GetSymbolInfo(call, _cancel).Symbol is not IMethodSymbol method || !IsOfTheFramework(method)
                    || !(name == "DeserializeAsyncEnumerable" || (name.EndsWith(AsyncTwins.Suffix, System.StringComparison.Ordinal) && IsAwaited(call))))
                {
                    return false;
                }

                Awaited++;
                return true;
            default:
                return false;
        }
    }

    private static bool IsOfTheFramework(IMethodSymbol method)
    {
        var home = method.ContainingType.ContainingNamespace;
        while (home is { ContainingNamespace: { IsGlobalNamespace: false } outer })
            home = outer;

        return home is { Name: "System" } || (home is { Name: "Microsoft" } && method.ContainingAssembly.Name.StartsWith("Microsoft.AspNetCore", System.StringComparison.Ordinal));
    }

    private static bool IsAwaited(InvocationExpressionSyntax call)
    {
        var whole = Wrappings.Around(call);
        while (whole.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "AsTask", Parent: InvocationExpressionSyntax outer })
            whole = Wrappings.Around(outer);

        return whole.Parent is AwaitExpressionSyntax;
    }
}
