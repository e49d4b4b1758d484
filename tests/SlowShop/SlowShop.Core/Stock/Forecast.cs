namespace SlowShop.Core.Stock;

/// <summary>Guesses what will be sold from what was.</summary>
public static class Forecast
{
    /// <summary>The best of the products with their expected sales, in the order of the shelves.</summary>
    public static IReadOnlyList<int> Best(IEnumerable<int> sold, int least)
    {
        return sold
            .AsParallel() // expect: PERF110
            .AsOrdered()
            .Select(Next)
            .Where(next => next >= least)
            .ToList();
    }

    /// <summary>The expected sales of one product.</summary>
    public static int Next(int sold)
    {
        var next = sold;
        for (var week = 1; week <= 12; week++)
            next = ((next * 9) + (sold * week % 7)) / 10;

        return next;
    }
}
