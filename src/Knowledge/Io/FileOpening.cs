using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace PerfAnalyzers.Knowledge.Io;

/// <summary>
/// An expression that opens a <c>FileStream</c> for synchronous use: one whose async methods run the synchronous ones
/// on a pool thread.
/// </summary>
/// <param name="Expression">The object creation or the call.</param>
/// <param name="Method">The constructor, or the method of <c>File</c> or <c>FileInfo</c>.</param>
/// <param name="Name">The name that a finding points at.</param>
internal sealed record FileOpening(ExpressionSyntax Expression, IMethodSymbol Method, SyntaxNodeOrToken Name)
{
    private const int Asynchronous = 0x40000000;

    /// <summary>The opening that <paramref name="expression"/> is; null where it is none, or one for asynchronous use, or where that is not seen.</summary>
    public static FileOpening? Of(ExpressionSyntax expression, SemanticModel model, KnownTypes types, CancellationToken cancel)
    {
        if (!MayOpen(expression) || model.GetSymbolInfo(expression, cancel).Symbol is not IMethodSymbol method)
            return null;

        var (isOpening, arguments) = expression switch
        {
            BaseObjectCreationExpressionSyntax creation => (types.Is(method.ContainingType, "System.IO.FileStream"), creation.ArgumentList),
            InvocationExpressionSyntax call => (types.Is(method.ContainingType, "System.IO.File") || types.Is(method.ContainingType, "System.IO.FileInfo"), call.ArgumentList),
            _ => (false, null),
        };
        if (!isOpening || arguments is null || !types.Is(expression is InvocationExpressionSyntax ? method.ReturnType : method.ContainingType, "System.IO.FileStream"))
            return null;

        // A handle was opened elsewhere.
        if (expression is BaseObjectCreationExpressionSyntax && method.Parameters[0].Type.SpecialType != SpecialType.System_String)
            return null;

        for (var i = 0; i < arguments.Arguments.Count; i++)
        {
            if (TwinCalls.ParameterOf(arguments.Arguments[i], i, method) is not { } parameter || !IsSynchronous(parameter, arguments.Arguments[i].Expression, model, cancel))
                return null;
        }

        return new FileOpening(expression, method, NameOf(expression));
    }

    /// <summary>What the text alone says, so that little is bound in vain.</summary>
    private static bool MayOpen(ExpressionSyntax expression) => expression switch
    {
        BaseObjectCreationExpressionSyntax => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "OpenRead" or "OpenWrite" or "Open" or "Create" } } => true,
        _ => false,
    };

    private static bool IsSynchronous(IParameterSymbol parameter, ExpressionSyntax value, SemanticModel model, CancellationToken cancel) => parameter.Name switch
    {
        "useAsync" => model.GetConstantValue(value, cancel).Value is false,
        "options" when parameter.Type.TypeKind == TypeKind.Enum => model.GetConstantValue(value, cancel).Value is int flags && (flags & Asynchronous) == 0,
        "options" => OptionsOf(value) is { } written && (written.OptionsValue is null || (model.GetConstantValue(written.OptionsValue, cancel).Value is int flags && (flags & Asynchronous) == 0)),
        _ => true,
    };

    /// <summary>The <c>Options</c> of a <c>FileStreamOptions</c> that is made in place, and its initialiser; null where it is not made in place.</summary>
    public static (InitializerExpressionSyntax Initializer, ExpressionSyntax? OptionsValue)? OptionsOf(ExpressionSyntax value)
    {
        if (value is not BaseObjectCreationExpressionSyntax { Initializer: { } initializer })
            return null;

        var assignment = initializer.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(item => item.Left is IdentifierNameSyntax { Identifier.ValueText: "Options" });
        return (initializer, assignment?.Right);
    }

    private static SyntaxNodeOrToken NameOf(ExpressionSyntax expression) => expression switch
    {
        ObjectCreationExpressionSyntax { Type: QualifiedNameSyntax qualified } => qualified.Right,
        ObjectCreationExpressionSyntax { Type: var type } => type,
        BaseObjectCreationExpressionSyntax creation => creation.NewKeyword,
        InvocationExpressionSyntax call => Calls.NameOf(call)!,
        _ => expression,
    };
}
