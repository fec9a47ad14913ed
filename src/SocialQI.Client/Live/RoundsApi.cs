using System.Net;
using System.Net.Http.Json;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>Which sessions: those that are on, that come, or that were.</summary>
public enum RoundsWhen { On, Coming, Past }

/// <summary>Sessions in lists, and by their code. An outage is an <see cref="HttpRequestException"/>.</summary>
public sealed class RoundsApi(HttpClient http)
{
    /// <summary>Sessions that this person may come to. What comes after a page is asked for with its <see cref="Listed{T}.Next"/>.</summary>
    public async Task<Listed<RoundsLine>> List(RoundsWhen when, string? after = null)
    {
        var next = after is null ? "" : "&after=" + Uri.EscapeDataString(after);
        using var response = await http.GetAsync(new Uri($"api/rounds?when={when.ToString().ToLowerInvariant()}{next}", UriKind.Relative));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(Json.Context.ListedRoundsLine))!;
    }

    /// <summary>The session that a code names, or why there is none for this person.</summary>
    public async Task<(TopicId? Rounds, Refusal? Refusal)> Join(string code)
    {
        using var response = await http.PostAsJsonAsync("api/rounds/join", new JoinByCode(code), Json.Context.JoinByCode);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity or HttpStatusCode.TooManyRequests)
        {
            return (null, await response.Content.ReadFromJsonAsync(ClientJson.Default.Problem) is { Title: { } said, Detail: { } say } ? new(said, say) : Refusal.NotThere);
        }
        response.EnsureSuccessStatusCode();
        return ((await response.Content.ReadFromJsonAsync(Json.Context.JoinedByCode))!.Rounds, null);
    }
}
