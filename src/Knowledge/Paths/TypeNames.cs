using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Paths;

/// <summary>Written types as text in one spelling: no blanks, no <c>global::</c>, no <c>?</c>.</summary>
internal static class TypeNames
{
    public static string Of(TypeSyntax type)
    {
        switch (type)
        {
            case IdentifierNameSyntax name:
                return name.Identifier.ValueText;
            case PredefinedTypeSyntax predefined:
                return predefined.Keyword.ValueText;
            case NullableTypeSyntax nullable:
                return Of(nullable.ElementType);
            case RefTypeSyntax reference:
                return Of(reference.Type);
            case AliasQualifiedNameSyntax alias:
                return Of(alias.Name);
            case QualifiedNameSyntax qualified:
                return WithoutArguments(Of(qualified.Left)) + "." + Of(qualified.Right);
            case ArrayTypeSyntax array:
                return Of(array.ElementType) + "[]";
            case GenericNameSyntax generic:
                return generic.Identifier.ValueText + Arguments(generic);
            default:
                return type.ToString();
        }
    }

    /// <summary>The simple name of a written type: no qualifier, no arguments.</summary>
    public static string Simple(string name)
    {
        var end = name.IndexOf('<');
        if (end < 0)
            end = name.Length;

        var dot = end == 0 ? -1 : name.LastIndexOf('.', end - 1);
        return dot < 0 && end == name.Length ? name : name.Substring(dot + 1, end - dot - 1);
    }

    /// <summary>The name with its qualifier, without its arguments.</summary>
    public static string WithoutArguments(string name) => name.IndexOf('<') is var open and >= 0 ? name.Substring(0, open) : name;

    /// <summary>The arguments between the outermost angle brackets.</summary>
    public static string[] ArgumentsOf(string name)
    {
        var open = name.IndexOf('<');
        if (open < 0 || name[name.Length - 1] != '>')
            return [];

        var arguments = new List<string>();
        var depth = 0;
        var start = open + 1;
        for (var i = start; i < name.Length - 1; i++)
        {
            switch (name[i])
            {
                case '<' or '(':
                    depth++;
                    break;
                case '>' or ')':
                    depth--;
                    break;
                case ',' when depth == 0:
                    arguments.Add(name.Substring(start, i - start));
                    start = i + 1;
                    break;
            }
        }

        arguments.Add(name.Substring(start, name.Length - 1 - start));
        return [.. arguments];
    }

    /// <summary>Whether the name is written as types are; a missing name, as in code being typed, is not.</summary>
    public static bool IsUpper(string name) => name.Length > 0 && char.IsUpper(name[0]);

    /// <summary>The one argument of a type or a call that has exactly one.</summary>
    public static string? OnlyArgumentOf(string name) => ArgumentsOf(name) is { Length: 1 } arguments ? arguments[0] : null;

    private static string Arguments(GenericNameSyntax generic)
    {
        var text = new StringBuilder("<");
        for (var i = 0; i < generic.TypeArgumentList.Arguments.Count; i++)
        {
            if (i > 0)
                text.Append(',');

            text.Append(Of(generic.TypeArgumentList.Arguments[i]));
        }

        return text.Append('>').ToString();
    }

    /// <summary>The type arguments of a call's name, as <see cref="Of"/> spells them; empty where none are written.</summary>
    public static string ArgumentsOf(SimpleNameSyntax name) => name is GenericNameSyntax generic ? Arguments(generic) : "";
}
