using Microsoft.Data.Sqlite;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.GrandRounds;
using SocialQI.Institutions;
using SocialQI.Panels;
using SocialQI.Storage;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>Lists from the journal: what the reader of the tail kept event by event and what is folded anew must be the same lines.</summary>
public sealed class MakingListsAgain : IAsyncLifetime
{
    private const int PagesOfContributions = 2 * CaseState.RecentMax;
    private const int TopicsByEach = 300;

    private static readonly string[] Tables = ["case_list", "outcome_list", "rounds_list", "panel_list", "community_list", "institution_list", "person_list", "followed", "search_text"];

    private static readonly string[] Damage =
    [
        "update case_list set title = 'Wrong', folded = 'wrong', moved = 1, stage = 'Draft', last_number = null, condition_flat = 'Z99', hallway = 1",
        "update outcome_list set due = 1, who = 'nobody'",
        "insert into outcome_list (topic, due, who) values ('case.north-harbour.open.00000000000000000000000000000000', 1, '0')",
        "update panel_list set title = 'Wrong', stage = 'Open', rounds = 7, people = '', number = 0, moved = 1",
        "update rounds_list set title = 'Wrong', stage = 'Live', sequence = 7, people = '', number = 0, at = 1",
        "update community_list set name = 'Wrong'", "update institution_list set folded = 'wrong'", "update person_list set specialty = 'Wrong', version = 99",
        "delete from followed", "insert into followed (person, topic) values ('nobody', 'nothing')",
        "delete from search_text where rowid % 2 = 0", "update search_text set body = 'Wrong', words = 'wrong' where rowid % 3 = 0",
        "insert into search_text (topic, part, number, kind, author, at, body, words) select topic, '9999', 9999, 'Comment', author, 1, 'Never said', 'never said' from case_list where true",
        "insert into rounds_list select 'rounds.north-harbour.open.00000000000000000000000000000000', 1, stage, code, title, at, minutes, local, zone, series, planner, people, 0, 1 from rounds_list limit 1",
        "insert into case_list (topic, moved, author, title, hallway) values ('case.north-harbour.open.00000000000000000000000000000000', 1, '0', 'Stray', 0)",
        "insert into search_text (topic, part, number, kind, author, at, body, words) values ('case.north-harbour.open.00000000000000000000000000000000', '1', 1, 'Comment', '0', 1, 'Stray', 'stray')",
    ];

    private readonly CommunityId sepsis = new(Guid.NewGuid());
    private TestStore store = null!;
    private Silos silos = null!;
    private LiveTopic live = null!;

    private IKeeperGrain Keeper => silos.Grains.GetGrain<IKeeperGrain>("default");

    public async ValueTask InitializeAsync()
    {
        store = await TestStore.Open();
        silos = await Silos.Start(store, haste: 25);
        foreach (var (who, name, home) in new[] { (Ada, "Ada", NorthHarbour), (Ben, "Ben", Thornmere) })
        {
            await Of(who.Person.Topic).Must(new RegisterClinician(name, "Cardiology", Grade.Attending, home, InstitutionRole.Clinician), by: Passport.OfOperator);
        }
        await Of(NorthHarbour.Topic).Must(new FoundInstitution("North Harbour"), by: Passport.OfOperator);
        await Of(sepsis.Topic).Must(new FoundCommunity("Sepsis", "Less of it"));
        live = await Open(silos);
        await Keeper.Wake();
    }

    public async ValueTask DisposeAsync()
    {
        await silos.DisposeAsync();
        await store.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Mends_whatever_had_become_of_them(bool isWhole)
    {
        await Happen(isWhole ? PagesOfContributions : 3);
        await store.IsRead();
        var before = await Lines();
        await Run(Damage);
        Assert.NotEqual(before, await Lines());

        await MakeAgain();

        Assert.Equal(before, await Lines());
        Assert.Empty(await Search("never"));
        Assert.NotEmpty(await Search("lactate"));
        Assert.Equal(0, await Integrity());
    }

    [Fact]
    public async Task Compared_before_names_those_that_had_become_others_and_changes_nothing()
    {
        await Happen(3);
        await store.IsRead();
        await NothingDiffers();
        await Run(Damage);
        var damaged = await Lines();

        var (others, strays) = await Compare();

        string[] kinds = ["lists case", "lists rounds", "lists panel", "lists community", "lists institution", "lists clinician", "search case"];
        Assert.Equal(kinds.Order(), others.Select(o => o.Split('.')[0]).Distinct().Order());
        Assert.Equal(5, strays);
        Assert.Equal(damaged, await Lines());
        await MakeAgain();
        await NothingDiffers();
    }

    [Fact]
    public async Task Has_beside_it_snapshots_that_are_compared_with_what_is_folded()
    {
        await live.Say("Lactate");
        await store.IsRead();
        var head = (await store.Journal.Head(live.Topic, Stop))!;
        await silos.Keeper.Write(live.Topic, new Snapshot(store.Journal.Epoch, head.Number, head.Hash, new Cases.CaseRules().Freeze(new Cases.CaseRules().New(live.Topic))));
        Assert.Equal(["snapshots " + live.Topic], (await Compare()).Others);

        await silos.Keeper.Write(live.Topic, new Snapshot(store.Journal.Epoch, head.Number + 7, head.Hash, default));
        Assert.Equal(["snapshots " + live.Topic], (await Compare()).Others);

        await silos.Keeper.Clear(live.Topic);
        Assert.Empty((await Compare()).Others);
    }

    [Fact]
    public async Task While_much_is_written_ends_with_the_same_lines_and_shows_every_case_meanwhile()
    {
        await Happen(3);
        await store.IsRead();
        await Run(Damage);
        using var done = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Write(done.Token)));
        var reading = Watch(done.Token);

