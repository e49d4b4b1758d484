using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;

namespace PerfAnalyzers.Fixing;

/// <summary>Why a function, looked at alone, cannot become async. Reads its declaration and its document only.</summary>
internal static class AsyncBlockers
{
    /// <summary>The reason, or null where the function itself does not stand in the way.</summary>
    public static string? Of(AsyncFunction function, string ruleId, HashSet<SyntaxNode> freed, CancellationToken cancel)
    {
        var (source, declaration, symbol) = function;
        return Kind(declaration, symbol) ?? Shape(symbol, source.Types) ?? Contract(symbol, source.Types) ?? Attributes(function)
            ?? (KeepsPublicApi(function, ruleId) ? "public API is kept" : null)
            ?? (Sources.CanEdit(source.Document) ? null : "generated or shared file")
            ?? OfBody(function, freed, cancel);
    }

    /// <summary>What in the body of a function forbids an await, also where the function is async already; the calls in <paramref name="freed"/> are gone.</summary>
    public static string? OfBody(AsyncFunction function, HashSet<SyntaxNode> freed, CancellationToken cancel) =>
        function is { Declaration: not CompilationUnitSyntax, Body: { } body } ? Body(body, function.Source.Model, freed, cancel) : null;

    private static string? Kind(SyntaxNode declaration, IMethodSymbol symbol) => declaration switch
    {
        CompilationUnitSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax => null,
        MethodDeclarationSyntax method when method.Modifiers.Any(SyntaxKind.UnsafeKeyword) || method.Modifiers.Any(SyntaxKind.ExternKeyword) => "unsafe or extern",
        MethodDeclarationSyntax method when method.Modifiers.Any(SyntaxKind.NewKeyword) => "hides an inherited member",
        MethodDeclarationSyntax => IsCalledByPattern(symbol) ? "called by the language or a framework under this name" : null,
        _ => $"a {symbol.MethodKind} cannot be async",
    };

