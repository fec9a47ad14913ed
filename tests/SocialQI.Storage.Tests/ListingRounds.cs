using SocialQI.Cases;
using SocialQI.GrandRounds;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>Sessions in lists and calendars.</summary>
public abstract class ListingRounds(ITestDatabase database) : StoreContract(database)
{
    protected override ClinicianId[] Employed => [Ada, Ben];

    private static readonly Reader ada = new(Ada, ["n"]);

    private long position;

    [Fact]
    public async Task Shows_those_to_come_soonest_first_and_goes_on_from_a_place()
    {
        var sessions = await Plan(7, i => Noon + TimeSpan.FromHours(i / 2));
        var first = await Lines(RoundsWhen.Coming, null, 3);
        var second = await Lines(RoundsWhen.Coming, first.Next, 3);
        var third = await Lines(RoundsWhen.Coming, second.Next, 3);

        var inOrder = sessions.Select((s, i) => (s.Topic, Hour: i / 2)).OrderBy(s => s.Hour).ThenBy(s => s.Topic.ToString(), StringComparer.Ordinal).Select(s => s.Topic);
        Assert.Equal(inOrder, [.. first.Lines.Concat(second.Lines).Concat(third.Lines).Select(l => l.Rounds)]);
        Assert.Null(third.Next);
        Assert.Equal("not-a-place-in-the-list", (await Lines(RoundsWhen.Coming, "nonsense", 3)).Refusal?.Code);
    }

