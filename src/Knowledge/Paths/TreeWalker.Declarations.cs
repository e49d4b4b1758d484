using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Paths;

// Namespaces, types and their members.
internal sealed partial class TreeWalker
{
    private readonly List<UsingPart> _usings = [];

    private void Unit(CompilationUnitSyntax unit)
    {
        Usings(unit.Usings);
        if (unit.Members.Any(SyntaxKind.GlobalStatement))
            TopLevel(unit);

        foreach (var member in unit.Members)
            Member(member);
    }

    private void Usings(SyntaxList<UsingDirectiveSyntax> usings)
    {
        foreach (var directive in usings)
        {
            if (directive.Name is { } name)
            {
                _usings.Add(new UsingPart(TypeNames.Of(name), directive.Alias?.Name.Identifier.ValueText,
                    directive.StaticKeyword.RawKind != 0, directive.GlobalKeyword.RawKind != 0, _namespace));
            }
        }
    }

    private void TopLevel(CompilationUnitSyntax unit)
    {
        Enter(Reserve()).Kind = FunctionKind.TopLevel;
        Declare("args", Receiver(ReceiverKind.Type, "string[]"));
        var statements = new List<StatementSyntax>();
        foreach (var member in unit.Members)
        {
            if (member is GlobalStatementSyntax global)
                statements.Add(global.Statement);
        }

        Statements(statements);
        Leave(Function(FunctionKind.TopLevel, "Main", Traits.Static | Traits.Private | Traits.Body),
            new FunctionSpan(unit.SpanStart, unit.Span.Length, statements[0].SpanStart, 0, FunctionSpan.Whole));
    }

    private FunctionPart Function(FunctionKind kind, string name, Traits traits) =>
        new(kind, name, _type, -1, traits, 0, 0, null, default, default, default, default, null, HandlerKind.None, None, null, default);

