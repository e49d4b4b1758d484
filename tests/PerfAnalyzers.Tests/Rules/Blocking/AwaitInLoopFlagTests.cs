using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class AwaitInLoopFlagTests : RuleTests<AwaitInLoopAnalyzer, AwaitInLoopFix>
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Logging;
        using StackExchange.Redis;

        public class Item { public int Id { get; set; } public string? Text { get; set; } public decimal Price { get; set; } }
        public class Shop : DbContext { public DbSet<Item> Items => Set<Item>(); }

        """;

    [Theory]
    [InlineData("foreach (var id in ids) all.Add(await http.[|GetStringAsync|](\"p\" + id));")]
    [InlineData("foreach (var id in ids) { var url = $\"p/{id}\"; var text = await http.[|GetStringAsync|](url); if (text != \"\") all.Add(text); }")]
    [InlineData("foreach (var id in ids.Where(id => id > 0)) { if (id % 2 == 0) continue; all.Add(await http.[|GetStringAsync|](\"p\" + id).ConfigureAwait(false)); }")]
    [InlineData("var byId = new Dictionary<int, string>(); foreach (var id in ids) byId[id] = await http.[|GetStringAsync|](\"p\" + id);")]
    [InlineData("var length = 0; foreach (var id in ids) length += (await http.[|GetStringAsync|](\"p\" + id)).Length;")]
    [InlineData("for (var i = 0; i < ids.Count; i++) { all.Add(await http.[|GetStringAsync|](\"p\" + ids[i])); }")]
    [InlineData("foreach (var id in ids) { try { all.Add(await http.[|GetStringAsync|](\"p\" + id)); } catch (HttpRequestException) { all.Add(\"\"); } }")]
    [InlineData("foreach (var item in items) item.Price = await http.[|GetFromJsonAsync<decimal>|]($\"p/{item.Id}\");")]
    [InlineData("foreach (var item in items) { var text = await cache.[|GetStringAsync|](\"t\" + item.Id); item.Text = text ?? \"\"; log.LogDebug(\"{Id}\", item.Id); }")]
    [InlineData("foreach (var id in ids) { log.LogDebug(\"{Id}\", id); var text = await http.[|GetStringAsync|](\"p\" + id); all.Add(text); }")]
    [InlineData("foreach (var key in all) { var kept = await redis.[|StringGetAsync|](key); if (kept.HasValue) ids.Add((int)kept); }")]
    [InlineData("foreach (var id in ids) { var request = new HttpRequestMessage(HttpMethod.Get, $\"{id}\"); request.Headers.Add(\"Accept\", \"text/plain\"); var response = await http.[|SendAsync|](request); all.Add(response.StatusCode.ToString()); }")]
    [InlineData("while (ids.Count < 5) { ids.Add(1); foreach (var id in ids) all.Add(await http.[|GetStringAsync|](\"p\" + id)); }")]
    public Task Reads_per_item(string statements) => Flags(
        $"{Usings}public class C {{ public async Task M(List<int> ids, List<Item> items, HttpClient http, IDistributedCache cache, IDatabase redis, ILogger log) {{ var all = new List<string>(); {statements} }} }}");

    [Fact]
    public Task Through_a_service_with_a_context_of_its_own() => Flags(
        $$"""
        {{Usings}}
        public interface IItems { Task<Item?> FindAsync(int id); }
        public class Items : IItems
        {
            private readonly IDbContextFactory<Shop> _shops;
            public Items(IDbContextFactory<Shop> shops) => _shops = shops;
            public async Task<Item?> FindAsync(int id)
            {
                using var shop = _shops.CreateDbContext();
                return await shop.Items.FirstOrDefaultAsync(item => item.Id == id);
            }
        }
        public class ItemsController : ControllerBase
        {
            private readonly IItems _items;
            public ItemsController(IItems items) => _items = items;
            [HttpPost] public async Task<ActionResult<List<Item>>> Get(int[] ids)
            {
                var found = new List<Item>();
                foreach (var id in ids)
                {
                    var item = await _items.[|FindAsync|](id);
                    if (item is { Price: > 0 })
                        found.Add(item);
                }

                return found;
            }
        }
        """);

    [Fact]
    public Task More_than_the_small_loops_of_the_setting() => Flags(
        $$"""
        {{Usings}}
        public class C
        {
            public async Task<int> M(HttpClient http)
            {
                var length = 0;
                foreach (var name in new[] { "a", "b", "c" })
                    length += (await http.[|GetStringAsync|](name)).Length;
                return length;
            }
        }
        """, test => Set(test, "perf_analyzers.PERF108.small_loop = 2"));

    [Fact]
    public Task The_message_names_the_call_the_items_and_the_chain() => Flags(
        """
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;
        public class HomeController : ControllerBase
        {
            private readonly Home _home;
            public HomeController(Home home) => _home = home;
            public Task<int> {|#1:Get|}(List<int> ids) => _home.Load(ids);
        }
        public class Home
        {
            private readonly HttpClient _http;
            public Home(HttpClient http) => _http = http;
            public async Task<int> Load(List<int> ids)
            {
                var sum = 0;
                foreach (var id in ids)
                    sum += (await _http.{|#0:GetStringAsync|}($"{id}")).Length;
                return sum;
            }
        }
        """, test => test.ExpectedDiagnostics.Add(new DiagnosticResult("PERF108", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0)
            .WithMessage("'GetStringAsync' is awaited for one 'id' after another, though none needs another's answer: n of them take n times as long; await several at a time, with a bound (HomeController.Get → Home.Load)")));
}
