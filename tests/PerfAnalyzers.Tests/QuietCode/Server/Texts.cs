using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace Shop.Texts;

public static partial class Texts
{
    private static readonly FrozenSet<string> s_small = new[] { "a", "an", "of", "the" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly Regex s_spaces = new(@"\s+", RegexOptions.Compiled | RegexOptions.CultureInvariant);

    public static string Title(string text)
    {
        var title = new StringBuilder(text.Length);
        foreach (var word in s_spaces.Replace(text.Trim(), " ").Split(' '))
        {
            if (title.Length > 0)
                title.Append(' ');

            title.Append(s_small.Contains(word) ? word : char.ToUpperInvariant(word[0]) + word[1..]);
        }

        return title.ToString();
    }

    public static string Csv(IEnumerable<(string Name, decimal Price)> rows)
    {
        var text = new StringBuilder();
        foreach (var (name, price) in rows)
        {
            var line = name; // begins anew for every row
            line += ";" + price.ToString(CultureInfo.InvariantCulture);
            text.AppendLine(line);
        }

        return text.ToString();
    }

    public static string UniqueName(string wanted, IReadOnlySet<string> taken)
    {
        var name = wanted;
        for (var number = 2; taken.Contains(name); number++)
            name = wanted + number; // not longer with every step

        return name;
    }

    public static bool IsSku(string text) => Sku().IsMatch(text) && !Regex.IsMatch(text, "^0+$");

    public static int Sum(IEnumerable<int> numbers)
    {
        var sum = 0;
        foreach (var number in numbers)
            sum += number;

        return sum;
    }

    public static async Task<int> LinesAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, useAsync: true);
        using var reader = new StreamReader(file);
        var lines = 0;
        while (await reader.ReadLineAsync(cancel) is not null)
            lines++;

        return lines;
    }

    public static byte[] Packed(string text)
    {
        using var memory = new MemoryStream();
        using (var writer = new StreamWriter(memory, leaveOpen: true))
            writer.Write(text);

        return memory.ToArray();
    }

    public static List<string> Missing(IEnumerable<string> wanted, List<string> have)
    {
        var known = have.ToHashSet(StringComparer.Ordinal);
        return wanted.Where(text => !known.Contains(text)).ToList();
    }

    /// <summary>Four values are compared faster than they are hashed.</summary>
    public static bool IsPicture(IEnumerable<string> names)
    {
        string[] endings = [".png", ".jpg", ".gif", ".webp"];
        foreach (var name in names)
        {
            if (!endings.Contains(Path.GetExtension(name)))
                return false;
        }

        return true;
    }

    [GeneratedRegex("^[A-Z]{3}-[0-9]{5}$")]
    private static partial Regex Sku();
}
