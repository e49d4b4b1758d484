using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using PerfAnalyzers.Rules.Blocking;

namespace PerfAnalyzers.Tests.Rules.Blocking;

/// <summary><c>WebClient</c> and <c>HttpWebRequest</c> become <c>HttpClient</c> where every use of the local is understood.</summary>
public sealed class SyncHttpMigrationTests : RuleTests<SyncHttpAnalyzer, SyncHttpFix>
{
    // The obsolete types warn; what is left of them after a fix must not count as new.
    protected override void Configure(CSharpCodeFixTest<SyncHttpAnalyzer, SyncHttpFix> test) => test.SolutionTransform = (solution, id) =>
        solution.WithProjectCompilationOptions(id, ((CSharpCompilationOptions)solution.GetProject(id)!.CompilationOptions!)
            .WithSpecificDiagnosticOptions([new("SYSLIB0014", Microsoft.CodeAnalysis.ReportDiagnostic.Suppress)]));

    [Fact]
    public Task Turns_downloads_into_calls_of_one_shared_client() => Fixes(
        """
        using System.Net;
        using System.Threading;
        using System.Threading.Tasks;

        class Rates
        {
            public async Task<string> LoadAsync(string url, CancellationToken stop)
            {
                using var client = new WebClient();

                var bytes = client.[|DownloadData|](url);
                // the text
                return client.[|DownloadString|](url + "?n=" + bytes.Length);
            }

            public async Task<int> LengthAsync(string url) => new WebClient().[|DownloadString|](url).Length;
        }
        """,
        """
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;

        class Rates
        {
            private static readonly HttpClient s_httpClient = new HttpClient(new SocketsHttpHandler
            {
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                UseCookies = false,
            });

            public async Task<string> LoadAsync(string url, CancellationToken stop)
            {
                var bytes = await s_httpClient.GetByteArrayAsync(url, stop);
                // the text
                return await s_httpClient.GetStringAsync(url + "?n=" + bytes.Length, stop);
            }

            public async Task<int> LengthAsync(string url) => (await s_httpClient.GetStringAsync(url)).Length;
        }
        """, test => test.NumberOfIncrementalIterations = 2);

    [Fact]
    public Task Moves_the_body_of_a_using_statement_out() => Fixes(
        """
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Text;
        using System.Threading.Tasks;

        class Rates
        {
            private readonly string _url = "https://rates.example";

            public async Task<string> LoadAsync(bool twice)
            {
                var text = "";

                // one client for both
                using (var client = new WebClient())
                {
                    client.Encoding = Encoding.UTF8;

                    text = client.[|DownloadString|](_url);
                    if (twice)
                    {
                        text += client.[|DownloadString|](
                            _url);
                    }
                }

                return text;
            }
        }
        """,
        """
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Text;
        using System.Threading.Tasks;

        class Rates
        {
            private static readonly HttpClient _httpClient = new HttpClient(new SocketsHttpHandler
            {
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                UseCookies = false,
            });
            private readonly string _url = "https://rates.example";

            public async Task<string> LoadAsync(bool twice)
            {
                var text = "";

                // one client for both
                text = await _httpClient.GetStringAsync(_url);
                if (twice)
                {
                    text += await _httpClient.GetStringAsync(
                        _url);
                }

                return text;
            }
        }
        """, test => test.NumberOfIncrementalIterations = 1);

    [Fact]
    public Task Uses_the_factory_or_the_plain_static_client_that_the_type_has() => Fixes(
        """
        using System.Net;
        using System.Net.Http;
        using System.Threading.Tasks;

        class WithFactory
        {
            private readonly IHttpClientFactory _clients;
            public WithFactory(IHttpClientFactory clients) => _clients = clients;
            public async Task<string> LoadAsync(string url) => new WebClient().[|DownloadString|](url);
        }

        class WithStatic
        {
            private static readonly HttpClient Http = new();
            public async Task<string> LoadAsync(string url) => new WebClient().[|DownloadString|](url);
            public Task<string> OtherAsync(string url) => Http.GetStringAsync(url);
        }
        """,
        """
        using System.Net;
        using System.Net.Http;
        using System.Threading.Tasks;

        class WithFactory
        {
            private readonly IHttpClientFactory _clients;
            public WithFactory(IHttpClientFactory clients) => _clients = clients;
            public async Task<string> LoadAsync(string url) => await _clients.CreateClient().GetStringAsync(url);
        }

        class WithStatic
        {
            private static readonly HttpClient Http = new();
            public async Task<string> LoadAsync(string url) => await Http.GetStringAsync(url);
            public Task<string> OtherAsync(string url) => Http.GetStringAsync(url);
        }
        """);

