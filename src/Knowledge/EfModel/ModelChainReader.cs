using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.EfModel;

/// <summary>Reads the configuration calls of a file: of <c>OnModelCreating</c>, <c>IEntityTypeConfiguration&lt;T&gt;</c>, their extracted parts, and snapshots.</summary>
internal sealed class ModelChainReader : CSharpSyntaxWalker
{
    private readonly ImmutableArray<ModelChain>.Builder _chains = ImmutableArray.CreateBuilder<ModelChain>();
    private readonly Dictionary<string, Builder> _builders = new();
    private bool _isSnapshot;

    private ModelChainReader()
    {
    }

    public static ImmutableArray<ModelChain> Read(SyntaxNode root)
    {
        var reader = new ModelChainReader();
        reader.Visit(root);
        return reader._chains.ToImmutable();
    }

    public override void VisitClassDeclaration(ClassDeclarationSyntax node)
    {
        var outer = _isSnapshot;
        _isSnapshot = Inherits(node, "ModelSnapshot");
        base.VisitClassDeclaration(node);
        _isSnapshot = outer;
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        // The model that a migration was made from is history.
        if (node.Identifier.ValueText == "BuildTargetModel")
            return;

        foreach (var parameter in node.ParameterList.Parameters)
            Declare(parameter);

        base.VisitMethodDeclaration(node);
        _builders.Clear();
    }

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        foreach (var parameter in node.ParameterList.Parameters)
            Declare(parameter);

        base.VisitLocalFunctionStatement(node);
    }

    public override void VisitVariableDeclarator(VariableDeclaratorSyntax node)
    {
        if (node.Initializer?.Value is not InvocationExpressionSyntax call)
            base.VisitVariableDeclarator(node);
        else if (ReadChain(call) is { } builder)
            _builders[node.Identifier.ValueText] = builder;
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node) => ReadChain(node);

    /// <summary>Configures nothing, and may be nested too deep to walk.</summary>
    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
    }

    private static bool Inherits(ClassDeclarationSyntax node, string name)
    {
        foreach (var type in node.BaseList?.Types ?? default)
        {
            if (ModelNames.Simple(type.Type.ToString()) == name)
                return true;
        }

        return false;
    }

    private void Declare(ParameterSyntax parameter)
    {
        var type = parameter.Type is QualifiedNameSyntax qualified ? qualified.Right : parameter.Type;
        if (type is GenericNameSyntax { Identifier.ValueText: "EntityTypeBuilder" or "OwnedNavigationBuilder" or "ComplexPropertyBuilder", TypeArgumentList.Arguments: var arguments } && arguments.Count > 0)
        {
            var entity = arguments[arguments.Count - 1].ToString();
            _builders[parameter.Identifier.ValueText] = new Builder(entity, ImmutableArray<ModelCall>.Empty);
            if (type is GenericNameSyntax { Identifier.ValueText: "EntityTypeBuilder" })
                _chains.Add(new ModelChain(entity, ImmutableArray<ModelCall>.Empty, _isSnapshot));
        }
    }

    /// <summary>Reads the chain that ends with <paramref name="outermost"/>, and all that is given to its calls; null where it configures no entity.</summary>
    private Builder? ReadChain(InvocationExpressionSyntax outermost)
    {
        var links = new Stack<InvocationExpressionSyntax>();
        ExpressionSyntax root = outermost;
        while (root is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } call)
        {
            links.Push(call);
            root = member.Expression;
        }

        Builder? builder = null;
        if (root is IdentifierNameSyntax name && _builders.TryGetValue(name.Identifier.ValueText, out var known))
            builder = known;
        else if (root is InvocationExpressionSyntax other)
            VisitArguments(other);

        while (links.Count > 0)
        {
            var link = links.Pop();
            var method = Calls.NameOf(link)!.Identifier.ValueText;
            var call = ModelCallReader.Read(method, link);
            if (builder is null)
                builder = Start(call);
            else
                builder = builder with { Calls = builder.Calls.Add(call) };

            if (builder is null)
                VisitArguments(link);
            else
                VisitNested(link, builder, call);
        }

        if (builder is not null)
            _chains.Add(new ModelChain(builder.Entity, builder.Calls, _isSnapshot));

        return builder;
    }

    /// <summary>The builder that a call on the model's builder gives.</summary>
    private static Builder? Start(ModelCall call)
    {
        if (call.Name == "Entity")
        {
            var entity = call.Types.Length > 0 ? call.Types[0] : call.Members.Length > 0 ? call.Members[0] : null;
            return entity is null ? null : new Builder(entity, ImmutableArray<ModelCall>.Empty);
        }

        // What is said about a type rather than an entity: Owned<T>(), ComplexType<T>(), Ignore<T>(), Properties<T>().
        return call.Name is "Owned" or "Ignore" or "IgnoreAny" or "Properties" or "ComplexProperties" && call.Types.Length > 0
            ? new Builder(call.Types[0], ImmutableArray.Create(call))
            : null;
    }

    /// <summary>Reads the lambdas given to a call; their parameter is a builder of the entity, of what it owns, or of the call's own subject.</summary>
    private void VisitNested(InvocationExpressionSyntax link, Builder builder, ModelCall call)
    {
        foreach (var argument in link.ArgumentList.Arguments)
        {
            if (argument.Expression is not LambdaExpressionSyntax lambda || ParameterOf(lambda) is not { } parameter)
                continue;

            _builders.TryGetValue(parameter, out var hidden);
            _builders[parameter] = call.Name is "OwnsOne" or "OwnsMany" or "ComplexProperty" or "ComplexCollection" && call.Members.Length > 0
                ? new Builder($"{builder.Entity}/{call.Members[call.Members.Length - 1]}", ImmutableArray<ModelCall>.Empty)
                : builder;

            // The entity's own members are named by a lambda too; only a builder's is worth reading.
            if (lambda.Body is BlockSyntax or InvocationExpressionSyntax)
                Visit(lambda.Body);

            if (hidden is null)
                _builders.Remove(parameter);
            else
                _builders[parameter] = hidden;
        }
    }

    private void VisitArguments(InvocationExpressionSyntax link)
    {
        foreach (var argument in link.ArgumentList.Arguments)
            Visit(argument);
    }

    private static string? ParameterOf(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier.ValueText,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0].Identifier.ValueText,
        _ => null,
    };

    /// <summary>What a variable or a lambda's parameter configures.</summary>
    private sealed record Builder(string Entity, ImmutableArray<ModelCall> Calls);
}
