using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>
/// What a function writes that was there before it. Up to its first await each element ran alone so far, one after the
/// other; behind a wait for a place they run on several threads.
/// </summary>
internal sealed class SharedWritesFix(LambdaExpressionSyntax function, SemanticModel model, CancellationToken cancel)
{
    private static readonly HashSet<string> s_changes =
        ["Add", "AddRange", "Insert", "Remove", "RemoveAt", "RemoveAll", "Clear", "Enqueue", "Dequeue", "Push", "Pop", "Append", "AppendLine", "UnionWith", "ExceptWith", "TryAdd", "TryDequeue", "TryPop"];

    public bool AreNone()
    {
        foreach (var node in function.DescendantNodes())
        {
            var target = node switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left,
                PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } unary => unary.Operand,
                PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } unary => unary.Operand,
                ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword } argument => argument.Expression,
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } when s_changes.Contains(member.Name.Identifier.ValueText) && !IsForManyThreads(member.Expression) => member.Expression,
                _ => null,
            };

            if (target is not null && !IsOwn(target))
                return false;
        }

        return true;
    }

    /// <summary>Whether the target hangs on a variable of the function itself: its element, a local, a discard, or what an initializer fills.</summary>
    private bool IsOwn(ExpressionSyntax target)
    {
        while (true)
        {
            switch (target)
            {
                case MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } member:
                    target = member.Expression;
                    break;
                case ElementAccessExpressionSyntax element:
                    target = element.Expression;
                    break;
                case ParenthesizedExpressionSyntax parenthesized:
                    target = parenthesized.Expression;
                    break;
                case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                    target = suppressed.Operand;
                    break;
                case DeclarationExpressionSyntax or BaseObjectCreationExpressionSyntax or ImplicitElementAccessSyntax:
                    return true;
                case TupleExpressionSyntax tuple:
                    foreach (var part in tuple.Arguments)
                    {
                        if (!IsOwn(part.Expression))
                            return false;
                    }

                    return true;
                case IdentifierNameSyntax { Parent: AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } }:
                    return true;
                case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax chained }:
                    target = chained.Expression;
                    break;
                default:
                    return model.GetSymbolInfo(target, cancel).Symbol is IDiscardSymbol || (model.GetSymbolInfo(target, cancel).Symbol is ILocalSymbol or IParameterSymbol
                        && model.GetSymbolInfo(target, cancel).Symbol!.DeclaringSyntaxReferences is { Length: > 0 } references && function.Span.Contains(references[0].Span));
            }
        }
    }

    private bool IsForManyThreads(ExpressionSyntax collection) => model.GetTypeInfo(collection, cancel).Type?.ContainingNamespace is { Name: "Concurrent" or "Immutable" };
}
