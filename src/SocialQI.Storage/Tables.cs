using System.Collections.Immutable;
using SocialQI.Storage.Search;
using SocialQI.Wire;

namespace SocialQI.Storage;

/// <summary>The tables beside the journal: who holds what, who may follow what, what is due, and the lists people read.</summary>
public interface ITables
{
    /// <summary>How many privacy officers of an institution are told of something.</summary>
    const int OfficersMax = 50;

    /// <summary>A person's passport and the position at which it is true.</summary>
    ValueTask<Passport> Passport(ClinicianId person, CancellationToken stop);

    /// <summary>Who keeps the privacy of an institution at a moment, at most <see cref="OfficersMax"/>.</summary>
    ValueTask<IReadOnlyList<ClinicianId>> PrivacyOfficers(InstitutionId institution, Moment at, CancellationToken stop);

    /// <summary>The keys that open a topic; empty when it does not exist.</summary>
    ValueTask<ImmutableArray<string>> AudienceOf(TopicId topic, CancellationToken stop);

    /// <summary>The heads of those of the given topics that one of the reader's keys opens.</summary>
    ValueTask<IReadOnlyList<TopicHead>> Heads(Reader reader, IReadOnlyCollection<TopicId> topics, CancellationToken stop);

    /// <summary>Plans whose time has come, earliest first.</summary>
    ValueTask<IReadOnlyList<PlannedCommand>> Due(Moment now, int shard, int shards, int max, CancellationToken stop);

    /// <summary>How far a reader of the tail has come; 0 when it has never read.</summary>
    ValueTask<long> TailPosition(string reader, CancellationToken stop);

    /// <summary>Keeps how far a reader of the tail has come.</summary>
    ValueTask KeepTailPosition(string reader, long position, CancellationToken stop);

    /// <summary>Puts lines in place of those of the same key, and keeps how far the list's reader has come, in one transaction.</summary>
    ValueTask KeepLists(string reader, long position, ListRows rows, CancellationToken stop);

    /// <summary>Puts texts in place of those of the same part, and keeps how far the search's reader has come, in one transaction.</summary>
    ValueTask KeepSearch(string reader, long position, IReadOnlyList<SearchRow> rows, CancellationToken stop);

    /// <summary>Cases that one of the reader's keys opens, last moved first.</summary>
    ValueTask<Listed<CaseLine>> Cases(Reader reader, CaseFilter filter, PageAsked page, CancellationToken stop);

    /// <summary>Cases whose outcome the reader waits for, as their author or as who will say it, the first that is due first.</summary>
    ValueTask<Listed<OutcomeLine>> Outcomes(Reader reader, PageAsked page, CancellationToken stop);

    /// <summary>Sessions that one of the reader's keys opens.</summary>
    ValueTask<Listed<RoundsLine>> Rounds(Reader reader, RoundsWhen when, PageAsked page, CancellationToken stop);

    /// <summary>Sessions that begin within a time, the nearest to now first.</summary>
    ValueTask<IReadOnlyList<RoundsEntry>> RoundsBetween(Reader reader, Moment from, Moment until, int take, CancellationToken stop);

    /// <summary>The session that is on and has this code; null: none that the reader may see.</summary>
    ValueTask<TopicId?> RoundsCoded(Reader reader, string code, CancellationToken stop);

    /// <summary>Panels that one of the reader's keys opens, last moved first.</summary>
    ValueTask<Listed<PanelLine>> Panels(Reader reader, PageAsked page, CancellationToken stop);

    /// <summary>Texts of cases that one of the reader's keys opens: those that fit best first, then the newest.</summary>
    ValueTask<Listed<Found>> Search(Reader reader, SearchAsked asked, PageAsked page, CancellationToken stop);

    /// <summary>Cases, communities and people whose names have words that begin so.</summary>
    ValueTask<Jumps> Jump(Reader reader, string text, CancellationToken stop);

