using System.Collections.Concurrent;

namespace SlowShop.Web.Packing;

public sealed class LabelPrinter : ILabelPrinter, IDisposable
{
    private readonly SemaphoreSlim _table = new(1, 1);
    private readonly BlockingCollection<string> _journal = [];
    private readonly ILogger<LabelPrinter> _log;

    public LabelPrinter(ILogger<LabelPrinter> log)
    {
        _log = log;
        new Thread(KeepJournal) { IsBackground = true, Name = "Label journal" }.Start();
    }

    public bool IsBusy
    {
        get
        {
            // Fine: a look, not a wait.
            if (!_table.Wait(0))
                return true;

            _table.Release();
            return false;
        }
    }

    public string Print(int parcel, string country)
    {
        // One label at a time, or the strips get mixed up.
        _table.Wait(); // expect: PERF106
        try
        {
            var label = $"{country}-{parcel:D6}";
            _journal.Add(label);
            return label;
        }
        finally
        {
            _table.Release();
        }
    }

    public void Dispose() => _journal.CompleteAdding();

    private void KeepJournal()
    {
        // Fine: no pool thread waits here.
        foreach (var label in _journal.GetConsumingEnumerable())
            _log.LogDebug("Printed {Label}", label);
    }
}
