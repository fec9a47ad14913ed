using SocialQI.Storage.Audit;

namespace SocialQI.Server.Auditing;

/// <summary>How an address is recorded. One that does not say does not pass the tests.</summary>
/// <param name="Act">What coming here is; null: nothing.</param>
/// <param name="What">Which of those.</param>
/// <param name="How">When.</param>
internal sealed record Recorded(string? Act, string? What, Recorded.Manner How)
{
    internal enum Manner
    {
        /// <summary>Nothing of it is.</summary>
        Not,

        /// <summary>Once it is known what the answer will be, before any of it leaves.</summary>
        Answer,

        /// <summary>Where it was refused only: what was done is the asker's own.</summary>
        Refusals,

        /// <summary>That it begins, before anything is done, and how it ended: for what leaves traces of its own that are no events.</summary>
        Around,

        /// <summary>The first of many alike within <see cref="AuditedLately.Lasts"/>: for lists that are read again by themselves.</summary>
        First,
    }
}

/// <summary>What an endpoint adds to its record.</summary>
internal sealed class AuditNote
{
    /// <summary>Who it turned out to be, where the request itself does not tell.</summary>
    public ClinicianId? Person { get; set; }

    public string? What { get; set; }

    public TopicId? Topic { get; set; }

    public string? Flag { get; set; }

    public Purpose? Purpose { get; set; }

    /// <summary>The code of a refusal that the answer does not carry.</summary>
    public string? Refused { get; set; }
}

internal static class Recording
{
    /// <summary>What a request's record is to say besides.</summary>
    public static AuditNote Audit(this HttpContext http)
    {
        if (http.Features.Get<AuditNote>() is not { } note)
        {
            http.Features.Set(note = new());
        }
        return note;
    }

    /// <summary>Each request is recorded.</summary>
    public static T Records<T>(this T door, string act, string? what = null) where T : IEndpointConventionBuilder =>
        door.With(new(act, what, Recorded.Manner.Answer));

    /// <summary>That it begins is recorded before anything is done, and then how it ended.</summary>
    public static T RecordsAround<T>(this T door, string act, string what) where T : IEndpointConventionBuilder =>
        door.With(new(act, what, Recorded.Manner.Around));

    /// <summary>The first of many alike is recorded, and every refusal.</summary>
    public static T RecordsFirst<T>(this T door, string act, string what) where T : IEndpointConventionBuilder =>
        door.With(new(act, what, Recorded.Manner.First));

    /// <summary>Refusals are recorded: what is done else is the asker's own and gives nothing out.</summary>
    public static T RecordsRefusals<T>(this T door, string act) where T : IEndpointConventionBuilder => door.With(new(act, null, Recorded.Manner.Refusals));

    /// <summary>Nothing is given out that is not the asker's own or everybody's, and nothing is done.</summary>
    public static T RecordsNothing<T>(this T door) where T : IEndpointConventionBuilder => door.WithMetadata(new Recorded(null, null, Recorded.Manner.Not));

    /// <summary>What an address names; null where it is no topic.</summary>
    public static TopicId? TopicOf(RouteValueDictionary route) =>
        TopicId.TryParse(route["topic"] as string, out var topic) ? topic
        : CommunityId.TryParse(route["community"] as string, out var community) ? community.Topic
        : ClinicianId.TryParse(route["person"] as string, out var person) ? person.Topic
        : InstitutionId.TryParse(route["institution"] as string, out var institution) ? institution.Topic
        : null;

    private static T With<T>(this T door, Recorded recorded) where T : IEndpointConventionBuilder
    {
        door.WithMetadata(recorded);
        return door.AddEndpointFilter<T, RecordingFilter>();
    }
}
