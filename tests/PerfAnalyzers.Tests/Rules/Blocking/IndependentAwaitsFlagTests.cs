using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class IndependentAwaitsFlagTests : RuleTests<IndependentAwaitsAnalyzer, IndependentAwaitsFix>
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Logging;
        using Npgsql;
        using Dapper;
        using StackExchange.Redis;

        """;

    [Theory]
    [InlineData("async Task<int> M(HttpClient http) { var a = await http.GetStringAsync(\"a\"); var b = await http.[|GetStringAsync|](\"b\"); return a.Length + b.Length; }")]
    [InlineData("async Task<int> M(HttpClient http, CancellationToken stop) { string a = await http.GetStringAsync(\"a\", stop).ConfigureAwait(false); var b = await http.[|GetByteArrayAsync|](\"b\", stop).ConfigureAwait(false); return a.Length + b.Length; }")]
    [InlineData("async Task<int> M(HttpClient http) { string a, b; a = await http.GetStringAsync(\"a\"); b = await http.[|GetStringAsync|](\"b\"); return a.Length + b.Length; }")]
    [InlineData("async Task<int> M(IHttpClientFactory clients) { var a = await clients.CreateClient(\"a\").GetStringAsync(\"a\"); var b = await clients.CreateClient(\"b\").[|GetStringAsync|](\"b\"); return a.Length + b.Length; }")]
    [InlineData("async Task<int> M(HttpClient http) { var a = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, \"a\")); var b = await http.[|SendAsync|](new HttpRequestMessage(HttpMethod.Head, \"b\")); return (int)a.StatusCode + (int)b.StatusCode; }")]
    [InlineData("async Task<string> M(IDatabase redis, string id) { var a = await redis.StringGetAsync(\"a:\" + id); var b = await redis.[|HashGetAllAsync|](\"b:\" + id); return a.ToString() + b.Length; }")]
    [InlineData("async Task<string> M(IDistributedCache cache, string id) { var a = await cache.GetStringAsync(\"a\" + id); var b = await cache.[|GetStringAsync|](\"b\" + id); return a + b; }")]
    [InlineData("async Task<int> M(string a) { var x = await Dns.GetHostAddressesAsync(a); var y = await Dns.[|GetHostAddressesAsync|](\"localhost\"); return x.Length + y.Length; }")]
    public Task Library_calls(string member) => Flags($"{Usings}public class C {{ {member} }}");

    [Theory]
    [InlineData("async Task<(string, string)> M(HttpClient http) => (await http.GetStringAsync(\"a\"), await http.[|GetStringAsync|](\"b\"));")]
    [InlineData("async Task<string> M(HttpClient http) { return string.Concat(await http.GetStringAsync(\"a\"), await http.[|GetStringAsync|](\"b\")); }")]
    [InlineData("async Task<IActionResult> M(HttpClient http, int id) { return Ok(new { id, A = await http.GetStringAsync(\"a\"), B = await http.[|GetStringAsync|](\"b\") }); }")]
    [InlineData("async Task<Pair> M(HttpClient http) { var pair = new Pair { A = await http.GetStringAsync(\"a\"), B = await http.[|GetStringAsync|](\"b\") }; return pair; } public class Pair { public string? A { get; set; } public string? B { get; set; } }")]
    public Task Values_of_one_expression(string member) => Flags($"{Usings}public class C : ControllerBase {{ {member} }}");

    [Fact]
    public Task Properties_of_a_model_and_three_in_a_row() => Flags(
        $$"""
        {{Usings}}
        public class Model { public string? A { get; set; } public string? B { get; set; } public string? C { get; set; } }
        public class Page
        {
            public async Task<Model> Load(HttpClient http)
            {
                var model = new Model();
                model.A = await http.GetStringAsync("a");
                model.B = await http.[|GetStringAsync|]("b");
                model.C = await http.GetStringAsync("c");
                return model;
            }
        }
        """);

    [Fact]
    public Task The_second_group_after_a_dependency() => Flags(
        $$"""
        {{Usings}}
        public class C
        {
            public async Task<string> Load(HttpClient http)
            {
                var user = await http.GetStringAsync("user");
                var orders = await http.GetStringAsync("orders/" + user);
                var offers = await http.[|GetStringAsync|]("offers");
                return orders + offers;
            }
        }
        """);

    [Fact]
    public Task Services_of_the_compilation_behind_interfaces() => Flags(
        $$"""
        {{Usings}}
        public record Order(int Id);
        public record Customer(int Id);
        public interface IOrders { Task<List<Order>> GetForAsync(int customer, CancellationToken stop); }
        public interface ICustomers { Task<Customer?> FindAsync(int id, CancellationToken stop); }
        public class Orders : IOrders
        {
            private readonly HttpClient _http;
            private readonly ILogger<Orders> _log;
            public Orders(HttpClient http, ILogger<Orders> log) { _http = http; _log = log; }
            public async Task<List<Order>> GetForAsync(int customer, CancellationToken stop)
            {
                _log.LogInformation("Orders of {Customer}", customer);
                using var request = new HttpRequestMessage(HttpMethod.Get, $"orders?customer={customer}");
                request.Headers.Add("Accept", "application/json");
                using var response = await _http.SendAsync(request, stop);
                response.EnsureSuccessStatusCode();
                var orders = await response.Content.ReadFromJsonAsync<List<Order>>(stop);
                return orders?.Where(order => order.Id > 0).ToList() ?? new List<Order>();
            }
        }
        public class Customers : ICustomers
        {
            private readonly HttpClient _http;
            public Customers(HttpClient http) => _http = http;
            public Task<Customer?> FindAsync(int id, CancellationToken stop) => _http.GetFromJsonAsync<Customer>($"customers/{id}", stop);
        }
        [ApiController]
        public class CustomersController : ControllerBase
        {
            private readonly IOrders _orders;
            private readonly ICustomers _customers;
            public CustomersController(IOrders orders, ICustomers customers) { _orders = orders; _customers = customers; }
            [HttpGet("customers/{id}")]
            public async Task<ActionResult<string>> Get(int id)
            {
                var customer = await _customers.FindAsync(id, HttpContext.RequestAborted);
                var orders = await _orders.[|GetForAsync|](id, HttpContext.RequestAborted);
                if (customer == null)
                    return NotFound();
                return $"{customer.Id}: {orders.Count}";
            }
        }
        """);

    [Fact]
    public Task A_context_or_connection_that_each_call_makes_itself() => Flags(
        $$"""
        {{Usings}}
        public class Order { public int Id { get; set; } }
        public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }
        public class Reports
        {
            private readonly IDbContextFactory<Shop> _shops;
            private readonly string _text;
            public Reports(IDbContextFactory<Shop> shops, string text) { _shops = shops; _text = text; }
            public async Task<int> Get(int id)
            {
                var orders = await CountOrdersAsync();
                var names = await [|GetNamesAsync|](id);
                return orders + names.Count;
            }
            private async Task<int> CountOrdersAsync()
            {
                await using var shop = await _shops.CreateDbContextAsync();
                return await shop.Orders.AsNoTracking().Where(order => order.Id > 5).CountAsync();
            }
            private async Task<List<string>> GetNamesAsync(int id)
            {
                await using var connection = new NpgsqlConnection(_text);
                return (await connection.QueryAsync<string>("SELECT name FROM customers WHERE id = @id", new { id })).ToList();
            }
        }
        """);

    [Fact]
    public Task Mongo_collections() => Flags(
        """
        using System.Threading.Tasks;
        using MongoDB.Driver;
        public class Order { public int Id { get; set; } public int Customer { get; set; } }
        public class Orders
        {
            private readonly IMongoCollection<Order> _open;
            private readonly IMongoCollection<Order> _closed;
            public Orders(IMongoDatabase database) { _open = database.GetCollection<Order>("open"); _closed = database.GetCollection<Order>("closed"); }
            public async Task<int> Get(int customer)
            {
                var open = await _open.Find(order => order.Customer == customer).SortBy(order => order.Id).ToListAsync();
                var closed = await _closed.[|CountDocumentsAsync|](order => order.Customer == customer);
                return open.Count + (int)closed;
            }
        }
        """, test => test.ReferenceAssemblies = ReferenceAssemblies.DatabaseClients);

    [Fact]
    public Task The_chain_from_the_entry_is_named() => Flags(
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;
        public class HomeController : ControllerBase
        {
            private readonly Home _home;
            public HomeController(Home home) => _home = home;
            public Task<string> {|#1:Get|}() => _home.Load();
        }
        public class Home
        {
            private readonly HttpClient _http;
            public Home(HttpClient http) => _http = http;
            public async Task<string> Load()
            {
                var a = await _http.GetStringAsync("a");
                var b = await _http.{|#0:GetByteArrayAsync|}("b");
                return a + b.Length;
            }
        }
        """, test => test.ExpectedDiagnostics.Add(new DiagnosticResult("PERF107", Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0)
            .WithMessage("'_http.GetByteArrayAsync' starts only when '_http.GetStringAsync' has answered, though it needs nothing of it: the request takes the sum of both instead of the longer; start both, then await them together (HomeController.Get → Home.Load)")));
}
