using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SocialQI.Ballots;
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

    /// <summary>Cases, last moved first. What comes after a page is asked for with its <see cref="Listed{T}.Next"/>.</summary>
    public Task<Listed<CaseLine>> Cases(CaseFilter filter, string? after = null, int take = Take) => GetList(
        Asked(
            "api/cases", ("community", filter.Community?.ToString()), ("condition", filter.Condition), ("stage", Lower(filter.Stage)), ("mine", Flag(filter.Mine)),
            ("followed", Flag(filter.Followed)), ("live", Flag(filter.Live)), ("hallway", Lower(filter.Hallway)),
            ("topics", filter.Topics is null ? null : string.Join(',', filter.Topics)), ("after", after), ("take", Invariant($"{take}"))),
        Json.Context.ListedCaseLine);

    /// <summary>Cases whose outcome one waits for, the first that is due first.</summary>
    public Task<Listed<OutcomeLine>> Outcomes(string? after) => GetList(Asked("api/outcomes", ("after", after)), Json.Context.ListedOutcomeLine);

    /// <summary>
    /// What a search finds, best first. In it quoted words stand together, a minus leaves out, and <c>from:</c>, <c>in:</c>, <c>before:</c> and
    /// <c>condition:</c> narrow. What it cannot make out comes back as a refusal with words to show.
    /// </summary>
    public Task<Listed<Found>> Search(string query, string? after = null) => ReadList(http.PostAsJsonAsync("api/search", new SearchFor(query, after), Json.Context.SearchFor), Json.Context.ListedFound);

    /// <summary>Cases, communities and people by a few letters; by none, where one most likely wants to go.</summary>
    public async Task<Jumps> Jump(string text)
    {
        using var response = await http.PostAsJsonAsync("api/jump", new SearchFor(text), Json.Context.SearchFor);
        return await Read(response, Json.Context.Jumps);
    }

    /// <summary>Consensus panels, last moved first.</summary>
    public Task<Listed<PanelLine>> Panels(string? after = null) => GetList(Asked("api/panels", ("after", after)), Json.Context.ListedPanelLine);

    /// <summary>Who said what in a closed ballot whose entries are named, in the order they first entered.</summary>
    public Task<Listed<EntryShown>> Entries(TopicId ballot, string? after = null) =>
        GetList(Asked($"api/topics/{ballot}/entries", ("after", after)), Json.Context.ListedEntryShown);

    /// <summary>People of the network by name.</summary>
    public Task<Listed<DirectoryEntry>> Directory(PeopleFilter filter, string? after = null, int take = Take) => GetList(
        Asked(
            "api/people", ("name", filter.Name), ("specialty", filter.Specialty), ("grade", Lower(filter.Grade)), ("institution", filter.Institution?.ToString()),
            ("after", after), ("take", Invariant($"{take}"))),
        Json.Context.ListedDirectoryEntry);

    /// <summary>One of them; null where there is nobody.</summary>
    public async Task<DirectoryEntry?> Person(ClinicianId id)
    {
        using var response = await http.GetAsync(new Uri($"api/people/{id}", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.NotFound ? null : await Read(response, Json.Context.DirectoryEntry);
    }

    /// <summary>Members of a community, moderators first, then by name; <paramref name="filter"/> as in <see cref="Directory"/>.</summary>
    public Task<Listed<MemberLine>> Members(CommunityId community, PeopleFilter filter, string? after = null, int take = Take) => GetList(
        Asked(
            $"api/communities/{community}/members", ("name", filter.Name), ("specialty", filter.Specialty), ("grade", Lower(filter.Grade)),
            ("institution", filter.Institution?.ToString()), ("after", after), ("take", Invariant($"{take}"))),
        Json.Context.ListedMemberLine);

    public Task<CommunityLine[]> Communities() => Get(Invariant($"api/communities?take={TakeMax}"), Json.Context.CommunityLineArray);

    public async Task<MemberLine[]> Members(CommunityId community, int skip, int take = Take) =>
        [.. (await Get(Invariant($"api/communities/{community}/members?skip={skip}&take={take}"), Json.Context.ListedMemberLine)).Lines];

    public Task<InstitutionLine[]> Institutions() => Get("api/institutions", Json.Context.InstitutionLineArray);

    public Task<DirectoryEntry[]> People(IEnumerable<ClinicianId> ids) => Get("api/directory?ids=" + string.Join(',', ids), Json.Context.DirectoryEntryArray);

    public Task<DirectoryEntry[]> People(string text) => Get("api/directory?q=" + Uri.EscapeDataString(text), Json.Context.DirectoryEntryArray);

    /// <summary>Conditions whose code, name, synonym or abbreviation begins like a text, or nearly.</summary>
    public Task<ConditionLine[]> Conditions(string text, CancellationToken stop) =>
        Get("api/conditions?q=" + Uri.EscapeDataString(text), Json.Context.ConditionLineArray, stop);

    /// <summary>What oneself entered in a ballot, the newest first.</summary>
    public Task<EntryBefore[]> OwnBefore(TopicId ballot) => Get($"api/topics/{ballot}/own/before", Json.Context.EntryBeforeArray);

    public Task<Revision[]> Revisions(TopicId topic, long number) =>
        Get(Invariant($"api/topics/{topic}/contributions/{number}/revisions"), Json.Context.RevisionArray);

    /// <summary>What a hidden contribution says; null for who may not look at it, or when it is not hidden any more.</summary>
    public async Task<HiddenText?> Hidden(TopicId topic, long number)
    {
        using var response = await http.GetAsync(new Uri(Invariant($"api/topics/{topic}/contributions/{number}/hidden"), UriKind.Relative));
        return response.StatusCode == HttpStatusCode.NotFound ? null : await Read(response, Json.Context.HiddenText);
    }

    /// <summary>Of these topics, how many contributions were read; a topic never read is not among them.</summary>
    public Task<Dictionary<string, long>> ReadPositions(IEnumerable<TopicId> topics) =>
        Get("api/read-positions?topics=" + string.Join(',', topics), ClientJson.Default.DictionaryStringInt64);

    public async Task Read(TopicId topic, long contributions)
    {
        using var response = await http.PutAsJsonAsync("api/read-positions", new ReadPosition(topic.ToString(), contributions), ClientJson.Default.ReadPosition);
        response.EnsureSuccessStatusCode();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string? Flag(bool wanted) => wanted ? "true" : null;

    private static string? Lower<T>(T? value) where T : struct => value?.ToString()!.ToLowerInvariant();

    private static string Asked(string path, params IEnumerable<(string Name, string? Value)> what) =>
        path + "?" + string.Join('&', what.Where(w => !string.IsNullOrEmpty(w.Value)).Select(w => $"{w.Name}={Uri.EscapeDataString(w.Value!)}"));

    private Task<Listed<T>> GetList<T>(string path, JsonTypeInfo<Listed<T>> shape) => ReadList(http.GetAsync(new Uri(path, UriKind.Relative)), shape);

    // A refusal is an answer, to be shown where the list would be; an outage is not.
    private static async Task<Listed<T>> ReadList<T>(Task<HttpResponseMessage> asked, JsonTypeInfo<Listed<T>> shape)
    {
        using var response = await asked;
        return response.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotFound
            && await response.Content.ReadFromJsonAsync(ClientJson.Default.Problem) is { Title: { } code, Detail: { } say }
            ? new([], null, new(code, say))
            : await Read(response, shape);
    }

    private async Task<T> Get<T>(string path, JsonTypeInfo<T> shape, CancellationToken stop = default)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), stop);
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

/// <summary>How the service says no by HTTP.</summary>
internal sealed record Problem(string? Title, string? Detail);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, long>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(ReadPosition))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(KeptSending[]))]
internal sealed partial class ClientJson : JsonSerializerContext;
