using System.Net.Http.Json;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace SlowShop.Smoke;

/// <summary>Calls every endpoint of the running shop and compares what it says with <c>answers.json</c>; UPDATE=1 rewrites the file.</summary>
public sealed class EveryEndpoint : IDisposable
{
    private static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web)
    {
        // One line for each answer.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly WebApplicationFactory<Program> _shop = new();

    public EveryEndpoint()
    {
        // The shop calls partners that it hosts itself, also with clients that need a real socket.
        _shop.UseKestrel(0);
        _shop.StartServer();
    }

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Has_a_sample()
    {
        var endpoints = _shop.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(endpoint => Methods(endpoint).Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"))
            .Distinct();

        Assert.Equal(endpoints.Order(StringComparer.Ordinal), Samples.All.Select(s => s.Key).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Answers_as_before()
    {
        using var client = _shop.CreateClient();
        var answers = new List<Answer>();
        foreach (var (endpoint, samples) in Samples.All)
        {
            foreach (var sample in samples)
            {
                answers.Add(await AskAsync(client, endpoint, sample));
            }
        }

        Assert.DoesNotContain(answers, a => a.IsServerError);

        var file = typeof(EveryEndpoint).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "AnswersFile").Value!;
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            var lines = answers.Select(a => JsonSerializer.Serialize(a, s_format));
            await File.WriteAllTextAsync(file, "[\n" + string.Join(",\n", lines) + "\n]\n");
        }

        var expected = JsonSerializer.Deserialize<List<Answer>>(await File.ReadAllTextAsync(file), s_format)!;
        Assert.Equal(expected.Select(a => a.Request), answers.Select(a => a.Request));
        foreach (var (before, now) in expected.Zip(answers))
        {
            Assert.True(Same(before, now), $"{before.Request}\nbefore: {JsonSerializer.Serialize(before, s_format)}\nnow: {JsonSerializer.Serialize(now, s_format)}");
        }
    }

    /// <summary>The request that a sample describes.</summary>
    internal static HttpRequestMessage Request(string endpoint, Sample sample)
    {
        var request = new HttpRequestMessage(new HttpMethod(endpoint[..endpoint.IndexOf(' ')]), sample.Path);
        if (sample.Path.StartsWith("/stub/", StringComparison.Ordinal))
        {
            request.Headers.Add("X-Partner-Key", "slowshop");
        }

        if (sample.Body != null)
        {
            request.Content = JsonContent.Create(sample.Body, sample.Body.GetType());
        }

        return request;
    }

    private static async Task<Answer> AskAsync(HttpClient client, string endpoint, Sample sample)
    {
        using var request = Request(endpoint, sample);
        using var response = await client.SendAsync(request);
        return await Answer.ReadAsync($"{request.Method} {sample.Path}", response);
    }

    private static IEnumerable<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    private static bool Same(Answer before, Answer now) =>
        before.Status == now.Status && JsonNode.DeepEquals(before.Body, now.Body);
}
