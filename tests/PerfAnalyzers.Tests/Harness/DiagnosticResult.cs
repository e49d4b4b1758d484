using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>An expected diagnostic. Same member names as Microsoft.CodeAnalysis.Testing.DiagnosticResult.</summary>
public readonly struct DiagnosticResult
{
    private readonly ImmutableArray<(string? Path, int Key, LinePositionSpan Span, bool StartOnly)> _locations;
    private readonly object?[]? _arguments;
    private readonly string? _message;
    public DiagnosticResult(string id, DiagnosticSeverity severity) : this() { Id = id; Severity = severity; _locations = ImmutableArray<(string?, int, LinePositionSpan, bool)>.Empty; }
    public DiagnosticResult(DiagnosticDescriptor d) : this(d.Id, d.DefaultSeverity) => MessageFormat = d.MessageFormat;
    private DiagnosticResult(in DiagnosticResult o, ImmutableArray<(string?, int, LinePositionSpan, bool)>? locations = null, object?[]? arguments = null, string? message = null, DiagnosticSeverity? severity = null, bool? suppressed = null)
    {
        Id = o.Id; Severity = severity ?? o.Severity; MessageFormat = o.MessageFormat; IsSuppressed = suppressed ?? o.IsSuppressed;
        _locations = locations ?? o._locations; _arguments = arguments ?? o._arguments; _message = message ?? o._message;
    }
    public string Id { get; }
    public DiagnosticSeverity Severity { get; }
    public LocalizableString? MessageFormat { get; }
    public bool? IsSuppressed { get; }
    internal ImmutableArray<(string? Path, int Key, LinePositionSpan Span, bool StartOnly)> Locations => _locations.IsDefault ? ImmutableArray<(string?, int, LinePositionSpan, bool)>.Empty : _locations;
    public string? Message => _message ?? (_arguments is null ? null : string.Format(MessageFormat?.ToString() ?? throw new InvalidOperationException($"{Id}: WithArguments needs a descriptor"), _arguments));
    public static DiagnosticResult CompilerError(string id) => new(id, DiagnosticSeverity.Error);
    public static DiagnosticResult CompilerWarning(string id) => new(id, DiagnosticSeverity.Warning);
    public DiagnosticResult WithLocation(int markupKey) => new(this, Locations.Add((null, markupKey, default, false)));
    public DiagnosticResult WithLocation(int line, int column) => new(this, Locations.Add((null, -1, Point(line, column), true)));
    public DiagnosticResult WithLocation(string path, int line, int column) => new(this, Locations.Add((path, -1, Point(line, column), true)));
    public DiagnosticResult WithSpan(int l, int c, int endL, int endC) => new(this, Locations.Add((null, -1, new(new(l - 1, c - 1), new(endL - 1, endC - 1)), false)));
    public DiagnosticResult WithSpan(string path, int l, int c, int endL, int endC) => new(this, Locations.Add((path, -1, new(new(l - 1, c - 1), new(endL - 1, endC - 1)), false)));
    public DiagnosticResult WithArguments(params object?[] arguments) => new(this, arguments: arguments);
    public DiagnosticResult WithMessage(string message) => new(this, message: message);
    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => new(this, severity: severity);
    public DiagnosticResult WithIsSuppressed(bool? isSuppressed) => new(this, suppressed: isSuppressed);
    private static LinePositionSpan Point(int line, int column) { var p = new LinePosition(line - 1, column - 1); return new(p, p); }
}
