namespace PerfAnalyzers.Tests.Fixing;

/// <summary>A call in every place of the language where <c>await</c> may stand.</summary>
public sealed class PlaceShapes : ShapeTests
{
    private static readonly Dictionary<string, string> s_waiting = new()
    {
        ["Get"] = "int Get(int x) { Thread.Sleep(1); return Log.Write(x); }",
        ["Text"] = "string Text(int x) { Thread.Sleep(1); return \"\" + Log.Write(x); }",
        ["List"] = "List<int> List(int n) { Thread.Sleep(1); return Enumerable.Range(1, Log.Write(n)).ToList(); }",
        ["Open"] = "Item Open(int x) { Thread.Sleep(1); return new Item(Log.Write(x)); }",
        ["Box"] = "object? Box(int x) { Thread.Sleep(1); return \"\" + Log.Write(x); }",
        ["Maybe"] = "string? Maybe(int x) { Thread.Sleep(1); return Log.Write(x) == 0 ? null : \"m\" + x; }",
        ["Func"] = "Func<int, int> Func(int x) { Thread.Sleep(1); return y => x * y; }",
        ["Default"] = "int Default(int a = 3, int b = 4) { Thread.Sleep(1); return Log.Write(a * b); }",
        ["Sum"] = "int Sum(params int[] all) { Thread.Sleep(1); return Log.Write(all.Sum()); }",
        ["Pass"] = "T Pass<T>(T value) where T : notnull { Thread.Sleep(1); return Log.Write(value); }",
        ["Twice"] = "int Twice(this int x) { Thread.Sleep(1); return Log.Write(x * 2); }",
    };

    [Fact]
    public Task Operators_and_values() => Calls(
        "return (L.Get(1) + L.Get(2) * -L.Get(3)) + \"\";",
        "var x = 1; x += L.Get(2); x -= L.Get(x); x <<= L.Get(1); return x + \"\";",
        "int? x = null; x ??= L.Get(1); x ??= L.Get(2); return (x ?? L.Get(3)) + \"\";",
        "return (L.Get(1) == 1 && L.Get(2) == 3 || !(L.Get(4) == 4) ? L.Get(5) : L.Get(6)) + \"\";",
        "return $\"{L.Get(1)} {L.Get(2),4} {L.Get(3):D3} {(L.Get(4) > 3 ? L.Text(5) : \"\")} {L.Text(6).Length}\";",
        "var text = new StringBuilder(); text.Append($\"{L.Get(1)}-{L.Text(2)}\").Append(L.Get(3)); return text.ToString();",
        "return L.Text(1).Length + L.List(2)[L.Get(1)] + L.List(3).Count.ToString() + L.Text(4)[^1] + L.Text(5)[..L.Get(1)];",
        "var (a, b) = (L.Get(1), L.Get(2)); (a, b) = (b, L.Get(a)); return a + \",\" + b;",
        "var made = new { A = L.Get(1), B = L.Text(2) }; var r = new R(L.Get(3), L.Get(4)) with { Y = L.Get(5) }; return made + \"\" + r;",
        "var list = new List<int>(L.Get(4)) { L.Get(1), L.Get(2) }; var map = new Dictionary<int, int> { [L.Get(3)] = L.Get(4) }; var more = new Dictionary<int, int> { { L.Get(5), L.Get(6) } }; return string.Join(\",\", list) + string.Join(\",\", map.Concat(more));",
        "int[] a = [L.Get(1), .. L.List(2), L.Get(3)]; var b = new[] { L.Get(4), L.Get(5) }; var c = new int[L.Get(2), L.Get(3)]; a[L.Get(0)] += L.Get(7); return string.Join(\",\", a.Concat(b)) + c.Length;",
        "return L.Get(3) switch { 1 => L.Text(1), var n when L.Get(n) == 3 => L.Text(2), _ => L.Text(3) } + (L.Get(1) is > 0 and < 5) + (L.Text(4) is { Length: 1 } s ? s : \"\");",
        "object o = L.Get(1); long l = L.Get(2); var c = (char)L.Get(66); var t = L.Box(3) as string; var d = checked(L.Get(4) * 2); return o + \"\" + l + c + t + d + L.Text(5)!.Length + L.Box(6)!.ToString();");

