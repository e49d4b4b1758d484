using MediatR;
using Microsoft.EntityFrameworkCore;
using SlowShop.Core.Catalogue;
using SlowShop.Core.Customers;
using SlowShop.Core.Data;
using SlowShop.Core.Dispatch;
using SlowShop.Core.Orders;
using SlowShop.Core.Promotions;
using SlowShop.Core.Shipping;
using SlowShop.Core.Stock;
using SlowShop.Web.Dispatch;
using SlowShop.Web.Endpoints;
using SlowShop.Web.Packing;
using SlowShop.Web.Pickup;
using SlowShop.Web.Receipts;
using SlowShop.Web.Tracking;

namespace SlowShop.Web.Hosting;

/// <summary>Registers what the shop consists of.</summary>
internal static class ShopServices
{
    public static IServiceCollection AddShop(this IServiceCollection services)
    {
        services.AddSingleton<ShopDatabase>();
        services.AddSingleton<IConnectionSource>(provider => provider.GetRequiredService<ShopDatabase>());
        services.AddDbContext<ShopContext>((provider, options) => options
            .UseLazyLoadingProxies()
            .UseSqlite(provider.GetRequiredService<ShopDatabase>().ConnectionString));

        services.AddScoped<ICatalogueRepository, CatalogueRepository>();
        services.AddScoped<IOrderRepository, OrderRepository>();
        services.AddScoped<IOrderSummaryService, OrderSummaryService>();
        services.AddScoped<ICustomerService, CustomerService>();
        services.AddScoped<IStockRepository, StockRepository>();
        services.AddScoped<IStockService, StockService>();
        services.AddSingleton<PromotionEngine>();
        services.AddSingleton<IPacker, Packer>();
        services.AddSingleton<ILabelPrinter, LabelPrinter>();
        services.AddSingleton<IPickupTariffs, PickupTariffs>();
        services.AddSingleton<PickupSlots>();
        services.AddSingleton<IReceiptTexts, ReceiptTexts>();

        services.AddSingleton<SearchLog>();

        services.AddSingleton<PartnerAddress>();
        services.AddTransient<PartnerKeyHandler>();
        services.AddHttpClient<ICarrierClient, CarrierClient>(UsePartner).AddHttpMessageHandler<PartnerKeyHandler>();
        services.AddHttpClient<ITrackingClient, TrackingClient>(UsePartner).AddHttpMessageHandler<PartnerKeyHandler>();
        services.AddScoped<IParcelPlanner, ParcelPlanner>();
        services.AddHttpClient("carrier", UsePartner).AddHttpMessageHandler<PartnerKeyHandler>();

        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped<IRequestHandler<PackOrder, PackedOrder?>, PackOrderHandler>();
        services.AddSingleton<NoticeQueue>();
        services.AddHostedService<NoticeWorker>();

        services.AddSingleton<ShopClock>();
        services.AddHostedService(provider => provider.GetRequiredService<ShopClock>());
        return services;
    }

    private static void UsePartner(IServiceProvider provider, HttpClient client)
    {
        client.BaseAddress = provider.GetRequiredService<PartnerAddress>().Value;
        client.Timeout = TimeSpan.FromSeconds(10);
    }
}
