using Dapper;
using Microsoft.AspNetCore.Mvc;
using SlowShop.Core.Data;
using SlowShop.Core.Entities;
using SlowShop.Web.Hosting;

namespace SlowShop.Web.Controllers;

/// <summary>Numbers for the owner of the shop.</summary>
[ApiController]
[Route("api/reports")]
public class ReportsController : ControllerBase
{
    private readonly ShopContext _db;

    private readonly IConnectionSource _connections;

    public ReportsController(ShopContext db, IConnectionSource connections)
    {
        _db = db;
        _connections = connections;
    }

    [HttpGet("revenue/{year:int}")]
    public IActionResult Revenue(int year)
    {
        var months = RevenueByMonth(year);
        return Ok(new { year, months, total = months.Sum() });
    }

    [HttpGet("top-products")]
    public IActionResult TopProducts()
    {
        var top = new List<TopProduct>();
        using var connection = _connections.Create();
        connection.Open(); // expect: PERF104
        using var command = connection.CreateCommand();
        command.CommandText = """
            select p.Sku, sum(i.Quantity) as Pieces
            from OrderItems i join Products p on p.Id = i.ProductId
            group by p.Sku
            order by Pieces desc, p.Sku
            limit 5
            """;
        using var reader = command.ExecuteReader(); // expect: PERF104
        while (reader.Read()) // expect: PERF104
        {
            top.Add(new TopProduct(reader.GetString(0), reader.GetInt32(1)));
        }

        return Ok(top);
    }

    [HttpGet("low-stock")]
    public ActionResult<IEnumerable<LowStock>> Low(int below = 3)
    {
        return LowStockBelow(below);
    }

    [HttpGet("stock-value")]
    public async Task<IActionResult> StockValue()
    {
        const string Sql = "select sum(s.OnHand * p.UnitPrice) from StockLevels s join Products p on p.Id = s.ProductId";
        await using var connection = _connections.Create();
        return Ok(await connection.ExecuteScalarAsync<long>(Sql));
    }

    private int[] RevenueByMonth(int year)
    {
        var months = new int[12];
        var start = new DateTime(year, 1, 1);
        var orders = _db.Orders
            .Where(o => o.PlacedOn >= start && o.PlacedOn < start.AddYears(1) && o.Status != OrderStatus.Cancelled)
            .Select(o => new { o.PlacedOn, Total = o.Items.Sum(i => i.Quantity * i.UnitPrice) });
        foreach (var order in orders) // expect: PERF104
        {
            months[order.PlacedOn.Month - 1] += order.Total;
        }

        return months;
    }

    private List<LowStock> LowStockBelow(int below)
    {
        const string Sql = """
            select p.Sku as Sku, s.OnHand - s.Reserved as Free
            from StockLevels s join Products p on p.Id = s.ProductId
            where s.OnHand - s.Reserved < @below
            order by Free, p.Sku
            limit 10
            """;
        using var connection = _connections.Create();
        return connection.Query<LowStock>(Sql, new { below }).AsList(); // expect: PERF104
    }

    /// <summary>A product that sells well.</summary>
    public record TopProduct(string Sku, int Pieces);

    /// <summary>A product that is nearly gone.</summary>
    public class LowStock
    {
        public string Sku { get; set; } = "";

        public int Free { get; set; }
    }
}
