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
            case TupleTypeSyntax tuple:
                return Tuple(tuple);
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

    /// <summary>Where the simple name begins.</summary>
    public static int SimpleStart(string name)
    {
        var end = SimpleEnd(name);
        return end == 0 ? 0 : name.LastIndexOf('.', end - 1) + 1;
    }

    /// <summary>Whether two written types have one simple name.</summary>
    public static bool SameSimple(string left, string right)
    {
        var (leftStart, rightStart) = (SimpleStart(left), SimpleStart(right));
        var length = SimpleEnd(left) - leftStart;
        return length == SimpleEnd(right) - rightStart && string.CompareOrdinal(left, leftStart, right, rightStart, length) == 0;
    }

    /// <summary>Whether a written type is named as interfaces are.</summary>
    public static bool LooksLikeInterface(string name)
    {
        var start = SimpleStart(name);
        return SimpleEnd(name) - start > 1 && name[start] == 'I' && char.IsUpper(name[start + 1]);
    }

    /// <summary>How many type arguments stand between the brackets that open at <paramref name="open"/>.</summary>
    public static int ArityOf(string name, int open)
    {
        if (name[name.Length - 1] != '>')
            return 0;

        var count = 1;
        for (var i = NextArgument(name, open + 1); i < name.Length - 1; i = NextArgument(name, i + 1))
            count++;

        return count;
    }

    /// <summary>The place behind the argument that begins at <paramref name="start"/>: its comma, or the closing bracket.</summary>
    public static int NextArgument(string name, int start)
    {
        var depth = 0;
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
                    return i;
            }
        }

        return name.Length - 1;
    }

    private static int SimpleEnd(string name) => name.IndexOf('<') is var open and >= 0 ? open : name.Length;

    /// <summary>The arguments between the outermost angle brackets.</summary>
    public static string[] ArgumentsOf(string name)
    {
        var open = name.IndexOf('<');
        if (open < 0 || name[name.Length - 1] != '>')
            return [];

        var arguments = new string[ArityOf(name, open)];
        for (int i = 0, start = open + 1; i < arguments.Length; i++)
        {
            var end = NextArgument(name, start);
            arguments[i] = name.Substring(start, end - start);
            start = end + 1;
        }

        return arguments;
    }

    /// <summary>Whether the name is written as types are; a missing name, as in code being typed, is not.</summary>
    public static bool IsUpper(string name) => name.Length > 0 && char.IsUpper(name[0]);

    /// <summary>The one argument of a type or a call that has exactly one.</summary>
    public static string? OnlyArgumentOf(string name) => ArgumentsOf(name) is { Length: 1 } arguments ? arguments[0] : null;

    private static string Tuple(TupleTypeSyntax tuple)
    {
        var text = new StringBuilder("(");
        foreach (var element in tuple.Elements)
        {
            text.Append(text.Length > 1 ? "," : "").Append(Of(element.Type));
            if (element.Identifier.RawKind != 0)
                text.Append(' ').Append(element.Identifier.ValueText);
        }

        return text.Append(')').ToString();
    }

    /// <summary>Whether the text is a tuple's, as <see cref="Of"/> spells it.</summary>
    public static bool IsTuple(string name) => name.Length > 2 && name[0] == '(' && name[name.Length - 1] == ')';

    /// <summary>Where the type of a tuple's element ends that stands between <paramref name="start"/> and <paramref name="end"/>: before its name, if it has one.</summary>
    public static int ElementTypeEnd(string name, int start, int end)
    {
        for (var i = end - 1; i > start && name[i] is not ('>' or ')' or ']'); i--)
        {
            if (name[i] == ' ')
                return i;
        }

        return end;
    }

    private static string Arguments(GenericNameSyntax generic)
    {
        if (generic.TypeArgumentList.Arguments.Count == 1)
            return "<" + Of(generic.TypeArgumentList.Arguments[0]) + ">";

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
