using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Knowledge.EfModel;

namespace PerfAnalyzers.Knowledge.Entities;

/// <summary>What the code of a function names, as sorted <see cref="NameKeys"/>.</summary>
/// <param name="Members">The names that it reads after a dot.</param>
/// <param name="Others">What it names without one, calls and creates.</param>
/// <param name="HasLoop">Whether it has a loop, or a lambda that may be run like one.</param>
internal sealed record FunctionNames(ImmutableArray<int> Members, ImmutableArray<int> Others, bool HasLoop)
{
    public static FunctionNames Read(SyntaxNode function)
    {
        var members = new HashSet<int>();
        var others = new HashSet<int>();
        var hasLoop = false;
        foreach (var node in function.DescendantNodes(static n => n is not (AttributeListSyntax or ParameterListSyntax or TypeParameterConstraintClauseSyntax)))
        {
            switch (node)
            {
                case InvocationExpressionSyntax call when Calls.NameOf(call) is { } called:
                    others.Add(NameKeys.OfCall(called.Identifier.ValueText, call.ArgumentList.Arguments.Count));
                    break;
                case ObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 0 and var count } creation:
                    others.Add(NameKeys.OfCreation(ModelNames.Simple(creation.Type.ToString()), count));
                    break;
                case ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 0 and var count }:
                    others.Add(NameKeys.OfCreation(NameKeys.Unnamed, count));
                    break;
                case IdentifierNameSyntax name when !IsCalled(name):
                    (IsAfterDot(name) ? members : others).Add(NameKeys.OfName(name.Identifier.ValueText));
                    break;
                case CommonForEachStatementSyntax or ForStatementSyntax or AnonymousFunctionExpressionSyntax or QueryExpressionSyntax:
                    hasLoop = true;
                    break;
            }
        }

        return new FunctionNames(Sorted(members), Sorted(others), hasLoop);
    }

    /// <summary>Whether it names one of <paramref name="wanted"/>, after a dot or, unless <paramref name="onlyMembers"/>, in another way.</summary>
    public bool Has(HashSet<int> wanted, bool onlyMembers) => Has(Members, wanted) || (!onlyMembers && Has(Others, wanted));

    private static bool Has(ImmutableArray<int> keys, HashSet<int> wanted)
    {
        foreach (var key in keys)
        {
            if (wanted.Contains(key))
                return true;
        }

        return false;
    }

    private static bool IsCalled(IdentifierNameSyntax name)
    {
        SyntaxNode called = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name.Parent is MemberBindingExpressionSyntax binding ? binding : name;
        return called.Parent is InvocationExpressionSyntax call && call.Expression == called;
    }

    private static bool IsAfterDot(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name,
        MemberBindingExpressionSyntax => true,
        _ => false,
    };

    private static ImmutableArray<int> Sorted(HashSet<int> keys)
    {
        var sorted = new int[keys.Count];
        keys.CopyTo(sorted);
        Array.Sort(sorted);
        return ImmutableArray.Create(sorted);
    }
}
