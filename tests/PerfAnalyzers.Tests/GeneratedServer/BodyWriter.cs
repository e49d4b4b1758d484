namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>A call that a body must contain: <c>{i}</c>, <c>{s}</c> and <c>{d}</c> stand for a number, a text and an amount in sight.</summary>
/// <param name="Template">The expression.</param>
/// <param name="Result">What it gives: i, s or d; v for nothing that is used.</param>
internal readonly record struct Callee(string Template, char Result = 'v');

/// <summary>Writes bodies of ordinary business code that compile: guards, loops, queries over lists, text, and the calls it is told to make.</summary>
internal sealed class BodyWriter(Random random, CodeWriter code)
{
    private static readonly string[] s_words = ["open", "paid", "late", "sent", "held", "draft", "void", "due", "part", "full"];
    private static readonly string[] s_names = ["count", "total", "index", "limit", "rank", "size", "step", "offset", "quota", "weight"];

    private readonly List<string> _numbers = [];
    private readonly List<string> _texts = [];
    private readonly List<string> _amounts = [];
    private int _next;

    /// <summary>Writes the statements of one function.</summary>
    /// <param name="parameters">What is in sight, as <c>i:count</c>, <c>s:name</c>, <c>d:price</c>.</param>
    /// <param name="statements">How many statements beside the calls.</param>
    /// <param name="calls">The calls to make, in order.</param>
    public void Write(string parameters, int statements, params Callee[] calls)
    {
        _numbers.Clear();
        _texts.Clear();
        _amounts.Clear();
        _next = 0;
        foreach (var parameter in parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Names(parameter[0]).Add(parameter[2..]);

        Statements(statements, calls, 0);
    }

    /// <summary>A number, a text or an amount for the function's last line.</summary>
    public string Result(char kind) => Value(kind);

    private void Statements(int count, ReadOnlySpan<Callee> calls, int depth)
    {
        var (numbers, texts, amounts) = (_numbers.Count, _texts.Count, _amounts.Count);
        var made = 0;
        for (var i = 0; i < count + calls.Length; i++)
        {
            var left = count + calls.Length - i;
            if (random.Next(left) < calls.Length - made)
                Call(calls[made++]);
            else
                Statement(depth);
        }

        if (depth == 0)
            return;

        _numbers.RemoveRange(numbers, _numbers.Count - numbers);
        _texts.RemoveRange(texts, _texts.Count - texts);
        _amounts.RemoveRange(amounts, _amounts.Count - amounts);
    }

    private void Call(Callee callee)
    {
        var expression = Fill(callee.Template);
        if (callee.Result == 'v')
        {
            code.Line(expression + ";");
            return;
        }

        var name = Fresh();
        code.Line($"var {name} = {expression};");
        Names(callee.Result).Add(name);
    }

    private string Fill(string template)
    {
        foreach (var kind in "isd")
        {
            for (var at = template.IndexOf($"{{{kind}}}", StringComparison.Ordinal); at >= 0; at = template.IndexOf($"{{{kind}}}", StringComparison.Ordinal))
                template = template[..at] + Value(kind) + template[(at + 3)..];
        }

        return template;
    }

    private void Statement(int depth)
    {
        switch (random.Next(depth switch { 0 => 16, 1 => 13, _ => 11 }))
        {
            case 0 or 1:
                Number();
                break;
            case 2:
                Text();
                break;
            case 3:
                var amount = Fresh();
                code.Line($"var {amount} = Math.Round({Value('d')} * {random.Next(2, 9)}m / 100m, 2);");
                _amounts.Add(amount);
                break;
            case 4:
                code.Line($"if (string.IsNullOrWhiteSpace({Value('s')}))");
                code.Line($"    throw new ArgumentException(\"{Word()} is missing\");");
                break;
            case 5:
                code.Line($"_logger.LogDebug(\"{Word()} {{Count}} of {{Name}}\", {Value('i')}, {Value('s')});");
                break;
            case 6:
                var list = Fresh();
                code.Line($"var {list} = Enumerable.Range(0, Math.Abs({Value('i')}) % 50).Where(x => x % {random.Next(2, 7)} == 0).Select(x => x * {Value('i')}).ToList();");
                var sum = Fresh();
                code.Line($"var {sum} = {list}.Count > 0 ? {list}.Sum() : {Value('i')};");
                _numbers.Add(sum);
                break;
            case 7:
                var builder = Fresh();
                code.Line($"var {builder} = new StringBuilder();");
                code.Line($"{builder}.Append({Value('s')}).Append('-').Append({Value('i')}).AppendLine();");
                var built = Fresh();
                code.Line($"var {built} = {builder}.ToString();");
                _texts.Add(built);
                break;
            case 8:
                var map = Fresh();
                code.Line($"var {map} = new Dictionary<string, int> {{ [{Value('s')}] = {Value('i')}, [\"{Word()}\"] = {random.Next(100)} }};");
                var found = Fresh();
                code.Line($"if ({map}.TryGetValue({Value('s')}, out var {found}))");
                code.Line($"    _logger.LogDebug(\"{Word()} {{Found}}\", {found});");
                break;
            case 9:
                var chosen = Fresh();
                code.Open($"var {chosen} = {Value('i')} switch");
                code.Line($"< {random.Next(10)} => {Value('i')},");
                code.Line($"> {random.Next(100, 200)} => {Value('i')} - {random.Next(9)},");
                code.Line("var other => other,");
                code.Close(";");
                _numbers.Add(chosen);
                break;
            case 10:
                code.Line($"// {Word()} and {Word()} are counted apart, see the {Word()} report.");
                Number();
                break;
            case 11 or 12:
                code.Open($"if ({Value('i')} > {random.Next(50)} && {Value('s')}.Length > {random.Next(9)})");
                Statements(random.Next(1, 4), [], depth + 1);
                code.Close();
                if (random.Next(3) == 0)
                {
                    code.Open("else");
                    Statements(random.Next(1, 4), [], depth + 1);
                    code.Close();
                }

                break;
            case 13:
                var index = Fresh();
                code.Open($"for (var {index} = 0; {index} < {Value('i')}; {index}++)");
                _numbers.Add(index);
                Statements(random.Next(1, 4), [], depth + 1);
                _numbers.Remove(index);
                code.Close();
                break;
            case 14:
                var item = Fresh();
                code.Open($"foreach (var {item} in {Value('s')}.Split(','))");
                _texts.Add(item);
                Statements(random.Next(1, 4), [], depth + 1);
                _texts.Remove(item);
                code.Close();
                break;
            default:
                code.Open("try");
                Statements(random.Next(1, 4), [], depth + 1);
                code.Close();
                var error = Fresh();
                code.Open($"catch (FormatException {error})");
                code.Line($"_logger.LogWarning({error}, \"{Word()} failed\");");
                code.Close();
                break;
        }
    }

    private void Number()
    {
        var name = Fresh();
        code.Line(random.Next(3) switch
        {
            0 => $"var {name} = {Value('i')} + {Value('i')} * {random.Next(2, 20)};",
            1 => $"var {name} = Math.Max({Value('i')}, {random.Next(100)});",
            _ => $"var {name} = {Value('s')}.IndexOf('{(char)('a' + random.Next(26))}') + {Value('i')};",
        });
        _numbers.Add(name);
    }

    private void Text()
    {
        var name = Fresh();
        code.Line(random.Next(3) switch
        {
            0 => $"var {name} = $\"{{{Value('s')}}}/{{{Value('i')}}}\";",
            1 => $"var {name} = string.Join(\", \", {Value('s')}, \"{Word()}\", {Value('i')});",
            _ => $"var {name} = {Value('s')}.Trim().ToUpperInvariant();",
        });
        _texts.Add(name);
    }

    private string Value(char kind)
    {
        var names = Names(kind);
        if (names.Count > 0 && random.Next(8) > 0)
            return names[random.Next(names.Count)];

        return kind switch
        {
            'i' => random.Next(1, 500).ToString(),
            's' => $"\"{Word()}\"",
            _ => $"{random.Next(1, 900)}.{random.Next(10, 99)}m",
        };
    }

    private List<string> Names(char kind) => kind switch { 'i' => _numbers, 's' => _texts, _ => _amounts };

    private string Word() => s_words[random.Next(s_words.Length)];

    private string Fresh() => s_names[random.Next(s_names.Length)] + ++_next;
}
