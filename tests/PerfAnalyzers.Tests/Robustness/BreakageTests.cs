namespace PerfAnalyzers.Tests.Robustness;

/// <summary>Broken code on which an analyzer or a fix once threw.</summary>
public sealed class BreakageTests : RobustnessTests
{
    [Theory]
    [InlineData("return await db.Products.Where(p p=> .Sku == text).Select(p => p.Name).ToListAsync(stop);")]
    [InlineData("var q = db.Products.Where(p => p.Price > 0); foreach (var w in text.Split(' ')) { q = q.Where(p p=> .Name == w); } return await q.OrderBy(=> p.Id).Take(5).ToListAsync(stop);")]
    [InlineData("return await db.Products.Where().Take().Include().ToListAsync(=>);")]
    [InlineData("Thread.Sleep(); Task.Delay().Wait(); Regex.IsMatch(); new Regex(); new Regex(\"a\", ); text.Contains(); list.Contains(, 1);")]
    [InlineData("foreach (var x in list) { s += ; s = + s; s = string.Concat(); if (list.Contains()) list.Add(); new Regex(); Regex.Replace(text, ); }")]
    public async Task Statements_in_an_endpoint(string statements) => Assert.Null(await FailureOfAsync(statements,
        $$"""
        using System.Collections.Generic;
        using System.Linq;
        using System.Text.RegularExpressions;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.EntityFrameworkCore;

        class Product { public int Id { get; set; } public string Sku { get; set; } public string Name { get; set; } public decimal Price { get; set; } }
        class Shop : DbContext { public DbSet<Product> Products => Set<Product>(); }
        static class Endpoints
        {
            public static void Map(IEndpointRouteBuilder app, List<int> list, string s)
            {
                app.MapGet("/search", async (string text, Shop db, CancellationToken stop) =>
                {
                    Thread.Sleep(5); // asks for the request path
                    {{statements}}
                });
            }
        }
        """));

    [Theory]
    [InlineData("public static void Map(WebApplication ) => app.MapGet(\"/rates\", () => new WebClient().DownloadString(\"https://rates.example\"));")]
    public async Task Members_of_a_class(string members) => Assert.Null(await FailureOfAsync(members,
        $$"""
        using System.Net;
        using System.Net.Http;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Mvc;

        public class RateService
        {
            public string Load(string url) => new WebClient().DownloadString(url);
        }

        static class Endpoints
        {
            {{members}}
        }
        """));

    [Theory]
    [InlineData("""
        using System.Text.RegularExpressions;
        C
        {
            static readonly bool s_ok = new Regex("a").IsMatch("a");
            static readonly Regex s_r;
            static C() { s_r = new Regex("b"); }
            bool M(string s) => s_ok && s_r.IsMatch(s);
        }
        """)]
    [InlineData("""
        using System.Text.RegularExpressions;
        record R(string S) { public bool Ok => new Regex("a").IsMatch(S); }
        readonly record struct RS(string S) { public bool Ok => new Regex("b").IsMatch(S); }
        class P(string s) { public bool Ok() => new Regex("c").IsMatch(s); }
        interface I bool Ok(string s) => new Regex("d").IsMatch(s); }
        file F { public bool Ok(string s) => new Regex("e").IsMatch(s); }
        static class E { extension(string s) { public bool IsSlug => new Regex("f").IsMatch
        """)]
    public async Task Members_without_a_type(string source) => Assert.Null(await FailureOfAsync("members without a type", source));

    [Theory]
    [InlineData("WithClients { private readonly object _a; public WithClients(object a) => _a = a; public WithClients(int a) => _a = a; string Load(string url) => new WebClient().DownloadString(url); }")]
    [InlineData("class C { void M() { void A() => Wait(); void A() => Wait(); async Task B() => new WebClient().DownloadString(\"\"); } void Wait() { } }")]
    [InlineData("class C { private static readonly HttpClient async Task<string> Load(string url) => new WebClient().DownloadString(url); }")]
    [InlineData("class C { private static HttpClient Http = new(); async Task<string> Load(string url) => new WebClient().DownloadString(url); }")]
    public async Task Old_clients(string source) => Assert.Null(await FailureOfAsync(source, $"using System.Net;\nusing System.Net.Http;\nusing System.Threading.Tasks;\n{source}"));
}
