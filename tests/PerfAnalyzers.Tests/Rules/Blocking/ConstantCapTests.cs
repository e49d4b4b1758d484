using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class ConstantCapTests : RuleTests<ConstantCapAnalyzer, ConstantCapFix>
{
    [Theory]
    [InlineData("[|ThreadPool.SetMaxThreads(16, 16)|];")]
    [InlineData("[|ThreadPool.SetMaxThreads(completionPortThreads: 1000, workerThreads: 100)|];")]
    [InlineData("[|ThreadPool.SetMaxThreads(Most, 1000)|];")]
    [InlineData("[|ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount)|];")]
    [InlineData("[|ThreadPool.SetMaxThreads(2 * (Environment.ProcessorCount + 1), 100)|];")]
    [InlineData("if (![|System.Threading.ThreadPool.SetMaxThreads(8, 8)|]) throw new InvalidOperationException();")]
    [InlineData("[|ServicePointManager.DefaultConnectionLimit = 2|];")]
    [InlineData("[|ServicePointManager.FindServicePoint(new Uri(\"https://a.example\")).ConnectionLimit = 4|];")]
    [InlineData("var handler = new SocketsHttpHandler(); [|handler.MaxConnectionsPerServer = 1|];")]
    [InlineData("var client = new HttpClient(new HttpClientHandler { [|MaxConnectionsPerServer = Most|] });")]
    [InlineData("SocketsHttpHandler handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(2), [|MaxConnectionsPerServer = 9|] };")]
    [InlineData("builder.WebHost.ConfigureKestrel(options => [|options.Limits.MaxConcurrentConnections = 50|]);")]
    [InlineData("builder.WebHost.ConfigureKestrel(options => { [|options.Limits.MaxConcurrentUpgradedConnections = 99|]; options.AddServerHeader = false; });")]
    [InlineData("builder.Services.Configure<KestrelServerOptions>(options => [|options.Limits.MaxConcurrentConnections = 20L|]);")]
    public Task Flags_a_cap(string statement) => Flags(Startup(statement));

    [Theory]
    [InlineData("ThreadPool.SetMinThreads(200, 200);")]
    [InlineData("ThreadPool.SetMaxThreads(short.MaxValue, 1000);")]
    [InlineData("ThreadPool.SetMaxThreads(builder.Configuration.GetValue<int>(\"Threads\"), 100);")]
    [InlineData("ThreadPool.GetMaxThreads(out var most, out var ports); ThreadPool.SetMaxThreads(most, ports);")]
    [InlineData("ThreadPool.SetMaxThreads(0, 0);")]
    [InlineData("ServicePointManager.DefaultConnectionLimit = 100;")]
    [InlineData("ServicePointManager.DefaultConnectionLimit = int.MaxValue;")]
    [InlineData("var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 10 };")]
    [InlineData("var handler = new SocketsHttpHandler { MaxConnectionsPerServer = int.Parse(args[0]) };")]
    [InlineData("var handler = new SocketsHttpHandler { MaxResponseHeadersLength = 8, MaxResponseDrainSize = 2 };")]
    [InlineData("builder.WebHost.ConfigureKestrel(options => options.Limits.MaxConcurrentConnections = 10_000);")]
    [InlineData("builder.WebHost.ConfigureKestrel(options => options.Limits.MaxConcurrentConnections = null);")]
    [InlineData("builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 50);")]
    [InlineData("var own = new Own { MaxConnectionsPerServer = 1, MaxConcurrentConnections = 1 }; own.ConnectionLimit = 2;")]
    [InlineData("OwnPool.SetMaxThreads(2, 2);")]
    [InlineData("_ = nameof(ThreadPool.SetMaxThreads);")]
    public Task Is_quiet_on_what_caps_nothing(string statement) => IsQuietOn(Startup(statement));

    [Fact]
    public Task Is_quiet_outside_servers() => IsQuietOn(
        """
        using System.Net.Http;
        using System.Threading;

        class Tool
        {
            static void Main()
            {
                ThreadPool.SetMaxThreads(4, 4);
                var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 2 };
            }
        }
        """, test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Fact]
    public Task Is_quiet_on_code_being_typed() => IsQuietOn(
        """
        using System.Threading;

        class Startup
        {
            void Start()
            {
                ThreadPool.{|CS7036:SetMaxThreads|}();
                ThreadPool.SetMaxThreads({|CS0103:most|}, 5);
                {|CS0103:handler|}.MaxConnectionsPerServer = 2;
            }
        }
        """);

    [Theory]
    [InlineData("[|ThreadPool.SetMaxThreads(16, 16)|];\n        ThreadPool.SetMinThreads(16, 16);", "ThreadPool.SetMinThreads(16, 16);")]
    [InlineData("var handler = new SocketsHttpHandler { [|MaxConnectionsPerServer = 2|] };", "var handler = new SocketsHttpHandler();")]
    [InlineData("SocketsHttpHandler handler = new() { [|MaxConnectionsPerServer = 2|] };", "SocketsHttpHandler handler = new();")]
    [InlineData("var handler = new SocketsHttpHandler { [|MaxConnectionsPerServer = 2|], UseCookies = false };", "var handler = new SocketsHttpHandler { UseCookies = false };")]
    [InlineData("var handler = new SocketsHttpHandler { UseCookies = false, [|MaxConnectionsPerServer = 2|] };", "var handler = new SocketsHttpHandler { UseCookies = false };")]
    [InlineData("var handler = new HttpClientHandler\n        {\n            UseCookies = false,\n            [|MaxConnectionsPerServer = 2|]\n        };", "var handler = new HttpClientHandler\n        {\n            UseCookies = false\n        };")]
    [InlineData("var options = new KestrelServerOptions { Limits = { [|MaxConcurrentConnections = 5|], [|MaxConcurrentUpgradedConnections = 5|], MaxRequestBodySize = 1 } };", "var options = new KestrelServerOptions { Limits = { MaxRequestBodySize = 1 } };")]
    [InlineData("var options = new KestrelServerOptions { AddServerHeader = false, Limits = { [|MaxConcurrentConnections = 5|] } };", "var options = new KestrelServerOptions { AddServerHeader = false };")]
    [InlineData("_ = 1;\n        builder.WebHost.ConfigureKestrel(options => [|options.Limits.MaxConcurrentConnections = 50|]);", "_ = 1;")]
    [InlineData("_ = 1;\n        builder.WebHost.ConfigureKestrel(options => { [|options.Limits.MaxConcurrentConnections = 50|]; });", "_ = 1;")]
    [InlineData("builder.WebHost.ConfigureKestrel(options => { options.AddServerHeader = false; [|options.Limits.MaxConcurrentConnections = 50|]; });", "builder.WebHost.ConfigureKestrel(options => { options.AddServerHeader = false; });")]
    public Task Removes_the_cap(string before, string after) => Fixes(Startup(before), Startup(after), AllowReviewInFixAll);

    [Theory]
    [InlineData("if (![|ThreadPool.SetMaxThreads(8, 8)|]) throw new InvalidOperationException();")]
    [InlineData("if (args.Length > 0) [|ThreadPool.SetMaxThreads(8, 8)|];")]
    [InlineData("int limit = [|ServicePointManager.DefaultConnectionLimit = 2|];")]
    [InlineData("builder.WebHost.ConfigureKestrel(options => [|options.Limits.MaxConcurrentConnections = 50|]).UseUrls(\"http://*:80\");")]
    public Task Leaves_what_more_hangs_on(string statement) => ReportsWithoutFix(Startup(statement), AllowReviewInFixAll);

    [Fact]
    public Task Keeps_layout_and_the_comments_of_others() => Fixes(
        """
        #pragma warning disable SYSLIB0014
        using System;
        using System.Net;
        using System.Net.Http;

        public sealed class Clients
        {
            // One for all calls.
            private static readonly HttpClient s_http = new(new SocketsHttpHandler
            {
                // DNS changes are seen.
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                [|MaxConnectionsPerServer = 2|],
                UseCookies = false,
            });

            public static void Configure()
            {
                // Old servers.
                ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12;

                // No more than two.
                [|ServicePointManager.DefaultConnectionLimit = 2|];

                Console.WriteLine(s_http.Timeout);
            }
        }
        """,
        """
        #pragma warning disable SYSLIB0014
        using System;
        using System.Net;
        using System.Net.Http;

        public sealed class Clients
        {
            // One for all calls.
            private static readonly HttpClient s_http = new(new SocketsHttpHandler
            {
                // DNS changes are seen.
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                UseCookies = false,
            });

            public static void Configure()
            {
                // Old servers.
                ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls12;

                Console.WriteLine(s_http.Timeout);
            }
        }
        """, AllowReviewInFixAll);

    private static string Startup(string statement) =>
        $$"""
        #pragma warning disable SYSLIB0014, CS0219
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Threading;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Hosting;
        using Microsoft.AspNetCore.Server.Kestrel.Core;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;

        public static class Startup
        {
            private const int Most = 8;

            public static void Configure(WebApplicationBuilder builder, string[] args)
            {
                {{statement}}
            }
        }

        public sealed class Own
        {
            public int MaxConnectionsPerServer { get; set; }
            public int MaxConcurrentConnections { get; set; }
            public int ConnectionLimit { get; set; }
        }

        public static class OwnPool
        {
            public static void SetMaxThreads(int a, int b)
            {
            }
        }
        """;
}
