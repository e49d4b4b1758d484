using System.IO.Compression;
using System.Text;

namespace SlowShop.Web.Receipts;

/// <summary>Makes receipts small for the archive.</summary>
internal static class ReceiptPacker
{
    public static byte[] Pack(string receipt)
    {
        // Fine: everything happens in memory.
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new StreamWriter(zip, Encoding.UTF8))
        {
            writer.WriteLine(receipt);
            writer.Flush();
        }

        return packed.ToArray();
    }

    public static string Unpack(byte[] packed)
    {
        using var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(zip, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
