using System.Net;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SlowShop.Smoke;

/// <summary>What an endpoint said: its status and its body, as JSON where it is JSON and as text elsewhere.</summary>
public record Answer(string Request, int Status, JsonNode? Body)
{
    public static async Task<Answer> ReadAsync(string request, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        JsonNode? body = response.Content.Headers.ContentType?.MediaType switch
        {
            _ when text.Length == 0 => null,
            "application/json" => JsonNode.Parse(text),
            "application/problem+json" => JsonNode.Parse(text)!["title"]!.DeepClone(),
            _ => JsonValue.Create(text),
        };
        return new Answer(request, (int)response.StatusCode, body);
    }

    [JsonIgnore]
    public bool IsServerError => Status >= (int)HttpStatusCode.InternalServerError;
}
