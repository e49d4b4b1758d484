using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class IndependentAwaitsQuietTests : RuleTests<IndependentAwaitsAnalyzer, IndependentAwaitsFix>
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Data.Common;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using System.Transactions;
        using Dapper;
        using Microsoft.AspNetCore.Identity;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Caching.Memory;
        using Microsoft.Extensions.Hosting;
        using StackExchange.Redis;

        public class Order { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }

        """;

    [Theory]
    [InlineData("async Task<int> M(Shop shop) { var a = await shop.Orders.CountAsync(); var b = await shop.Orders.AnyAsync(); return b ? a : 0; }")]
    [InlineData("async Task<int> M(Shop a, Shop b) { var x = await a.Orders.CountAsync(); var y = await b.Orders.CountAsync(); return x + y; }")]
    [InlineData("async Task<int> M(IQueryable<Order> a, HttpClient http) { var x = await a.CountAsync(); var y = await http.GetStringAsync(\"b\"); return x + y.Length; }")]
    [InlineData("async Task<int> M(DbConnection db) { var a = await db.QueryAsync<int>(\"SELECT 1\"); var b = await db.QueryAsync<int>(\"SELECT 2\"); return a.Count() + b.Count(); }")]
    [InlineData("async Task<int> M(StreamReader a, StreamReader b) { var x = await a.ReadToEndAsync(); var y = await b.ReadToEndAsync(); return x.Length + y.Length; }")]
    [InlineData("async Task<bool> M(UserManager<IdentityUser> users, IdentityUser user) { var a = await users.GetRolesAsync(user); var b = await users.GetClaimsAsync(user); return a.Count > b.Count; }")]
    [InlineData("async Task<int> M(HttpResponseMessage a, HttpResponseMessage b) { var x = await a.Content.ReadAsStringAsync(); var y = await b.Content.ReadAsStringAsync(); return x.Length + y.Length; }")]
    [InlineData("async Task<string> M(string a, string b) { var x = await File.ReadAllTextAsync(a); var y = await File.ReadAllTextAsync(b); return x + y; }")]
    public Task One_caller_at_a_time(string member) => IsQuietOn($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("var a = await http.GetStringAsync(\"a\"); var b = await http.GetStringAsync(\"b\" + a); return b;")]
    [InlineData("string a; a = await http.GetStringAsync(\"a\"); var b = await http.GetStringAsync(a); return b;")]
    [InlineData("var m = new Order(); m.Name = await http.GetStringAsync(\"a\"); var b = await http.GetStringAsync(m.Name); return b;")]
    [InlineData("var m = new Order(); var o = m; m.Name = await http.GetStringAsync(\"a\"); var b = await http.GetStringAsync(o.Name); return b;")]
    [InlineData("var all = new List<Order> { new() }; var m = all[0]; m.Name = await http.GetStringAsync(\"a\"); var b = await LoadAsync(all); return b; Task<string> LoadAsync(List<Order> orders) => http.GetStringAsync(orders[0].Name);")]
    [InlineData("var a = await http.GetStringAsync(\"a\"); if (a == \"\") return a; var b = await http.GetStringAsync(\"b\"); return b;")]
    [InlineData("var a = await http.GetStringAsync(\"a\"); ArgumentException.ThrowIfNullOrEmpty(a); var b = await http.GetStringAsync(\"b\"); return b;")]
    [InlineData("var a = await http.GetStringAsync(\"a\"); var b = a == \"\" ? \"\" : await http.GetStringAsync(\"b\"); return b;")]
    [InlineData("var a = await http.GetStringAsync(await http.GetStringAsync(\"a\")); return a;")]
    [InlineData("var a = await http.GetStringAsync(\"a\"); a = await http.GetStringAsync(\"b\"); return a;")]
    [InlineData("var a = await http.GetStringAsync(\"ready\"); var b = await http.GetStringAsync(\"ready\"); return a + b;")]
    [InlineData("await http.GetStringAsync(\"warm\"); var b = await http.GetStringAsync(\"b\"); return b;")]
    [InlineData("_ = await http.GetStringAsync(\"warm\"); var b = await http.GetStringAsync(\"b\"); return b;")]
    [InlineData("_last = await http.GetStringAsync(\"a\"); var b = await http.GetStringAsync(\"b\"); return b;")]
    [InlineData("var a = \"\"; a = await http.GetStringAsync(\"a\"); var b = await LoadAsync(); return b; Task<string> LoadAsync() => http.GetStringAsync(a);")]
    [InlineData("var n = 0; var a = await http.GetStringAsync(\"a\" + n++); var b = await http.GetStringAsync(\"b\" + n); return a + b;")]
    [InlineData("var at = http.GetStringAsync(\"a\"); var bt = http.GetStringAsync(\"b\"); await Task.WhenAll(at, bt); var a = await at; var b = await bt; return a + b;")]
    [InlineData("try { return \"\"; } finally { var a = await http.GetStringAsync(\"a\"); var b = await http.GetStringAsync(\"b\"); Console.Write(a + b); }")]
    [InlineData("var a = await http.GetStringAsync(\"a\") + \"\"; var b = await http.GetStringAsync(\"b\") + \"\"; return a + b;")]
    public Task Needed_or_in_turn(string statements) => IsQuietOn($"{Usings}public class C {{ private string? _last; public async Task<string?> M(HttpClient http) {{ {statements} }} }}");

    [Theory]
    [InlineData("var a = await http.PostAsync(\"a\", null); var b = await http.PostAsync(\"b\", null);")]
    [InlineData("var a = await http.SendAsync(new HttpRequestMessage(HttpMethod.Delete, \"a\")); var b = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, \"b\"));")]
    [InlineData("using var q = new HttpRequestMessage(HttpMethod.Get, \"a\"); q.Method = HttpMethod.Put; var a = await http.SendAsync(q); var b = await http.GetAsync(\"b\");")]
    [InlineData("var a = await redis.StringIncrementAsync(\"a\"); var b = await redis.StringGetAsync(\"b\");")]
    [InlineData("var a = await redis.StringGetDeleteAsync(\"a\"); var b = await redis.StringGetAsync(\"b\");")]
    [InlineData("var a = await SaveAsync(); var b = await http.GetAsync(\"b\");")]
    [InlineData("var a = await GetAndCountAsync(); var b = await http.GetAsync(\"b\");")]
    [InlineData("var a = await GetOnceAsync(); var b = await http.GetAsync(\"b\");")]
    [InlineData("var a = await GetWithTokenAsync(); var b = await http.GetAsync(\"b\");")]
    public Task Writes(string statements) => IsQuietOn(
        $$"""
        {{Usings}}
        public class C
        {
            private readonly HttpClient http = new HttpClient();
            private int _asked;
            private string? _kept;
            public async Task M(IDatabase redis) { {{statements}} }
            private async Task<int> SaveAsync() { await http.GetAsync("s"); return 1; }
            private async Task<int> GetAndCountAsync() { _asked++; await http.GetAsync("s"); return 1; }
            private async Task<string> GetOnceAsync() => _kept ??= await http.GetStringAsync("s");
            private async Task<string> GetWithTokenAsync() { http.DefaultRequestHeaders.Add("Authorization", "x"); return await http.GetStringAsync("s"); }
        }
        """);

    /// <summary>What the called method keeps, by other names: a method that gives it, an element, a pattern, a deconstruction, an interface's getter.</summary>
    [Theory]
    [InlineData("Kept().Add(path);")]
    [InlineData("var kept = Kept(); kept.Add(path);")]
    [InlineData("if (_asked is { } kept) kept.Add(path);")]
    [InlineData("var (kept, at) = (_asked, path); kept.Add(at);")]
    [InlineData("if (_orders.TryGetValue(path, out var known)) known.Id++;")]
    [InlineData("var known = _orders.Values.FirstOrDefault(order => order.Name == path); if (known != null) known.Id++;")]
    [InlineData("path += _work.Current.Name;")]
    public Task State_that_has_another_name(string statements) => IsQuietOn(
        $$"""
        {{Usings}}
        public interface IWork { Order Current { get; } }
        public class Work : IWork { private readonly Shop _shop; private Order? _current; public Work(Shop shop) => _shop = shop; public Order Current => _current ??= _shop.Orders.First(); }
        public class C
        {
            private readonly HttpClient _http = new HttpClient();
            private readonly List<string> _asked = new();
            private readonly Dictionary<string, Order> _orders = new();
            private readonly IWork _work;
            public C(IWork work) => _work = work;
            private List<string> Kept() => _asked;
            public async Task<string> Both() { var a = await GetAsync("a"); var b = await GetAsync("b"); return a + b; }
            private async Task<string> GetAsync(string path) { {{statements}} return await _http.GetStringAsync(path); }
        }
        """);

    [Theory]
    [InlineData("using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);", "scope.Complete();")]
    [InlineData("await using var transaction = await shop.Database.BeginTransactionAsync();", "await transaction.CommitAsync();")]
    [InlineData("await _gate.WaitAsync(); try {", "} finally { _gate.Release(); }")]
    public Task In_a_transaction_or_behind_a_lock(string before, string after) => IsQuietOn(
        $$"""
        {{Usings}}
        public class C
        {
            private readonly SemaphoreSlim _gate = new(1);
            public async Task M(Shop shop, HttpClient http)
            {
                {{before}}
                var a = await http.GetStringAsync("a");
                var b = await http.GetStringAsync("b");
                Console.Write(a + b);
                {{after}}
            }
        }
        """);

    [Fact]
    public Task Repositories_of_one_context() => IsQuietOn(
        $$"""
        {{Usings}}
        public interface IOrders { Task<List<Order>> GetAllAsync(); Task<int> CountAsync(); }
        public class Orders : IOrders
        {
            private readonly Shop _shop;
            public Orders(Shop shop) => _shop = shop;
            public Task<List<Order>> GetAllAsync() => _shop.Orders.ToListAsync();
            public Task<int> CountAsync() => _shop.Orders.CountAsync();
        }
        public interface IPrices { Task<string> GetAsync(int id); }
        public class Prices : IPrices { public async Task<string> GetAsync(int id) { using var http = new HttpClient(); return await http.GetStringAsync("p" + id); } }
        public class HomeController : ControllerBase
        {
            private readonly IOrders _orders; private readonly IPrices _prices;
            public HomeController(IOrders orders, IPrices prices) { _orders = orders; _prices = prices; }
            [HttpGet] public async Task<int> Get()
            {
                var all = await _orders.GetAllAsync();
                var count = await _orders.CountAsync();
                var price = await _prices.GetAsync(1);
                return all.Count + count + price.Length;
            }
        }
        """);

    [Fact]
    public Task Implementations_that_are_not_in_sight() => IsQuietOn(
        $$"""
        {{Usings}}
        public interface IOrders { Task<List<Order>> GetAllAsync(); }
        public interface IPrices { Task<string> GetAsync(int id); }
        public class CachedPrices : IPrices
        {
            private readonly IPrices _inner; private readonly IDatabase _redis;
            public CachedPrices(IPrices inner, IDatabase redis) { _inner = inner; _redis = redis; }
            public async Task<string> GetAsync(int id) { var kept = await _redis.StringGetAsync("p" + id); return kept.HasValue ? kept.ToString() : await _inner.GetAsync(id); }
        }
        public class HomeController : ControllerBase
        {
            private readonly IOrders _orders; private readonly IPrices _prices;
            public HomeController(IOrders orders, IPrices prices) { _orders = orders; _prices = prices; }
            [HttpGet] public async Task<int> Get()
            {
                var all = await _orders.GetAllAsync();
                var mine = await _orders.GetAllAsync().ConfigureAwait(false);
                var price = await _prices.GetAsync(1);
                var other = await _prices.GetAsync(2);
                return all.Count + mine.Count + price.Length + other.Length;
            }
        }
        """);

    [Fact]
    public Task One_of_two_implementations_uses_the_context() => IsQuietOn(
        $$"""
        {{Usings}}
        public interface IPrices { Task<string> GetAsync(int id); }
        public class WebPrices : IPrices
        {
            private readonly HttpClient _http;
            public WebPrices(HttpClient http) => _http = http;
            public Task<string> GetAsync(int id) => _http.GetStringAsync("p" + id);
        }
        public class OwnPrices : IPrices
        {
            private readonly Shop _shop;
            public OwnPrices(Shop shop) => _shop = shop;
            public async Task<string> GetAsync(int id) => (await _shop.Orders.FirstAsync(order => order.Id == id)).Name;
        }
        public class C
        {
            public async Task<string> M(IPrices prices) { var a = await prices.GetAsync(1); var b = await prices.GetAsync(2); return a + b; }
        }
        """);

    [Fact]
    public Task What_is_mostly_in_memory() => IsQuietOn(
        $$"""
        {{Usings}}
        public class Prices
        {
            private readonly IMemoryCache _cache; private readonly HttpClient _http;
            public Prices(IMemoryCache cache, HttpClient http) { _cache = cache; _http = http; }
            public Task<string?> GetAsync(int id) => _cache.GetOrCreateAsync(id, _ => _http.GetStringAsync("p" + id));
            public async Task<string> Both() { var a = await GetAsync(1); var b = await GetAsync(2); return a + b; }
            public async Task<int> None() { var a = await GetZeroAsync(1); var b = await GetZeroAsync(2); return a + b; }
            private Task<int> GetZeroAsync(int id) => Task.FromResult(id * 0);
        }
        """);

    [Fact]
    public Task Request_state_in_the_called_method() => IsQuietOn(
        $$"""
        {{Usings}}
        public class C : ControllerBase
        {
            private readonly HttpClient _http = new HttpClient();
            [HttpGet] public async Task<string> Get() { var a = await LoadAsync("a"); var b = await LoadAsync("b"); return a + b; }
            private async Task<string> LoadAsync(string name) { var text = await _http.GetStringAsync(name); HttpContext.Items[name] = text; return text; }
        }
        """);

    [Fact]
    public Task Work_for_which_nobody_waits() => IsQuietOn(
        $$"""
        {{Usings}}
        public class Worker : BackgroundService
        {
            private readonly HttpClient _http = new HttpClient();
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                var a = await _http.GetStringAsync("a", stoppingToken);
                var b = await _http.GetStringAsync("b", stoppingToken);
                Console.Write(a + b + await new Reader().ReadAsync());
            }
        }
        public class Reader
        {
            private readonly HttpClient _http = new HttpClient();
            public async Task<string> ReadAsync() { var a = await _http.GetStringAsync("a"); var b = await _http.GetStringAsync("b"); return a + b; }
        }
        public static class Seeder
        {
            public static async Task Main() { using var http = new HttpClient(); var a = await http.GetStringAsync("a"); var b = await http.GetStringAsync("b"); Console.Write(a + b); }
        }
        """);

    [Theory]
    [InlineData("strict")]
    [InlineData("auto")]
    public Task Off_request_paths_by_scope(string scope) => IsQuietOn(
        $$"""
        using System.Net.Http;
        using System.Threading.Tasks;
        public class C { public async Task<string> M(HttpClient http) { var a = await http.GetStringAsync("a"); var b = await http.GetStringAsync("b"); return a + b; } }
        """, test =>
        {
            if (scope == "strict")
                Set(test, "perf_analyzers.scope = strict");
            else
                test.ReferenceAssemblies = ReferenceAssemblies.Net;
        });

    [Theory]
    [InlineData("var a = await http.GetStringAsync(\"a\"); var b = await http.Get")]
    [InlineData("var a = await http.GetStringAsync(\"a\"); var b = await nothing.GetAsync();")]
    [InlineData("var a = await http.GetStringAsync(\"a\"); var = await http.GetStringAsync();")]
    [InlineData("return new { A = await http.GetStringAsync(\"a\"), B = await http.GetStringAsync( }")]
    public Task Code_being_typed(string statements) => IsQuietOn($"{Usings}public class C {{ public async Task M(HttpClient http) {{ {statements} }} }}", test => test.AllowCompilerErrors = true);
}
