using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using SocialQI.Cases;
using SocialQI.Grains.Topics;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Server.Gateway;

/// <summary>What a signed-in person can ask, by hub or by HTTP alike: both doors lead here, so that they cannot differ.</summary>
public sealed class Asking(Rounds rounds)
{
    private const int EventsMax = 500;
    private static readonly TimeSpan BehindMax = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilAskedAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>The topic as it stands, or nearly, to who follows it from there.</summary>
    public Task<OpenedTopic> Open(ClinicianId person, TopicId topic, CancellationToken stop) =>
        OrSay(topic, Open(person, topic, async () => await rounds.Relay(topic).Open(), stop), Shut(topic, Refusal.NotNow));

    /// <summary>The topic as it stands, with everything that was acknowledged before, to who asks only once.</summary>
    public Task<OpenedTopic> Show(ClinicianId person, TopicId topic, CancellationToken stop) =>
        OrSay(topic, Open(person, topic, () => UpToDate(topic, stop), stop), Shut(topic, Refusal.NotNow));

    public async Task<Answer> Send(ClinicianId person, TopicId topic, Guid id, byte[] command, CancellationToken stop)
    {
        if (id == Guid.Empty)
        {
            return Answer.No(Refusal.MalformedCommandId);
        }
        if (Json.TryReadCommand(command) is not { } asked)
        {
            return Answer.No(Refusal.Malformed);
        }
        if (topic.Space != Space.Open)
        {
            // Not served yet.
            return Answer.No(Refusal.NotThere);
        }
        var answer = await Ask(person, topic, id, asked, stop);
        if (asked is BreakGlass && answer.Refusal is null)
        {
            // They come in at once, and not when the tail has told.
            await rounds.Passports.Read(person, stop);
        }
        return answer;
    }

    private async Task<Answer> Ask(ClinicianId person, TopicId topic, Guid id, Command asked, CancellationToken stop)
    {
        // Until the grain is asked nothing can have been done; after that it may have been, whatever came between.
        return await OrSay(topic, rounds.Passports.Of(person, stop).AsTask(), null) is { } passport
            ? await OrSay(topic, rounds.Grains.Ask(topic, id, asked, passport, rounds.Passports.Now), Answer.No(Refusal.OutcomeUnknown))
            : Answer.No(Refusal.NotNow);
    }

    public Task<Page> Page(ClinicianId person, TopicId topic, long before, CancellationToken stop) =>
        OrSay(topic, ReadPage(person, topic, before, stop), new([], false, 0, Refusal.NotNow));

    /// <summary>A ballot as this person sees it before it is closed; null when to them there is none.</summary>
    public Task<OwnBallot?> Own(ClinicianId person, TopicId ballot, CancellationToken stop) => OrSay(ballot, ReadOwn(person, ballot, stop), null);

    /// <summary>Events after a number, to who may see the topic.</summary>
    public ValueTask<IReadOnlyList<StoredEvent>> Events(TopicId topic, long after, CancellationToken stop) =>
        rounds.Stores.Of(topic).Journal.Read(topic, Math.Max(0, after) + 1, EventsMax, stop);

    /// <summary>What somebody entered in a ballot, the newest first, the one that stands among them; null where they have no seat.</summary>
    public async Task<EntryBefore[]?> OwnBefore(ClinicianId person, TopicId ballot, CancellationToken stop) =>
        await Own(person, ballot, stop) is null ? null : await SaidBefore.By(person, ballot, rounds.Stores.Of(ballot).Journal, stop);

    /// <summary>What a contribution said before it was written anew; nothing of a withdrawn one.</summary>
    public async Task<Revision[]?> Revisions(ClinicianId person, TopicId topic, long number, CancellationToken stop)
    {
        if (topic.Kind != TopicKind.Case || await RefuseToShow(person, topic, stop) is not null)
        {
            return null;
        }
        var page = await rounds.Stores.Of(topic.Home, topic.Space).Journal.ReadPage(topic, number + 1, 1, stop);
        if (Folded(page).Recent is not [{ Withdrawn: false } said] || said.Number != number)
        {
            return null;
        }
        return SaidBefore.In(page.Events, number);
    }

    /// <summary>What a hidden contribution says, with what it said before, to its author and who reviews it; to anybody else there is none.</summary>
    public async Task<HiddenText?> Hidden(ClinicianId person, TopicId topic, long number, CancellationToken stop)
    {
        if (topic.Kind != TopicKind.Case || await RefuseToShow(person, topic, stop) is not null || await rounds.Passports.Of(person, stop) is not { } passport)
        {
            return null;
        }
        var events = await rounds.Stores.Of(topic).Journal.ReadHidden(topic, number, stop);
        var visibility = Json.Decode<CaseState>((await rounds.Grains.Topic(topic).Show()).State).Visibility;
        return events is [var posted, ..] && Moderating.MayRead(passport, topic.Home, visibility, posted.By, rounds.Passports.Now)
            && events.Aggregate(CaseState.None, (state, stored) => state.After(stored.Decode())).Recent is [var said]
            ? new(said, SaidBefore.In(events, number))
            : null;
    }

