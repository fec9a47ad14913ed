using System.Security.Cryptography;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Storage.Transfer;

namespace SocialQI.Server.Transfer;

/// <summary>A piece of a topic's history to go on with; with the last, the keys that open the topic from then on.</summary>
internal sealed record AdoptedPiece(TopicId Topic, IReadOnlyList<CarriedEvent> Events, IReadOnlyList<DoneCommand> Commands, IReadOnlyList<string>? Audience);

/// <summary>An institution that is taken in; at the end with the position of its last event.</summary>
internal sealed record AdoptedHome(InstitutionId Home, long Through);

/// <summary>Somebody of an institution that was taken in.</summary>
internal sealed record AdoptedPerson(InstitutionId Home, CarriedPerson Person);

/// <summary>How far the store is after a piece.</summary>
internal sealed record AdoptedThrough(long Position);

/// <summary>A way in for who administers it.</summary>
internal sealed record AdoptedAs(string? User, string? Path);

/// <summary>
/// What the operator's <c>adopt</c> asks of the running service. The histories go into the journal as they are, numbers, times, ids and seals; nobody sees a
/// topic before all of it is there, and until the end nothing follows from its events: what did is among them. Given twice it is done once, so that what was
/// broken off is done to its end.
/// </summary>
internal static class AdoptEndpoints
{
    private const int ImageBodyBytesMax = 64 * 1024 * 1024;
    private const int EventsBodyBytesMax = 32 * 1024 * 1024;

    private static readonly Refusal OtherHistory = new("other-history", "There is a topic of this name here already, and what happened in it is something else.");

