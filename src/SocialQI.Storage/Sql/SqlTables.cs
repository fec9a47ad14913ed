using System.Collections.Immutable;
using SocialQI.Storage.Search;
using SocialQI.Wire;

namespace SocialQI.Storage.Sql;

/// <summary>The tables beside the journal.</summary>
/// <param name="database">Where they are.</param>
/// <param name="clock">Says which affiliations hold now, where the question does not name a moment.</param>
internal sealed class SqlTables(IDatabase database, TimeProvider clock) : ITables
{
    private readonly CaseList cases = new(database);
    private readonly RoundsList rounds = new(database);
    private readonly PanelList panels = new(database);
    private readonly Places places = new(database);
    private readonly People people = new(database);
    private readonly Searching searching = new(database);
    private readonly SearchKeeping texts = new(database);
    private readonly MakingAgain makingAgain = new(database);

    private Moment Now => Moment.Of(clock.GetUtcNow());

    public ValueTask<Passport> Passport(ClinicianId person, CancellationToken stop) => database.Read(c => Passports.Of(c, person, Now, stop), stop);

    public async ValueTask<IReadOnlyList<ClinicianId>> PrivacyOfficers(InstitutionId institution, Moment at, CancellationToken stop) =>
        await database.Read(c => Passports.PrivacyOfficers(c, institution, at, ITables.OfficersMax, stop), stop);

    public async ValueTask<ImmutableArray<string>> AudienceOf(TopicId topic, CancellationToken stop) =>
        [.. await database.Read(
            c => c.All("select key from audience where topic = @topic order by key", row => row.GetString(0), stop, ("topic", topic.ToString())), stop)];

    public async ValueTask<IReadOnlyList<TopicHead>> Heads(Reader reader, IReadOnlyCollection<TopicId> topics, CancellationToken stop) =>
        await database.ReadFor(
            reader.Person,
            c => c.All(
                $"""
                select h.topic, h.number, h.contributions from head h where h.topic {database.In("@topics")}
                and exists (select 1 from audience a where a.topic = h.topic and a.key {database.In("@keys")}) order by h.topic
                """,
                row => new TopicHead(row.TopicAt(0), row.GetInt64(1), row.GetInt64(2)), stop,
                ("topics", List(topics)), ("keys", database.List(reader.Keys))),
            stop);

    public async ValueTask<IReadOnlyList<PlannedCommand>> Due(Moment now, int shard, int shards, int max, CancellationToken stop) =>
        await database.Read(
            c => c.All(
                $"select topic, key, at from due where shard in ({DueShard.Share(shard, shards)}) and at <= @now order by at, topic, key limit @max",
                row => new PlannedCommand(row.TopicAt(0), row.GetString(1), row.MomentAt(2)), stop, ("now", now.Micros), ("max", max)),
            stop);

    public ValueTask<long> TailPosition(string reader, CancellationToken stop) =>
        database.Read(c => c.First("select position from tail_reader where name = @name", row => row.GetInt64(0), stop, ("name", reader)), stop);

    public ValueTask KeepTailPosition(string reader, long position, CancellationToken stop) =>
        database.Write(
            c => c.Run(
                "insert into tail_reader (name, position) values (@name, @position) on conflict (name) do update set position = excluded.position",
                stop, ("name", reader), ("position", position)),
            stop);

    public ValueTask KeepLists(string reader, long position, ListRows rows, CancellationToken stop) =>
        database.Write(c => ListKeeping.Keep(c, reader, position, () => ListKeeping.Keep(c, rows, stop), stop), stop);

    public ValueTask KeepSearch(string reader, long position, IReadOnlyList<SearchRow> rows, CancellationToken stop) =>
        database.Write(c => ListKeeping.Keep(c, reader, position, () => texts.Keep(c, rows, stop), stop), stop);

    public ValueTask<Listed<CaseLine>> Cases(Reader reader, CaseFilter filter, PageAsked page, CancellationToken stop) =>
        database.ReadFor(reader.Person, c => cases.Read(c, reader, filter, page, Now, stop), stop);

    public ValueTask<Listed<OutcomeLine>> Outcomes(Reader reader, PageAsked page, CancellationToken stop) =>
        database.ReadFor(reader.Person, c => cases.Outcomes(c, reader, page, stop), stop);

    public ValueTask<Listed<RoundsLine>> Rounds(Reader reader, RoundsWhen when, PageAsked page, CancellationToken stop) =>
        database.ReadFor(reader.Person, c => rounds.Read(c, reader, when, page, Now, stop), stop);

    public async ValueTask<IReadOnlyList<RoundsEntry>> RoundsBetween(Reader reader, Moment from, Moment until, int take, CancellationToken stop) =>
        await database.ReadFor(reader.Person, c => rounds.Between(c, reader, from, until, Now, take, stop), stop);

    public ValueTask<TopicId?> RoundsCoded(Reader reader, string code, CancellationToken stop) =>
        database.ReadFor(reader.Person, c => rounds.Coded(c, reader, code, stop), stop);

    public ValueTask<Listed<PanelLine>> Panels(Reader reader, PageAsked page, CancellationToken stop) =>
        database.ReadFor(reader.Person, c => panels.Read(c, reader, page, stop), stop);

    public ValueTask<Listed<Found>> Search(Reader reader, SearchAsked asked, PageAsked page, CancellationToken stop) =>
        database.ReadFor(reader.Person, c => searching.Read(c, reader, asked, page, stop), stop);

    public ValueTask<Jumps> Jump(Reader reader, string text, CancellationToken stop) =>
        database.ReadFor(
            reader.Person,
            async c =>
            {
                var titled = await cases.Titled(c, reader, text, Jumps.Max, stop);
                var communities = await Places.CommunitiesNamed(c, reader.Person, text, Jumps.Max, stop);
                var named = string.IsNullOrWhiteSpace(text) ? [] : await people.Named(c, text, Jumps.Max, Now, stop);
                return new Jumps([.. titled], [.. communities], [.. named]);
            },
            stop);

