using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using PerfAnalyzers.Core;
using PerfAnalyzers.Knowledge;
using PerfAnalyzers.Knowledge.Io;
using PerfAnalyzers.Knowledge.Paths;

namespace PerfAnalyzers.Rules.Blocking;

/// <summary>PERF105: a pool thread waits for a disk, a pipe or a connection.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SyncFileIoAnalyzer() : RuleAnalyzer(Rule)
{
    internal static readonly Rule Rule = new()
    {
        Id = "PERF105",
        Family = Family.Blocking,
        Severity = DiagnosticSeverity.Info,
        Fix = FixKind.Safe,
        Title = "Synchronous file or stream I/O",
        Message = "'{0}' holds {1} until {2}; {3}",
        Why = """
            A disk usually answers at once; a network share, a throttled cloud disk, a pipe or a slow client does not, and
            then every request that reads or writes keeps a pool thread that does nothing. For request and response bodies
            Kestrel refuses synchronous calls altogether. The async twin gives the thread back while it waits.
            A `FileStream` that is not opened for asynchronous use only looks asynchronous on Windows: each awaited read or
            write runs the synchronous one on another pool thread. (Elsewhere the option changes nothing.)

            Streams count only where the code shows that a file, a pipe or a connection is behind them; memory is never
            reported. The fix hands a cancellation token to reads, not to what writes a file: half a file is worse than a late one.
            """,
        SeenIn = "Thread-pool queue length and p99 climb when a disk, a share or a client is slow; dumps show threads in `FileStream.Read`, `ReadLine` or `RandomAccess`.",
        Unless = "The file is small, local and read rarely, or the code runs in a command-line tool where nothing else needs the thread.",
        Options = ImmutableArray.Create<Option>(CommonOptions.Scope, CommonOptions.ExcludedSymbols, CommonOptions.MustFinish),
        Bad = """
            using System.IO;
            using System.Threading;
            using System.Threading.Tasks;

            class TemplateStore
            {
                public async Task<string> RenderAsync(string path, string name, CancellationToken stop)
                {
                    var template = File.[|ReadAllText|](path);
                    await Task.Yield();
                    return template.Replace("{name}", name);
                }
            }
            """,
        Good = """
            using System.IO;
            using System.Threading;
            using System.Threading.Tasks;

            class TemplateStore
            {
                public async Task<string> RenderAsync(string path, string name, CancellationToken stop)
                {
                    var template = await File.ReadAllTextAsync(path, stop);
                    await Task.Yield();
                    return template.Replace("{name}", name);
                }
            }
            """,
    };

    private static readonly ImmutableHashSet<string> s_opening = ImmutableHashSet.Create("Open", "OpenRead", "OpenWrite", "Create");

    private protected override void Watch(RuleContext rule)
    {
        if (rule.Types.Task is null || rule.Types["System.IO.File"] is null)
            return;

        var calls = FileCalls.Of(rule.Compilation);
        rule.On<InvocationExpressionSyntax>((site, call) =>
        {
            if (Calls.NameOf(call) is not { } name)
                return;

            if (calls.Names.Contains(name.Identifier.ValueText))
                CheckCall(site, calls, call, name);

            if (s_opening.Contains(name.Identifier.ValueText))
                CheckOpening(site, call);
        }, SyntaxKind.InvocationExpression);
        rule.OnCreate(ImmutableHashSet.Create("FileStream"), static (site, creation, _) => CheckOpening(site, creation));
    }

    private static void CheckCall(Site site, FileCalls calls, InvocationExpressionSyntax call, SimpleNameSyntax name)
    {
        if (site.Model.GetSymbolInfo(call, site.Cancel).Symbol is not IMethodSymbol method || ExpressionTrees.IsOnlyNamed(call)
            || calls.Find(call, method, site.Model, site.Cancel) is not { } found || IsOpenedForOthers(site, call, method)
            || StreamTwin.NameFor(call, method, site.Model, site.Types, site.Twins, site.Cancel) is not { } instead)
        {
            return;
        }

        if (SyncArms.HandsOn(call, site.Model, site.Cancel) || SyncArms.HasAsyncArm(call, method.Name + AsyncTwins.Suffix) || SyncArms.IsInSyncContract(call, site.Model, site.Cancel)
            || SyncArms.HasAsyncSibling(call, method.Name + AsyncTwins.Suffix, site.Model, site.Cancel)
            || CleanUp.Is(Functions.Enclosing(call)) || ThreadBodies.Contain(call) || IsLocked(call)
            || OnceRun.Contain(call, found.Writes, site.Model, site.Cancel) || ExpressionTrees.Contain(call, site.Model, site.Types, site.Cancel))
        {
            return;
        }

        if (site.IsInBlockingScope(call, out var path) && !IsItself(site, call, path))
        {
            var type = method.ContainingType.Name;
            site.Report(name.Identifier.GetLocation(), path, $"{type}.{method.Name}", $"the thread of '{FunctionAround(site, call, path)}'",
                found.Medium == StreamMedium.File ? "the disk has answered" : "the other side has answered", $"await {instead}");
        }
    }

    /// <summary>
    /// An archive that synchronous code opens, and an entry that is new or whose content goes to code that reads
    /// synchronously: to open it alone asynchronously gains nothing.
    /// </summary>
    private static bool IsOpenedForOthers(Site site, InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (method is { Name: "Open" or "OpenRead", ContainingType.Name: "ZipFile" })
            return !Functions.IsAsyncContext(call, site.Model, site.Types, site.Cancel);

        return method is { Name: "Open", ContainingType.Name: "ZipArchiveEntry" }
            && (IsNew(Calls.ReceiverOf(call), site) || StreamUses.Of(call, site.Model, site.Types, site.Cancel) is { Escapes: true } or { Awaited: 0, Synchronous.Count: 0 });
    }

    private static bool IsNew(ExpressionSyntax? entry, Site site) => entry switch
    {
        InvocationExpressionSyntax creation => Calls.NameOf(creation)?.Identifier.ValueText == "CreateEntry",
        IdentifierNameSyntax name => site.Model.GetSymbolInfo(name, site.Cancel).Symbol is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references }
            && references[0].GetSyntax(site.Cancel) is VariableDeclaratorSyntax { Initializer.Value: InvocationExpressionSyntax creation } && IsNew(creation, site),
        _ => false,
    };

    /// <summary>A stream opened for synchronous use, all of whose reads and writes are awaited.</summary>
    private static void CheckOpening(Site site, ExpressionSyntax expression)
    {
        if (StreamUses.MayBeAwaited(expression) && FileOpening.Of(expression, site.Model, site.Types, site.Cancel) is { } opening
            && StreamUses.Of(expression, site.Model, site.Types, site.Cancel) is { Escapes: false, Awaited: > 0, Synchronous.Count: 0 }
            && site.IsInBlockingScope(expression, out var path))
        {
            var name = expression is InvocationExpressionSyntax ? $"{opening.Method.ContainingType.Name}.{opening.Method.Name}" : opening.Method.ContainingType.Name;
            site.Report(opening.Name.GetLocation()!, path, name, "a pool thread for each awaited read and write", "the disk has answered", "open the file with useAsync: true");
        }
    }

    /// <summary>Nothing can be awaited under a lock; that it is held for so long is the finding there.</summary>
    private static bool IsLocked(SyntaxNode call)
    {
        for (var node = call.Parent; node is not null and not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax); node = node.Parent)
        {
            if (node is LockStatementSyntax)
                return true;
        }

        return false;
    }

    /// <summary>Whether the code has to be synchronous: a stream or log sink itself, what others call synchronously, and what only an object's creation runs.</summary>
    private static bool IsItself(Site site, SyntaxNode call, RequestPath path)
    {
        if (Functions.IsAsyncContext(call, site.Model, site.Types, site.Cancel))
            return false;

        if (call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration && site.Model.GetDeclaredSymbol(declaration, site.Cancel) is { } type && Sinks.Are(type, site.Types))
            return true;

        if (path.Reach != Reach.Request && IsOfState(site, call))
            return true;

        return path is not { Reach: Reach.Request, Entry: null } && SyncArms.IsForced(call, site.Model, site.Cancel);
    }

    /// <summary>
    /// Whether only constructors and properties run the code: none of them can await, and most of what they read is
    /// configuration, so that only a request that surely pays for it is worth a change of design.
    /// </summary>
    private static bool IsOfState(Site site, SyntaxNode call)
    {
        switch (Functions.Enclosing(call))
        {
            case null or ConstructorDeclarationSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax:
                return true;
            case MethodDeclarationSyntax method when site.Model.GetDeclaredSymbol(method, site.Cancel) is { DeclaredAccessibility: Accessibility.Private } symbol
                && CallSites.Of(symbol, site.Model, site.Cancel) is { Count: > 0 } callers:
                foreach (var caller in callers)
                {
                    if (Functions.Enclosing(caller.Call) is not (null or ConstructorDeclarationSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax))
                        return false;
                }

                return true;
            default:
                return false;
        }
    }

    private static string FunctionAround(Site site, SyntaxNode node, RequestPath path)
    {
        var name = Functions.Name(Functions.SymbolAround(node, site.Model, site.Cancel));
        return name == Functions.Lambda && path.Chain.Length == 1 ? path.Chain[0] : name;
    }
}