    [Fact]
    public async Task Shows_those_that_are_over_newest_first_and_goes_on_from_a_place()
    {
        var sessions = await Plan(5, i => Noon + TimeSpan.FromHours(i / 2));
        await Keep([.. sessions.Select((s, i) => Moved(s, 2, i % 2 == 0 ? RoundsStage.Closed : RoundsStage.Cancelled))]);
        var first = await Lines(RoundsWhen.Past, null, 2);
        var second = await Lines(RoundsWhen.Past, first.Next, 5);

        var inOrder = sessions.Select((s, i) => (s.Topic, Hour: i / 2)).OrderByDescending(s => s.Hour).ThenByDescending(s => s.Topic.ToString(), StringComparer.Ordinal).Select(s => s.Topic);
        Assert.Equal(inOrder, [.. first.Lines.Concat(second.Lines).Select(l => l.Rounds)]);
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Has_each_in_one_list_at_a_time_wherever_it_is_in_its_life()
    {
        var session = (await Plan(1, _ => Noon))[0];
        var where = new List<RoundsWhen> { await Where(session) };
        foreach (var (stage, i) in new[] { RoundsStage.Lobby, RoundsStage.Live, RoundsStage.Discussion, RoundsStage.Closed }.Select((s, i) => (s, i)))
        {
            await Keep(Moved(session, i + 2, stage));
            where.Add(await Where(session));
            Assert.Equal(stage, (await Entry(session)).Line.Stage);
        }
        Assert.Equal([RoundsWhen.Coming, RoundsWhen.On, RoundsWhen.On, RoundsWhen.On, RoundsWhen.Past], where);
    }

    [Fact]
    public async Task Lets_one_that_was_never_opened_go_a_day_after_it_was_to_end()
    {
        var session = (await Plan(1, _ => Noon))[0];
        Clock.Now = Noon + TimeSpan.FromMinutes(45) + TimeSpan.FromDays(1) + -TimeSpan.FromSeconds(1);
        Assert.Equal(RoundsWhen.Coming, await Where(session));
        Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(RoundsWhen.Past, await Where(session));
    }

    [Fact]
    public async Task Counts_each_change_of_a_plan_once_however_often_it_is_told()
    {
        var session = (await Plan(1, _ => Noon))[0];
        var revised = Planned(session, Noon + TimeSpan.FromDays(1)) with { Number = 2, At = Noon + TimeSpan.FromMinutes(2), ChangesPlan = true };
        var live = Moved(session, 3, RoundsStage.Live) with { At = Noon + TimeSpan.FromMinutes(3) };
        var cancelled = Moved(session, 4, RoundsStage.Cancelled) with { At = Noon + TimeSpan.FromMinutes(4), ChangesPlan = true };
        foreach (var (row, sequence, changed) in new[] { (revised, 1, 2), (revised, 1, 2), (live, 1, 2), (revised, 1, 2), (cancelled, 2, 4), (live, 2, 4), (cancelled, 2, 4) })
        {
            await Keep(row);
            var entry = await Entry(session);
            Assert.Equal((sequence, Noon + TimeSpan.FromMinutes(changed), Noon + TimeSpan.FromDays(1)), (entry.Sequence, entry.Changed, entry.Line.At));
        }
        Assert.Equal(RoundsStage.Cancelled, (await Entry(session)).Line.Stage);
    }

    [Fact]
    public async Task Says_whose_they_are_who_lead_or_present()
    {
        var sessions = await Plan(4, _ => Noon);
        await Keep(
            Changed(sessions[1], p => p with { Moderators = [Ben] }),
            Changed(sessions[2], p => p with { Agenda = [new("A part", Ben, 0, 10)] }),
            Changed(sessions[3], p => p with { Agenda = [new("A part", new ClinicianId(Guid.NewGuid()), 0, 10)] }));
        Assert.Equal([true, true, true, true], await Mine(Ada));
        Assert.Equal([false, true, true, false], await Mine(Ben));

        async Task<IEnumerable<bool>> Mine(ClinicianId who)
        {
            var lines = (await Tables.Rounds(new(who, ["n"]), RoundsWhen.Coming, new(), Stop)).Lines;
            return sessions.Select(s => lines.Single(l => l.Rounds == s.Topic).IsMine);
        }
    }

    [Fact]
    public async Task Finds_by_its_code_the_one_that_is_on_and_may_be_seen()
    {
        var sessions = await Plan(2, _ => Noon);
        var code = ShortCode.Of(sessions[0].Topic);
        Assert.Null(await Tables.RoundsCoded(ada, code, Stop));

        await Keep(Moved(sessions[0], 2, RoundsStage.Lobby), Moved(sessions[1], 2, RoundsStage.Closed));
        Assert.Equal(sessions[0].Topic, await Tables.RoundsCoded(ada, code, Stop));
        Assert.Null(await Tables.RoundsCoded(ada, ShortCode.Of(sessions[1].Topic), Stop));
        Assert.Null(await Tables.RoundsCoded(new(Ben, [Audience.Person(Ben)]), code, Stop));
    }

    [Fact]
    public async Task Gives_a_calendar_the_nearest_to_now_of_a_time()
    {
        var sessions = await Plan(6, i => Noon + TimeSpan.FromHours(10 * (i - 3)));
        Assert.Equal(
            [sessions[3].Topic, sessions[2].Topic, sessions[4].Topic],
            from entry in await Tables.RoundsBetween(ada, Noon + -TimeSpan.FromHours(15), Noon + TimeSpan.FromHours(100), 3, Stop)
            orderby Math.Abs(entry.Line.At.Micros - Noon.Micros), entry.Line.Rounds == sessions[4].Topic
            select entry.Line.Rounds);
        Assert.Equal(2, (await Tables.RoundsBetween(ada, Noon + -TimeSpan.FromHours(15), Noon, 10, Stop)).Count);
    }

    [Fact]
    public async Task Keeps_the_digest_of_one_address_for_each_person()
    {
        await Store.Calendars.Keep(Ada, [1, 2], Stop);
        await Store.Calendars.Keep(Ben, [3, 4], Stop);
        Assert.Equal((Ada, Ben), (await Store.Calendars.Find([1, 2], Stop), await Store.Calendars.Find([3, 4], Stop)));

        await Store.Calendars.Keep(Ada, [5, 6], Stop);
        Assert.Equal((null, Ada), (await Store.Calendars.Find([1, 2], Stop), await Store.Calendars.Find([5, 6], Stop)));

        await Store.Calendars.End(Ada, Stop);
        await Store.Calendars.End(Ada, Stop);
        Assert.Equal((null, Ben), (await Store.Calendars.Find([5, 6], Stop), await Store.Calendars.Find([3, 4], Stop)));
    }

    private static RoundsPlan PlanOf() => new("Grand rounds", "Less sepsis", "2026-11-23T12:00", "Europe/London", 45, new Visibility(VisibilityKind.Network));

    private static RoundsRow Planned(Chain session, Moment begins) => new(session.Topic, 1, Noon, null, new(PlanOf(), begins, Ada));

    private static RoundsRow Changed(Chain session, Func<RoundsPlan, RoundsPlan> change) =>
        new(session.Topic, 2, Noon, null, new(change(PlanOf()), Noon), ChangesPlan: true);

    private static RoundsRow Moved(Chain session, long number, RoundsStage stage) => new(session.Topic, number, Noon, stage);

    private async Task<Chain[]> Plan(int count, Func<int, Moment> begins)
    {
        Chain[] sessions = [.. Enumerable.Range(0, count).Select(_ => new Chain(TopicId.Rounds(Harbour, Guid.NewGuid())))];
        foreach (var (session, i) in sessions.Select((s, i) => (s, i)))
        {
            await session.Commit(Journal, new RoundsPlanned(PlanOf(), begins(i), Ada, ["n"]));
            await Keep(Planned(session, begins(i)));
        }
        return sessions;
    }

    private async Task Keep(params RoundsRow[] rows) => await Tables.KeepLists("lists", ++position, ListRows.None with { Rounds = rows }, Stop);

    private ValueTask<Listed<RoundsLine>> Lines(RoundsWhen when, string? after, int take) => Tables.Rounds(ada, when, new(after, take), Stop);

    private async Task<RoundsWhen> Where(Chain session)
    {
        var where = new List<RoundsWhen>();
        foreach (var when in Enum.GetValues<RoundsWhen>())
        {
            where.AddRange((await Lines(when, null, 50)).Lines.Any(l => l.Rounds == session.Topic) ? [when] : []);
        }
        return Assert.Single(where);
    }

    private async Task<RoundsEntry> Entry(Chain session) =>
        Assert.Single(await Tables.RoundsBetween(ada, Noon + -TimeSpan.FromDays(9), Noon + TimeSpan.FromDays(9), 9, Stop), e => e.Line.Rounds == session.Topic);
}

public sealed class ListingRoundsOfSqlite() : ListingRounds(new SqliteTestDatabase());

public sealed class ListingRoundsOfPostgres(PrivatePostgres postgres) : ListingRounds(new PostgresTestDatabase(postgres));
