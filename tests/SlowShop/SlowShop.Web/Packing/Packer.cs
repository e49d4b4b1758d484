namespace SlowShop.Web.Packing;

public sealed class Packer : IPacker
{
    public Task<IReadOnlyList<Parcel>> PackAsync(IReadOnlyList<int> grams, int limit)
    {
        return Task.Run(() => Pack(grams, limit)); // expect: PERF109
    }

    public async Task<(int Narrow, int Wide)> CompareAsync(IReadOnlyList<int> grams)
    {
        // Both at once: each has a thread.
        var narrow = Task.Run(() => Pack(grams, 1000));
        var wide = Task.Run(() => Pack(grams, 5000));
        return ((await narrow).Count, (await wide).Count);
    }

    private static IReadOnlyList<Parcel> Pack(IReadOnlyList<int> grams, int limit)
    {
        var boxes = new List<(List<int> Grams, int Free)>();
        foreach (var weight in grams.OrderDescending())
        {
            var box = boxes.FindIndex(b => b.Free >= weight);
            if (box < 0)
            {
                boxes.Add(([weight], limit - weight));
                continue;
            }

            boxes[box].Grams.Add(weight);
            boxes[box] = (boxes[box].Grams, boxes[box].Free - weight);
        }

        return [.. boxes.Select((box, index) => new Parcel(index + 1, box.Grams))];
    }
}
