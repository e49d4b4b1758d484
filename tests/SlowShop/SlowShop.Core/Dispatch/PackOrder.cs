using MediatR;

namespace SlowShop.Core.Dispatch;

/// <summary>Asks the warehouse to pack an order; the answer says what lies in the box.</summary>
public sealed record PackOrder(int OrderId) : IRequest<PackedOrder?>;

/// <summary>What lies in the box of an order.</summary>
public sealed record PackedOrder(string Number, int Pieces, bool NeedsHelp);
