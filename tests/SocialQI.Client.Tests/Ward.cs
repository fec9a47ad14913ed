using System.Collections.Immutable;
using System.Text.Json;
using SocialQI.Cases;
using SocialQI.Client.Live;
using SocialQI.Wire;

namespace SocialQI.Client.Tests;

/// <summary>The people and the case that these tests talk about.</summary>
internal static class Ward
{
    public static readonly ClinicianId Ada = new(new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    public static readonly ClinicianId Ben = new(new Guid(2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    public static readonly InstitutionId Harbour = InstitutionId.Parse("north-harbour");
    public static readonly TopicId Fever = TopicId.Case(Harbour, new Guid(3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    public static readonly Envelope Started = Of(1, Ada, new CaseStarted("Fever", "Marrow tonight?", null, []));
    public static readonly Envelope Opened = Of(2, Ada, new CaseOpened(new Visibility(VisibilityKind.Network, [], []), []));

    public static Me Me(string epoch = "one") =>
        new(Ada, "Ada Lindholm", Harbour, [new(Harbour, InstitutionRole.Clinician, default, null)], [], epoch);

    public static Envelope Of(long n, ClinicianId by, TopicEvent happened) => new(n, new Moment(n * 1_000_000), by, Harbour, happened);

    public static Envelope Said(long n, string text, ClinicianId? by = null, long? replyTo = null) =>
        Of(n, by ?? Ben, new ContributionPosted(ContributionKind.Comment, text, replyTo, replyTo, [], null, null));

    public static PostContribution Say(string text) => new(ContributionKind.Comment, text, null, []);

    public static CaseState Fold(params IEnumerable<Envelope> events) => events.Aggregate(CaseState.None, (state, happened) => state.After(happened));

    public static OpenedTopic AsOpened(CaseState state, string epoch = "one") =>
        new(Fever, epoch, state.Number, JsonSerializer.SerializeToElement(state, Json.Context.CaseState));

    /// <summary>A feed that was opened on these events, and has asked to follow.</summary>
    public static TopicFeed Feed(params IEnumerable<Envelope> events)
    {
        var feed = new TopicFeed(Fever);
        feed.Asking();
        feed.Opened(AsOpened(Fold(events)));
        feed.Asking();
        return feed;
    }

    public static JsonElement Encoded(Envelope happened)
    {
        var (version, payload) = happened.Event is Unknown unknown ? (unknown.Version, "{}"u8.ToArray()) : (EventCodec.Version, EventCodec.EncodePayload(happened.Event));
        var bytes = EventCodec.Encode(happened.N, EventCodec.KindOf(happened.Event), version, happened.At, happened.By, happened.For, happened.Event.Re, payload);
        return JsonDocument.Parse(bytes).RootElement;
    }

    public static ImmutableArray<string> Texts(this CaseState? state) => [.. state?.Recent.Select(c => c.Text.Words) ?? []];
}
