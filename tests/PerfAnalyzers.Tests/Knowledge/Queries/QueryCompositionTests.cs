namespace PerfAnalyzers.Tests.Knowledge.Queries;

public sealed class QueryCompositionTests
{
    [Theory]
    [InlineData("var q = db.Orders.AsNoTracking(); return [|q.ToList()|];", "Set Order: AsNoTracking ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; q = q.Where(o => o.Id > 1); q = q.Take(3); return [|q.ToList()|];", "Set Order: Where Take ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; if (x > 1) q = q.Where(o => o.Id > 1); return [|q.ToList()|];", "Set Order: (Where|) ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; if (x > 1) { q = q.Where(o => o.Id > 1); } if (x > 2) { q = q.Take(x); } return [|q.ToList()|];", "Set Order: (Where|) (Take|) ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; if (x > 1) q = q.Where(o => o.Id > 1); else if (x > 2) q = q.Where(o => o.Id > 2); else q = q.Take(1); return [|q.ToList()|];", "Set Order: (Where|(Where|Take)) ToList")]
    [InlineData("IQueryable<Order> q; if (x > 1) q = db.Orders.Take(1); else q = db.Orders.Where(o => o.Id == x); return [|q.ToList()|];", "Set Order: (Take|Where) ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; if (x > 1) { q = q.Take(1); return q.ToList(); } return [|q.ToList()|];", "Set Order: ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; if (x > 1) { q = q.Take(1); return [|q.ToList()|]; } return null;", "Set Order: Take ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; q = q.Take(1); q = db.Orders.Where(o => o.Id > x); return [|q.ToList()|];", "Set Order: Where ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; switch (x) { case 1: q = q.OrderBy(o => o.Id); break; case 2: q = q.OrderBy(o => o.Total); break; default: throw new Exception(); } return [|q.ToList()|];", "Set Order: (OrderBy|OrderBy) ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; switch (x) { case 1: q = q.Take(1); break; } return [|q.ToList()|];", "Set Order: (Take|) ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; foreach (var path in new[] { \"Lines\" }) q = q.Include(path); return [|q.ToList()|];", "Set Order: (|Include) ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; for (var i = 0; i < x; i++) { q = q.Where(o => o.Id != i); q = q.AsNoTracking(); } return [|q.ToList()|];", "Set Order: (|Where AsNoTracking) ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; while (x-- > 0) { q = q.Skip(10); GC.KeepAlive([|q.ToList()|]); } return null;", "Set Order: ? Skip ? ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; try { q = q.Take(1); } catch (Exception) { throw; } return [|q.ToList()|];", "Set Order: Take ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; try { q = q.Take(1); } catch (Exception) { } return [|q.ToList()|];", "Set Order: (|Take) ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; using (var s = new System.IO.MemoryStream()) { q = q.Take(1); } return [|q.ToList()|];", "Set Order: Take ToList")]
    [InlineData("IQueryable<Order>? q = null; q ??= db.Orders; return [|q.ToList()|];", "Unknown: ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; Change(ref q); return [|q.ToList()|]; static void Change(ref IQueryable<Order> q) => q = q.Take(1);", "Set Order: ? ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; Action a = () => q = q.Take(1); a(); return [|q.ToList()|];", "Set Order: ? ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; q = q.Take(1); Func<object> f = () => [|q.ToList()|]; return f();", "Set Order: ? ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; var r = q; if (x > 1) q = q.Take(1); return [|r.ToList()|];", "Set Order: ToList")]
    [InlineData("var list = db.Orders.Where(o => o.Id > x).ToList(); var some = list.Where(o => o.Total > 1); return [|some.Count()|];", "Set Order: Where ToList ~Where ~Count")]
    [InlineData("IQueryable<Order> q = db.Orders; foreach (var o in [|q|]) q = q.Take(1); return null;", "Set Order: ")]
    [InlineData("IQueryable<Order> q = db.Orders; q = x > 1 ? q.Where(o => o.Id == 1) : q; return [|q.ToList()|];", "Set Order: (Where|) ToList")]
    [InlineData("IQueryable<Order> q = db.Orders; Local(q); object Local(IQueryable<Order> source) => [|source.Where(o => o.Id == 1)|]; return null;", "Parameter Order: Where")]
    public void Reads_a_local(string statements, string expected) =>
        Assert.Equal(expected, ReadQuery.In($"public object? M(int x) {{ {statements} }}"));

    [Fact]
    public void Reads_a_parameter_that_is_composed_on() => Assert.Equal(
        "Parameter Order: (Where|) ToList",
        ReadQuery.In("public object M(IQueryable<Order> q, int x) { if (x > 1) q = q.Where(o => o.Id == x); return [|q.ToList()|]; }"));

    [Fact]
    public void Reads_thirty_conditions_in_a_row_without_reading_them_twice() => Assert.Equal(
        "Set Order: " + string.Concat(Enumerable.Repeat("(Where|) ", 30)) + "ToList",
        ReadQuery.In($"public object M(int x) {{ IQueryable<Order> q = db.Orders; {string.Concat(Enumerable.Range(0, 30).Select(i => $"if (x > {i}) q = q.Where(o => o.Id != {i}); "))} return [|q.ToList()|]; }}"));

    [Fact]
    public void Reads_a_local_of_a_lambda() => Assert.Equal(
        "Set Order: (Take|) ToList",
        ReadQuery.In("public object M() { Func<int, object> f = n => { IQueryable<Order> q = db.Orders; if (n > 1) q = q.Take(n); return [|q.ToList()|]; }; return f; }"));
}
