using System.Collections.Immutable;
using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Server.Machines;
using SocialQI.Server.Operate;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Api;

/// <summary>The lists people read, each asked with the keys of who asks.</summary>
internal static class ListEndpoints
{
    private const int TakeMax = 200;
    private const int SearchLengthMax = 80;
    private const int SearchTake = 20;
    private const string LastMoved = "moved";

    public static void MapLists(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").RequireAuthorization().WithMetadata(new DoorAttribute(Who.SignedIn)).ForMachines(TokenScope.Read).WithTags("Lists");
        api.MapGet("/me", GetMe).RecordsNothing().Says<Me>("Who is signed in.");
        api.MapGet("/cases", Cases).RecordsFirst(Acts.ReadList, "cases").Says<Listed<CaseLine>>("Cases you may see, last moved first.");
        api.MapGet("/outcomes", Outcomes).RecordsFirst(Acts.ReadList, "outcomes").Says<Listed<OutcomeLine>>("Cases whose outcome you wait for, the first that is due first.");
        api.MapGet("/communities", Communities).RecordsFirst(Acts.ReadList, "communities").Says<CommunityLine[]>("Communities of the network.");
        api.MapGet("/communities/{community}/members", Members).RecordsFirst(Acts.ReadList, "members").Says<Listed<MemberLine>>("Members of a community, moderators first.");
        api.MapGet("/institutions", Institutions).RecordsFirst(Acts.ReadList, "institutions").Says<InstitutionLine[]>("Institutions of the network.");
        api.MapGet("/people", People).RecordsFirst(Acts.ReadList, "people").Says<Listed<DirectoryEntry>>("People of the network by name.");
        api.MapGet("/people/{person}", Person).RecordsFirst(Acts.ReadPerson, "person").Says<DirectoryEntry>("One of them.");
        api.MapGet("/directory", Directory).RecordsFirst(Acts.ReadPerson, "names").Says<DirectoryEntry[]>("What everybody may know of people, by id or by part of their name.");
        api.MapGet("/read-positions", ReadPositions).RecordsNothing().Says<Dictionary<string, long>>("How far you have read topics.");
        api.MapPut("/read-positions", KeepReadPosition).RecordsRefusals(Acts.MarkRead).ForMachines(TokenScope.Command).WithSummary("You have read this far.");
    }

    private static async Task<IResult> GetMe(ClaimsPrincipal user, Rounds rounds, ServiceOptions options, CancellationToken stop)
    {
        var person = ApiEndpoints.Me(user);
        if (await rounds.Passports.Of(person, stop) is not { } passport)
        {
            return ApiEndpoints.Problem(Refusal.NotNow);
        }
        var now = rounds.Passports.Now;
        var entry = await rounds.Tables.Directory(person, [person], stop);
        return ApiEndpoints.Ok(new Me(
            person, entry is [var known] ? known.Name : "", passport.ActingAt(now), [.. passport.Affiliations.Where(a => a.HoldsAt(now))],
            passport.Communities, rounds.Stores.Default.Journal.Epoch, (int)options.IdleAfter.TotalSeconds)
        {
            Designated = passport.Designated,
        });
    }

    private static async Task<IResult> Cases(
        ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop, CommunityId? community = null, string? condition = null, string? stage = null,
        bool mine = false, bool followed = false, bool live = false, bool? hallway = null, [FromQuery] string? topics = null, string sort = LastMoved,
        string? after = null, int skip = 0, int take = 50)
    {
        if (sort != LastMoved)
        {
            return ApiEndpoints.Problem(Refusal.NotA("order of cases"));
        }
        if (condition?.Length > Condition.TextLengthMax)
        {
            return ApiEndpoints.Problem(Refusal.TooLong("condition", Condition.TextLengthMax));
        }
        if (stage is not null && Named<CaseStage>(stage) is null)
        {
            return ApiEndpoints.Problem(Refusal.NotA("stage of a case"));
        }
        var filter = new CaseFilter(community, condition, Named<CaseStage>(stage), mine, followed, live, hallway, topics is null ? null : Ids<TopicId>(topics));
        return await asking.Reader(ApiEndpoints.Me(user), stop) is { } reader
            ? OfList(await rounds.Tables.Cases(reader, filter, PageOf(after, take, skip), stop))
            : ApiEndpoints.Problem(Refusal.NotNow);
    }

    private static async Task<IResult> Outcomes(
        ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop, string? after = null, int take = 50) =>
        await asking.Reader(ApiEndpoints.Me(user), stop) is { } reader
            ? OfList(await rounds.Tables.Outcomes(reader, PageOf(after, take), stop))
            : ApiEndpoints.Problem(Refusal.NotNow);

    private static Task<IResult> Communities(ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop, int skip = 0, int take = 50) => ToTheNetwork(
        user, asking, ApiEndpoints.Ok<CommunityLine[]>([]),
        async me => ApiEndpoints.Ok<CommunityLine[]>([.. await rounds.Tables.Communities(me, Math.Max(0, skip), Math.Clamp(take, 1, TakeMax), stop)]), stop);

