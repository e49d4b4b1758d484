using SlowShop.Core.Entities;

namespace SlowShop.Core.Promotions;

/// <summary>Which products and orders get a reduction.</summary>
public class PromotionEngine
{
    /// <summary>Ten percent off every chosen product.</summary>
    public List<Promotion> Reduce(IEnumerable<Product> products, List<int> chosenIds)
    {
        var promotions = new List<Promotion>();
        foreach (var product in products)
        {
            if (chosenIds.Contains(product.Id)) // expect: PERF401
            {
                promotions.Add(new Promotion(product.Sku, product.UnitPrice, product.UnitPrice * 9 / 10));
            }
        }

        return promotions;
    }

    /// <summary>The orders with at least one product on sale.</summary>
    public List<Order> WithSaleItems(IEnumerable<Order> orders, IReadOnlyList<int> saleIds)
    {
        return orders
            .Where(o => o.Status != OrderStatus.Cancelled && o.Items.Any(i => saleIds.Contains(i.ProductId))) // expect: PERF401
            .OrderBy(o => o.Id)
            .ToList();
    }

    /// <summary>How many of the products may not be reduced at all.</summary>
    public int CountExcluded(IEnumerable<Product> products, string[] excludedSkus)
    {
        var count = 0;
        foreach (var product in products)
        {
            if (Array.IndexOf(excludedSkus, product.Sku) >= 0) // expect: PERF401
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>The products without the hidden ones.</summary>
    public IEnumerable<Product> Without(IEnumerable<Product> products, List<int> hiddenIds)
    {
        // Fine: nobody knows yet when this runs and what the list holds then.
        return products.Where(p => !hiddenIds.Contains(p.Id));
    }

    /// <summary>The chosen products, found through a set.</summary>
    public List<string> Chosen(IEnumerable<Product> products, IEnumerable<int> chosenIds)
    {
        // Fine: a collection by its type, a set in truth.
        IReadOnlyCollection<int> chosen = new HashSet<int>(chosenIds);
        return products.Where(p => chosen.Contains(p.Id)).Select(p => p.Sku).ToList();
    }

    /// <summary>The products whose name holds the word.</summary>
    public List<string> Named(IEnumerable<Product> products, string word)
    {
        // Fine: text in a text.
        return products.Where(p => p.Name.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(p => p.Sku).ToList();
    }

    /// <summary>Hands out vouchers: each is used once, and the same product may have several.</summary>
    public List<string> Redeem(IEnumerable<OrderItem> items, List<int> vouchers)
    {
        var redeemed = new List<string>();
        foreach (var item in items)
        {
            // Fine: a set would forget how many vouchers a product has.
            if (vouchers.Contains(item.ProductId))
            {
                vouchers.Remove(item.ProductId);
                redeemed.Add($"{item.OrderId}/{item.ProductId}");
            }
        }

        return redeemed;
    }
}