    private void Member(MemberDeclarationSyntax member)
    {
        _cancel.ThrowIfCancellationRequested();
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax space:
                var outer = _namespace;
                _namespace = outer.Length == 0 ? TypeNames.Of(space.Name) : outer + "." + TypeNames.Of(space.Name);
                Usings(space.Usings);
                foreach (var inner in space.Members)
                    Member(inner);

                _namespace = outer;
                break;
            case TypeDeclarationSyntax type when type.Identifier.RawKind == 0 || type.Identifier.ValueText.Length == 0:
                ExtensionBlock(type);
                break;
            case TypeDeclarationSyntax type:
                Type(type);
                break;
            case MethodDeclarationSyntax method:
                Method(method);
                break;
            case BaseMethodDeclarationSyntax special:
                Special(special);
                break;
            case PropertyDeclarationSyntax property:
                _members.Add(new MemberPart(property.Identifier.ValueText, _type, TypeNames.Of(property.Type)));
                Accessors(property, property.Identifier, property.ExplicitInterfaceSpecifier, property.ExpressionBody, null);
                break;
            case IndexerDeclarationSyntax indexer:
                _members.Add(new MemberPart("this[]", _type, TypeNames.Of(indexer.Type)));
                Accessors(indexer, indexer.ThisKeyword, indexer.ExplicitInterfaceSpecifier, indexer.ExpressionBody, indexer.ParameterList);
                break;
            case EventDeclarationSyntax @event:
                Accessors(@event, @event.Identifier, @event.ExplicitInterfaceSpecifier, null, null);
                break;
            case BaseFieldDeclarationSyntax field:
                foreach (var variable in field.Declaration.Variables)
                    _members.Add(new MemberPart(variable.Identifier.ValueText, _type, TypeNames.Of(field.Declaration.Type)));

                break;
        }
    }

    private void Type(TypeDeclarationSyntax type)
    {
        var (outerType, outerFrame, outerLocals, outerScope) = (_type, _frame, _locals.Count, _scope);
        _scope = ++_scopes;
        var traits = TraitsOf(type.Modifiers, type is InterfaceDeclarationSyntax ? Traits.Interface : Traits.None);
        var bases = _names.Count;
        if (type.BaseList is { } list)
        {
            foreach (var @base in list.Types)
                _names.Add(TypeNames.Of(@base.Type));
        }

        var (baseNames, attributes) = (Names(bases), Attributes(type.AttributeLists));
        var (parameters, constraints) = TypeParameters(type.TypeParameterList, type.ConstraintClauses);
        _types.Add(new TypePart(type.Identifier.ValueText, type.TypeParameterList?.Parameters.Count ?? 0, _namespace, outerType, traits,
            baseNames, attributes, parameters, constraints));
        _type = _types.Count - 1;
        _frame = null;
        var (outerEvents, subscribed) = (_events.Count == 0 ? null : new string[_events.Count], _subscribed.Count);
        if (outerEvents is not null)
            _events.CopyTo(outerEvents);

        FindEvents(type);
        PrimaryParameters(type);
        Initializers(type, isStatic: false);
        Initializers(type, isStatic: true);
        foreach (var member in type.Members)
            Member(member);

        Events(subscribed);
        _events.Clear();
        if (outerEvents is not null)
            _events.UnionWith(outerEvents);

        Forget(outerLocals);
        (_type, _frame, _scope) = (outerType, outerFrame, outerScope);
    }

    /// <summary>C# 14's <c>extension(T x) { … }</c>: its members belong to the static class around it.</summary>
    private void ExtensionBlock(TypeDeclarationSyntax block)
    {
        var locals = _locals.Count;
        string? receiver = null;
        foreach (var parameter in PrimaryParameterList(block))
        {
            Declare(parameter.Identifier.ValueText, ReceiverOf(parameter.Type));
            receiver = parameter.Type is null ? null : TypeNames.Of(parameter.Type);
        }

        _extended = receiver;
        foreach (var member in block.Members)
            Member(member);

        _extended = null;
        Forget(locals);
    }

    private string? _extended;

    private void PrimaryParameters(TypeDeclarationSyntax type)
    {
        foreach (var parameter in PrimaryParameterList(type))
        {
            if (parameter.Type is not null)
                _members.Add(new MemberPart(parameter.Identifier.ValueText, _type, TypeNames.Of(parameter.Type)));
        }
    }

    // Roslyn 4.5 knows the list on records only; every later one has it as a child.
    private static SeparatedSyntaxList<ParameterSyntax> PrimaryParameterList(TypeDeclarationSyntax type)
    {
        foreach (var child in type.ChildNodesAndTokens())
        {
            if (child.AsNode() is ParameterListSyntax list)
                return list.Parameters;
        }

        return default;
    }

    /// <summary>The initialisers of fields and properties, which run with the constructor or once, and the arguments of a primary base.</summary>
    private void Initializers(TypeDeclarationSyntax type, bool isStatic)
    {
        var entered = false;
        foreach (var member in type.Members)
        {
            if (member.Modifiers.Any(SyntaxKind.ConstKeyword) || member.Modifiers.Any(SyntaxKind.StaticKeyword) != isStatic)
                continue;

            if (member is BaseFieldDeclarationSyntax field)
            {
                foreach (var variable in field.Declaration.Variables)
                    Initializer(variable.Initializer, field.Declaration.Type);
            }
            else if (member is PropertyDeclarationSyntax property)
            {
                Initializer(property.Initializer, property.Type);
            }
        }

        if (!isStatic && type.BaseList is { } list)
        {
            foreach (var @base in list.Types)
            {
                if (@base is PrimaryConstructorBaseTypeSyntax primary)
                {
                    Begin();
                    Call("base", primary.ArgumentList.Arguments.Count, CallKind.New, Base, first: Arguments(primary.ArgumentList));
                }
            }
        }

        if (entered)
        {
            Leave(Function(isStatic ? FunctionKind.StaticInitializer : FunctionKind.InstanceInitializer, "", Traits.Private | Traits.Body | (isStatic ? Traits.Static : Traits.None)),
                new FunctionSpan(type.SpanStart, type.Span.Length, type.Identifier.SpanStart, type.Identifier.Span.Length, isStatic ? FunctionSpan.Static : FunctionSpan.Instance));
        }

        void Initializer(EqualsValueClauseSyntax? value, TypeSyntax written)
        {
            if (value is null or { Value: LiteralExpressionSyntax })
                return;

            Begin();
            Expression(value.Value, written);
        }

        void Begin()
        {
            if (!entered)
                Enter(Reserve()).Kind = isStatic ? FunctionKind.StaticInitializer : FunctionKind.InstanceInitializer;

            entered = true;
        }
    }

    private Slice Attributes(SyntaxList<AttributeListSyntax> lists)
    {
        var from = _names.Count;
        foreach (var list in lists)
        {
            foreach (var attribute in list.Attributes)
                _names.Add(TypeNames.Of(attribute.Name));
        }

        return Names(from);
    }

    private (Slice Names, Slice Constraints) TypeParameters(TypeParameterListSyntax? list, SyntaxList<TypeParameterConstraintClauseSyntax> clauses)
    {
        if (list is null)
            return default;

        var from = _names.Count;
        foreach (var parameter in list.Parameters)
            _names.Add(parameter.Identifier.ValueText);

        var names = Names(from);
        from = _names.Count;
        foreach (var parameter in list.Parameters)
            _names.Add(ConstraintOf(parameter.Identifier.ValueText, clauses));

        return (names, Names(from));
    }

    private static string ConstraintOf(string parameter, SyntaxList<TypeParameterConstraintClauseSyntax> clauses)
    {
        foreach (var clause in clauses)
        {
            if (clause.Name.Identifier.ValueText != parameter)
                continue;

            var all = "";
            foreach (var constraint in clause.Constraints)
            {
                if (constraint is TypeConstraintSyntax { Type: var type } && !type.IsNotNull && !type.IsUnmanaged)
                    all = all.Length == 0 ? TypeNames.Of(type) : all + "&" + TypeNames.Of(type);
            }

            return all;
        }

        return "";
    }

    private static Traits TraitsOf(SyntaxTokenList modifiers, Traits traits)
    {
        foreach (var modifier in modifiers)
        {
            traits |= modifier.Kind() switch
            {
                SyntaxKind.PublicKeyword => Traits.Public,
                SyntaxKind.ProtectedKeyword => Traits.Protected,
                SyntaxKind.InternalKeyword => Traits.Internal,
                SyntaxKind.PrivateKeyword => Traits.Private,
                SyntaxKind.StaticKeyword => Traits.Static,
                SyntaxKind.AbstractKeyword => Traits.Abstract,
                SyntaxKind.VirtualKeyword => Traits.Virtual,
                SyntaxKind.OverrideKeyword => Traits.Override,
                SyntaxKind.PartialKeyword => Traits.Partial,
                _ => Traits.None,
            };
        }

        return traits;
    }
}
