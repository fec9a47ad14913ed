using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Grains.Topics;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>What came of a case reaches those who had a part in it: each opinion that was given in time is scored in its author's own topic, and contributors are told.</summary>
internal sealed class Outcomes(Store store, IGrainFactory grains) : IReaction
{
    private const int ToldMax = 1_000;

    public async Task To(TailEvent tail, Moment now, SendReaction send)
    {
        switch (tail.Event.Kind)
        {
            case "outcome-recorded" when tail.Event.Decode().Event is OutcomeRecorded { Outcome: { Done.Length: > 0 } outcome }:
                await Tell(tail, await Score(tail, outcome, send), now, send);
                break;
            case "outcome-revised" when tail.Event.Decode().Event is OutcomeRevised { Outcome: { Done.Length: > 0 } outcome }:
                await Tell(tail, await Score(tail, outcome, send), now, send);
                break;
        }
    }

    private async Task<List<ClinicianId>> Score(TailEvent tail, Outcome outcome, SendReaction send)
    {
        var asked = new List<ClinicianId>();
        foreach (var shown in Json.Decode<CaseState>((await grains.Topic(tail.Topic).Show()).State).Ballots.OrEmpty().Where(b => b.Terms.Kind == BallotKind.Differential))
        {
            var ballot = await Read(shown.Ballot);
            // Who was late is told too, and scored by nothing.
            asked.AddRange(ballot.Entries.Keys);
            foreach (var (by, score) in Scoring.Of(ballot, outcome))
            {
                await send(by.Topic, $"score {shown.Ballot}", new ScoreOpinion(shown.Ballot, tail.Event.Number, score));
            }
        }
        return asked;
    }

    private async Task Tell(TailEvent tail, IEnumerable<ClinicianId> asked, Moment now, SendReaction send)
    {
        var contributors = new HashSet<ClinicianId>(asked);
        await foreach (var happened in store.Journal.All(tail.Topic))
        {
            if (happened.Event is ContributionPosted or FactAdded && contributors.Count < ToldMax)
            {
                contributors.Add(happened.By);
            }
        }
        contributors.Remove(tail.Event.By);
        var audience = await store.Tables.AudienceOf(tail.Topic, CancellationToken.None);
        foreach (var person in contributors)
        {
            if (Access.MaySee(await store.Tables.Passport(person, CancellationToken.None), audience, now))
            {
                await send(person.Topic, "told", new NoteMention(tail.Topic, tail.Event.Number, tail.Event.By, MentionReason.OutcomeKnown));
            }
        }
    }

    private async Task<BallotTopic> Read(TopicId ballot)
    {
        var rules = new BallotRules();
        var state = rules.New(ballot);
        await foreach (var happened in store.Journal.All(ballot))
        {
            state = rules.After(state, happened);
        }
        return state;
    }
}
