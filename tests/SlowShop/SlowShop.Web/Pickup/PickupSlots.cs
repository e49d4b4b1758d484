namespace SlowShop.Web.Pickup;

/// <summary>Hands out the slots of the next day.</summary>
public class PickupSlots
{
    private readonly object _gate = new();
    private readonly SortedSet<int> _free = [9, 10, 11, 14, 15, 16];

    /// <summary>The next free hour after <paramref name="hour"/>; null where none is left.</summary>
    public int? After(int hour)
    {
        // Fine: nothing waits under the lock.
        lock (_gate)
        {
            return _free.Where(free => free > hour).Select(free => (int?)free).FirstOrDefault();
        }
    }
}
