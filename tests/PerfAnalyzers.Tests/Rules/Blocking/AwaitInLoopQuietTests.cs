using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class AwaitInLoopQuietTests : RuleTests<AwaitInLoopAnalyzer, AwaitInLoopFix>
{
    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Channels;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Hosting;

        public class Item { public int Id { get; set; } public string? Text { get; set; } public Item? Parent { get; set; } }
        public class Shop : DbContext { public DbSet<Item> Items => Set<Item>(); }

        """;

    /// <summary>Each line of the catalogue's list, and the shapes that look like a finding.</summary>
    [Theory]
    // await foreach, paging, retries
    [InlineData("await foreach (var id in stream) all.Add(await http.GetStringAsync(\"p\" + id));")]
    [InlineData("var next = \"p\"; while (next != \"\") { next = await http.GetStringAsync(next); all.Add(next); }")]
    [InlineData("var page = 1; foreach (var id in ids) { all.Add(await http.GetStringAsync($\"{id}/{page}\")); page++; }")]
    [InlineData("var last = \"\"; foreach (var id in ids) { last = await http.GetStringAsync(last + id); }")]
    [InlineData("for (var attempt = 0; attempt < 50; attempt++) { all.Add(await http.GetStringAsync(\"p\" + attempt)); }")]
    [InlineData("foreach (var attempt in Enumerable.Range(1, ids.Count)) { all.Add(await http.GetStringAsync(\"p\" + attempt)); }")]
    // the answer decides
    [InlineData("foreach (var id in ids) { var text = await http.GetStringAsync(\"p\" + id); if (text != \"\") break; }")]
    [InlineData("foreach (var id in ids) { if (await http.GetStringAsync(\"p\" + id) == \"\") return; }")]
    [InlineData("foreach (var id in ids) { var text = await http.GetStringAsync(\"p\" + id); if (text == \"\") throw new InvalidOperationException(); all.Add(text); }")]
    [InlineData("foreach (var id in ids) { if (all.Count > 5) continue; all.Add(await http.GetStringAsync(\"p\" + id)); }")]
    [InlineData("var seen = new HashSet<string>(); foreach (var id in ids) { if (!seen.Add(\"p\" + id)) continue; all.Add(await http.GetStringAsync(\"p\" + id)); }")]
    [InlineData("foreach (var id in ids) { if (all.Contains(\"p\" + id)) continue; all.Add(await http.GetStringAsync(\"p\" + id)); }")]
    [InlineData("var last = \"\"; foreach (var id in ids) { last = await LoadAsync(id); } Task<string> LoadAsync(int id) => http.GetStringAsync(last + id);")]
    [InlineData("string? first = null; foreach (var id in ids) first ??= await http.GetStringAsync(\"p\" + id);")]
    [InlineData("var any = false; foreach (var id in ids) any = any || await http.GetStringAsync(\"p\" + id) == \"\";")]
    // one item leads to another
    [InlineData("foreach (var item in items) item.Text = await http.GetStringAsync(item.Parent!.Text + item.Id);")]
    [InlineData("foreach (var item in items) item.Text = await LoadAsync(item); Task<string> LoadAsync(Item item) => http.GetStringAsync(item.Parent!.Text);")]
    // one caller at a time
    [InlineData("foreach (var id in ids) { var item = await shop.Items.FirstAsync(item => item.Id == id); all.Add(item.Text!); }")]
    [InlineData("foreach (var item in shop.Items) all.Add(await http.GetStringAsync(\"p\" + item.Id));")]
    [InlineData("foreach (var id in ids) { await response.WriteAsync(\"p\" + id); }")]
    [InlineData("foreach (var id in ids) { var text = await http.GetStringAsync(\"p\" + id); channel.TryWrite(text); }")]
    [InlineData("foreach (var id in ids) { var text = await http.GetStringAsync(\"p\" + id); file.Write(text); }")]
    // writes
    [InlineData("foreach (var id in ids) { await http.PostAsync(\"p\" + id, null); }")]
    [InlineData("foreach (var id in ids) { var text = await http.GetStringAsync(\"p\" + id); _kept.Add(text); }")]
    [InlineData("foreach (var id in ids) { var text = await http.GetStringAsync(\"p\" + id); _last = text; }")]
    [InlineData("var kept = _kept; foreach (var id in ids) { kept.Add(await http.GetStringAsync(\"p\" + id)); }")]
    [InlineData("foreach (var id in ids) { all.Add(await http.GetStringAsync(\"p\" + id)); Store(id); }")]
    // slowly on purpose, or several already
    [InlineData("foreach (var id in ids) { all.Add(await http.GetStringAsync(\"p\" + id)); await Task.Delay(100); }")]
    [InlineData("foreach (var id in ids) { all.Add(await http.GetStringAsync(\"p\" + id)); Thread.Sleep(100); }")]
    [InlineData("foreach (var some in ids.Chunk(10)) { all.Add(await http.GetStringAsync(\"p\" + string.Join(',', some))); }")]
    [InlineData("foreach (var pages in ids) { all.Add(await http.GetStringAsync(\"p\" + pages)); }")]
    [InlineData("await _gate.WaitAsync(); foreach (var id in ids) { all.Add(await http.GetStringAsync(\"p\" + id)); }")]
    // few, or the same for all
    [InlineData("foreach (var name in new[] { \"a\", \"b\", \"c\" }) all.Add(await http.GetStringAsync(name));")]
    [InlineData("for (var i = 0; i < 3; i++) all.Add(await http.GetStringAsync(\"p\" + i));")]
    [InlineData("foreach (var id in ids) { var all2 = await http.GetStringAsync(\"rates\"); all.Add(all2 + id); }")]
    [InlineData("foreach (var id in ids) { var a = await http.GetStringAsync(\"p\" + id); var b = await http.GetStringAsync(a); all.Add(b); }")]
    [InlineData("foreach (var id in await LoadAsync()) { all.Add(id); }")]
    [InlineData("foreach (var path in ids.Select(id => $\"{id}.txt\")) { all.AddRange(await File.ReadAllLinesAsync(path)); }")]
    public Task Loops_that_wait_for_a_reason(string statements) => IsQuietOn(
        $$"""
        {{Usings}}
        public class C
        {
            private readonly List<string> _kept = new(); private string? _last; private readonly SemaphoreSlim _gate = new(1); private readonly List<int> _stored = new();
            private void Store(int id) => _stored.Add(id);
            private Task<string[]> LoadAsync() => File.ReadAllLinesAsync(_last ?? "x");
            public async Task M(List<int> ids, List<Item> items, HttpClient http, Shop shop, IAsyncEnumerable<int> stream, HttpResponse response, ChannelWriter<string> channel, StreamWriter file)
            {
                var all = new List<string>();
                {{statements}}
            }
        }
        """);

    [Fact]
    public Task Repositories_background_work_and_start_up() => IsQuietOn(
        $$"""
        {{Usings}}
        public interface IItems { Task<Item?> FindAsync(int id); }
        public class Items : IItems
        {
            private readonly Shop _shop;
            public Items(Shop shop) => _shop = shop;
            public async Task<Item?> FindAsync(int id) => await _shop.Items.FirstOrDefaultAsync(item => item.Id == id);
        }
        public class Loader
        {
            private readonly IItems _items;
            public Loader(IItems items) => _items = items;
            public async Task<List<Item>> Load(int[] ids)
            {
                var found = new List<Item>();
                foreach (var id in ids)
                {
                    var item = await _items.FindAsync(id);
                    if (item != null)
                        found.Add(item);
                }

                return found;
            }
        }
        public class Worker : BackgroundService
        {
            private readonly HttpClient _http = new();
            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                var all = new List<string>();
                foreach (var id in Enumerable.Range(0, 500))
                    all.Add(await _http.GetStringAsync("p" + id, stoppingToken));
            }
        }
        public static class Program
        {
            public static async Task Main(string[] args)
            {
                using var http = new HttpClient();
                var all = new List<string>();
                foreach (var arg in args)
                    all.Add(await http.GetStringAsync(arg));
                Console.Write(all.Count);
            }
        }
        """);

    [Fact]
    public Task A_plain_library() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Threading.Tasks;
        public class C { public async Task<List<string>> M(HttpClient http, int[] ids) { var all = new List<string>(); foreach (var id in ids) all.Add(await http.GetStringAsync("p" + id)); return all; } }
        """, test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Theory]
    [InlineData("foreach (var id in ids) all.Add(await http.GetStringAsync(")]
    [InlineData("foreach (var in ids) { var x = await http.GetStringAsync(\"p\" + id); }")]
    [InlineData("foreach (var id in nothing) { all.Add(await http.GetStringAsync(\"p\" + id)); }")]
    [InlineData("for (var i = 0; i < ids.Count; ) { all.Add(await http.GetStringAsync(ids[i])); }")]
    public Task Code_being_typed(string statements) => IsQuietOn(
        $"{Usings}public class C {{ public async Task M(HttpClient http, List<string> ids) {{ var all = new List<string>(); {statements} }} }}", test => test.AllowCompilerErrors = true);
}
