using System.Collections.Immutable;
using System.Globalization;
using SocialQI.Cases;
using SocialQI.Storage;
using SocialQI.Storage.Search;
using SocialQI.Wire;

namespace SocialQI.Grains.Keeping;

/// <summary>
/// The texts that can be found, as they stand: what was written anew takes the place of what was there, what was withdrawn or destroyed is found no more.
/// </summary>
internal sealed class SearchTexts(Store store) : ITailReader, IMadeAgain
{
    /// <summary>How many contributions of a topic are made again at once: what a case's state holds.</summary>
    private const int ContributionsAtOnce = CaseState.RecentMax;

    public string Name => ListNames.Search;

    public async Task Read(IReadOnlyList<TailEvent> events, long position)
    {
        var rows = new List<SearchRow>();
        foreach (var tail in events.Where(e => e.Topic.Kind == TopicKind.Case))
        {
            rows.AddRange(await After(tail.Topic, tail.Event.Decode()));
        }
        await store.Tables.KeepSearch(Name, position, rows, CancellationToken.None);
    }

    public async Task<Replaced> MakeAgain(IReadOnlyList<TopicId> topics, long position, bool keep)
    {
        var others = new List<TopicId>();
        foreach (var topic in topics.Where(t => t.Kind == TopicKind.Case))
        {
            var replaced = await MakeAgain(new(Name, position, [topic], keep));
            if (replaced.IsLate)
            {
                return replaced;
            }
            others.AddRange(replaced.Others);
        }
        return new(false, others);
    }

    // Its own first, then contributions from the last to the first, a page at a time.
    private async Task<Replaced> MakeAgain(Replacing asked)
    {
        var topic = asked.Topics.Single();
        var replaced = await store.Tables.ReplaceSearch(asked, SearchSpan.Own, await Own(topic), CancellationToken.None);
        for (var before = long.MaxValue; before > 0 && replaced is { IsLate: false, Others: [] };)
        {
            var page = await store.Journal.ReadPage(topic, before, ContributionsAtOnce, CancellationToken.None);
            var span = new SearchSpan(page.HasOlder ? page.First : 0, before);
            replaced = await store.Tables.ReplaceSearch(asked, span, [.. Folded(page).Select(c => RowOf(topic, c))], CancellationToken.None);
            before = page.HasOlder ? page.First : 0;
        }
        return replaced;
    }

    public Task<long> Strays() => store.Tables.Strays(Name, CancellationToken.None).AsTask();

    private async Task<IEnumerable<SearchRow>> After(TopicId topic, Envelope happened) => happened.Event switch
    {
        CaseStarted it => Described(topic, happened, it.Title, it.Question, it.Sections),
        HallwayStarted it => Described(topic, happened, it.Line, "", []),
        CasePromoted it => Described(topic, happened, it.Title, it.Question, it.Sections),
        CaseRevised it => Described(topic, happened, it.Title, it.Question, []),
        SectionRevised it => [RowOf(topic, happened, it.Section)],
        FactAdded it => [RowOf(topic, happened.N, FoundKind.Fact, happened.By, happened.At, it.Text)],
        ContributionPosted it => [RowOf(topic, happened.N, KindOf(it.Contribution), happened.By, happened.At, TextOf(it.Text, it.Evidence))],
        ContributionEdited it => await Contribution(topic, it.Number),
        ContributionWithdrawn it => await Contribution(topic, it.Number),
        ContributionHidden it => await Contribution(topic, it.Number),
        ContributionRestored it => await Contribution(topic, it.Number),
        TextRedacted it => await Redacted(topic, it.Number),
        _ => [],
    };

    private async Task<IEnumerable<SearchRow>> Redacted(TopicId topic, long number) =>
        await store.Journal.Read(topic, number, 1, CancellationToken.None) is not [var gone] ? []
        : gone.Kind is "fact-added" or "contribution-posted" ? await Contribution(topic, number)
        : gone.Kind is "contribution-edited" ? await Contribution(topic, gone.Re ?? 0)
        : await Own(topic);

    // As it stands, for the event does not say all of it.
    private async Task<IEnumerable<SearchRow>> Contribution(TopicId topic, long number) =>
        Folded(await store.Journal.ReadPage(topic, number + 1, 1, CancellationToken.None)).Where(c => c.Number == number).Select(c => RowOf(topic, c));

    private async Task<IReadOnlyList<SearchRow>> Own(TopicId topic)
    {
        var (state, times) = (CaseState.None, new Dictionary<long, Moment>());
        await foreach (var happened in store.Journal.All(topic))
        {
            state = state.After(happened);
            if (happened.Event is CaseStarted or HallwayStarted or CasePromoted or CaseRevised or SectionRevised)
            {
                times[happened.N] = happened.At;
            }
        }
        // A hallway thread never had a question.
        var title = RowOf(topic, SearchRow.Case, FoundKind.Case, state.Author, times.GetValueOrDefault(state.Title.From), TextOf(state.Title.Words ?? "", state.Question.Words ?? ""));
        return
        [
            title,
            .. from kind in Enum.GetValues<SectionKind>()
               let section = state.Sections.FirstOrDefault(s => s.Kind == kind)
               select RowOf(topic, NameOf(kind), FoundKind.Section, state.Author, times.GetValueOrDefault(section?.Text.From ?? 0), section?.Text.Words ?? ""),
        ];
    }

    // Only who began a case describes it.
    private static IEnumerable<SearchRow> Described(TopicId topic, Envelope happened, string title, string question, IEnumerable<Section> sections) =>
        sections.Select(s => RowOf(topic, happened, s)).Prepend(RowOf(topic, SearchRow.Case, FoundKind.Case, happened.By, happened.At, TextOf(title, question)));

    private static ImmutableArray<Contribution> Folded(PageEvents page) =>
        page.Events.Aggregate(CaseState.None, (state, stored) => state.After(stored.Decode())).Recent;

    private static SearchRow RowOf(TopicId topic, Contribution said) =>
        RowOf(topic, said.Number, KindOf(said.Kind), said.By, said.At, TextOf(said.Text.Words, said.Evidence));

    private static SearchRow RowOf(TopicId topic, Envelope happened, Section section) =>
        RowOf(topic, NameOf(section.Kind), FoundKind.Section, happened.By, happened.At, section.Text);

    private static SearchRow RowOf(TopicId topic, string part, FoundKind kind, ClinicianId author, Moment at, string text) => new(topic, part, null, kind, author, at, text);

    private static SearchRow RowOf(TopicId topic, long number, FoundKind kind, ClinicianId author, Moment at, string text) =>
        new(topic, number.ToString(CultureInfo.InvariantCulture), number, kind, author, at, text);

    private static string TextOf(string text, Evidence? evidence) => evidence is null ? text : TextOf(TextOf(text, evidence.Reference), evidence.Supports);

    private static string TextOf(string first, string then) => first.Length == 0 ? then : then.Length == 0 ? first : first + "\n" + then;

    private static string NameOf(SectionKind kind) => kind.ToString("G").ToLowerInvariant();

    private static FoundKind KindOf(ContributionKind kind) => Enum.Parse<FoundKind>(kind.ToString("G"));
}