    /// <summary>Communities by name.</summary>
    ValueTask<IReadOnlyList<CommunityLine>> Communities(ClinicianId reader, int skip, int take, CancellationToken stop);

    /// <summary>Communities whose name has all these words.</summary>
    ValueTask<IReadOnlyList<CommunityId>> CommunitiesCalled(ClinicianId reader, string text, int take, CancellationToken stop);

    /// <summary>Members of a community, moderators first, then by name.</summary>
    ValueTask<Listed<MemberLine>> Members(ClinicianId reader, CommunityId community, PeopleFilter filter, PageAsked page, CancellationToken stop);

    /// <summary>Institutions by name.</summary>
    ValueTask<IReadOnlyList<InstitutionLine>> Institutions(int skip, int take, CancellationToken stop);

    /// <summary>What those of these institutions are called that there are.</summary>
    ValueTask<IReadOnlyDictionary<InstitutionId, string>> NamesOf(IReadOnlyCollection<InstitutionId> institutions, CancellationToken stop);

    /// <summary>What the directory knows of people.</summary>
    ValueTask<IReadOnlyList<DirectoryEntry>> Directory(ClinicianId reader, IReadOnlyCollection<ClinicianId> people, CancellationToken stop);

    /// <summary>People by name.</summary>
    ValueTask<Listed<DirectoryEntry>> People(ClinicianId reader, PeopleFilter filter, PageAsked page, CancellationToken stop);

    /// <summary>How far a person has read topics, as contribution counts.</summary>
    ValueTask<IReadOnlyDictionary<TopicId, long>> ReadPositions(ClinicianId person, IReadOnlyCollection<TopicId> topics, CancellationToken stop);

    /// <summary>A person has read this many contributions of a topic; merged by max.</summary>
    ValueTask KeepReadPosition(ClinicianId person, TopicId topic, long contributions, CancellationToken stop);

    /// <summary>How far the making again of a list has come; null when none was begun.</summary>
    ValueTask<Remaking?> Remaking(string list, CancellationToken stop);

    /// <summary>A list is made again from the beginning.</summary>
    ValueTask<Remaking> BeginRemaking(string list, CancellationToken stop);

    /// <summary>Keeps how far it has come.</summary>
    ValueTask KeepRemaking(string list, Remaking progress, CancellationToken stop);

    /// <summary>All topics are done: lines of topics that do not exist go.</summary>
    ValueTask EndRemaking(string list, CancellationToken stop);

    /// <summary>Topics after one that began at a position or before, in the order of their names.</summary>
    ValueTask<IReadOnlyList<TopicId>> TopicsAfter(string after, long through, int max, CancellationToken stop);

    /// <summary>Puts lines in place of all that these topics have.</summary>
    ValueTask<Replaced> ReplaceLists(Replacing asked, ListRows rows, CancellationToken stop);

    /// <summary>Puts texts in place of all that these topics have there.</summary>
    ValueTask<Replaced> ReplaceSearch(Replacing asked, SearchSpan span, IReadOnlyList<SearchRow> rows, CancellationToken stop);

    /// <summary>How many lines of a list are of topics that do not exist.</summary>
    ValueTask<long> Strays(string list, CancellationToken stop);

    /// <summary>The homes that are being taken in from another network.</summary>
    ValueTask<IReadOnlyList<InstitutionId>> Adopting(CancellationToken stop);

    /// <summary>A home is being taken in, or has been.</summary>
    ValueTask KeepAdopting(InstitutionId home, bool isGoingOn, CancellationToken stop);

    /// <summary>The keys that protect cookies, as XML.</summary>
    IReadOnlyList<string> ProtectionKeys();

    /// <summary>Keeps one more of them.</summary>
    void KeepProtectionKey(string name, string xml);
}

/// <summary>A plan whose time has come.</summary>
public sealed record PlannedCommand(TopicId Topic, string Key, Moment At);
