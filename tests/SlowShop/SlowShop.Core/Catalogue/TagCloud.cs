using System.Text.RegularExpressions;
using SlowShop.Core.Entities;

namespace SlowShop.Core.Catalogue;

/// <summary>The words by which products are found.</summary>
public static class TagCloud
{
    // Fine: built once.
    private static readonly Regex s_separators = new("[;,]", RegexOptions.CultureInvariant);

    private static readonly string[] s_noise = ["home", "shop", "new"];

    /// <summary>Every tag once, in the order in which the products bring them.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<Product> products)
    {
        var tags = new List<string>();
        foreach (var product in products)
        {
            foreach (var tag in s_separators.Split(product.Tags))
            {
                // Fine: three words that never change.
                if (s_noise.Contains(tag))
                {
                    continue;
                }

                if (!tags.Contains(tag)) // expect: PERF401
                {
                    tags.Add(tag);
                }
            }
        }

        return tags;
    }

    /// <summary>The products on sale.</summary>
    public static IReadOnlyList<string> OnSale(IEnumerable<Product> products)
    {
        var skus = new List<string>();
        foreach (var product in products)
        {
            // Fine: a list of its own for each product, asked once.
            var tags = s_separators.Split(product.Tags).ToList();
            if (tags.Contains("sale"))
            {
                skus.Add(product.Sku);
            }
        }

        return skus;
    }
}