    [Fact]
    public Task Statements() => Calls(
        "switch (L.Get(2)) { case 1: return L.Text(1); case 2 when L.Get(2) == 2: goto default; default: L.Get(9); break; } return \"end\";",
        "var n = 0; for (var i = L.Get(0); i < L.Get(3); i += L.Get(1)) { if (L.Get(i) == 1) continue; n += L.Get(i); } while (n < L.Get(5)) n++; do n--; while (n > L.Get(3)); return n + \"\";",
        "var n = 0; foreach (var x in L.List(3)) foreach (var y in L.List(x).Where(z => z > 0)) n += L.Get(x * y); return n + \"\";",
        "using var a = L.Open(1); using (L.Open(2)) using (var b = L.Open(3)) L.Get(b.X); return \"done\";",
        "try { L.Get(1); throw new InvalidOperationException(L.Text(2)); } catch (Exception e) { return e.Message + L.Text(3); } finally { L.Get(4); }",
        "lock (L.Open(1)) { Log.Write(\"in\"); } return \"locked\";",
        "throw new InvalidOperationException(L.Text(1));",
        "var n = L.Get(1) > 0 ? L.Get(2) : throw new InvalidOperationException(L.Text(3)); if (n > 1) { L.Get(4); } else L.Get(5); L.Get(6); ; return n + \"\";");

    [Fact]
    public Task Arguments_and_receivers() => Calls(
        "return string.Concat(L.Text(1), \"-\", L.Text(2)) + string.Join(\",\", L.Text(3), L.Text(4)) + string.Format(\"{0}{1}{2}{3}\", L.Get(5), 1, L.Get(6), 2) + Math.Max(val2: L.Get(7), val1: L.Get(8));",
        "int.TryParse(L.Text(1), out var n); L.Put(ref n, L.Get(2)); var a = new[] { 1, 2 }; L.Put(ref a[L.Get(1)], L.Get(3)); return n + \",\" + a[1];",
        "var s = new S { X = 1 }; s.Add(L.Get(2)); var a = new S[2]; a[L.Get(1)].Add(L.Get(3)); a[L.Get(1)].X++; return s.X + \",\" + a[1].X;",
        "var q = from x in L.List(3) where x > 1 select x * 2; return string.Join(\",\", q) + L.List(L.Get(2)).Select(x => x + 1).Sum();",
        "return (L.Maybe(1)?.Length ?? L.Get(9)) + (L.Maybe(0)?.Length ?? L.Get(8)) + \"x\".PadLeft(L.Get(3)) + L.Maybe(2)?[..1];",
        "Func<int, int> twice = x => x * 2; return twice(L.Get(1)) + L.Func(2)(L.Get(3)) + \"\"; ",
        "dynamic d = L.Get(1); int n = d + L.Get(2); _ = L.Get(3); return n + (string)d.ToString();",
        "var here = L.Default(); here += L.Default(b: L.Get(2)) + L.Sum() + L.Sum(1) + L.Sum(L.Get(1), L.Get(2), 3); return here + L.Pass<int>(L.Get(4)) + L.Pass(\"p\") + 5.Twice() + L.Get(1).Twice().ToString();");

    /// <summary>Bodies of methods, each of which calls what waits.</summary>
    private static Task Calls(params string[] bodies)
    {
        var used = s_waiting.Where(method => bodies.Any(body => body.Contains($"L.{method.Key}(", StringComparison.Ordinal) || body.Contains($"L.{method.Key}<", StringComparison.Ordinal) || body.Contains($".{method.Key}()", StringComparison.Ordinal))).ToArray();
        return Becomes(string.Join(" ", used.Select(method => $"L.{method.Key}Async").Concat(bodies.Select((_, n) => $"U.Use{n}Async"))),
            $$"""
            record R(int X, int Y);
            struct S { public int X; public void Add(int x) => X += x; }
            sealed class Item(int x) : IDisposable { public int X => x; public void Dispose() => Log.Write("-" + x); }
            static class L
            {
                {{string.Join("\n    ", used.Select(method => $"public static {method.Value}"))}}
                public static void Put(ref int place, int x) => place = Log.Write(x);
            }
            static class U
            {
                {{string.Join("\n    ", bodies.Select((body, n) => $"public static string Use{n}() {{ {body} }}"))}}
            }
            public static class Program
            {
                public static async Task<string> Run()
                {
                    await Task.Yield();
                    {{string.Join("\n        ", bodies.Select((_, n) => $"try {{ Log.Write(U.Use{n}()); }} catch (Exception e) {{ Log.Write(e.Message); }}"))}}
                    return Log.Text;
                }
            }
            """);
    }
}
