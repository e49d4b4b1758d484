using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.EfModel;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>Reads the functions of one file.</summary>
internal sealed class FunctionReader
{
    private readonly ImmutableArray<DeclaredType>.Builder _types = ImmutableArray.CreateBuilder<DeclaredType>();
    private readonly ImmutableArray<DeclaredFunction>.Builder _functions = ImmutableArray.CreateBuilder<DeclaredFunction>();

    private FunctionReader()
    {
    }

    public static TreeFunctions Read(SyntaxNode root, CancellationToken cancel)
    {
        var reader = new FunctionReader();
        foreach (var node in root.DescendantNodes(static n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            cancel.ThrowIfCancellationRequested();
            if (node is TypeDeclarationSyntax type)
                reader._types.Add(new DeclaredType(type.Identifier.ValueText, BasesOf(type)));
            else if (node is MemberDeclarationSyntax and not (BaseNamespaceDeclarationSyntax or EnumDeclarationSyntax))
                reader.AddMember((MemberDeclarationSyntax)node);
        }

        return new TreeFunctions(reader._types.ToImmutable(), reader._functions.ToImmutable());
    }

    private static ImmutableArray<string> BasesOf(TypeDeclarationSyntax type)
    {
        var bases = ImmutableArray<string>.Empty;
        foreach (var ancestor in type.BaseList?.Types ?? default)
            bases = bases.Add(ModelNames.Simple(ancestor.Type.ToString()));

        return bases;
    }

    private void AddMember(MemberDeclarationSyntax member)
    {
        var home = (member.Parent as TypeDeclarationSyntax)?.Identifier.ValueText ?? "";
        switch (member)
        {
            case MethodDeclarationSyntax method when method.Body is not null || method.ExpressionBody is not null:
                Add(method.Identifier.ValueText, FunctionKind.Method, method.ParameterList, home, default, member, member);
                break;
            case ConstructorDeclarationSyntax constructor:
                Add(constructor.Identifier.ValueText, FunctionKind.Constructor, constructor.ParameterList, home, default, member, member);
                break;
            case PropertyDeclarationSyntax property when HasGetter(property):
                _functions.Add(new DeclaredFunction(property.Identifier.ValueText, FunctionKind.Getter, 0, home, ImmutableArray<string>.Empty, member.Span));
                break;
        }

        // Statements are walked for local functions, expressions are not: few lambdas have one.
        foreach (var node in member.DescendantNodesAndSelf(static n => n is not (ExpressionSyntax or AttributeListSyntax or ParameterListSyntax)))
        {
            if (node is LocalFunctionStatementSyntax local)
                Add(local.Identifier.ValueText, FunctionKind.Method, local.ParameterList, "", local.ConstraintClauses, member, local);
        }
    }

    private void Add(string name, FunctionKind kind, ParameterListSyntax parameters, string home, SyntaxList<TypeParameterConstraintClauseSyntax> constraints, MemberDeclarationSyntax member, SyntaxNode function)
    {
        var count = parameters.Parameters.Count;
        var takesAny = count > 0 && parameters.Parameters[count - 1].Modifiers.Any(SyntaxKind.ParamsKeyword);
        _functions.Add(new DeclaredFunction(name, kind, takesAny ? NameKeys.ManyArguments : count, home, GivenTo(parameters, constraints, member), function.Span));
    }

    private static bool HasGetter(PropertyDeclarationSyntax property)
    {
        if (property.ExpressionBody is not null)
            return true;

        foreach (var accessor in property.AccessorList?.Accessors ?? default)
        {
            if (accessor.IsKind(SyntaxKind.GetAccessorDeclaration) && (accessor.Body is not null || accessor.ExpressionBody is not null))
                return true;
        }

        return false;
    }

    /// <summary>The names in the parameters' types, and in constraints such as <c>where T : Order</c>.</summary>
    private static ImmutableArray<string> GivenTo(ParameterListSyntax parameters, SyntaxList<TypeParameterConstraintClauseSyntax> constraints, MemberDeclarationSyntax member)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in parameters.Parameters)
        {
            if (parameter.Type is { } type and not PredefinedTypeSyntax)
                AddNames(type, names);
        }

        foreach (var constraint in constraints)
            AddNames(constraint, names);

        foreach (var constraint in (member as MethodDeclarationSyntax)?.ConstraintClauses ?? default)
            AddNames(constraint, names);

        foreach (var constraint in (member.Parent as TypeDeclarationSyntax)?.ConstraintClauses ?? default)
            AddNames(constraint, names);

        return names.ToImmutableArray();
    }

    private static void AddNames(SyntaxNode type, HashSet<string> names)
    {
        foreach (var node in type.DescendantNodesAndSelf())
        {
            if (node is SimpleNameSyntax name)
                names.Add(name.Identifier.ValueText);
        }
    }
}
