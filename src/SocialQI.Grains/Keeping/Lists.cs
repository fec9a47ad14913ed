using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Institutions;
using SocialQI.Storage;
using SocialQI.Wire;

namespace SocialQI.Grains.Keeping;

/// <summary>The lines of the lists people read: cases, sessions, panels, communities, institutions, people, and what they follow.</summary>
internal sealed class Lists(Store store) : ITailReader, IMadeAgain
{
    public string Name => ListNames.Lists;

    public async Task Read(IReadOnlyList<TailEvent> events, long position)
    {
        var rows = new Gathered();
        foreach (var tail in events)
        {
            var happened = tail.Event.Decode();
            if (happened.Event is TextRedacted && tail.Topic.Kind == TopicKind.Case)
            {
                rows.Add(await CaseLines.Whole(store.Journal, tail.Topic));
            }
            else if (tail.Topic.Kind == TopicKind.Case)
            {
                rows.Add((CaseLines.After(tail.Topic, happened), CaseLines.Awaited(tail.Topic, happened)));
            }
            else
            {
                rows.Add(tail.Topic, happened);
            }
        }
        await store.Tables.KeepLists(Name, position, rows.ToRows(), CancellationToken.None);
    }

    public async Task<Replaced> MakeAgain(IReadOnlyList<TopicId> topics, long position, bool keep)
    {
        var rows = new Gathered();
        foreach (var topic in topics)
        {
            if (topic.Kind == TopicKind.Case)
            {
                rows.Add(await CaseLines.Whole(store.Journal, topic));
                continue;
            }
            await foreach (var happened in store.Journal.All(topic))
            {
                rows.Add(topic, happened);
            }
        }
        return await store.Tables.ReplaceLists(new(Name, position, topics, keep), rows.ToRows(), CancellationToken.None);
    }

    public Task<long> Strays() => store.Tables.Strays(Name, CancellationToken.None).AsTask();

    /// <summary>Lines as they come; a later one takes the place of an earlier.</summary>
    private sealed class Gathered
    {
        private readonly List<CommunityRow> communities = [];
        private readonly List<InstitutionLine> institutions = [];
        private readonly List<PersonRow> people = [];
        private readonly List<FollowRow> follows = [];
        private readonly List<RoundsRow> rounds = [];
        private readonly List<CaseRow> cases = [];
        private readonly List<OutcomeRow> outcomes = [];
        private readonly List<PanelRow> panels = [];

        public void Add((CaseRow? Row, OutcomeRow? Awaited) ofCase)
        {
            cases.AddRange(ofCase.Row is { } row ? [row] : []);
            outcomes.AddRange(ofCase.Awaited is { } awaited ? [awaited] : []);
        }

        public void Add(TopicId topic, Envelope happened)
        {
            switch (happened.Event)
            {
                case InstitutionFounded it:
                    institutions.Add(new(topic.Home, it.Name));
                    break;
                case InstitutionRenamed it:
                    institutions.Add(new(topic.Home, it.Name));
                    break;
                case CommunityFounded it:
                    communities.Add(new(CommunityId.Of(topic), it.Name, it.Purpose));
                    break;
                case CommunityRevised it:
                    communities.Add(new(CommunityId.Of(topic), it.Name, it.Purpose));
                    break;
                case ClinicianRegistered it:
                    people.Add(new(ClinicianId.Of(topic), it.Name, it.Specialty, it.Grade, happened.N));
                    break;
                case ProfileRevised it:
                    people.Add(new(ClinicianId.Of(topic), it.Name, it.Specialty, it.Grade, happened.N));
                    break;
                case TopicFollowed it:
                    follows.Add(new(ClinicianId.Of(topic), it.Topic, true));
                    break;
                case TopicUnfollowed it:
                    follows.Add(new(ClinicianId.Of(topic), it.Topic, false));
                    break;
                default:
                    rounds.AddRange(RoundsLines.After(topic, happened) is { } row ? [row] : []);
                    panels.AddRange(PanelLines.After(topic, happened) is { } line ? [line] : []);
                    break;
            }
        }

        public ListRows ToRows() => new(cases, outcomes, communities, institutions, people, follows, rounds, panels);
    }
}
