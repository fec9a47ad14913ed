using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Client.Live;
using SocialQI.Wire;

namespace SocialQI.Client.Ballots;

/// <summary>One's own seat in a ballot: what was entered, and whether there is a seat at all.</summary>
public sealed class Seat(TopicId ballot, Rounds rounds, TimeProvider time)
{
    /// <summary>How often it is asked for: a ballot that was called a moment ago may not be there yet, and one without a seat looks the same.</summary>
    private const int AttemptsMax = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private bool isAsking;

    public TopicId Ballot => ballot;

    /// <summary>What the service said last; null before it did.</summary>
    public OwnBallot? Own { get; private set; }

    /// <summary>It was asked for often enough: it is not open to this person.</summary>
    public bool IsNone { get; private set; }

    public async Task Ask()
    {
        if (isAsking)
        {
            return;
        }
        isAsking = true;
        OwnBallot? own = null;
        for (var attempt = 0; attempt < AttemptsMax && own is null; attempt++)
        {
            await (attempt > 0 ? Task.Delay(Pause, time) : Task.CompletedTask);
            own = await rounds.Own(ballot);
        }
        (Own, IsNone, isAsking) = (own ?? Own, own is null && Own is null, false);
    }

    /// <summary>Enters, or puts this in place of what was entered before.</summary>
    /// <returns>Why not; null when it was taken.</returns>
    public async Task<Refusal?> Enter(Entry entry, Attestation? attestation = null)
    {
        var answer = await rounds.Send(ballot, new CastEntry(entry, attestation));
        if (answer.Refusal is null)
        {
            Own = (Own ?? new(ballot, BallotStage.Open, null, null, null)) with { Entry = entry, At = Moment.Of(time.GetUtcNow()) };
        }
        return answer.Refusal;
    }
}