    public static void MapAdopt(this IEndpointRouteBuilder app)
    {
        var adopt = app.MapGroup("/api/adopt").AllowAnonymous().WithMetadata(new DoorAttribute(Who.Operator)).RecordsFirst(Acts.Operate, "adopt").ExcludeFromDescription();
        adopt.MapPost("/begin", Begin);
        adopt.MapPost("/end", End);
        adopt.MapPost("/events", Events).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(EventsBodyBytesMax));
        adopt.MapPost("/image", Image).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(ImageBodyBytesMax));
        adopt.MapPost("/person", Person);
    }

    private static async Task<IResult> Begin(Body<AdoptedHome> body, Stores stores, CancellationToken stop)
    {
        await stores.Default.Tables.KeepAdopting(body.Value.Home, isGoingOn: true, stop);
        return Results.NoContent();
    }

    // Once reactions have passed by all of it.
    private static async Task<IResult> End(Body<AdoptedHome> body, Stores stores, CancellationToken stop)
    {
        if (await stores.Default.Tables.TailPosition(TailReaders.Reactions, stop) < body.Value.Through)
        {
            return ApiEndpoints.Problem(Refusal.NotNow);
        }
        await stores.Default.Tables.KeepAdopting(body.Value.Home, isGoingOn: false, stop);
        return Results.NoContent();
    }

    // Networks' own topics and privileged ones are nobody's to bring.
    private static async Task<bool> IsAdopting(TopicId topic, Stores stores, CancellationToken stop) =>
        topic.Space == Space.Open && topic.Home != InstitutionId.Network && (await stores.Default.Tables.Adopting(stop)).Contains(topic.Home);

    private static async Task<IResult> Events(Body<AdoptedPiece> body, Stores stores, CancellationToken stop)
    {
        var piece = body.Value;
        if (piece.Events.Count == 0 || !await IsAdopting(piece.Topic, stores, stop))
        {
            return ApiEndpoints.Problem(Refusal.Malformed);
        }
        var journal = stores.Of(piece.Topic).Journal;
        var (number, hash) = await journal.Head(piece.Topic, stop) is { } head ? (head.Number, head.Hash) : (0, Sealing.Start);
        var last = piece.Events[^1];
        if (number >= last.Number)
        {
            return await journal.Read(piece.Topic, last.Number, 1, stop) is [var there] && there.Hash.AsSpan().SequenceEqual(last.Hash)
                ? Results.Json(new AdoptedThrough(await journal.Position(stop)))
                : ApiEndpoints.Problem(OtherHistory);
        }
        foreach (var it in piece.Events)
        {
            if (it.Fault(piece.Topic, number, hash) is not null)
            {
                return ApiEndpoints.Problem(OtherHistory);
            }
            (number, hash) = (it.Number, it.Hash);
        }
        return await journal.Append(Append(piece)) switch
        {
            AppendOutcome.Committed => Results.Json(new AdoptedThrough(await journal.Position(stop))),
            AppendOutcome.Lost => ApiEndpoints.Problem(OtherHistory),
            _ => ApiEndpoints.Problem(Refusal.NotNow),
        };
    }

    private static Append Append(AdoptedPiece piece)
    {
        var events = piece.Events.Select(e => e.ToNew(piece.Topic)).Select(e => e with { Rows = e.Rows with { Audience = default } }).ToArray();
        if (piece.Audience is { } keys)
        {
            events[^1] = events[^1] with { Rows = events[^1].Rows with { Audience = [.. keys] } };
        }
        return new(piece.Topic, piece.Events[0].Number - 1, piece.Commands, events);
    }

    private static async Task<IResult> Image(Body<HomeImage> body, Stores stores, CancellationToken stop)
    {
        var (topic, image) = body.Value;
        if (!ImageHash.TryParse(image.Hash, out var hash) || hash != ImageHash.Of(SHA256.HashData(image.Bytes)) || image.Type is not ("png" or "jpeg")
            || !await IsAdopting(topic, stores, stop))
        {
            return ApiEndpoints.Problem(Refusal.Malformed);
        }
        var kept = new KeptImage(hash, image.Type == "png" ? ImageType.Png : ImageType.Jpeg, image.Width, image.Height);
        await stores.Of(topic).Images.Keep(topic, new(image.By), new(kept, image.Bytes, image.Thumbnail), stop);
        return Results.NoContent();
    }

    private static async Task<IResult> Person(
        Body<AdoptedPerson> body, IGrainFactory grains, LocalAccounts accounts, OneTimeLinks links, TimeProvider clock, CancellationToken stop)
    {
        var (home, person) = body.Value;
        if (!Enum.TryParse<Grade>(person.Grade, out var grade) || !TryRole(person.Role, out var role))
        {
            return ApiEndpoints.Problem(Refusal.Malformed);
        }
        var (id, now) = (new ClinicianId(person.Id), Moment.Of(clock.GetUtcNow()));
        var registered = await grains.Ask(
            id.Topic, DerivedId.Of("adopt", home, person.Id), new RegisterClinician(person.Name, person.Specialty, grade, home, role), Passport.OfOperator, now);
        if (registered.Refusal is { } no && no != Refusal.AlreadyThere)
        {
            return ApiEndpoints.Problem(no);
        }
        if (registered.Refusal is not null || person.Until is not null)
        {
            var grant = new GrantAffiliation(home, role, Until: person.Until is { } until ? new Moment(until) : null);
            if ((await grains.Ask(id.Topic, DerivedId.Of("adopt-role", home, person.Id), grant, Passport.OfOperator, now)).Refusal is { } refused)
            {
                return ApiEndpoints.Problem(refused);
            }
        }
        return Results.Json(await WayIn(home, id, person.User, role, accounts, links, stop));
    }

    // A name that somebody else signs in with here stays theirs.
    private static async Task<AdoptedAs> WayIn(
        InstitutionId home, ClinicianId person, string? user, InstitutionRole role, LocalAccounts accounts, OneTimeLinks links, CancellationToken stop)
    {
        if (user is null)
        {
            return new(null, null);
        }
        var account = await accounts.Find(user);
        if (account is null && await accounts.Of(person, stop) is null)
        {
            await accounts.Keep(account = new(user, person, home), password: null);
        }
        return account?.Person != person ? new(null, null)
            : new(user, role == InstitutionRole.Administrator && account.PasswordHash is null ? await links.Make(OneTimeLinks.Password, user, stop) : null);
    }

    private static bool TryRole(string? text, out InstitutionRole role) =>
        Enum.TryParse(text?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out role) && Enum.IsDefined(role);
}
