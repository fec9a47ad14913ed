using SocialQI.Cases;
using SocialQI.Storage;

namespace SocialQI.Grains.Keeping;

/// <summary>What a case's line in the lists says: after one event, and after all of them.</summary>
internal static class CaseLines
{
    /// <summary>What an event changes; null when it changes nothing, or only the fold knows what.</summary>
    public static CaseRow? After(TopicId topic, Envelope happened)
    {
        var moved = new CaseRow(topic, happened.At, null, null, null, null);
        return happened.Event switch
        {
            CaseStarted it => moved with
            {
                Author = happened.By,
                Words = new(it.Title, it.Question, it.Condition),
                Stage = CaseStage.Draft,
                IsHallway = false,
            },
            HallwayStarted it => moved with { Author = happened.By, Words = new(it.Line, "", null), Stage = CaseStage.Open, IsHallway = true },
            CasePromoted it => moved with { Words = new(it.Title, it.Question, it.Condition), IsHallway = false },
            CaseRevised it => moved with { Words = new(it.Title, it.Question, it.Condition) },
            CaseOpened or CaseReopened => moved with { Stage = CaseStage.Open },
            CaseClosed => moved with { Stage = CaseStage.Closed },
            ContributionPosted it => moved with { Last = new(happened.N, it.Contribution, happened.By, happened.At) },
            FactAdded => moved with { Last = new(happened.N, ContributionKind.Fact, happened.By, happened.At) },
            SectionRevised or OutcomeRecorded or OutcomeRevised => moved,
            _ => null,
        };
    }

    /// <summary>What an event changes of the outcome it waits for; null when it changes nothing.</summary>
    public static OutcomeRow? Awaited(TopicId topic, Envelope happened) => happened.Event switch
    {
        OutcomeExpected it => new(topic, it.What.Length == 0 ? null : it.At, it.Who),
        OutcomeRecorded => new(topic, null, default),
        _ => null,
    };

    /// <summary>The whole line, folded from the journal: which of its texts a destroyed event wrote is known only so, and a grain may not know of it.</summary>
    public static async Task<(CaseRow Row, OutcomeRow Awaited)> Whole(IJournal journal, TopicId topic)
    {
        var (state, moved) = (CaseState.None, default(Moment));
        await foreach (var happened in journal.All(topic))
        {
            state = state.After(happened);
            moved = After(topic, happened)?.Moved ?? moved;
        }
        var last = state.Recent.LastOrDefault();
        return (
            new(
                // A hallway thread never had a question.
                topic, moved, state.Author, new(state.Title.Words ?? "", state.Question.Words ?? "", state.Condition), state.Stage, state.IsHallway,
                last is null ? null : new(last.Number, last.Kind, last.By, last.At)),
            new(topic, state.Expected?.At, state.Expected?.Who ?? default));
    }

    /// <summary>Everything that happened in a topic, in order.</summary>
    public static async IAsyncEnumerable<Envelope> All(this IJournal journal, TopicId topic)
    {
        const int EventsAtOnce = 1_000;
        var from = 1L;
        while (await journal.Read(topic, from, EventsAtOnce, CancellationToken.None) is { Count: > 0 } events)
        {
            foreach (var stored in events)
            {
                yield return stored.Decode();
            }
            from = events[^1].Number + 1;
        }
    }
}