    private static Task<IResult> Members(
        CommunityId community, ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop, string? name = null, string? specialty = null,
        string? grade = null, InstitutionId? institution = null, string? after = null, int skip = 0, int take = 50) =>
        ToTheNetwork(user, asking, ApiEndpoints.Problem(Refusal.NotThere), async me =>
            Refuse(name, specialty, grade) is { } refusal
                ? ApiEndpoints.Problem(refusal)
                : OfList(await rounds.Tables.Members(me, community, new(name, specialty, Named<Grade>(grade), institution), PageOf(after, take, skip), stop)), stop);

    private static Task<IResult> People(
        ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop, string? name = null, string? specialty = null,
        string? grade = null, InstitutionId? institution = null, string? after = null, int take = 50) =>
        ToTheNetwork(user, asking, ApiEndpoints.Ok(new Listed<DirectoryEntry>([])), async me =>
            Refuse(name, specialty, grade) is { } refusal
                ? ApiEndpoints.Problem(refusal)
                : OfList(await rounds.Tables.People(me, new(name, specialty, Named<Grade>(grade), institution), PageOf(after, take), stop)), stop);

    private static Task<IResult> Person(ClinicianId person, ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop) =>
        ToTheNetwork(user, asking, ApiEndpoints.Problem(Refusal.NotThere), async me =>
            await rounds.Tables.Directory(me, [person], stop) is [var entry] ? ApiEndpoints.Ok(entry) : ApiEndpoints.Problem(Refusal.NotThere), stop);

    private static async Task<IResult> Institutions(Rounds rounds, CancellationToken stop) =>
        ApiEndpoints.Ok<InstitutionLine[]>([.. await rounds.Tables.Institutions(0, TakeMax, stop)]);

    private static Task<IResult> Directory(
        ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop, [FromQuery] string? ids = null, [FromQuery] string? q = null) =>
        ToTheNetwork(user, asking, ApiEndpoints.Ok<DirectoryEntry[]>([]), async me =>
            string.IsNullOrWhiteSpace(q) ? ApiEndpoints.Ok<DirectoryEntry[]>([.. await rounds.Tables.Directory(me, Ids<ClinicianId>(ids), stop)])
            : q.Length > SearchLengthMax ? ApiEndpoints.Problem(Refusal.TooLong("name", SearchLengthMax))
            : ApiEndpoints.Ok<DirectoryEntry[]>([.. (await rounds.Tables.People(me, new(q), new(Take: SearchTake), stop)).Lines]), stop);

    private static async Task<IResult> ReadPositions(ClaimsPrincipal user, Rounds rounds, CancellationToken stop, [FromQuery] string? topics = null)
    {
        var read = await rounds.Tables.ReadPositions(ApiEndpoints.Me(user), Ids<TopicId>(topics), stop);
        return Results.Json(read.ToDictionary(r => r.Key.ToString(), r => r.Value));
    }

    private static async Task<IResult> KeepReadPosition(Body<ReadPosition> body, HttpContext http, ClaimsPrincipal user, Asking asking, Rounds rounds, CancellationToken stop)
    {
        var (person, read) = (ApiEndpoints.Me(user), body.Value);
        http.Audit().Topic = read.Topic;
        if (await asking.RefuseToShow(person, read.Topic, stop) is { } refusal)
        {
            return ApiEndpoints.Problem(refusal);
        }
        await rounds.Tables.KeepReadPosition(person, read.Topic, read.Contributions, stop);
        return Results.NoContent();
    }

    public static PageAsked PageOf(string? after, int take, int skip = 0) => new(after, Math.Clamp(take, 1, TakeMax), Math.Max(0, skip));

    public static IResult OfList<T>(Listed<T> list) => list.Refusal is { } refusal ? ApiEndpoints.Problem(refusal) : ApiEndpoints.Ok(list) with { Count = list.Lines.Length };

    private static Refusal? Refuse(string? name, string? specialty, string? grade) =>
        name?.Length > SearchLengthMax ? Refusal.TooLong("name", SearchLengthMax)
        : specialty?.Length > SearchLengthMax ? Refusal.TooLong("specialty", SearchLengthMax)
        : grade is not null && Named<Grade>(grade) is null ? Refusal.NotA("grade")
        : null;

    public static T? Named<T>(string? name) where T : struct, Enum => Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    // Who belongs to no hospital is told of nobody. That it cannot be said just now is another answer, which a page asks again after.
    private static async Task<IResult> ToTheNetwork(ClaimsPrincipal user, Asking asking, IResult otherwise, Func<ClinicianId, Task<IResult>> answer, CancellationToken stop) =>
        await asking.Reader(ApiEndpoints.Me(user), stop) is not { } reader ? ApiEndpoints.Problem(Refusal.NotNow)
        : reader.IsInNetwork ? await answer(reader.Person)
        : otherwise;

    private static ImmutableArray<T> Ids<T>(string? list) where T : IParsable<T> =>
        [.. (list ?? "").Split(',').Take(TakeMax).Select(i => T.TryParse(i, null, out var id) ? id : default).OfType<T>().Where(id => !id.Equals(default(T)))];
}

/// <summary>How many contributions of a topic were read.</summary>
internal sealed record ReadPosition(TopicId Topic, long Contributions);
