using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SocialQI.Server.Tests;

/// <summary>How these tests speak to the API.</summary>
internal static class Http
{
    /// <summary>Posts a command with an id.</summary>
    public static Task<HttpResponseMessage> Ask(this HttpClient http, TopicId topic, Command command, Guid? id = null) =>
        http.AskRaw(topic.ToString(), Encoding.UTF8.GetString(Json.Encode(command)), id);

    /// <summary>Posts what may be no command at all.</summary>
    public static Task<HttpResponseMessage> AskRaw(this HttpClient http, string topic, string command, Guid? id = null) =>
        http.PostAsync($"api/topics/{topic}/commands", JsonOf($$"""{"id":"{{id ?? Guid.CreateVersion7()}}","command":{{command}}}"""));

    /// <summary>Looks for texts (<c>search</c>) or names (<c>jump</c>).</summary>
    public static Task<HttpResponseMessage> Seek(this HttpClient http, string text, string where = "search", string? after = null) =>
        http.PostAsync("api/" + where, JsonOf(JsonSerializer.Serialize(new { text, after })));

    /// <summary>What it found; fails when it was refused.</summary>
    public static async Task<T> Found<T>(this HttpClient http, string text, string where = "search")
    {
        using var answer = await http.Seek(text, where);
        answer.EnsureSuccessStatusCode();
        return Json.Decode<T>(await answer.Content.ReadAsByteArrayAsync());
    }

    public static StringContent JsonOf(string json) => new(json, new MediaTypeHeaderValue("application/json"));

    /// <summary>The code of a refusal; null where it was none.</summary>
    public static async Task<string?> Code(this HttpResponseMessage answer) =>
        answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["title"]!.GetValue<string>() : null;

    /// <summary>All that an answer tells: status, headers and bytes, without what is new in every answer and without the name that was asked for.</summary>
    public static async Task<string> Tells(this HttpResponseMessage answer, string asked = "\0")
    {
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Date" or "Content-Length")).Select(h => $"{h.Key}: {string.Join(",", h.Value)}").Order(StringComparer.Ordinal);
        var body = await answer.Content.ReadAsStringAsync();
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            var problem = JsonNode.Parse(body)!.AsObject();
            problem.Remove("traceId");
            body = problem.ToJsonString();
        }
        return $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n{body.Replace(asked, "TOPIC", StringComparison.Ordinal)}";
    }
}
