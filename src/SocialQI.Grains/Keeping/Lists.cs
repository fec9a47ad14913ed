using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Institutions;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Grains.Keeping;

/// <summary>The lines of the lists people read: cases, communities, institutions, people.</summary>
internal sealed class Lists(Store store) : ITailReader
{
    private const int EventsAtOnce = 1_000;

    public string Name => "lists";

    public async Task Read(IReadOnlyList<TailEvent> events, long position)
    {
        var cases = new List<CaseRow>();
        var communities = new List<CommunityRow>();
        var institutions = new List<InstitutionLine>();
        var people = new List<PersonRow>();
        foreach (var tail in events)
        {
            var happened = tail.Event.Decode();
            switch (happened.Event)
            {
                case InstitutionFounded it:
                    institutions.Add(new(tail.Topic.Home, it.Name));
                    break;
                case InstitutionRenamed it:
                    institutions.Add(new(tail.Topic.Home, it.Name));
                    break;
                case CommunityFounded it:
                    communities.Add(new(CommunityId.Of(tail.Topic), it.Name, it.Purpose));
                    break;
                case CommunityRevised it:
                    communities.Add(new(CommunityId.Of(tail.Topic), it.Name, it.Purpose));
                    break;
                case ClinicianRegistered it:
                    people.Add(new(ClinicianId.Of(tail.Topic), it.Name, it.Specialty, it.Grade, happened.N));
                    break;
                case ProfileRevised it:
                    people.Add(new(ClinicianId.Of(tail.Topic), it.Name, it.Specialty, it.Grade, happened.N));
                    break;
                case TextRedacted:
                    cases.Add(await AsItStands(tail.Topic, happened));
                    break;
                default:
                    if (RowOf(tail.Topic, happened) is { } row)
                    {
                        cases.Add(row);
                    }
                    break;
            }
        }
        await store.Tables.KeepLists(Name, position, new(cases, communities, institutions, people), CancellationToken.None);
    }

    private static CaseRow? RowOf(TopicId topic, Envelope happened)
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
            ContributionPosted or FactAdded or SectionRevised => moved,
            _ => null,
        };
    }

    // Which of the line's texts the destroyed event wrote is known only to the fold; read from the journal, for a grain may not know of the redaction.
    private async Task<CaseRow> AsItStands(TopicId topic, Envelope happened)
    {
        var state = CaseState.None;
        while (await store.Journal.Read(topic, state.Number + 1, EventsAtOnce, CancellationToken.None) is { Count: > 0 } events)
        {
            state = events.Aggregate(state, (s, e) => s.After(e.Decode()));
        }
        return new(topic, happened.At, state.Author, new(state.Title.Words, state.Question.Words, state.Condition), state.Stage, state.IsHallway);
    }
}
