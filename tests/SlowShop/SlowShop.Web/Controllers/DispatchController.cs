using MediatR;
using Microsoft.AspNetCore.Mvc;
using SlowShop.Core.Dispatch;
using SlowShop.Web.Dispatch;

namespace SlowShop.Web.Controllers;

/// <summary>Orders on their way out of the house: a message to the warehouse, and a notice to the carrier in the background.</summary>
[ApiController]
[Route("api/dispatch")]
public class DispatchController(IMediator mediator, NoticeQueue notices) : ControllerBase
{
    [HttpPost("orders/{id:int}")]
    public async Task<ActionResult<PackedOrder>> Pack(int id, CancellationToken cancellationToken)
    {
        var packed = await mediator.Send(new PackOrder(id), cancellationToken);
        return packed == null ? NotFound() : packed;
    }

    [HttpPost("notices")]
    public async Task<ActionResult<string>> Announce(string country, int grams, CancellationToken cancellationToken)
    {
        var notice = new ParcelNotice(country, grams);
        await notices.AddAsync(notice, cancellationToken);
        return await notice.Answer.WaitAsync(cancellationToken);
    }
}