        for (var i = 0; i < 5; i++)
        {
            await MakeAgain();
        }
        await done.CancelAsync();
        await writing.Within("the last of the writing");
        await reading.Within("the last look at the list");

        await store.IsRead();
        var lines = await Lines();
        await MakeAgain();
        Assert.Equal(await Lines(), lines);
    }

    [Fact]
    public async Task That_was_broken_off_goes_on_where_it_was_unless_it_is_to_begin_anew()
    {
        var other = await Open(silos);
        await store.IsRead();
        var before = await Lines();
        var begun = await store.Tables.BeginRemaking("lists", Stop);
        await Run("update case_list set title = 'Wrong'");
        var between = new[] { live.Topic, other.Topic }.OrderBy(t => t.ToString(), StringComparer.Ordinal).First();
        await store.Tables.KeepRemaking("lists", begun with { After = between.ToString(), Done = 2 }, Stop);

        await MakeAgain("lists");
        Assert.Equal(1, await Count("select count(*) from case_list where title = 'Wrong'"));

        await store.Tables.KeepRemaking("lists", begun with { After = between.ToString(), Done = 2 }, Stop);
        await MakeAgain("lists", anew: true);
        Assert.Equal(before, await Lines());
        Assert.Equal(0, await Count("select count(*) from rebuild"));
    }

    private LiveTopic Of(TopicId topic) => new(silos, topic);

    // Everything that can happen to a line or a text.
    private async Task Happen(int contributions)
    {
        await Of(Ada.Person.Topic).Must(new FollowTopic(live.Topic));
        await Of(Ada.Person.Topic).Must(new FollowTopic(sepsis.Topic));
        await Of(Ada.Person.Topic).Must(new UnfollowTopic(sepsis.Topic));
        await live.Must(new ReviseCase("Revised", "Why?", new("I21.4", "NSTEMI")));
        await live.Must(new ReviseSection(new(SectionKind.History, "Long")));
        for (var i = 0; i < contributions; i++)
        {
            await live.Say($"Lactate {i}");
        }
        var (edited, withdrawn, gone) = (await live.Say("Said"), await live.Say("Withdrawn"), await live.Say("Identifying"));
        await live.Must(new EditContribution(edited.First, "Said better"));
        await live.Must(new WithdrawContribution(withdrawn.First));
        await live.Must(new RedactText(gone.First, RedactionGround.Identifiers), by: Chief);
        await live.Must(new AddFact(2, "Ferritin high"));
        await live.Must(new ExpectOutcome("The culture", Moment.Of(TimeProvider.System.GetUtcNow()) + TimeSpan.FromDays(9), Ben.Person, new(0)));
        await live.Must(new CloseCase("Measure lactate"));
        var hallway = Of(AnyTopic());
        await hallway.Must(new StartHallway("Anybody seen this?", new Visibility(VisibilityKind.Network), Attestation: new(0)));
        await hallway.Must(new PromoteHallway("A case now", "And then?", null, [new(SectionKind.Course, "Better")], Attestation: new(0)));
        await Of(AnyTopic()).Must(new StartCase("A draft", "Not shown?"));
        await Meet();
        await Of(AnyTopic()).Must(new StartHallway("Only a line", new Visibility(VisibilityKind.Network), Attestation: new(0)));
    }

    private async Task Meet()
    {
        var plan = new RoundsPlan("Grand rounds", "Less sepsis", $"{DateTime.UtcNow.AddDays(9):yyyy-MM-dd}T07:00", "Europe/London", 45, new Visibility(VisibilityKind.Institution));
        var (held, cancelled) = (Of(TopicId.Rounds(NorthHarbour, Guid.NewGuid())), Of(TopicId.Rounds(NorthHarbour, Guid.NewGuid())));
        await held.Must(new PlanRounds(plan));
        await held.Must(new ReviseRounds(plan with { Moderators = [Ben.Person], Minutes = 60 }, new(0)));
        foreach (var command in new RoundsCommand[] { new OpenLobby(), new GoLive(), new OpenDiscussion(), new CloseRounds() })
        {
            await held.Must(command);
        }
        await cancelled.Must(new PlanRounds(plan));
        await cancelled.Must(new CancelRounds("Nobody can come"));
        await Of(TopicId.Rounds(NorthHarbour, Guid.NewGuid())).Must(new PlanRounds(plan));
        var panel = Of(TopicId.Panel(NorthHarbour, Guid.NewGuid()));
        await panel.Must(new PlanPanel(new("Telemetry", "1 never, 9 always", ["New fibrillation", "Syncope"], [.. Enumerable.Range(1, 3).Select(_ => new ClinicianId(Guid.NewGuid()))], new(), new Visibility(VisibilityKind.Institution))));
        await panel.Must(new BeginRound());
    }

    // As fast as it goes, but not for ever: each time the lists are made again there is more to make, and a slow machine would never be done with the test.
    private async Task Write(CancellationToken until)
    {
        for (var i = 0; i < TopicsByEach && !until.IsCancellationRequested; i++)
        {
            var topic = Of(AnyTopic());
            await topic.Must(new StartHallway("A line", new Visibility(VisibilityKind.Network), Attestation: new(0)));
            var said = await topic.Must(Saying("Something"));
            await topic.Must(new EditContribution(said.First, "Something else"));
        }
    }

    private async Task Watch(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            Assert.Contains(live.Topic, (await store.Tables.Cases(new(Ada.Person, [Audience.Network]), new(Stage: null, Mine: true), new(Take: 10_000), Stop)).Lines.Select(l => l.Topic));
        }
    }

    private async Task NothingDiffers()
    {
        var (others, strays) = await Compare();
        Assert.Empty(others);
        Assert.Equal(0, strays);
    }

    private async Task<(List<string> Others, long Strays)> Compare()
    {
        var (others, strays) = (new List<string>(), 0L);
        foreach (var what in Keeping.Comparable.All)
        {
            var some = new ComparedSome("", 0, [], 0, false, false);
            while (!some.IsDone)
            {
                some = await Keeper.Compare(what, some.Through, 7).Within("some of " + what);
                Assert.False(some.IsLate);
                others.AddRange(some.Others.Select(o => $"{what} {o}"));
                strays += some.Strays;
            }
        }
        return (others, strays);
    }

    private async Task MakeAgain()
    {
        foreach (var list in ListNames.All)
        {
            await MakeAgain(list);
        }
    }

    private async Task MakeAgain(string list, bool anew = false)
    {
        while (!(await Keeper.MakeAgain(list, anew).Within("some of the list " + list)).IsDone)
        {
            anew = false;
        }
    }

    private async Task<IEnumerable<long?>> Search(string word) =>
        (await store.Tables.Search(new(Ada.Person, [Audience.Network, Audience.Person(Ada.Person)]), new([word], []), new(), Stop)).Lines.Select(f => f.Number);

    private async Task<List<string>> Lines()
    {
        await using var connection = await Connect();
        var lines = new List<string>();
        foreach (var table in Tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"select * from {table}";
            await using var row = await command.ExecuteReaderAsync(Stop);
            var some = new List<string>();
            while (await row.ReadAsync(Stop))
            {
                some.Add(table + ": " + string.Join('|', Enumerable.Range(0, row.FieldCount).Where(i => row.GetName(i) != "id").Select(row.GetValue)));
            }
            lines.AddRange(some.Order(StringComparer.Ordinal));
        }
        return lines;
    }

    // Fails when the index of words is not that of the texts.
    private Task<long> Integrity() => Count("insert into search_words (search_words, rank) values ('integrity-check', 1) returning 0");

    private async Task<long> Count(string sql)
    {
        await using var connection = await Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(Stop), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task Run(params string[] statements)
    {
        await using var connection = await Connect();
        foreach (var sql in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(Stop);
        }
    }

    private async Task<SqliteConnection> Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(store.Folder, "journal.db")};Pooling=false");
        await connection.OpenAsync(Stop);
        return connection;
    }
}