    [Fact]
    public Task Takes_headers_to_the_message() => Fixes(
        """
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;

        class Rates
        {
            private static readonly HttpClient s_http = new();

            public async Task<Rate?> LoadAsync(string url, string key, CancellationToken stop)
            {
                using (var client = new WebClient())
                {
                    // who we are
                    client.Headers.Add("X-Key", key);
                    client.Headers[HttpRequestHeader.Accept] = "application/json";
                    return JsonSerializer.Deserialize<Rate>(client.[|DownloadString|](url));
                }
            }
        }
        class Rate { }
        """,
        """
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;

        class Rates
        {
            private static readonly HttpClient s_http = new();

            public async Task<Rate?> LoadAsync(string url, string key, CancellationToken stop)
            {
                // who we are
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                request.Headers.TryAddWithoutValidation("X-Key", key);
                request.Headers.TryAddWithoutValidation("Accept", "application/json");
                using var response = await s_http.SendAsync(request, stop);
                response.EnsureSuccessStatusCode();
                return JsonSerializer.Deserialize<Rate>(await response.Content.ReadAsStringAsync(stop));
            }
        }
        class Rate { }
        """);

    [Fact]
    public Task Posts_text_and_bytes_with_the_media_type_that_was_set() => Fixes(
        """
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Text;
        using System.Threading.Tasks;

        class Rates
        {
            private static readonly HttpClient s_http = new();

            public async Task<string> PostAsync(string url, string json)
            {
                var client = new WebClient();
                client.Headers.Add("Content-Type", "application/json");
                client.Headers.Add("Authorization", "Bearer x");
                var answer = client.[|UploadString|](url, "POST", json);
                return answer.Trim();
            }

            public async Task SendAsync(string url, byte[] data)
            {
                using var client = new WebClient();
                client.[|UploadData|](url, data);
                await Task.Yield();
            }

            public async Task<string> PlainAsync(string url)
            {
                using var client = new WebClient { Encoding = Encoding.UTF8 };

                return client.[|UploadString|](url, "x");
            }
        }
        """,
        """
        using System;
        using System.Net;
        using System.Net.Http;
        using System.Net.Http.Headers;
        using System.Text;
        using System.Threading.Tasks;

        class Rates
        {
            private static readonly HttpClient s_http = new();

            public async Task<string> PostAsync(string url, string json)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url);
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer x");
                request.Content = new StringContent(json) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json") } };
                using var response = await s_http.SendAsync(request);
                response.EnsureSuccessStatusCode();
                var answer = await response.Content.ReadAsStringAsync();
                return answer.Trim();
            }

            public async Task SendAsync(string url, byte[] data)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url);
                request.Content = new ByteArrayContent(data);
                using var response = await s_http.SendAsync(request);
                response.EnsureSuccessStatusCode();
                await Task.Yield();
            }

            public async Task<string> PlainAsync(string url)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url);
                request.Content = new StringContent("x") { Headers = { ContentType = null } };
                using var response = await s_http.SendAsync(request);
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadAsStringAsync();
            }
        }
        """);

    [Fact]
    public Task Turns_a_web_request_into_a_message() => Fixes(
        """
        using System;
        using System.IO;
        using System.Net;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;

        class Rates
        {
            private static readonly HttpClient s_http = new();

            public async Task<string> LoadAsync(string url, CancellationToken stop)
            {
                // ask
                var request = (HttpWebRequest)WebRequest.Create(url);
                request.Method = "GET";
                request.Accept = "text/plain";
                request.UserAgent = "rates";
                request.Headers.Add("X-Key", "1");
                using (HttpWebResponse response = (HttpWebResponse)request.[|GetResponse|]())
                using (var stream = response.GetResponseStream())
                using (var reader = new StreamReader(stream))
                {
                    return response.StatusCode + reader.ReadToEnd();
                }
            }
        }
        """,
        """
        using System;
        using System.IO;
        using System.Net;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;

        class Rates
        {
            private static readonly HttpClient s_http = new();

            public async Task<string> LoadAsync(string url, CancellationToken stop)
            {
                // ask
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                request.Headers.TryAddWithoutValidation("Accept", "text/plain");
                request.Headers.TryAddWithoutValidation("User-Agent", "rates");
                request.Headers.TryAddWithoutValidation("X-Key", "1");
                using (HttpResponseMessage response = (await s_http.SendAsync(request, stop)).EnsureSuccessStatusCode())
                using (var stream = await response.Content.ReadAsStreamAsync(stop))
                using (var reader = new StreamReader(stream))
                {
                    return response.StatusCode + reader.ReadToEnd();
                }
            }
        }
        """);

