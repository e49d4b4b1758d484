namespace PerfAnalyzers.Knowledge;

/// <summary>Kinds of syntax that the oldest supported compiler does not know by name. The numbers are part of Roslyn's public API and do not change.</summary>
internal static class NewSyntax
{
    public const int FieldExpression = 8757;

    public const int CollectionExpression = 9076;

    public const int ExpressionElement = 9077;

    public const int SpreadElement = 9078;
}
