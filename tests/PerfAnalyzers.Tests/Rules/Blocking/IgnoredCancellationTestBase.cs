using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

/// <summary>A shop's types, and the places where frameworks call code.</summary>
public abstract class IgnoredCancellationTestBase : RuleTests<IgnoredCancellationAnalyzer, IgnoredCancellationFix>
{
    protected const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Mvc.Filters;
        using Microsoft.AspNetCore.Mvc.RazorPages;
        using Microsoft.AspNetCore.SignalR;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Caching.Distributed;
        using Microsoft.Extensions.Hosting;
        using MediatR;

        """;

    protected const string WithThreading = Usings + "using System.Threading;\n";

    protected const string Types =
        """
        public class Order { public int Id { get; set; } public string Name { get; set; } = ""; }
        public class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }
        public record GetOrderQuery(int Id) : IRequest<Order>;
        public record PlaceOrder(int Id) : IRequest<int>;

        public interface IOrders
        {
            Task<Order> GetAsync(int id, bool deep = false, System.Threading.CancellationToken cancellationToken = default);
            Task<int> CountAsync();
            Task<int> CountAsync(System.Threading.CancellationToken cancellationToken);
            Task SaveAsync(Order order, System.Threading.CancellationToken cancellationToken = default);
            Task NotifyAsync(Order order, System.Threading.CancellationToken cancellationToken = default);
            Task PublishAsync(Order order, System.Threading.CancellationToken cancellationToken = default);
            Task PlainAsync(int id);
            IAsyncEnumerable<Order> StreamAsync(System.Threading.CancellationToken cancellationToken = default);
        }

        """;

    /// <summary>A controller with everything injected and the given members.</summary>
    protected static string Controller(string members, string usings = Usings) => usings + Types +
        $$"""
        public class ShopController : ControllerBase
        {
            private readonly Shop _db;
            private readonly HttpClient _http;
            private readonly IOrders _orders;
            private readonly IMediator _mediator;

            public ShopController(Shop db, HttpClient http, IOrders orders, IMediator mediator) => (_db, _http, _orders, _mediator) = (db, http, orders, mediator);

            {{members.ReplaceLineEndings("\n    ")}}
        }
        """;

    /// <summary>An endpoint mapped in a start-up method.</summary>
    protected static string Endpoint(string mapping, string usings = Usings) => usings + Types +
        $$"""
        public static class Endpoints
        {
            public static void MapOrders(this WebApplication app)
            {
                {{mapping.ReplaceLineEndings("\n        ")}}
            }
        }
        """;
}
