using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>What is read in lists, by plain requests with the same cookie as the hub's. An outage is an <see cref="HttpRequestException"/>.</summary>
public sealed class Api(HttpClient http)
{
    /// <summary>How many lines of a list are asked for at once.</summary>
    public const int Take = 50;

    /// <summary>The most lines that can be asked for at once.</summary>
    public const int TakeMax = 200;

    /// <summary>Who is signed in; null when nobody is.</summary>
    public async Task<Me?> Me()
    {
        using var response = await http.GetAsync(new Uri("api/me", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.Unauthorized ? null : await Read(response, Json.Context.Me);
    }

    public Task<CaseLine[]> Cases(int skip, int take = Take) => Get(Invariant($"api/cases?skip={skip}&take={take}"), Json.Context.CaseLineArray);

    public Task<CommunityLine[]> Communities() => Get(Invariant($"api/communities?take={TakeMax}"), Json.Context.CommunityLineArray);

    public Task<MemberLine[]> Members(CommunityId community, int skip, int take = Take) =>
        Get(Invariant($"api/communities/{community}/members?skip={skip}&take={take}"), Json.Context.MemberLineArray);

    public Task<InstitutionLine[]> Institutions() => Get("api/institutions", Json.Context.InstitutionLineArray);

    public Task<DirectoryEntry[]> People(IEnumerable<ClinicianId> ids) => Get("api/directory?ids=" + string.Join(',', ids), Json.Context.DirectoryEntryArray);

    public Task<DirectoryEntry[]> People(string text) => Get("api/directory?q=" + Uri.EscapeDataString(text), Json.Context.DirectoryEntryArray);

    public Task<Revision[]> Revisions(TopicId topic, long number) =>
        Get(Invariant($"api/topics/{topic}/contributions/{number}/revisions"), Json.Context.RevisionArray);

    /// <summary>Of these topics, how many contributions were read; a topic never read is not among them.</summary>
    public Task<Dictionary<string, long>> ReadPositions(IEnumerable<TopicId> topics) =>
        Get("api/read-positions?topics=" + string.Join(',', topics), ClientJson.Default.DictionaryStringInt64);

    public async Task Read(TopicId topic, long contributions)
    {
        using var response = await http.PutAsJsonAsync("api/read-positions", new ReadPosition(topic.ToString(), contributions), ClientJson.Default.ReadPosition);
        response.EnsureSuccessStatusCode();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private async Task<T> Get<T>(string path, JsonTypeInfo<T> shape)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return await Read(response, shape);
    }

    private static async Task<T> Read<T>(HttpResponseMessage response, JsonTypeInfo<T> shape)
    {
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(shape))!;
    }
}

/// <summary>How many contributions of a topic a person has read.</summary>
public sealed record ReadPosition(string Topic, long Contributions);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(ReadPosition))]
[JsonSerializable(typeof(KeptSending[]))]
internal sealed partial class ClientJson : JsonSerializerContext;
