namespace PerfAnalyzers.Tests.GeneratedServer;

/// <summary>One thing that a module of the server is about: its name, and what its files share.</summary>
internal sealed class Feature(string module, string name, Random random)
{
    private static readonly string[] s_kinds =
        ["Purchase", "Sales", "Stock", "Return", "Credit", "Transit", "Service", "Supply", "Season", "Bonus", "Partner", "Import", "Export", "Rental", "Quality", "Region", "Branch", "Field", "Repair", "Pre"];

    private static readonly string[] s_things =
        ["Order", "Invoice", "Shipment", "Ticket", "Contract", "Offer", "Basket", "Voucher", "Account", "Payment", "Parcel", "Article", "Booking", "Plan", "Reminder", "Claim", "Route", "Label", "Batch", "Audit"];

    public string Module { get; } = module;

    public string Name { get; } = name;

    public Random Random { get; } = random;

    /// <summary>The n-th name: no two within a module are equal, but different modules use the same ones.</summary>
    public static string NameOf(int n) => s_kinds[n % s_kinds.Length] + s_things[(n / s_kinds.Length + n * 7) % s_things.Length];

    /// <summary>A file with the usings that all of the server's files have.</summary>
    public CodeWriter File(string area)
    {
        var code = new CodeWriter();
        code.Line("using Microsoft.EntityFrameworkCore;");
        code.Line("using Microsoft.Extensions.Logging;");
        code.Line("using Shop.Shared;");
        code.Line();
        code.Line($"namespace Shop.{Module}.{area};");
        code.Line();
        return code;
    }

    public CodeWriter File() => File(Name + "s");

    public BodyWriter Body(CodeWriter code) => new(Random, code);
}