    [Fact]
    public Task Posts_what_was_written_to_the_request_stream() => Fixes(
        """
        using System;
        using System.IO;
        using System.Net;
        using System.Net.Http;
        using System.Net.Http.Headers;
        using System.Threading.Tasks;

        class Rates
        {
            private static readonly HttpClient s_http = new();

            public async Task<int> PostAsync(string url, string json)
            {
                var request = WebRequest.CreateHttp(url);
                request.Method = "POST";
                request.ContentType = "application/json; charset=utf-8";
                using (var writer = new StreamWriter(request.[|GetRequestStream|]()))
                {
                    writer.Write(json);
                    writer.Flush();
                }

                using var response = (HttpWebResponse)request.[|GetResponse|]();
                return (int)response.StatusCode;
            }

            public async Task SendAsync(string url, byte[] data)
            {
                var request = (HttpWebRequest)WebRequest.Create(url);
                request.Method = WebRequestMethods.Http.Post;
                request.ContentLength = data.Length;
                using (var stream = request.[|GetRequestStream|]())
                    stream.Write(data, 0, data.Length);

                var response = request.[|GetResponse|]();
                new StreamReader(response.GetResponseStream()).ReadToEnd();
            }
        }
        """,
        """
        using System;
        using System.IO;
        using System.Net;
        using System.Net.Http;
        using System.Net.Http.Headers;
        using System.Threading.Tasks;

        class Rates
        {
            private static readonly HttpClient s_http = new();

            public async Task<int> PostAsync(string url, string json)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url);
                request.Content = new StringContent(json) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8") } };

                using var response = (await s_http.SendAsync(request)).EnsureSuccessStatusCode();
                return (int)response.StatusCode;
            }

            public async Task SendAsync(string url, byte[] data)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url);
                request.Content = new ByteArrayContent(data);

                var response = (await s_http.SendAsync(request)).EnsureSuccessStatusCode();
                new StreamReader(await response.Content.ReadAsStreamAsync()).ReadToEnd();
            }
        }
        """, test => test.NumberOfIncrementalIterations = 2);

    [Fact]
    public Task Offers_no_fix_where_somebody_catches_what_only_the_old_client_throws() => ReportsWithoutFix(
        """
        using System.Net;
        using System.Threading.Tasks;

        class Rates
        {
            public async Task<string> LoadAsync(string url) { await Task.Yield(); return new WebClient().[|DownloadString|](url); }

            public async Task<string?> TryAsync(string url)
            {
                try { return await LoadAsync(url); }
                catch (WebException) { return null; }
            }
        }
        """);

    [Fact]
    public Task Offers_no_fix_where_a_use_is_not_understood() => ReportsWithoutFix(
        """
        using System.Net;
        using System.Text;
        using System.Threading.Tasks;

        class Rates
        {
            private readonly WebClient _client = new();

            public async Task<string> M(string url, WebClient given)
            {
                await Task.Yield();
                using var credentials = new WebClient();
                credentials.Credentials = new NetworkCredential("a", "b");
                var latin = new WebClient { Encoding = Encoding.Latin1 };
                using var kept = new WebClient();
                Keep(kept);
                using var zipped = new WebClient();
                zipped.Headers.Add("Accept-Encoding", "gzip");
                using var many = new WebClient();
                many.Headers.Add("X", "1");
                many.Headers.Add("X-Y", many.[|DownloadString|](url));
                using var put = new WebClient();
                using var typed = new WebClient();
                typed.Headers.Add("Content-Type", "text/plain");
                return credentials.[|DownloadString|](url) + latin.[|DownloadString|](url) + kept.[|DownloadString|](url) + zipped.[|DownloadString|](url)
                    + put.[|UploadString|](url, "PUT", "x") + typed.[|DownloadString|](url) + _client.[|DownloadString|](url) + given.[|DownloadString|](url);
            }

            private static void Keep(WebClient client) { }
        }
        """);

    [Fact]
    public Task Offers_no_fix_for_a_web_request_with_settings_of_its_own() => ReportsWithoutFix(
        """
        using System.IO;
        using System.Net;
        using System.Threading.Tasks;

        class Rates
        {
            public async Task M(string url)
            {
                await Task.Yield();
                var slow = (HttpWebRequest)WebRequest.Create(url);
                slow.Timeout = 1000;
                using var a = slow.[|GetResponse|]();

                var any = WebRequest.Create(url);
                using var b = any.[|GetResponse|]();

                var put = WebRequest.CreateHttp(url);
                put.Method = "PUT";
                using var c = put.[|GetResponse|]();

                var read = WebRequest.CreateHttp(url);
                using var d = (HttpWebResponse)read.[|GetResponse|]();
                var length = d.LastModified;

                var written = WebRequest.CreateHttp(url);
                written.Method = "POST";
                using (var stream = written.[|GetRequestStream|]())
                {
                    stream.WriteByte(1);
                    stream.WriteByte(2);
                }
                using var e = written.[|GetResponse|]();
            }
        }
        """);

    [Fact]
    public Task Offers_no_fix_in_a_generic_type_which_would_have_one_client_for_each_argument() => ReportsWithoutFix(
        """
        using System.Net;
        using System.Threading.Tasks;

        class Rates<T>
        {
            public async Task<string> LoadAsync(string url) { await Task.Yield(); return new WebClient().[|DownloadString|](url); }
        }
        """);
}
