using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class IndependentAwaitsFixTests : RuleTests<IndependentAwaitsAnalyzer, IndependentAwaitsFix>
{
    protected override void Configure(CSharpCodeFixTest<IndependentAwaitsAnalyzer, IndependentAwaitsFix> test) => AllowReviewInFixAll(test);

    [Fact]
    public Task Types_comments_and_targets_stay() => Fixes(
        """
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Threading.Tasks;

        public class Page
        {
            public string? Body { get; set; }

            public async Task<IReadOnlyList<char>> Load(HttpClient http, Page page)
            {
                // What the page shows.
                IEnumerable<char> head = await http.GetStringAsync("head"); // never empty

                /* below */
                page.Body = await http.[|GetStringAsync|]("body");
                string foot;
                return head.ToString()!.ToCharArray();
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Threading.Tasks;

        public class Page
        {
            public string? Body { get; set; }

            public async Task<IReadOnlyList<char>> Load(HttpClient http, Page page)
            {
                // What the page shows.
                var headTask = http.GetStringAsync("head"); // never empty

                /* below */
                var bodyTask = http.GetStringAsync("body");
                await Task.WhenAll(headTask, bodyTask);
                IEnumerable<char> head = await headTask;
                page.Body = await bodyTask;
                string foot;
                return head.ToString()!.ToCharArray();
            }
        }
        """);

    [Fact]
    public Task ConfigureAwait_value_tasks_and_taken_names() => Fixes(
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public class C
        {
            public async Task<string> Load(HttpClient http, object aTask)
            {
                string a, b;
                a = await GetAsync(http, "a").ConfigureAwait(false);
                b = await http.[|GetStringAsync|]("b").ConfigureAwait(false);
                var c = await (http.GetStringAsync("c")).ConfigureAwait(false);
                return a + b + c + aTask;
            }

            private static async ValueTask<string> GetAsync(HttpClient http, string name) => await http.GetStringAsync(name).ConfigureAwait(false);
        }
        """,
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public class C
        {
            public async Task<string> Load(HttpClient http, object aTask)
            {
                string a, b;
                var aTask2 = GetAsync(http, "a").AsTask();
                var bTask = http.GetStringAsync("b");
                var cTask = http.GetStringAsync("c");
                await Task.WhenAll(aTask2, bTask, cTask).ConfigureAwait(false);
                a = await aTask2.ConfigureAwait(false);
                b = await bTask.ConfigureAwait(false);
                var c = await (cTask).ConfigureAwait(false);
                return a + b + c + aTask;
            }

            private static async ValueTask<string> GetAsync(HttpClient http, string name) => await http.GetStringAsync(name).ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task Values_of_one_expression_get_their_tasks_before_it() => Fixes(
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public record Model(string A, string B) { public string? C { get; set; } }

        public class C
        {
            public async Task<(string, string)> Pair(HttpClient http) => (await http.GetStringAsync("a"), await http.[|GetStringAsync|]("b"));

            public async Task<object> Made(HttpClient http, int id)
            {
                // All of it.
                return new { id, First = await http.GetStringAsync("a"), Second = await http.[|GetStringAsync|]("b") };
            }

            public async Task<string> Given(HttpClient http)
            {
                var text = string.Concat(await LoadTextAsync(http, "a"), await [|LoadTextAsync|](http, "b"), await http.GetStringAsync("c"));
                return text;
            }

            private static Task<string> LoadTextAsync(HttpClient http, string name) => http.GetStringAsync(name);
        }
        """,
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public record Model(string A, string B) { public string? C { get; set; } }

        public class C
        {
            public async Task<(string, string)> Pair(HttpClient http)
            {
                var stringTask = http.GetStringAsync("a");
                var stringTask2 = http.GetStringAsync("b");
                await Task.WhenAll(stringTask, stringTask2);
                return (await stringTask, await stringTask2);
            }

            public async Task<object> Made(HttpClient http, int id)
            {
                var firstTask = http.GetStringAsync("a");
                var secondTask = http.GetStringAsync("b");
                await Task.WhenAll(firstTask, secondTask);
                // All of it.
                return new { id, First = await firstTask, Second = await secondTask };
            }

            public async Task<string> Given(HttpClient http)
            {
                var loadTextTask = LoadTextAsync(http, "a");
                var loadTextTask2 = LoadTextAsync(http, "b");
                var stringTask = http.GetStringAsync("c");
                await Task.WhenAll(loadTextTask, loadTextTask2, stringTask);
                var text = string.Concat(await loadTextTask, await loadTextTask2, await stringTask);
                return text;
            }

            private static Task<string> LoadTextAsync(HttpClient http, string name) => http.GetStringAsync(name);
        }
        """);

    [Fact]
    public Task Grpc_calls_wait_for_their_responses() => Fixes(Grpc(
        """
        var a = await mine.GetBasketAsync(new Id());
                var b = await yours.[|GetBasketAsync|](new Id());
                return (a, b);
        """), Grpc(
        """
        var aTask = mine.GetBasketAsync(new Id()).ResponseAsync;
                var bTask = yours.GetBasketAsync(new Id()).ResponseAsync;
                await Task.WhenAll(aTask, bTask);
                var a = await aTask;
                var b = await bTask;
                return (a, b);
        """), test => test.ReferenceAssemblies = ReferenceAssemblies.ServerFrameworks);

    internal static string Grpc(string body) =>
        $$"""
        using System.Threading;
        using System.Threading.Tasks;
        using Grpc.Core;

        public class Id { }

        public class Basket { }

        public class BasketClient : ClientBase
        {
            public BasketClient(CallInvoker invoker) : base(invoker) { }

            public virtual AsyncUnaryCall<Basket> GetBasketAsync(Id id, CancellationToken stop = default) => throw new System.NotSupportedException();
        }

        public class C
        {
            public async Task<(Basket, Basket)> M(BasketClient mine, BasketClient yours)
            {
                {{body}}
            }
        }
        """;

    [Fact]
    public Task Two_groups_in_a_switch_and_a_lambda_in_one_go() => Fixes(
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;

        public static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/both", async (HttpClient http, int kind) =>
                {
                    switch (kind)
                    {
                        case 1:
                            var a = await http.GetStringAsync("a");
                            var b = await http.[|GetStringAsync|]("b");
                            return a + b;
                        default:
                            var c = await http.GetStringAsync("c");
                            var d = await http.GetStringAsync(c);
                            var e = await http.[|GetStringAsync|]("e");
                            return d + e;
                    }
                });
                app.MapGet("/pair", async (HttpClient http) => string.Concat(await http.GetStringAsync("a"), await http.[|GetStringAsync|]("b")));
            }
        }
        """,
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;

        public static class Endpoints
        {
            public static void Map(WebApplication app)
            {
                app.MapGet("/both", async (HttpClient http, int kind) =>
                {
                    switch (kind)
                    {
                        case 1:
                            var aTask = http.GetStringAsync("a");
                            var bTask = http.GetStringAsync("b");
                            await Task.WhenAll(aTask, bTask);
                            var a = await aTask;
                            var b = await bTask;
                            return a + b;
                        default:
                            var c = await http.GetStringAsync("c");
                            var dTask = http.GetStringAsync(c);
                            var eTask = http.GetStringAsync("e");
                            await Task.WhenAll(dTask, eTask);
                            var d = await dTask;
                            var e = await eTask;
                            return d + e;
                    }
                });
                app.MapGet("/pair", async (HttpClient http) =>
                {
                    var stringTask = http.GetStringAsync("a");
                    var stringTask2 = http.GetStringAsync("b");
                    await Task.WhenAll(stringTask, stringTask2);
                    return string.Concat(await stringTask, await stringTask2);
                });
            }
        }
        """);

    [Fact]
    public Task The_using_is_added_or_the_name_qualified() => Fixes(
        """
        using System.Net.Http;

        public class Task { }

        public class C
        {
            public async System.Threading.Tasks.Task<string> Load(HttpClient http)
            {
                var a = await http.GetStringAsync("a");
                var b = await http.[|GetStringAsync|]("b");
                return a + b;
            }
        }
        """,
        """
        using System.Net.Http;

        public class Task { }

        public class C
        {
            public async System.Threading.Tasks.Task<string> Load(HttpClient http)
            {
                var aTask = http.GetStringAsync("a");
                var bTask = http.GetStringAsync("b");
                await global::System.Threading.Tasks.Task.WhenAll(aTask, bTask);
                var a = await aTask;
                var b = await bTask;
                return a + b;
            }
        }
        """);

    [Fact]
    public Task No_fix_where_a_failure_leaves_what_came_before_it() => ReportsWithoutFix(
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public class Page
        {
            public string? Head { get; set; }
            public string? Body { get; set; }

            public async Task<Page> Load(HttpClient http)
            {
                var page = new Page();
                try
                {
                    page.Head = await http.GetStringAsync("head");
                    page.Body = await http.[|GetStringAsync|]("body");
                }
                catch (HttpRequestException)
                {
                }

                return page;
            }
        }
        """);

    [Fact]
    public Task No_fix_through_directives() => ReportsWithoutFix(
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public class C
        {
            public async Task<string> Load(HttpClient http)
            {
                var a = await http.GetStringAsync("a");
        #if !NONE
                var b = await http.[|GetStringAsync|]("b");
        #endif
                return a + b;
            }
        }
        """);

    [Fact]
    public Task Fix_all_leaves_them_without_the_setting() => Fixes(
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public class C
        {
            public async Task<string> Load(HttpClient http)
            {
                var a = await http.GetStringAsync("a");
                var b = await http.[|GetStringAsync|]("b");
                return a + b;
            }
        }
        """,
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public class C
        {
            public async Task<string> Load(HttpClient http)
            {
                var aTask = http.GetStringAsync("a");
                var bTask = http.GetStringAsync("b");
                await Task.WhenAll(aTask, bTask);
                var a = await aTask;
                var b = await bTask;
                return a + b;
            }
        }
        """, test =>
        {
            Set(test, "perf_analyzers.fix_all_review = false");
            test.SkipFixAll = true;
        });

    [Theory]
    [InlineData("a", "b", "c")]
    [InlineData("a", "bad 1", "bad 2")]
    [InlineData("bad 1", "b", "bad 2")]
    [InlineData("a", "b", "late bad 3")]
    [InlineData("late bad 1", "bad 2", "c")]
    public Task Results_and_the_first_failure_in_order_are_the_same(string a, string b, string c) => FixesAndRunsTheSame(
        Running($"""
        var a = await client.GetStringAsync("http://x/{a}");
                var b = await client.[|GetStringAsync|]("http://x/{b}");
                var c = await client.GetStringAsync("http://x/{c}");
                return a + b + c;
        """), Running($"""
        var aTask = client.GetStringAsync("http://x/{a}");
                var bTask = client.GetStringAsync("http://x/{b}");
                var cTask = client.GetStringAsync("http://x/{c}");
                await Task.WhenAll(aTask, bTask, cTask);
                var a = await aTask;
                var b = await bTask;
                var c = await cTask;
                return a + b + c;
        """));

    internal static string Running(string body) =>
        $$"""
        using System;
        using System.Linq;
        using System.Collections.Generic;
        using System.Net;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;

        public class Fake : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
            {
                var name = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath).Substring(1);
                for (var i = 0; i < (name.StartsWith("late") ? 5 : 1); i++)
                    await Task.Yield();

                if (name.Contains("bad"))
                    throw new HttpRequestException(name);

                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(name.ToUpperInvariant()) };
            }
        }

        public static class Program
        {
            public static Task<string> Run() => Load(new HttpClient(new Fake()));

            public static async Task<string> Load(HttpClient client)
            {
                {{body}}
            }
        }
        """;
}
