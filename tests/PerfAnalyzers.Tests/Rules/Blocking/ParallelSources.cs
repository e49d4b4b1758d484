namespace PerfAnalyzers.Tests.Rules.Blocking;

/// <summary>The server around the members that the tests of PERF110 look at.</summary>
internal static class ParallelSources
{
    /// <summary>A controller with <paramref name="members"/>, and things for them to do.</summary>
    public static string Controller(string members, string more = "") =>
        $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;

        public class WorkController : ControllerBase
        {
            private readonly HttpClient _http = new HttpClient();
            private readonly IPrices _prices = null!;
            private readonly ShopContext _db = null!;

            {{Indented(members)}}

            private static void Work(int x) => x.ToString();
            private static int Compute(int x) => x + 1;
            private async Task<int> LoadAsync(int id) { await _http.GetAsync($"/{id}"); return id; }
            private Task SaveAsync(int id) => _http.PostAsync($"/{id}", null);
        }

        public interface IPrices { Task<decimal> OfAsync(int id, CancellationToken stop = default); Task<List<int>> IdsAsync(); IEnumerable<int> Known(); }
        public interface IRateProvider { Task<decimal> RateAsync(string currency); }
        public class Request { public int[] Ids { get; set; } = null!; public List<Line> Lines { get; set; } = null!; }
        public class Line { public int Id { get; set; } public string Name { get; set; } = ""; public Task SendAsync(HttpClient http) => http.GetAsync(Name); }
        public class Row { public int Id { get; set; } }
        public class ShopContext : DbContext { public DbSet<Row> Rows => Set<Row>(); }
        {{more}}
        """;

    public static string Indented(string lines) => string.Join('\n', lines.Split('\n').Select((line, index) => index == 0 || line.Length == 0 ? line : "    " + line));
}
