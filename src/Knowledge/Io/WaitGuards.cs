using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>Waits that find what they wait for already there.</summary>
internal static class WaitGuards
{
    /// <summary>Members that say, when true, that the wait is over before it starts.</summary>
    private static readonly ImmutableHashSet<string> s_flags = ImmutableHashSet.Create("IsSet", "HasExited", "DataAvailable", "Pending", "Poll", "WaitForExit", "WaitOne", "Wait", "IsAddingCompleted", "Join");

    /// <summary>Members that say so when they are not zero.</summary>
    private static readonly ImmutableHashSet<string> s_amounts = ImmutableHashSet.Create("Available", "Count");

    /// <summary>Calls after which, in the same block, the wait is over.</summary>
    private static readonly ImmutableHashSet<string> s_completing = ImmutableHashSet.Create("CompleteAdding", "WaitForExitAsync");

    public static bool Spare(InvocationExpressionSyntax call, WaitPrimitive primitive, SemanticModel model, CancellationToken cancel)
    {
        if (primitive.Type == "Dns")
            return call.ArgumentList.Arguments.Count > 0 && model.GetConstantValue(call.ArgumentList.Arguments[0].Expression, cancel).Value is string host && System.Net.IPAddress.TryParse(host, out _);

        if (Calls.ReceiverOf(call) is not { } receiver)
            return false;

        return IsChecked(call, receiver.ToString()) || IsMadeSo(receiver, primitive, model, cancel);
    }

    private static bool IsChecked(SyntaxNode call, string receiver)
    {
        for (SyntaxNode child = call, parent = call.Parent!; parent is not null; child = parent, parent = parent.Parent!)
        {
            switch (parent)
            {
                case IfStatementSyntax branch when child == branch.Statement && Says(branch.Condition, receiver, true):
                case ElseClauseSyntax { Parent: IfStatementSyntax other } when Says(other.Condition, receiver, false):
                case WhileStatementSyntax loop when child == loop.Statement && Says(loop.Condition, receiver, true):
                case ConditionalExpressionSyntax choice when child == choice.WhenTrue ? Says(choice.Condition, receiver, true) : child == choice.WhenFalse && Says(choice.Condition, receiver, false):
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when child == both.Right && Says(both.Left, receiver, true):
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either when child == either.Right && Says(either.Left, receiver, false):
                case BlockSyntax block when block.Statements.TakeWhile(statement => statement != child).Any(statement => Settles(statement, receiver)):
                    return true;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return false;
            }
        }

        return false;
    }

    /// <summary>A statement after which there is nothing left to wait for: <c>if (!e.IsSet) return;</c>, <c>await p.WaitForExitAsync();</c></summary>
    private static bool Settles(StatementSyntax statement, string receiver) => statement switch
    {
        IfStatementSyntax { Else: null } branch => Leaves(branch.Statement) && Says(branch.Condition, receiver, false),
        ExpressionStatementSyntax { Expression: var expression } => s_completing.Any(name => Mentions(expression, receiver, name)),
        _ => false,
    };

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } statements } => Leaves(statements[statements.Count - 1]),
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax => true,
        _ => false,
    };

    /// <summary>Whether the condition, being <paramref name="value"/>, says that the wait is over.</summary>
    private static bool Says(ExpressionSyntax condition, string receiver, bool value) => condition switch
    {
        ParenthesizedExpressionSyntax inner => Says(inner.Expression, receiver, value),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negated => Says(negated.Operand, receiver, !value),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both => value && (Says(both.Left, receiver, true) || Says(both.Right, receiver, true)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either => !value && (Says(either.Left, receiver, false) || Says(either.Right, receiver, false)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.GreaterThanOrEqualExpression or (int)SyntaxKind.NotEqualsExpression } more => value && Reads(more.Left, receiver, s_amounts),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression } less => !value && Reads(less.Left, receiver, s_amounts),
        _ => value && Reads(condition, receiver, s_flags),
    };

    private static bool Reads(ExpressionSyntax expression, string receiver, ImmutableHashSet<string> names)
    {
        var read = expression is InvocationExpressionSyntax call ? call.Expression : expression;
        return read is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } member && names.Contains(name) && member.Expression.ToString() == receiver;
    }

    private static bool Mentions(ExpressionSyntax expression, string receiver, string name) =>
        expression.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>().Any(member => member.Name.Identifier.ValueText == name && member.Expression.ToString() == receiver);

    /// <summary>Whether the receiver was made so that it never waits: an event that is set from the start, a socket for datagrams or one that does not block.</summary>
    private static bool IsMadeSo(ExpressionSyntax receiver, WaitPrimitive primitive, SemanticModel model, CancellationToken cancel)
    {
        if (model.GetSymbolInfo(receiver, cancel).Symbol is not { Kind: SymbolKind.Local or SymbolKind.Field or SymbolKind.Property, DeclaringSyntaxReferences: { Length: 1 } declared } symbol)
            return false;

        if (primitive.Type == "Socket")
            return IsQuietSocket(symbol, declared[0].GetSyntax(cancel), cancel);

        return symbol is ILocalSymbol && primitive.Type is "ManualResetEventSlim" or "WaitHandle"
            && declared[0].GetSyntax(cancel) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments } creation }
            && arguments[0].Expression.IsKind(SyntaxKind.TrueLiteralExpression) && model.GetTypeInfo(creation, cancel).Type?.Name is "ManualResetEventSlim" or "ManualResetEvent"
            && !(Functions.Enclosing(creation)?.DescendantTokens().Any(token => token.ValueText == "Reset") ?? true);
    }

    private static bool IsQuietSocket(ISymbol symbol, SyntaxNode declaration, CancellationToken cancel)
    {
        var home = symbol is ILocalSymbol ? Functions.Enclosing(declaration) : declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        cancel.ThrowIfCancellationRequested();
        foreach (var assigned in home?.DescendantNodes() ?? [])
        {
            switch (assigned)
            {
                case AssignmentExpressionSyntax { Left: { } left, Right: { } right } when (NameOf(left) == symbol.Name && IsForDatagrams(right)) || (NameOf(left) == "Blocking" && right.IsKind(SyntaxKind.FalseLiteralExpression)):
                case VariableDeclaratorSyntax { Initializer.Value: { } value } variable when variable.Identifier.ValueText == symbol.Name && IsForDatagrams(value):
                    return true;
            }
        }

        return false;
    }

    private static string? NameOf(ExpressionSyntax left) => left switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsForDatagrams(ExpressionSyntax value) => value is BaseObjectCreationExpressionSyntax && value.ToString().IndexOf("SocketType.Dgram", StringComparison.Ordinal) >= 0;
}
