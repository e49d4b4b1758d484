using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class AwaitInLoopFixTests : RuleTests<AwaitInLoopAnalyzer, AwaitInLoopFix>
{
    protected override void Configure(CSharpCodeFixTest<AwaitInLoopAnalyzer, AwaitInLoopFix> test) => AllowReviewInFixAll(test);

    private static string Code(string body, string usings = "using System.Linq;\n") =>
        $$"""
        using System.Collections.Generic;
        {{usings}}using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading;
        using System.Threading.Tasks;

        public class Item { public int Id { get; set; } public string? Text { get; set; } public decimal Price { get; set; } }

        public class C
        {
            public async Task<List<string>> M(HttpClient http, List<int> ids, List<Item> items, CancellationToken stop)
            {
                var all = new List<string>();
                {{body}}
                return all;
            }
        }
        """;

    [Fact]
    public Task A_loop_without_braces_that_only_adds() => Fixes(
        Code(
        """
        // All of them.
                foreach (var id in ids)
                    all.Add(await http.[|GetStringAsync|]($"p/{id}", stop).ConfigureAwait(false)); // one each

        """, ""),
        Code(
        """
        // All of them.
                foreach (var batch in ids.Chunk(8))
                    all.AddRange(await Task.WhenAll(batch.Select(async id => await http.GetStringAsync($"p/{id}", stop).ConfigureAwait(false))).ConfigureAwait(false)); // one each

        """, "using System.Linq;\n"));

    [Fact]
    public Task A_named_answer_that_is_only_added() => Fixes(
        Code(
        """
        foreach (int id in ids
                    .Where(id => id > 0))
                {
                    // what it costs
                    var text = await http.[|GetStringAsync|]($"p/{id}");
                    all.Add(text);
                }

        """),
        Code(
        """
        foreach (var batch in ids
                    .Where(id => id > 0)
                    .Chunk(8))
                {
                    // what it costs
                    all.AddRange(await Task.WhenAll(batch.Select(async id => await http.GetStringAsync($"p/{id}"))));
                }

        """));

    [Fact]
    public Task What_is_done_with_each_answer_stays_in_order() => Fixes(
        Code(
        """
        foreach (var id in ids)
                {
                    var text = await http.[|GetStringAsync|]($"p/{id}");
                    if (text == "")
                        continue;

                    // keep it
                    all.Add(text + id);
                }

        """),
        Code(
        """
        foreach (var batch in ids.Chunk(8))
                {
                    var texts = await Task.WhenAll(batch.Select(async id => await http.GetStringAsync($"p/{id}")));
                    foreach (var (id, text) in batch.Zip(texts))
                    {
                        if (text == "")
                            continue;

                        // keep it
                        all.Add(text + id);
                    }
                }

        """));

    [Fact]
    public Task A_property_of_the_item() => Fixes(
        Code(
        """
        foreach (var item in items)
                    item.Price = await http.[|GetFromJsonAsync<decimal>|]($"p/{item.Id}", stop);

        """),
        Code(
        """
        foreach (var batch in items.Chunk(8))
                {
                    var prices = await Task.WhenAll(batch.Select(async item => await http.GetFromJsonAsync<decimal>($"p/{item.Id}", stop)));
                    foreach (var (item, price) in batch.Zip(prices))
                    {
                        item.Price = price;
                    }
                }

        """));

    [Fact]
    public Task A_property_of_the_item_in_parallel() => Fixes(
        Code(
        """
        foreach (var item in items)
                {
                    var url = $"p/{item.Id}";
                    item.Price = await http.[|GetFromJsonAsync<decimal>|](url, stop);
                }

        """),
        Code(
        """
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = stop }, async (item, _) =>
                {
                    var url = $"p/{item.Id}";
                    item.Price = await http.GetFromJsonAsync<decimal>(url, stop);
                });

        """), test =>
        {
            Set(test, "perf_analyzers.PERF108.concurrent_operations = 4");
            test.CodeActionIndex = 1;
            test.SkipFixAll = true;
        });

    [Fact]
    public Task Locals_before_the_call_and_a_sum() => Fixes(
        Code(
        """
        var length = 0;
                foreach (var id in ids)
                {
                    var url = $"p/{id}";
                    var suffix = "?x";
                    length += (await http.[|GetStringAsync|](url + suffix)).Length;
                }

                all.Add($"{length}");

        """),
        Code(
        """
        var length = 0;
                foreach (var batch in ids.Chunk(8))
                {
                    var results = await Task.WhenAll(batch.Select(async id =>
                    {
                        var url = $"p/{id}";
                        var suffix = "?x";
                        return await http.GetStringAsync(url + suffix);
                    }));
                    foreach (var result in results)
                    {
                        length += result.Length;
                    }
                }

                all.Add($"{length}");

        """));

    [Fact]
    public Task Names_that_are_taken() => Fixes(
        Code(
        """
        var (batch, texts) = (1, 2);
                foreach (var id in await Task.FromResult(ids))
                {
                    var text = await http.[|GetStringAsync|]($"p/{id}/{batch}/{texts}");
                    all.Add(text + "!");
                }

        """),
        Code(
        """
        var (batch, texts) = (1, 2);
                foreach (var batch2 in (await Task.FromResult(ids)).Chunk(8))
                {
                    var texts2 = await Task.WhenAll(batch2.Select(async id => await http.GetStringAsync($"p/{id}/{batch}/{texts}")));
                    foreach (var text in texts2)
                    {
                        all.Add(text + "!");
                    }
                }

        """));

    [Theory]
    [InlineData("foreach (var id in ids) { if (id > 0) all.Add(await http.[|GetStringAsync|]($\"{id}\")); }")]
    [InlineData("foreach (var id in ids) { try { all.Add(await http.[|GetStringAsync|]($\"{id}\")); } catch (HttpRequestException) { } }")]
    [InlineData("try { foreach (var id in ids) all.Add(await http.[|GetStringAsync|]($\"{id}\")); } catch (HttpRequestException) { all.Add(\"and more\"); }")]
    [InlineData("for (var i = 0; i < ids.Count; i++) { all.Add(await http.[|GetStringAsync|]($\"{ids[i]}\")); }")]
    [InlineData("foreach (var id in ids) { var url = $\"{id}\"; var text = await http.[|GetStringAsync|](url); all.Add(url + text); }")]
    [InlineData("foreach (var id in ids) { var text = await http.[|GetStringAsync|]($\"{id}\"); text += \"x\"; all.Add(text); }")]
    [InlineData("foreach (var id in ids) { IEnumerable<char> text = await http.[|GetStringAsync|]($\"{id}\"); all.Add(text.First().ToString()); }")]
    [InlineData("foreach (var id in ids) { all.Add(id > 0 ? await http.[|GetStringAsync|]($\"{id}\") : \"\"); }")]
    [InlineData("foreach (var name in all.Select(text => text == \"\" ? null : text)) { ids.Add((await http.[|GetStringAsync|](name + \"x\")).Length); }")]
    [InlineData("foreach (long id in ids) { all.Add(await http.[|GetStringAsync|]($\"{id}\")); }")]
    public Task No_fix_where_the_call_is_not_made_for_each_item_alike(string body) => ReportsWithoutFix(Code(body));

    [Theory]
    [InlineData("ok")]
    [InlineData("bad")]
    [InlineData("late")]
    public Task Results_their_order_and_the_first_failure_are_the_same(string kind) => FixesAndRunsTheSame(
        IndependentAwaitsFixTests.Running($$"""
        var all = new List<string>();
                foreach (var name in Enumerable.Range(0, 20).Select(n => n % 7 == 5 ? $"{{kind}} {n}" : $"{n}").ToList())
                {
                    var text = await client.[|GetStringAsync|]($"http://x/{name}");
                    if (text.Length > 1)
                        all.Add(text);
                }

                return string.Join(",", all);
        """), IndependentAwaitsFixTests.Running($$"""
        var all = new List<string>();
                foreach (var batch in Enumerable.Range(0, 20).Select(n => n % 7 == 5 ? $"{{kind}} {n}" : $"{n}").ToList().Chunk(8))
                {
                    var texts = await Task.WhenAll(batch.Select(async name => await client.GetStringAsync($"http://x/{name}")));
                    foreach (var text in texts)
                    {
                        if (text.Length > 1)
                            all.Add(text);
                    }
                }

                return string.Join(",", all);
        """));
}
