using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Paths;

// Events: who raises one runs what the same class has subscribed to it, in whichever method.
internal sealed partial class TreeWalker
{
    private readonly List<(string Event, string Handler, int Lambda)> _subscribed = [];
    private readonly HashSet<string> _events = [];

    private void FindEvents(TypeDeclarationSyntax type)
    {
        _events.Clear();
        foreach (var member in type.Members)
        {
            if (member is not EventFieldDeclarationSyntax field)
                continue;

            foreach (var variable in field.Declaration.Variables)
                _events.Add(variable.Identifier.ValueText);
        }
    }

    /// <summary><c>Changed += OnChanged</c>, where the class itself declares the event.</summary>
    /// <param name="assignment">The subscription.</param>
    /// <param name="lambda">The function that its right side became, or -1.</param>
    private void Subscribed(AssignmentExpressionSyntax assignment, int lambda)
    {
        var name = assignment.Left switch
        {
            IdentifierNameSyntax simple => simple.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax own } => own.Identifier.ValueText,
            _ => "",
        };

        if (!assignment.IsKind(SyntaxKind.AddAssignmentExpression) || !_events.Contains(name))
            return;

        if (assignment.Right is IdentifierNameSyntax handler && !TryFindLocal(handler.Identifier.ValueText, out _))
            _subscribed.Add((name, handler.Identifier.ValueText, -1));
        else if (lambda >= 0)
            _subscribed.Add((name, "", lambda));
    }

    /// <summary>Raising the event reads its name: a getter without a body, which calls what was subscribed since <paramref name="from"/>.</summary>
    private void Events(int from)
    {
        for (var i = from; i < _subscribed.Count; i++)
        {
            var name = _subscribed[i].Event;
            if (name.Length == 0)
                continue;

            Enter(Reserve());
            for (var other = i; other < _subscribed.Count; other++)
            {
                var (@event, handler, lambda) = _subscribed[other];
                if (@event != name)
                    continue;

                if (lambda < 0)
                    Call(handler, -1, CallKind.Read, None);
                else
                    Call(name, lambda, CallKind.LocalRead, None);

                _subscribed[other] = ("", "", -1);
            }

            Leave(Function(FunctionKind.Getter, name, Traits.Private), new FunctionSpan(i, _functions.Count, 0, 0, FunctionSpan.Event));
        }

        _subscribed.RemoveRange(from, _subscribed.Count - from);
    }
}
