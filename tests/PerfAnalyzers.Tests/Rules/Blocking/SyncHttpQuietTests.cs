using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

public sealed class SyncHttpQuietTests : RuleTests<SyncHttpAnalyzer, SyncHttpFix>
{
    [Fact]
    public Task Is_quiet_in_handlers_whose_send_is_synchronous() => IsQuietOn(
        """
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;

        public class Retrying(HttpMessageInvoker other) : DelegatingHandler
        {
            protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancel)
            {
                other.Send(request, cancel);
                return base.Send(request, cancel);
            }

            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) => base.SendAsync(request, cancel);
        }

        public class Forwarding(HttpClient client) : HttpMessageHandler
        {
            protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancel) => client.Send(request, cancel);
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) => client.SendAsync(request, cancel);
        }
        """);

    [Fact]
    public Task Is_quiet_where_the_twin_is_awaited_anyway() => IsQuietOn(
        """
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;

        public class Pipeline(HttpClient http)
        {
            public async ValueTask<HttpResponseMessage> ProcessAsync(HttpRequestMessage request, bool async, CancellationToken stop)
            {
                if (async)
                    return await http.SendAsync(request, stop);

                return http.Send(request, stop);
            }

            public async Task<HttpResponseMessage> Other(HttpRequestMessage request, bool async) => async ? await http.SendAsync(request) : http.Send(request);
        }
        """);

    [Fact]
    public Task Is_quiet_on_async_calls() => IsQuietOn(
        """
        #pragma warning disable SYSLIB0014
        using System.Net;
        using System.Net.Http;
        using System.Threading.Tasks;
        using RestSharp;

        public class Rates(HttpClient http, RestClient rest)
        {
            public async Task M(string url)
            {
                await http.GetStringAsync(url);
                await new WebClient().DownloadStringTaskAsync(url);
                using var response = await WebRequest.Create(url).GetResponseAsync();
                await rest.ExecuteAsync(new RestRequest(url));
                await rest.GetAsync<string>(new RestRequest(url));
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_the_event_based_methods_of_web_client() => IsQuietOn(
        """
        #pragma warning disable SYSLIB0014
        using System;
        using System.Net;
        using System.Threading.Tasks;

        public class Rates
        {
            public async Task M(Uri url)
            {
                using var client = new WebClient();
                client.DownloadStringCompleted += (_, _) => { };
                client.DownloadStringAsync(url);
                client.CancelAsync();
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_other_methods_called_send_get_or_execute() => IsQuietOn(
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;

        public interface IBus { void Send(object message); Task SendAsync(object message); }
        public interface ICommand { int Execute(); Task<int> ExecuteAsync(); }
        public interface IStore { string Get(string key); Task<string> GetAsync(string key); string DownloadString(string key); }

        public class Orders(IBus bus, ICommand command, IStore store)
        {
            public async Task M()
            {
                bus.Send(this);
                command.Execute();
                store.Get(store.DownloadString("a"));
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Is_quiet_on_setting_up_requests() => IsQuietOn(
        """
        #pragma warning disable SYSLIB0014
        using System.Net;
        using System.Net.Http;
        using System.Threading.Tasks;
        using RestSharp;

        public class Rates(RestClient rest)
        {
            public async Task M(string url)
            {
                var request = WebRequest.CreateHttp(url);
                request.Method = "POST";
                request.Headers.Add("a", "b");
                var message = new HttpRequestMessage(HttpMethod.Get, url);
                var uri = rest.BuildUri(new RestRequest(url).AddQueryParameter("a", "b"));
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Is_quiet_in_a_plain_library_outside_async_code() => IsQuietOn(
        """
        using System.Net.Http;

        public class Rates(HttpClient http)
        {
            public HttpResponseMessage Load(HttpRequestMessage request) => http.Send(request);
        }
        """, test => test.ReferenceAssemblies = ReferenceAssemblies.Net);

    [Fact]
    public Task Is_quiet_on_strict_scope_where_no_request_is_proven() => IsQuietOn(
        """
        using System.Net.Http;

        public class Rates(HttpClient http)
        {
            public HttpResponseMessage Load(HttpRequestMessage request) => http.Send(request);
        }
        """, test => Set(test, "perf_analyzers.PERF103.scope = strict"));

    [Fact]
    public Task Is_quiet_on_what_the_user_excludes() => IsQuietOn(
        """
        using System.Net.Http;
        using System.Threading.Tasks;
        using RestSharp;

        public class Rates(HttpClient http, RestClient rest)
        {
            public async Task M(HttpRequestMessage request)
            {
                http.Send(request);
                rest.Execute(new RestRequest("a"));
                await Task.Yield();
            }
        }
        """, test => Set(test, "perf_analyzers.excluded_symbols = System.Net.Http.HttpClient.SendAsync, RestSharp.RestClientExtensions"));

    [Fact]
    public Task Is_quiet_in_the_generated_client_itself() => IsQuietOn("class Other { }", SyncHttpFlagTests.AddGrpc);

    [Fact]
    public Task Is_quiet_in_generated_code() => IsQuietOn(
        """
        // <auto-generated/>
        using System.Net.Http;
        using System.Threading.Tasks;

        public class Rates(HttpClient http)
        {
            public async Task M(HttpRequestMessage request) { http.Send(request); await Task.Yield(); }
        }
        """);

    [Fact]
    public Task Is_quiet_in_test_projects_unless_they_are_included() => IsQuietOn(
        """
        using System.Net.Http;
        using System.Threading.Tasks;

        public class Rates(HttpClient http)
        {
            public async Task M(HttpRequestMessage request) { http.Send(request); await Task.Yield(); }
        }
        """, test => test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nbuild_property.IsTestProject = true\n")));

    [Fact]
    public Task Is_quiet_on_names_and_on_method_groups() => IsQuietOn(
        """
        using System;
        using System.Linq.Expressions;
        using System.Net.Http;
        using System.Threading.Tasks;

        public class Rates(HttpClient http)
        {
            public async Task<string> M(HttpRequestMessage request)
            {
                Expression<Func<HttpResponseMessage>> tree = () => http.Send(request);
                await Task.Yield();
                return nameof(http.Send) + tree;
            }
        }
        """);
}