    /// <summary>Methods that <c>using</c>, <c>foreach</c>, collection initialisers, queries or hosts find by name and shape.</summary>
    private static bool IsCalledByPattern(IMethodSymbol method) => method.Name switch
    {
        "Dispose" or "GetEnumerator" or "GetAsyncEnumerator" or "MoveNext" or "Deconstruct" or "GetPinnableReference" or "GetAwaiter" or "AppendLiteral" or "AppendFormatted" => true,
        "Slice" => method.Parameters.Length == 2,
        "PrintMembers" or "Equals" => method.ContainingType.IsRecord,
        "Add" => method.ContainingType.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable),
        "Select" or "SelectMany" or "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "GroupBy" or "Join" or "GroupJoin" or "Cast" =>
            method.Parameters.Any(p => p.Type.TypeKind == TypeKind.Delegate),
        { } name => IsStartUp(method) || (name.StartsWith("ShouldSerialize", System.StringComparison.Ordinal) && method.ReturnType.SpecialType == SpecialType.System_Boolean),
    };

    /// <summary>Registration of services, model and pipeline runs once and is written for hosts that call it synchronously.</summary>
    private static bool IsStartUp(IMethodSymbol method) => method.Parameters.Any(p => p.Type.Name is "IServiceCollection" or "ModelBuilder" or "IEndpointRouteBuilder" or "IWebHostBuilder"
            or "IHostBuilder" or "ContainerBuilder" or "IHostApplicationBuilder" or "WebApplicationBuilder"
        || (method.Name.StartsWith("Configure", System.StringComparison.Ordinal) && p.Type.Name is "IApplicationBuilder" or "WebApplication"));

    private static string? Shape(IMethodSymbol symbol, KnownTypes types)
    {
        if (types.Task is null || types.TaskOfT is null)
            return "no tasks";

        if (symbol.ReturnsByRef || symbol.ReturnsByRefReadonly || symbol.IsVararg || symbol.ReturnType.IsRefLikeType
            || symbol.ReturnType is IPointerTypeSymbol or IFunctionPointerTypeSymbol || symbol.ReturnType.TypeKind == TypeKind.Error)
        {
            return "its return type cannot be a task's";
        }

        // A type with its own async builder, or an async sequence, is no result to put into a task.
        if (!Functions.IsTask(symbol.ReturnType, types)
            && (types.Is(symbol.ReturnType, "System.Collections.Generic.IAsyncEnumerable`1")
                || symbol.ReturnType.OriginalDefinition.GetAttributes().Any(a => a.AttributeClass?.Name == "AsyncMethodBuilderAttribute")))
        {
            return "returns another kind of task";
        }

        foreach (var parameter in symbol.Parameters)
        {
            if (parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType || parameter.Type is IPointerTypeSymbol or IFunctionPointerTypeSymbol)
                return $"parameter {parameter.Name}";
        }

        return IsCovariant(symbol) ? "a task cannot vary with its result" : null;
    }

    /// <summary>Whether the result may be of a narrower type where the method is overridden or its interface is converted; tasks do not convert with their results.</summary>
    public static bool IsCovariant(IMethodSymbol symbol) => (symbol.OverriddenMethod is { } overridden && !AsyncNames.IsSameType(overridden.ReturnType, symbol.ReturnType))
        || (symbol.ContainingType is { TypeKind: TypeKind.Interface, IsGenericType: true } type
            && type.OriginalDefinition.TypeParameters.Any(parameter => parameter.Variance == VarianceKind.Out && Mentions(symbol.OriginalDefinition.ReturnType, parameter)));

    private static bool Mentions(ITypeSymbol type, ITypeParameterSymbol parameter) => type switch
    {
        INamedTypeSymbol named => named.TypeArguments.Any(argument => Mentions(argument, parameter)),
        IArrayTypeSymbol array => Mentions(array.ElementType, parameter),
        _ => SymbolEqualityComparer.Default.Equals(type, parameter),
    };

    /// <summary>An async method of a struct works on a copy: what it writes to its fields would be lost.</summary>
    public static bool WorksOnCopy(IMethodSymbol symbol) => symbol is
    {
        IsStatic: false, IsAsync: false, MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation, ContainingType: { TypeKind: TypeKind.Struct, IsReadOnly: false },
    };

    private static string? Contract(IMethodSymbol symbol, KnownTypes types)
    {
        if (symbol.MethodKind is MethodKind.AnonymousFunction or MethodKind.LocalFunction || Functions.IsTask(symbol.ReturnType, types))
            return null;

        return types.IsOrInherits(symbol.ContainingType, "System.Attribute") ? "attribute" : null;
    }

    /// <summary>An attribute may make a framework or a weaver call the method as it is; only well-known ones are let pass.</summary>
    private static string? Attributes(AsyncFunction function)
    {
        var symbol = function.Symbol;
        if (symbol.MethodKind == MethodKind.AnonymousFunction || Functions.IsTask(symbol.ReturnType, function.Source.Types))
            return null;

        var isEntry = FrameworkNames.Keeps(symbol, function.Source.Types);
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name is "STAThreadAttribute" or "ConditionalAttribute" or "ModuleInitializerAttribute"
                || (!isEntry && !IsHarmless(attribute) && !FrameworkNames.IsTest(attribute)))
            {
                return $"[{attribute.AttributeClass?.Name}]";
            }
        }

        // Flow attributes say something about the state after the call that does not hold for the call of an async method.
        return symbol.GetReturnTypeAttributes().Any() || symbol.Parameters.Any(p => p.GetAttributes().Any(IsFlow)) ? "flow attributes" : null;
    }

    private static bool IsHarmless(AttributeData attribute) => attribute.AttributeClass is { } type
        && (type.Name is "ObsoleteAttribute" or "DebuggerStepThroughAttribute" or "DebuggerHiddenAttribute" or "ExcludeFromCodeCoverageAttribute"
                or "SuppressMessageAttribute" or "EditorBrowsableAttribute" or "DescriptionAttribute" or "DisplayNameAttribute" or "ExtensionAttribute"
                or "NullableContextAttribute" or "RequiresUnreferencedCodeAttribute" or "RequiresDynamicCodeAttribute" or "PublicAPIAttribute" or "UsedImplicitlyAttribute"
            || (type.Name == "MethodImplAttribute" && attribute.ConstructorArguments.Length == 1
                && attribute.ConstructorArguments[0].Value is { } flags && (System.Convert.ToInt32(flags, System.Globalization.CultureInfo.InvariantCulture) & 0x20) == 0));

    private static bool IsFlow(AttributeData attribute) => attribute.AttributeClass?.ContainingNamespace?.ToDisplayString() == "System.Diagnostics.CodeAnalysis"
        && attribute.AttributeClass.Name is not ("AllowNullAttribute" or "DisallowNullAttribute" or "StringSyntaxAttribute");

    private static bool KeepsPublicApi(AsyncFunction function, string ruleId)
    {
        var symbol = function.Symbol;
        if (symbol.MethodKind is MethodKind.AnonymousFunction or MethodKind.LocalFunction || Functions.IsTask(symbol.ReturnType, function.Source.Types)
            || FrameworkNames.Keeps(symbol, function.Source.Types))
        {
            return false;
        }

        var options = function.Source.Document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(function.Source.Root.SyntaxTree);
        if (!CommonOptions.KeepPublicApi.In(options, ruleId))
            return false;

        for (ISymbol current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal or Accessibility.NotApplicable)
                && !(current is IMethodSymbol { ExplicitInterfaceImplementations.Length: > 0 }))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Code that must not go on on another thread, or that runs lazily.</summary>
    private static string? Body(SyntaxNode body, SemanticModel model, HashSet<SyntaxNode> freed, CancellationToken cancel)
    {
        foreach (var node in body.DescendantNodesAndSelf(n => n == body || n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or TypeDeclarationSyntax)))
        {
            switch (node)
            {
                case YieldStatementSyntax when model.GetEnclosingSymbol(node.SpanStart, cancel) is IMethodSymbol { IsAsync: false }:
                    return "iterator";
                case InvocationExpressionSyntax call when Calls.NameOf(call)?.Identifier.ValueText is "Enter" or "TryEnter" or "EnterScope" or "WaitOne"
                        or "EnterReadLock" or "EnterWriteLock" or "EnterUpgradeableReadLock" or "TryEnterReadLock" or "TryEnterWriteLock" or "AcquireReaderLock" or "AcquireWriterLock"
                    && !freed.Contains(call) && model.GetSymbolInfo(call, cancel).Symbol is IMethodSymbol { ContainingType.Name: "Monitor" or "SpinLock" or "Lock" or "Mutex" or "WaitHandle" or "ReaderWriterLockSlim" or "ReaderWriterLock" }:
                    return "holds a lock of its thread";
                case BaseObjectCreationExpressionSyntax creation when Names(creation, "TransactionScope")
                    && !creation.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(m => m.ToString().EndsWith("TransactionScopeAsyncFlowOption.Enabled", System.StringComparison.Ordinal)):
                    return "a transaction of its thread";
                case AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CurrentCulture" or "CurrentUICulture" or "CurrentPrincipal" } }:
                    return "sets a property of its thread";
            }
        }

        return null;
    }

    private static bool Names(BaseObjectCreationExpressionSyntax creation, string type) => creation switch
    {
        ObjectCreationExpressionSyntax { Type: var written } => written.ToString().EndsWith(type, System.StringComparison.Ordinal),
        { Parent: EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax declaration } } => declaration.Type.ToString().EndsWith(type, System.StringComparison.Ordinal),
        _ => false,
    };
}
