using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>
/// An HttpClient that code of a type can use for any address: a factory that the type has, a static client of which
/// nothing but its construction is configured, or a new static one.
/// </summary>
/// <param name="Expression">How code of the type writes the client.</param>
/// <param name="Type">Where a new one is added; null where there is one already.</param>
internal sealed record SharedHttpClient(string Expression, TypeDeclarationSyntax? Type)
{
    /// <summary>The client for code at <paramref name="place"/>; null where none can be had.</summary>
    public static SharedHttpClient? For(SyntaxNode place, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (place.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration || declaration is InterfaceDeclarationSyntax
            || model.GetDeclaredSymbol(declaration, cancel) is not INamedTypeSymbol type
            || types["System.Net.Http.SocketsHttpHandler"] is null || types["System.Net.Http.HttpClient"] is null)
        {
            return null;
        }

        var isStatic = Functions.Enclosing(place) is not { } function || IsStatic(function, model, cancel);
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { IsImplicitlyDeclared: false } field && (field.IsStatic || !isStatic)
                && (IsFactory(field.Type, types) ? $"{field.Name}.CreateClient()" : IsPlainClient(field, declaration, types, cancel) ? field.Name : null) is { } found
                && Means(field, place, model))
            {
                return new SharedHttpClient(found, null);
            }
        }

        // A static field of a generic type would be one client per type argument.
        var name = NameIn(type);
        return type.IsGenericType || type.MemberNames.Contains(name) || !model.LookupSymbols(place.SpanStart, name: name).IsEmpty
            ? null
            : new SharedHttpClient(name, declaration);
    }

    /// <summary>Adds the static client where there is none. The cookies of one caller must not reach another's call, hence no cookie container.</summary>
    public void AddTo(DocumentEdits edits, KnownTypes types)
    {
        if (Type is null || !edits.IsFirst((Type, Expression)))
            return;

        var position = Type.OpenBraceToken.Span.End;
        var client = edits.NameOf(types["System.Net.Http.HttpClient"]!, position);
        var handler = edits.NameOf(types["System.Net.Http.SocketsHttpHandler"]!, position);
        var time = edits.NameOf(types["System.TimeSpan"]!, position);
        var indent = new string(' ', 4);
        var field = (FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(
            $"private static readonly {client} {Expression} = new {client}(new {handler}\n{{\n{indent}PooledConnectionLifetime = {time}.FromMinutes(2),\n{indent}UseCookies = false,\n}});\n")!;
        var first = Type.Members[0];
        var gap = first is FieldDeclarationSyntax ? field : field.WithTrailingTrivia(SyntaxFactory.LineFeed, SyntaxFactory.LineFeed);
        edits.InsertBefore(first, gap.WithAdditionalAnnotations(Formatter.Annotation));
    }

    private static bool IsStatic(SyntaxNode function, SemanticModel model, CancellationToken cancel)
    {
        for (SyntaxNode? outer = function; outer is not null; outer = Functions.Enclosing(outer))
        {
            if (Functions.Symbol(outer, model, cancel) is { IsStatic: true })
                return true;
        }

        return false;
    }

    private static bool IsFactory(ITypeSymbol type, KnownTypes types) => types.Is(type, "System.Net.Http.IHttpClientFactory");

    /// <summary>A static client that the type makes itself and sends nothing of its own with: no address, no headers.</summary>
    private static bool IsPlainClient(IFieldSymbol field, TypeDeclarationSyntax type, KnownTypes types, CancellationToken cancel)
    {
        if (!field.IsStatic || !field.IsReadOnly || !types.Is(field.Type, "System.Net.Http.HttpClient") || field.DeclaringSyntaxReferences.Length != 1
            || field.DeclaringSyntaxReferences[0].GetSyntax(cancel) is not VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null } } declarator
            || !type.Contains(declarator))
        {
            return false;
        }

        foreach (var member in type.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
        {
            if (member.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == field.Name && member.Parent is not InvocationExpressionSyntax)
                return false;
        }

        return true;
    }

    private static bool Means(IFieldSymbol field, SyntaxNode place, SemanticModel model)
    {
        var found = model.LookupSymbols(place.SpanStart, name: field.Name);
        return found.Length == 1 && SymbolEqualityComparer.Default.Equals(found[0], field);
    }

    /// <summary>A name in the style that the type's private fields have.</summary>
    private static string NameIn(INamedTypeSymbol type)
    {
        var names = type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsImplicitlyDeclared && field.DeclaredAccessibility == Accessibility.Private)
            .Select(field => field.Name).ToList();
        if (names.Count == 0 || names.Any(name => name.StartsWith("s_", StringComparison.Ordinal)))
            return "s_httpClient";

        return names.Any(name => name[0] == '_') ? "_httpClient" : char.IsUpper(names[0][0]) ? "SharedHttpClient" : "httpClient";
    }
}
