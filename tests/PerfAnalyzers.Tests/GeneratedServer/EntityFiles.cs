namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>The entity, in two partial files, its lines as a nested type, and its mapping.</summary>
internal static class EntityFiles
{
    public static IEnumerable<(string Path, string Text)> Write(Feature feature)
    {
        yield return ($"{feature.Name}.cs", Entity(feature).ToString());
        yield return ($"{feature.Name}.State.cs", State(feature).ToString());
        yield return ($"{feature.Name}Mapping.cs", Mapping(feature).ToString());
    }

    private static CodeWriter Entity(Feature feature)
    {
        var (name, code, body) = (feature.Name, feature.File(), default(BodyWriter));
        body = feature.Body(code);
        code.Line("/// <summary>What the customer ordered, and where it stands.</summary>");
        code.Open($"public partial class {name} : Entity");
        code.Block($$"""
            private readonly List<Line> _lines = [];
            private readonly Dictionary<string, int> _tags = [];

            public string Number { get; set; } = "";

            public string? Customer { get; private set; }

            public int Stage { get; set; }

            public Money Discount { get; set; }

            public IReadOnlyList<Line> Lines => _lines;

            /// <summary>The sum of all lines, less the discount.</summary>
            public Money Total
            {
                get
                {
                    var total = Money.Zero;
                    foreach (var line in _lines)
                        total += line.Amount;

                    return total - Discount;
                }
            }

            public bool IsEmpty => _lines.Count == 0;

            public decimal Weight => _lines.Sum(line => line.Weigh());

            public int this[string tag]
            {
                get => _tags.TryGetValue(tag, out var count) ? count : 0;
                set => _tags[Clean(tag)] = value;
            }

            public event EventHandler? Changed;

            public override string Describe() => $"{Number} ({Stage}): {Total.Text()}";

            public Line Add(string article, int count) => Add(article, count, Money.Of(count * 10));

            public Line Add(string article, int count, Money price)
            {
                var line = new Line(article, count) { Price = price };
                _lines.Add(line);
                OnChanged();
                return line;
            }

            public void Rename(string customer)
            {
                Customer = Clean(customer);
                OnChanged();
            }

            public void Remove(Predicate<Line> match)
            {
                if (_lines.RemoveAll(match) > 0)
                    OnChanged();
            }

            private void OnChanged()
            {
                Touch();
                Changed?.Invoke(this, EventArgs.Empty);
            }

            private static string Clean(string text) => text.Shorten(40).Trim();

            // Left from the first release; nothing calls it.
            private Money OldTotal()
            {
                var total = Money.Zero;
                foreach (var line in _lines)
                    total += line.Price;

                return total;
            }

            private int OldCount() => OldTotal().Cents > 0 ? _lines.Count : 0;

            """);
        code.Open("public sealed class Line(string article, int count)");
        code.Block("""
            public string Article { get; } = article;

            public int Count { get; private set; } = count;

            public Money Price { get; set; }

            public Money Amount => Price.Times(Count);

            public decimal Weigh() => Count * Unit();

            public void Merge(Line other) => Count += other.Count;

            private decimal Unit() => Article.Length > 10 ? 1.5m : 0.5m;

            private decimal UnitBefore() => Article.Length / 10m;
            """);
        code.Close();
        code.Close();
        return code;
    }

    private static CodeWriter State(Feature feature)
    {
        var (name, code) = (feature.Name, feature.File());
        code.Line("/// <summary>The stages that it goes through.</summary>");
        code.Open($"public partial class {name}");
        code.Block("""
            private static readonly string[] s_stages = ["new", "checked", "paid", "sent", "closed"];

            public string StageName => s_stages[Math.Clamp(Stage, 0, s_stages.Length - 1)];

            public bool IsClosed => Stage == s_stages.Length - 1;

            public bool CanMove(int stage) => stage > Stage && stage < s_stages.Length && !IsEmpty;

            public void Move(int stage)
            {
                if (!CanMove(stage))
                    throw Refused(stage);

                Stage = stage;
                this["moves"] += 1;
                Touch();
            }

            public void Move(string stage) => Move(Array.IndexOf(s_stages, stage));

            public void Reopen()
            {
                Stage = 0;
                this["reopened"]++;
            }

            private InvalidOperationException Refused(int stage) => new($"{Describe()} cannot move to {stage}");

            private void Force(int stage) => Stage = stage;
            """);
        code.Close();
        return code;
    }

    private static CodeWriter Mapping(Feature feature)
    {
        var (name, code) = (feature.Name, feature.File());
        code.Line($"public sealed record {name}Dto(int Id, string Number, string Stage, decimal Total, List<{name}LineDto> Lines);");
        code.Line();
        code.Line($"public sealed record {name}LineDto(string Article, int Count, decimal Amount);");
        code.Line();
        code.Open($"public static class {name}Mapping");
        code.Block($$"""
            public static {{name}}Dto ToDto(this {{name}} item) => new(item.Id, item.Number, item.StageName, item.Total.Value(), item.Lines.ToDtos());

            public static List<{{name}}LineDto> ToDtos(this IEnumerable<{{name}}.Line> lines) => lines.Select(line => line.ToDto()).ToList();

            public static List<{{name}}Dto> ToDtos(this IEnumerable<{{name}}> items)
            {
                var result = new List<{{name}}Dto>();
                foreach (var item in items)
                    result.Add(item.ToDto());

                return result;
            }

            public static {{name}} ToEntity(this {{name}}Dto dto)
            {
                var item = new {{name}} { Id = dto.Id, Number = dto.Number };
                foreach (var line in dto.Lines)
                    item.Add(line.Article, line.Count, Money.Of(line.Amount));

                return item;
            }

            private static {{name}}LineDto ToDto(this {{name}}.Line line) => new(line.Article, line.Count, line.Amount.Value());

            public static string ToCsv(this {{name}}Dto dto) => string.Join(';', dto.Id, dto.Number, dto.Stage, dto.Total);
            """);
        code.Close();
        return code;
    }
}
