using System.Text;
using System.Text.Json;
using SocialQI.Ballots;
using SocialQI.Client.Ballots;
using SocialQI.Client.Live;
using SocialQI.Panels;

namespace SocialQI.Client.Panels;

/// <summary>What is one's own in a panel, asked for oneself alone: of the round that is open, to go on with it, and of the last, to stand among the others.</summary>
public sealed class OwnRatings(Rounds rounds, Drafts drafts, TimeProvider time)
{
    private const string Field = "entry";

    private readonly Dictionary<TopicId, Entry?> entered = [];
    private WrittenRatings? written;

    /// <summary>One's seat in the open round; null before there was one.</summary>
    public Seat? Seat { get; private set; }

    /// <summary>One's ratings in the open round; null where one has none to give.</summary>
    public WrittenRatings? In(PanelState state) => written is { Asked.Count: > 0 } && state.OpenRound?.Ballot == written.Ballot ? written : null;

    /// <summary>One's own rating in a round that has closed; null where there is none.</summary>
    public int? Of(PanelRound? round, int statement) =>
        round is not null && entered.GetValueOrDefault(round.Ballot) is { } entry && round.Asked.IndexOf(statement) is >= 0 and var option
            ? entry.Choices.OrEmpty().FirstOrDefault(c => c.Option == option)?.Value
            : null;

    /// <summary>Asks for what is not known yet.</summary>
    /// <returns>Whether more is known than before.</returns>
    public async Task<bool> Look(PanelState state, ClinicianId me)
    {
        var isMore = false;
        if (state.OpenRound is { } round && Seat?.Ballot != round.Ballot)
        {
            (Seat, written, isMore) = (new(round.Ballot, rounds, time), new(round, [.. round.Asked.Where(s => state.IsRecused(me, s))]), true);
            await Ask();
        }
        if (RoundNames.LastOf(state) is { } last && entered.TryAdd(last.Ballot, null))
        {
            entered[last.Ballot] = (await rounds.Own(last.Ballot))?.Entry;
            isMore = true;
        }
        return isMore;
    }

    /// <summary>Asks for one's seat in the open round; what is written and not entered stays.</summary>
    public async Task Ask()
    {
        if (Seat is not { } seat || written is not { } into)
        {
            return;
        }
        await seat.Ask();
        if (!into.IsChanged)
        {
            await TakeUp(seat, into);
        }
    }

    public Task Keep() => drafts.Keep(Draft(written!), new() { [Field] = Encoding.UTF8.GetString(Json.Encode<Command>(new CastEntry(written!.Entry))) });

    public Task Forget() => drafts.Forget(Draft(written!));

    private async Task TakeUp(Seat seat, WrittenRatings into)
    {
        if (seat.Own?.Entry is { } before)
        {
            into.Take(before);
        }
        if ((await drafts.Kept(Draft(into))).GetValueOrDefault(Field) is { Length: > 0 } kept)
        {
            try
            {
                into.TakeUp(((CastEntry)Json.Decode<Command>(Encoding.UTF8.GetBytes(kept))).Entry);
            }
            catch (JsonException)
            {
                // A draft of another version of this program is none.
            }
        }
    }

    private static string Draft(WrittenRatings of) => "round." + of.Ballot.Key;
}
