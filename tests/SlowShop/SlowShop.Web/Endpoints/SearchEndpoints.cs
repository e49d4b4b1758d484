using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Catalogue;
using SlowShop.Core.Data;

namespace SlowShop.Web.Endpoints;

/// <summary>Searching products by words.</summary>
internal static partial class SearchEndpoints
{
    private static readonly SearchTerms s_terms = new("[ ,;]+");

    private static readonly List<string> s_popular = ["kettle", "lamp", "chair", "mug", "clock", "basket", "towel", "knife"];

    public static void MapSearch(this IEndpointRouteBuilder app)
    {
        app.MapGet("/search", async (string text, ShopContext db, CancellationToken cancellationToken) =>
        {
            if (SearchTerms.IsSku(text))
            {
                return Results.Ok(await db.Products.Where(p => p.Sku == text).Select(p => p.Name).ToListAsync(cancellationToken));
            }

            var query = db.Products.Where(p => p.UnitPrice > 0);
            foreach (var word in s_terms.Split(text))
            {
                query = query.Where(p => EF.Functions.Like(p.Name, $"%{word}%"));
            }

            var names = await query.OrderBy(p => p.Id).Take(20).Select(p => p.Name).ToListAsync(cancellationToken);
            return Results.Ok(names.Select(name => SearchTerms.Highlight(name, "e")));
        });

        app.MapGet("/search/price", (string text) =>
        {
            var match = new Regex(@"^(?<from>\d+)\s*-\s*(?<to>\d+)$", RegexOptions.ExplicitCapture).Match(text); // expect: PERF502
            return match.Success
                ? Results.Ok(new { from = int.Parse(match.Groups["from"].Value), to = int.Parse(match.Groups["to"].Value) })
                : Results.BadRequest();
        });

        app.MapGet("/search/clean", (string text, SearchLog log) =>
        {
            var clean = Spaces().Replace(text, " ").Trim();
            log.Note(clean);
            return new { text = clean };
        });

        app.MapPost("/search/wishes", (List<string> words, SearchLog log) =>
        {
            words.ForEach(async word => await log.CountAsync(word)); // expect: PERF113
            return Results.Accepted();
        });

        app.MapGet("/search/popular", (string[] words, string[] mine) =>
        {
            // Fine: the sample list exists only in memory, whatever its type says.
            var samples = s_popular.AsQueryable().Where(w => w.Length < 5).OrderBy(w => w).ToList();
            var known = words.Count(word => mine.Contains(word)); // expect: PERF401
            return new { samples, known };
        });
    }

    // Fine: written at build time.
    [GeneratedRegex(@"\s{2,}")]
    private static partial Regex Spaces();
}
