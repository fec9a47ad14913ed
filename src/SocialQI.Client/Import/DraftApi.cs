using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SocialQI.Cases;
using SocialQI.Client.Live;

namespace SocialQI.Client.Import;

/// <summary>A command that is larger than the hub takes goes as a plain request.</summary>
public sealed class DraftApi(HttpClient http)
{
    // The same place is asked with the same id: after an answer that was lost, asking again makes no second draft.
    private readonly Dictionary<(TopicId, ImportCase), Guid> ids = [];

    /// <summary>Null: it is made. An outage is a refusal that says so.</summary>
    public async Task<Refusal?> Make(TopicId topic, ImportCase draft)
    {
        if (!ids.TryGetValue((topic, draft), out var id))
        {
            ids[(topic, draft)] = id = Guid.CreateVersion7();
        }
        try
        {
            using var body = new StringContent($$"""{"id":"{{id}}","command":{{JsonSerializer.Serialize<Command>(draft, Json.Context.Command)}}}""", Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri($"api/topics/{topic}/commands", UriKind.Relative), body);
            return response.IsSuccessStatusCode ? null
                : response.Content.Headers.ContentType?.MediaType == "application/problem+json"
                    && await response.Content.ReadFromJsonAsync(ClientJson.Default.Problem) is { Title: { } code, Detail: { } say } ? new(code, say)
                : Refusal.OutcomeUnknown;
        }
        catch (HttpRequestException)
        {
            return Refusal.OutcomeUnknown;
        }
    }
}
