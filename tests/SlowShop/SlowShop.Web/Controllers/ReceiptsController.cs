using System.Text;
using Microsoft.AspNetCore.Mvc;
using SlowShop.Web.Receipts;

namespace SlowShop.Web.Controllers;

/// <summary>Receipts and what is printed on them.</summary>
[ApiController]
[Route("api/receipts")]
public class ReceiptsController(IReceiptTexts texts) : ControllerBase
{
    [HttpGet("{number:int}")]
    public IActionResult Get(int number, string customer) => Ok(new { text = texts.For(number, customer) });

    [HttpGet("terms")]
    public IActionResult Terms(int most = 10) => Ok(texts.Terms(most));

    [HttpGet("terms/raw")]
    public async Task<IActionResult> RawTerms(CancellationToken cancellationToken) => Ok(new { text = await texts.RawTermsAsync(cancellationToken) });

    [HttpGet("{number:int}/packed")]
    public IActionResult Packed(int number, string customer) => Ok(new { text = ReceiptPacker.Unpack(ReceiptPacker.Pack(texts.For(number, customer))) });

    [HttpPost("notes")]
    public async Task<IActionResult> Note()
    {
        var buffer = new byte[1000];
        using var note = new MemoryStream();
        int read;
        while ((read = await Request.Body.ReadAsync(buffer)) > 0)
            note.Write(buffer, 0, read);

        var path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, note.ToArray()); // expect: PERF105
            var length = new FileInfo(path).Length;
            return Ok(new { length, text = Encoding.UTF8.GetString(note.ToArray()) });
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