    public ValueTask<IReadOnlyList<CommunityLine>> Communities(ClinicianId reader, int skip, int take, CancellationToken stop) =>
        places.CommunitiesByName(reader, skip, take, stop);

    public ValueTask<IReadOnlyList<CommunityId>> CommunitiesCalled(ClinicianId reader, string text, int take, CancellationToken stop) =>
        places.CommunitiesCalled(reader, text, take, stop);

    public ValueTask<Listed<MemberLine>> Members(ClinicianId reader, CommunityId community, PeopleFilter filter, PageAsked page, CancellationToken stop) =>
        database.ReadFor(reader, c => people.Members(c, community, filter, page, Now, stop), stop);

    public ValueTask<IReadOnlyList<InstitutionLine>> Institutions(int skip, int take, CancellationToken stop) => places.Institutions(skip, take, stop);

    public ValueTask<IReadOnlyDictionary<InstitutionId, string>> NamesOf(IReadOnlyCollection<InstitutionId> institutions, CancellationToken stop) =>
        places.NamesOf(institutions, stop);

    public ValueTask<IReadOnlyList<DirectoryEntry>> Directory(ClinicianId reader, IReadOnlyCollection<ClinicianId> people, CancellationToken stop) =>
        database.ReadFor(reader, c => this.people.Known(c, people, Now, stop), stop);

    public ValueTask<Listed<DirectoryEntry>> People(ClinicianId reader, PeopleFilter filter, PageAsked page, CancellationToken stop) =>
        database.ReadFor(reader, c => people.Read(c, filter, page, Now, stop), stop);

    public ValueTask<Remaking?> Remaking(string list, CancellationToken stop) => makingAgain.Progress(list, stop);

    public ValueTask<Remaking> BeginRemaking(string list, CancellationToken stop) => makingAgain.Begin(list, stop);

    public ValueTask KeepRemaking(string list, Remaking progress, CancellationToken stop) => makingAgain.Keep(list, progress, stop);

    public ValueTask EndRemaking(string list, CancellationToken stop) => makingAgain.End(list, stop);

    public ValueTask<IReadOnlyList<TopicId>> TopicsAfter(string after, long through, int max, CancellationToken stop) =>
        makingAgain.Topics(after, through, max, stop);

    public ValueTask<Replaced> ReplaceLists(Replacing asked, ListRows rows, CancellationToken stop) =>
        makingAgain.Replace(
            asked,
            async c =>
            {
                await MakingAgain.Forget(c, asked.Topics, stop);
                await ListKeeping.Keep(c, rows, stop);
            },
            (c, topic) => MakingAgain.Lines(c, topic, stop),
            stop);

    public ValueTask<Replaced> ReplaceSearch(Replacing asked, SearchSpan span, IReadOnlyList<SearchRow> rows, CancellationToken stop) =>
        makingAgain.Replace(
            asked,
            async c =>
            {
                await SearchKeeping.Forget(c, asked.Topics, span, stop);
                await texts.Keep(c, rows, stop);
            },
            (c, topic) => SearchKeeping.Lines(c, topic, span, stop),
            stop);

    public ValueTask<long> Strays(string list, CancellationToken stop) => makingAgain.Strays(list, stop);

    public async ValueTask<IReadOnlyList<InstitutionId>> Adopting(CancellationToken stop) =>
        await database.Read(c => c.All("select home from adopting", row => InstitutionId.Parse(row.GetString(0)), stop), stop);

    public ValueTask KeepAdopting(InstitutionId home, bool isGoingOn, CancellationToken stop) =>
        database.Write(
            c => c.Run(
                isGoingOn ? "insert into adopting (home) values (@home) on conflict do nothing" : "delete from adopting where home = @home", stop, ("home", home.ToString())),
            stop);

    public async ValueTask<IReadOnlyDictionary<TopicId, long>> ReadPositions(
        ClinicianId person, IReadOnlyCollection<TopicId> topics, CancellationToken stop)
    {
        var read = await database.ReadFor(
            person,
            c => c.All(
                $"select topic, contributions from read_position where person = @person and topic {database.In("@topics")}",
                row => (Topic: row.TopicAt(0), Contributions: row.GetInt64(1)), stop, ("person", person.ToString()), ("topics", List(topics))),
            stop);
        return read.ToDictionary(r => r.Topic, r => r.Contributions);
    }

    public ValueTask KeepReadPosition(ClinicianId person, TopicId topic, long contributions, CancellationToken stop) =>
        database.Write(
            c => c.Run(
                """
                insert into read_position (person, topic, contributions) values (@person, @topic, @contributions)
                on conflict (person, topic) do update set contributions = excluded.contributions
                where read_position.contributions < excluded.contributions
                """,
                stop, ("person", person.ToString()), ("topic", topic.ToString()), ("contributions", contributions)),
            stop);

    // ASP.NET Core asks for its keys synchronously, seldom, and where nothing else runs on the thread.
    public IReadOnlyList<string> ProtectionKeys() =>
        database.Read(c => c.All("select xml from protection_key order by name", row => row.GetString(0), default), default).AsTask().GetAwaiter().GetResult();

    public void KeepProtectionKey(string name, string xml) =>
        database.Write(
            c => c.Run(
                "insert into protection_key (name, xml) values (@name, @xml) on conflict (name) do update set xml = excluded.xml",
                default, ("name", name), ("xml", xml)),
            default).AsTask().GetAwaiter().GetResult();

    private object List(IEnumerable<TopicId> topics) => database.List(topics.Select(t => t.ToString()));
}
