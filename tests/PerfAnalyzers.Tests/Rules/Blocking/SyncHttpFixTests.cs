using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncHttpFixTests : RuleTests<SyncHttpAnalyzer, SyncHttpFix>
{
    [Fact]
    public Task Awaits_http_client_with_the_token_it_has_or_the_one_in_scope() => Fixes(
        """
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;

        class Rates(HttpClient http, HttpMessageInvoker invoker)
        {
            async Task<int> M(HttpRequestMessage request, CancellationToken stop)
            {
                // first try
                using var a = http.[|Send|](request);
                using var b = http.[|Send|](request, HttpCompletionOption.ResponseHeadersRead);
                using var c = http.[|Send|](request, CancellationToken.None);
                using var d = invoker.[|Send|](request, stop);
                return (int)http.[|Send|](request).StatusCode;
            }
        }
        """,
        """
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;

        class Rates(HttpClient http, HttpMessageInvoker invoker)
        {
            async Task<int> M(HttpRequestMessage request, CancellationToken stop)
            {
                // first try
                using var a = await http.SendAsync(request, stop);
                using var b = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                using var c = await http.SendAsync(request, CancellationToken.None);
                using var d = await invoker.SendAsync(request, stop);
                return (int)(await http.SendAsync(request, stop)).StatusCode;
            }
        }
        """);

    [Fact]
    public Task Awaits_rest_sharp() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;
        using RestSharp;

        class Rates(RestClient client, IRestClient other)
        {
            async Task<string?> M(CancellationToken stop)
            {
                var request = new RestRequest("rates")
                    .AddHeader("Accept", "text/csv");
                var a = client.[|Execute|]<Rate>(request);
                var b = other.[|Get|]<Rate>(request);
                client.[|Delete|](request);
                return client.[|Execute|](request).Content + a.Data + b;
            }
        }
        class Rate { }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;
        using RestSharp;

        class Rates(RestClient client, IRestClient other)
        {
            async Task<string?> M(CancellationToken stop)
            {
                var request = new RestRequest("rates")
                    .AddHeader("Accept", "text/csv");
                var a = await client.ExecuteAsync<Rate>(request, stop);
                var b = await other.GetAsync<Rate>(request, stop);
                await client.DeleteAsync(request, stop);
                return (await client.ExecuteAsync(request, stop)).Content + a.Data + b;
            }
        }
        class Rate { }
        """);

    [Fact]
    public Task Awaits_grpc_and_names_the_token_that_stands_after_optional_arguments() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Greeting(GreeterClient client)
        {
            async Task<string?> M(CancellationToken stop) => client.[|SayHello|](new Request()).ToString();
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Greeting(GreeterClient client)
        {
            async Task<string?> M(CancellationToken stop) => (await client.SayHelloAsync(new Request(), cancellationToken: stop)).ToString();
        }
        """, SyncHttpFlagTests.AddGrpc);

    [Fact]
    public Task Uses_the_token_of_the_request() => Fixes(
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;

        public class RatesController(HttpClient http) : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> Get()
            {
                using var response = http.[|Send|](new HttpRequestMessage(HttpMethod.Get, "https://rates.example"));
                return Ok(await response.Content.ReadAsStringAsync());
            }
        }

        class Middleware(HttpClient http)
        {
            public async Task InvokeAsync(HttpContext context) => http.[|Send|](new HttpRequestMessage());
        }
        """,
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;

        public class RatesController(HttpClient http) : ControllerBase
        {
            [HttpGet]
            public async Task<IActionResult> Get()
            {
                using var response = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://rates.example"), HttpContext.RequestAborted);
                return Ok(await response.Content.ReadAsStringAsync());
            }
        }

        class Middleware(HttpClient http)
        {
            public async Task InvokeAsync(HttpContext context) => await http.SendAsync(new HttpRequestMessage(), context.RequestAborted);
        }
        """);

    [Fact]
    public Task Offers_no_fix_in_a_lock_or_a_filter() => ReportsWithoutFix(
        """
        using System;
        using System.Net.Http;
        using System.Threading.Tasks;

        class Rates(HttpClient http)
        {
            async Task M(HttpRequestMessage request)
            {
                lock (http) http.[|Send|](request);
                try { await Task.Yield(); }
                catch (Exception) when (http.[|Send|](request).IsSuccessStatusCode) { }
            }
        }
        """);

    [Fact]
    public async Task Runs_the_same_over_a_handler_in_memory()
    {
        const string Rest = """
            class Memory : HttpMessageHandler
            {
                private HttpResponseMessage Answer(HttpRequestMessage request) => new(HttpStatusCode.OK) { Content = new StringContent("rates of " + request.RequestUri!.Host) };
                protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancel) => Answer(request);
                protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) { await Task.Yield(); return Answer(request); }
            }
            """;
        await FixesAndRunsTheSame(
            $$"""
            using System.Net;
            using System.Net.Http;
            using System.Threading;
            using System.Threading.Tasks;

            static class Program
            {
                static async Task<string> Run()
                {
                    using var http = new HttpClient(new Memory());
                    using var response = http.[|Send|](new HttpRequestMessage(HttpMethod.Get, "https://rates.example"));
                    return await response.Content.ReadAsStringAsync();
                }
            }

            {{Rest}}
            """,
            $$"""
            using System.Net;
            using System.Net.Http;
            using System.Threading;
            using System.Threading.Tasks;

            static class Program
            {
                static async Task<string> Run()
                {
                    using var http = new HttpClient(new Memory());
                    using var response = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://rates.example"));
                    return await response.Content.ReadAsStringAsync();
                }
            }

            {{Rest}}
            """);
    }

    [Fact]
    public Task Awaits_a_call_of_the_real_grpc_library() => Fixes(
        RealGrpc + """
        class Greetings(GreeterClient client)
        {
            public async Task<Reply> GetAsync(CancellationToken stop)
            {
                var reply = client.[|SayHello|](new Request());
                await Task.Yield();
                return reply;
            }
        }
        """,
        RealGrpc + """
        class Greetings(GreeterClient client)
        {
            public async Task<Reply> GetAsync(CancellationToken stop)
            {
                var reply = await client.SayHelloAsync(new Request(), cancellationToken: stop);
                await Task.Yield();
                return reply;
            }
        }
        """, test => test.ReferenceAssemblies = ReferenceAssemblies.ServerFrameworks);

    /// <summary>A client as the library's tools generate it.</summary>
    private const string RealGrpc =
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Grpc.Core;

        public class Request { }
        public class Reply { }

        public class GreeterClient : ClientBase<GreeterClient>
        {
            private static readonly Method<Request, Reply> s_hello = new(MethodType.Unary, "greet.Greeter", "SayHello",
                Marshallers.Create<Request>(_ => Array.Empty<byte>(), _ => new Request()), Marshallers.Create<Reply>(_ => Array.Empty<byte>(), _ => new Reply()));

            public GreeterClient(CallInvoker invoker) : base(invoker) { }
            protected GreeterClient(ClientBaseConfiguration configuration) : base(configuration) { }
            public virtual Reply SayHello(Request request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
                SayHello(request, new CallOptions(headers, deadline, cancellationToken));
            public virtual Reply SayHello(Request request, CallOptions options) => CallInvoker.BlockingUnaryCall(s_hello, null, options, request);
            public virtual AsyncUnaryCall<Reply> SayHelloAsync(Request request, Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
                SayHelloAsync(request, new CallOptions(headers, deadline, cancellationToken));
            public virtual AsyncUnaryCall<Reply> SayHelloAsync(Request request, CallOptions options) => CallInvoker.AsyncUnaryCall(s_hello, null, options, request);
            protected override GreeterClient NewInstance(ClientBaseConfiguration configuration) => new(configuration);
        }

        """;
}