    /// <summary>The numbers a command was given, for its sender's peace of mind after a lost answer.</summary>
    public async Task<Answer> Done(ClinicianId person, TopicId topic, Guid id, CancellationToken stop) =>
        await RefuseToShow(person, topic, stop) is { } refusal ? Answer.No(refusal)
        : await rounds.Stores.Of(topic).Journal.Done(topic, id, stop) is { } done ? new Answer(done.First, done.Last)
        : Answer.No(Refusal.NotThere);

    public async Task<TopicHead[]> Heads(ClinicianId person, IReadOnlyCollection<TopicId> topics, CancellationToken stop) =>
        topics.Count > 0 && await Reader(person, stop) is { } reader ? [.. await rounds.Tables.Heads(reader, topics, stop)] : [];

    /// <summary>The keys a person holds now; none when that cannot be vouched for.</summary>
    public async Task<ImmutableArray<string>> Keys(ClinicianId person, CancellationToken stop) =>
        await rounds.Passports.Of(person, stop) is { } passport ? [.. passport.KeysAt(rounds.Passports.Now)] : [];

    /// <summary>Who reads a list, with the keys they hold now; null when that cannot be vouched for.</summary>
    public async Task<Reader?> Reader(ClinicianId person, CancellationToken stop) => await Keys(person, stop) is { Length: > 0 } keys ? new(person, keys) : null;

    /// <summary>Why a person is not shown a topic; null when they may see it. Denied and not existing are one answer.</summary>
    public Task<Refusal?> RefuseToShow(ClinicianId person, TopicId topic, CancellationToken stop) => OrSay(topic, Rule(person, topic, stop), Refusal.NotNow);

    /// <summary>The answer; when an outage comes between, this one.</summary>
    public async Task<T> OrSay<T>(TopicId topic, Task<T> answer, T otherwise)
    {
        try
        {
            return await answer;
        }
        catch (Exception e) when (Outages.IsOutage(e))
        {
            rounds.LogUnreached(topic, e);
            return otherwise;
        }
    }

    private async Task<OpenedTopic> Open(ClinicianId person, TopicId topic, Func<Task<Shown?>> show, CancellationToken stop)
    {
        if (await RefuseToShow(person, topic, stop) is { } refusal)
        {
            return Shut(topic, refusal);
        }
        if (await show() is not { } shown)
        {
            return Shut(topic, Refusal.NotNow);
        }
        // Asked of the grain's own audience too: the table was read a moment before.
        return await Rule(person, shown.Audience, stop) is { } late
            ? Shut(topic, late)
            : new(topic, rounds.Stores.Of(topic).Journal.Epoch, shown.Number, JsonSerializer.Deserialize(shown.State, Json.Context.JsonElement));
    }

    private async Task<OwnBallot?> ReadOwn(ClinicianId person, TopicId ballot, CancellationToken stop) =>
        ballot is { Kind: TopicKind.Ballot, Space: Space.Open } && await rounds.Passports.Of(person, stop) is { } passport
            && await rounds.Grains.Topic(ballot).Own(Json.Encode(passport), rounds.Passports.Now.Micros) is { } own
            ? Json.Decode<OwnBallot>(own)
            : null;

    // A silo that hung and was taken for dead goes on for a moment with what it remembers; the journal says how far the topic is. Null: it does not come up to that.
    private async Task<Shown?> UpToDate(TopicId topic, CancellationToken stop)
    {
        var head = await rounds.Stores.Of(topic).Journal.Head(topic, stop);
        var since = Stopwatch.GetTimestamp();
        var shown = await rounds.Grains.Topic(topic).Show();
        while (shown.Number < head?.Number && Stopwatch.GetElapsedTime(since) < BehindMax)
        {
            // Most likely the grain is about to learn that its own commit is done.
            await Task.Delay(UntilAskedAgain, stop);
            shown = await rounds.Grains.Topic(topic).Show();
        }
        return shown.Number < head?.Number ? null : shown;
    }

    private async Task<Page> ReadPage(ClinicianId person, TopicId topic, long before, CancellationToken stop)
    {
        if (await RefuseToShow(person, topic, stop) is { } refusal)
        {
            return new([], false, 0, refusal);
        }
        if (topic.Kind != TopicKind.Case)
        {
            return new([], false, 0, Refusals.NotACase);
        }
        var page = await rounds.Stores.Of(topic.Home, topic.Space).Journal.ReadPage(topic, Math.Max(1, before), CaseState.PageMax, stop);
        return new(Folded(page).Recent, page.HasOlder, page.Through);
    }

    private async Task<Refusal?> Rule(ClinicianId person, TopicId topic, CancellationToken stop) =>
        await Rule(person, await rounds.AudienceOf(topic, stop), stop);

    private async Task<Refusal?> Rule(ClinicianId person, IReadOnlyCollection<string> audience, CancellationToken stop) =>
        await rounds.Passports.Of(person, stop) is not { } passport ? Refusal.NotNow
        : Access.MaySee(passport, audience, rounds.Passports.Now) ? null
        : Refusal.NotThere;

    private static OpenedTopic Shut(TopicId topic, Refusal refusal) => new(topic, "", 0, null, refusal);

    private static CaseState Folded(PageEvents page) =>
        page.Events.Aggregate(CaseState.None, (state, stored) => state.After(stored.Decode()));
}
