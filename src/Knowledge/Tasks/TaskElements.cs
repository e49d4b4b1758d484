using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace PerfAnalyzers.Knowledge.Tasks;

/// <summary>Variables that take one element of a collection after the other, and what is known of such elements.</summary>
internal sealed class TaskElements(SemanticModel model, KnownTypes types, CancellationToken cancel)
{
    private readonly LocalValues _locals = new(model, cancel);

    /// <summary>The collection whose elements the variable stands for: that of a <c>foreach</c>, of a query, or of the operator that the lambda is given to.</summary>
    public IOperation? CollectionOf(ISymbol variable) => CollectionSyntaxOf(variable) is { } collection ? model.GetOperation(collection, cancel) : null;

    /// <summary>Whether the variable is the finished task, or the tasks, that a continuation gets.</summary>
    public bool IsAntecedent(ISymbol variable)
    {
        if (variable is not IParameterSymbol { ContainingSymbol: IMethodSymbol function } || DeclarationOf(variable) is not { } declaration)
            return false;

        if (function.MethodKind == MethodKind.AnonymousFunction)
            return declaration.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is { } lambda && IsContinuation(lambda);

        // A method of its own that is named as a continuation.
        return function.DeclaredAccessibility == Accessibility.Private || function.MethodKind == MethodKind.LocalFunction
            ? declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == function.Name
                && IsContinuation(name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name)) == true
            : false;
    }

    /// <summary>Whether the variable gets only elements that were tested: <c>tasks.Where(t =&gt; t.IsCompletedSuccessfully)</c>.</summary>
    public bool AreChosenCompleted(ISymbol variable) => CollectionOf(variable) is { } collection && IsChosen(collection);

    /// <summary>Whether the operation takes an element that was tested: <c>tasks.First(t =&gt; t.IsCompleted)</c>.</summary>
    public bool IsChosenCompleted(IOperation task) => task switch
    {
        ILocalReferenceOperation local => _locals.Of(local.Local) is IInvocationOperation value && IsChosen(value),
        IInvocationOperation call => IsChosen(call),
        _ => false,
    };

    /// <summary>Whether the collection starts its tasks again whenever somebody walks it: <c>ids.Select(id =&gt; LoadAsync(id))</c> without <c>ToList</c>.</summary>
    public bool AreMadeAnew(TaskPath collection) => collection.Symbols.Length == 1 && _locals.Of(collection.Root) is { } value && IsLazy(value);

    /// <summary>The variables that a collection is made of: <c>a</c> and <c>b</c> for <c>a.Concat(b).ToList()</c>.</summary>
    public static IEnumerable<TaskPath> SourcesOf(IOperation collection)
    {
        if (TaskPath.Of(collection) is { } path)
        {
            yield return path;
            if (path.Symbols.Length > 1 && path.Element is null)
                yield return path with { Symbols = path.Symbols.RemoveAt(path.Symbols.Length - 1) }; // dictionary.Values
        }
        else if (collection is IConversionOperation or IParenthesizedOperation or IInvocationOperation or IArgumentOperation or IAwaitOperation)
        {
            foreach (var part in collection.ChildOperations.Where(child => child is not (IDelegateCreationOperation or IAnonymousFunctionOperation)).SelectMany(SourcesOf))
                yield return part;
        }
    }

    /// <summary>The elements of <c>new[] { a, b }</c> and <c>[a, b]</c>; none for other expressions.</summary>
    public static IReadOnlyList<IOperation> WrittenIn(IOperation collection)
    {
        while (collection is IConversionOperation or IParenthesizedOperation)
            collection = collection.ChildOperations.First();

        return collection switch
        {
            IArrayCreationOperation { Initializer.ElementValues: var values } => values,
            { Syntax.RawKind: NewSyntax.CollectionExpression } => collection.ChildOperations.ToList(),
            _ => [],
        };
    }

    private bool IsLazy(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;

        return value is IInvocationOperation { TargetMethod: { Name: "Select" or "SelectMany" } method } && types.Is(method.ContainingType, "System.Linq.Enumerable")
            && method.TypeArguments.Length > 1 && Functions.IsTask(method.TypeArguments[method.TypeArguments.Length - 1], types)
            && ((IInvocationOperation)value).Arguments.Any(argument => TaskProofs.LambdaOf(argument) is { } made && TaskPath.Of(made) is null);
    }

    private bool IsChosen(IOperation collection)
    {
        for (var current = collection; current is not null;)
        {
            switch (current)
            {
                case IConversionOperation conversion:
                    current = conversion.Operand;
                    break;
                case IInvocationOperation call:
                    if (call.TargetMethod.Name is "Where" or "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault" or "TakeWhile" or "FindAll" or "Find"
                        && call.Arguments.Length > 0 && call.Arguments[call.Arguments.Length - 1].Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } && TaskProofs.LambdaOf(lambda) is { } condition
                        && Tests(lambda, condition))
                    {
                        return true;
                    }

                    current = TaskPath.SourceOf(call);
                    break;
                case ILocalReferenceOperation local:
                    current = _locals.Of(local.Local);
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Whether the condition says that the element, or a task that hangs on it, is complete.</summary>
    private bool Tests(IAnonymousFunctionOperation lambda, IOperation condition)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            if (part is IPropertyReferenceOperation { Instance: { } task } && Functions.IsTask(task.Type, types) && TaskPath.Of(task) is { } path
                && lambda.Symbol.Parameters.Any(parameter => SymbolEqualityComparer.Default.Equals(parameter, path.Root))
                && new TaskProofs(path, null, model, types, cancel).Follows(condition, true))
            {
                return true;
            }
        }

        return false;
    }

    private ExpressionSyntax? CollectionSyntaxOf(ISymbol variable)
    {
        switch (DeclarationOf(variable))
        {
            case ForEachStatementSyntax loop:
                return loop.Expression;
            case SingleVariableDesignationSyntax designation when designation.FirstAncestorOrSelf<ForEachVariableStatementSyntax>() is { } loop && loop.Variable.Span.Contains(designation.Span):
                return loop.Expression;

            // dictionary.TryGetValue(key, out var task), queue.TryDequeue(out var task)
            case SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } } } }
                when member.Name.Identifier.ValueText.StartsWith("Try", System.StringComparison.Ordinal):
                return member.Expression;
            case FromClauseSyntax from:
                return from.Expression;
            case ParameterSyntax parameter when parameter.FirstAncestorOrSelf<SyntaxNode>(node => node is AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax or LocalFunctionStatementSyntax) is AnonymousFunctionExpressionSyntax lambda
                && lambda.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax call } list } argument:
                return Calls.ReceiverOf(call) is { } receiver && model.GetSymbolInfo(receiver, cancel).Symbol is not INamedTypeSymbol ? receiver
                    : list.Arguments[0] != argument ? list.Arguments[0].Expression : null;
            default:
                return null;
        }
    }

    private SyntaxNode? DeclarationOf(ISymbol variable) => variable.DeclaringSyntaxReferences is { Length: 1 } references && references[0].SyntaxTree == model.SyntaxTree ? references[0].GetSyntax(cancel) : null;

    private bool IsContinuation(ExpressionSyntax function) => function.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && Calls.NameOf(call)?.Identifier.ValueText is "ContinueWith" or "ContinueWhenAll" or "ContinueWhenAny"
        && model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { ContainingType.ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };
}
