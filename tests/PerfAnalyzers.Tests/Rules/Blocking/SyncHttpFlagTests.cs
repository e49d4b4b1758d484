using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncHttpFlagTests : RuleTests<SyncHttpAnalyzer, SyncHttpFix>
{
    [Fact]
    public Task Flags_every_download_and_upload_of_a_web_client() => Flags(
        """
        #pragma warning disable SYSLIB0014
        using System.Collections.Specialized;
        using System.Net;
        using System.Threading.Tasks;

        class Rates
        {
            async Task M(string url, NameValueCollection values, byte[] data)
            {
                using var client = new WebClient();
                var text = client.[|DownloadString|](url);
                var bytes = client.[|DownloadData|](url);
                client.[|DownloadFile|](url, "a.txt");
                using var input = client.[|OpenRead|](url);
                using var output = client.[|OpenWrite|](url);
                client.[|UploadString|](url, "PUT", text);
                client.[|UploadData|](url, data);
                client.[|UploadFile|](url, "a.txt");
                client.[|UploadValues|](url, values);
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Names_what_to_await_instead() => Flags(
        """
        #pragma warning disable SYSLIB0014
        using System.Net;
        using System.Threading.Tasks;

        class Rates
        {
            async Task<string> M(string url) { await Task.Yield(); return new WebClient().{|#0:DownloadString|}(url); }
        }
        """, test => test.ExpectedDiagnostics.Add(new DiagnosticResult(SyncHttpAnalyzer.Rule.Descriptor).WithLocation(0)
            .WithMessage("'DownloadString' holds the thread of 'Rates.M' until the other server answers; await HttpClient.GetStringAsync")));

    [Fact]
    public Task Flags_a_derived_web_client_and_offers_no_fix() => ReportsWithoutFix(
        """
        #pragma warning disable SYSLIB0014
        using System;
        using System.Net;
        using System.Threading.Tasks;

        class Patient : WebClient
        {
            protected override WebRequest GetWebRequest(Uri address)
            {
                var request = base.GetWebRequest(address);
                request.Timeout = 1000;
                return request;
            }
        }

        class Rates
        {
            async Task<string> M(string url)
            {
                await Task.Yield();
                using var client = new Patient();
                return client.[|DownloadString|](url);
            }
        }
        """);

    [Fact]
    public Task Flags_web_requests() => Flags(
        """
        #pragma warning disable SYSLIB0014
        using System.IO;
        using System.Net;
        using System.Threading.Tasks;

        class Rates
        {
            async Task M(string url, FtpWebRequest ftp)
            {
                var request = (HttpWebRequest)WebRequest.Create(url);
                using (var body = request.[|GetRequestStream|]())
                    body.WriteByte(1);

                using var response = (HttpWebResponse)request.[|GetResponse|]();
                var text = new StreamReader(WebRequest.Create(url).[|GetResponse|]().GetResponseStream()).ReadToEnd();
                using var listing = ftp.[|GetResponse|]();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Flags_send_of_http_client_and_of_an_invoker() => Flags(
        """
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;

        class Rates(HttpClient http, HttpMessageInvoker invoker, IHttpClientFactory factory)
        {
            async Task M(HttpRequestMessage request, CancellationToken stop)
            {
                using var a = http.[|Send|](request);
                using var b = http.[|Send|](request, HttpCompletionOption.ResponseHeadersRead, stop);
                using var c = invoker.[|Send|](request, stop);
                using var d = factory.CreateClient().[|Send|](request);
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Flags_rest_sharp() => Flags(
        """
        using System.Threading.Tasks;
        using RestSharp;

        class Rates(RestClient client, IRestClient other)
        {
            async Task M()
            {
                var a = client.[|Execute|](new RestRequest("a"));
                var b = client.[|Execute|]<Rate>(new RestRequest("b"));
                var c = other.[|Get|]<Rate>(new RestRequest("c"));
                var d = client.[|Post|](new RestRequest("d"));
                var e = client.[|ExecuteGet|](new RestRequest("e"));
                client.[|Delete|](new RestRequest("f"));
                var f = client.[|DownloadData|](new RestRequest("g"));
                await Task.Yield();
            }
        }
        class Rate { }
        """);

    [Fact]
    public Task Flags_blocking_unary_calls_of_grpc() => Flags(
        """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Grpc.Core;

        class Greeting(GreeterClient client)
        {
            async Task<string> M() { await Task.Yield(); return client.[|SayHello|](new Request()).ToString() + client.Describe(); }
        }
        """ , AddGrpc);

    [Fact]
    public Task Flags_actions_endpoints_and_services_of_a_server() => Flags(
        """
        #pragma warning disable SYSLIB0014
        using System.Net;
        using System.Net.Http;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Mvc;

        [ApiController]
        public class RatesController(HttpClient http) : ControllerBase
        {
            [HttpGet("rates")]
            public IActionResult Get()
            {
                using var response = http.[|Send|](new HttpRequestMessage(HttpMethod.Get, "https://rates.example"));
                return Ok((int)response.StatusCode);
            }
        }

        public class RateService
        {
            public string Load(string url) => new WebClient().[|DownloadString|](url);
        }

        static class Endpoints
        {
            public static void Map(WebApplication app) => app.MapGet("/rates", () => new WebClient().[|DownloadString|]("https://rates.example"));
        }
        """);

    [Fact]
    public Task Flags_lambdas_local_functions_and_accessors() => Flags(
        """
        using System;
        using System.Net.Http;
        using System.Threading.Tasks;

        public class Rates(HttpClient http)
        {
            public int Status => (int)http.[|Send|](Request()).StatusCode;

            public async Task M()
            {
                Func<HttpResponseMessage> load = () => http.[|Send|](Request());
                HttpResponseMessage Local() { return http.[|Send|](Request()); }
                load();
                Local();
                await Task.Yield();
            }

            private static HttpRequestMessage Request() => new(HttpMethod.Get, "https://rates.example");
        }
        """);

    [Fact]
    public Task Flags_plain_libraries_where_the_scope_is_all() => Flags(
        """
        using System.Net.Http;

        public class Rates(HttpClient http)
        {
            public HttpResponseMessage Load(HttpRequestMessage request) => http.[|Send|](request);
        }
        """, test => { test.ReferenceAssemblies = ReferenceAssemblies.Net; Set(test, "perf_analyzers.scope = all"); });

    [Fact]
    public Task Flags_async_code_of_a_plain_library() => Flags(
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public class Rates(HttpClient http)
        {
            public HttpResponseMessage Load(HttpRequestMessage request) => http.Send(request);
            public Task<HttpResponseMessage> LoadAsync(HttpRequestMessage request) => Task.FromResult(http.[|Send|](request));
        }
        """, test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Fact]
    public Task Flags_a_call_behind_a_question_mark_and_offers_no_fix() => ReportsWithoutFix(
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public class Rates(HttpClient? http)
        {
            public async Task<bool> M(HttpRequestMessage request) { await Task.Yield(); return http?.[|Send|](request) is null; }
        }
        """);

    [Fact]
    public Task Flags_only_what_binds_in_code_that_is_being_typed() => Flags(
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public class Rates(HttpClient http)
        {
            public async Task M(HttpRequestMessage request)
            {
                http.[|Send|](request);
                http.Send(;
                http.Send(1, 2, 3);
                missing.Send(request);
                new WebClient().DownloadString("
            }
        }
        """, test => test.AllowCompilerErrors = true);

    internal static void AddGrpc(CSharpCodeFixTest<SyncHttpAnalyzer, SyncHttpFix> test)
    {
        test.TestState.Sources.Add(("/0/Grpc.cs", Grpc));
        if (test.FixedState.Sources.Count > 0)
            test.FixedState.Sources.Add(("/0/Grpc.cs", Grpc));
    }

    /// <summary>The shape of Grpc.Core.Api and of a client that its tools generate.</summary>
    private const string Grpc =
        """
        using System;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Grpc.Core
        {
            public abstract class ClientBase { }
            public abstract class ClientBase<T> : ClientBase where T : ClientBase<T> { }
            public sealed class AsyncUnaryCall<T>(Task<T> response) : IDisposable
            {
                public Task<T> ResponseAsync => response;
                public TaskAwaiter<T> GetAwaiter() => response.GetAwaiter();
                public void Dispose() { }
            }
            public sealed class Metadata { }
            public struct CallOptions(CancellationToken cancellationToken) { public CancellationToken CancellationToken => cancellationToken; }
        }

        public class Request { }
        public class Reply { }

        public class GreeterClient : Grpc.Core.ClientBase<GreeterClient>
        {
            public virtual Reply SayHello(Request request, Grpc.Core.Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
                SayHello(request, new Grpc.Core.CallOptions(cancellationToken));
            public virtual Reply SayHello(Request request, Grpc.Core.CallOptions options) => new();
            public virtual Grpc.Core.AsyncUnaryCall<Reply> SayHelloAsync(Request request, Grpc.Core.Metadata? headers = null, DateTime? deadline = null, CancellationToken cancellationToken = default) =>
                SayHelloAsync(request, new Grpc.Core.CallOptions(cancellationToken));
            public virtual Grpc.Core.AsyncUnaryCall<Reply> SayHelloAsync(Request request, Grpc.Core.CallOptions options) => new(Task.FromResult(new Reply()));
            public string Describe() => "";
            public Task<string> DescribeAsync() => Task.FromResult("");
        }
        """;
}
