using System.Globalization;
using System.Text;
using SlowShop.Core.Entities;

namespace SlowShop.Core.Orders;

/// <summary>Orders as text for spreadsheets.</summary>
public static class OrderCsv
{
    /// <summary>One line for each order: its number, then quantity and price of each item.</summary>
    public static string Write(IEnumerable<Order> orders)
    {
        var csv = "number;items\n";
        foreach (var order in orders)
        {
            var line = order.Number;
            foreach (var item in order.Items.OrderBy(i => i.Id))
            {
                line += ";"; // expect: PERF501
                line += item.Quantity.ToString(CultureInfo.InvariantCulture); // expect: PERF501
                line += "x" + item.UnitPrice.ToString(CultureInfo.InvariantCulture); // expect: PERF501
            }

            csv += line + "\n"; // expect: PERF501
        }

        return csv;
    }

    /// <summary>The numbers of the orders, separated by commas.</summary>
    public static string Numbers(IEnumerable<Order> orders)
    {
        var numbers = "";
        foreach (var order in orders)
        {
            if (numbers.Length > 0)
            {
                numbers += ", "; // expect: PERF501
            }

            numbers = $"{numbers}{order.Number}"; // expect: PERF501
        }

        return numbers;
    }

    /// <summary>The same as <see cref="Write"/> with a builder, as it should be.</summary>
    public static string Headings(IEnumerable<string> columns)
    {
        var text = new StringBuilder("#");
        foreach (var column in columns)
        {
            text.Append(';').Append(column);
        }

        return text.ToString();
    }

    /// <summary>Names each order by its number and first item; every name starts anew.</summary>
    public static List<string> Titles(IEnumerable<Order> orders)
    {
        var titles = new List<string>();
        foreach (var order in orders)
        {
            // Fine: the text ends with the iteration.
            var title = "Order ";
            title += order.Number;
            foreach (var item in order.Items.OrderBy(i => i.Id))
            {
                // Fine: at most one append, then the loop ends.
                title += " from product " + item.ProductId.ToString(CultureInfo.InvariantCulture);
                break;
            }

            titles.Add(title);
        }

        return titles;
    }

    /// <summary>Breadcrumbs: every step is a result of its own.</summary>
    public static IEnumerable<string> Paths(IEnumerable<string> steps)
    {
        var path = "";
        foreach (var step in steps)
        {
            path += "/" + step;
            yield return path;
        }
    }

    /// <summary>A code of three letters.</summary>
    public static string Shorten(Order order)
    {
        // Fine: three turns.
        var code = "";
        for (var i = 0; i < 3; i++)
        {
            code += (char)('A' + ((order.Id >> (i * 4)) & 15));
        }

        return code;
    }
}
