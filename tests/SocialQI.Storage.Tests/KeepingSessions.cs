using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>Who is signed in, and that every end is heard of once.</summary>
public abstract class KeepingSessions(ITestDatabase database) : StoreContract(database)
{
    private static readonly InstitutionId here = InstitutionId.Parse("north-harbour");
    private static readonly InstitutionId there = InstitutionId.Parse("thornmere");

    private Sessions Sessions => Store.Sessions;

    [Fact]
    public async Task Finds_what_was_begun_until_it_is_ended()
    {
        var session = await Begin(Ada);
        Assert.Equal(session, (await Sessions.Find(session.Id, Stop)).Session);
        Assert.Null((await Sessions.Find(Guid.NewGuid(), Stop)).Session);

        Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(1, await Sessions.End(new(Ada, session.Id), SessionEnd.SignedOut, Stop));
        Assert.Equal(session with { Ended = Moment.Of(Clock.GetUtcNow()), Reason = SessionEnd.SignedOut }, (await Sessions.Find(session.Id, Stop)).Session);
        Assert.Equal(0, await Sessions.End(new(Ada, session.Id), SessionEnd.Idle, Stop));
        Assert.Empty(await Sessions.Of(Ada, Stop));
    }

    [Fact]
    public async Task Ends_only_what_is_meant()
    {
        var (one, other, elsewhere, bens) = (await Begin(Ada), await Begin(Ada), await Begin(Ada, there), await Begin(Ben));
        await Sessions.Seen(other.Id, Now + TimeSpan.FromSeconds(9), Stop);

        Assert.Equal(0, await Sessions.End(new(Ben, one.Id), SessionEnd.EndedElsewhere, Stop));
        Assert.Equal(0, await Sessions.End(new(Id: other.Id, SeenUntil: Now), SessionEnd.Idle, Stop));
        Assert.Equal(1, await Sessions.End(new(Ada, Institution: there), SessionEnd.Closed, Stop));
        Assert.Equal([other.Id, one.Id], (await Sessions.Of(Ada, Stop)).Select(s => s.Id));
        Assert.Equal(1, await Sessions.End(new(Ada, But: one.Id), SessionEnd.Changed, Stop));
        Assert.Equal([one.Id], (await Sessions.Of(Ada, Stop)).Select(s => s.Id));
        Assert.Equal([bens.Id], (await Sessions.Of(Ben, Stop)).Select(s => s.Id));
        Assert.Equal(SessionEnd.Closed, (await Sessions.Find(elsewhere.Id, Stop)).Session!.Reason);
        await Assert.ThrowsAsync<ArgumentException>(async () => await Sessions.End(new(SeenUntil: Now), SessionEnd.Idle, Stop));
    }

    [Fact]
    public async Task Tells_of_every_end_after_a_number()
    {
        var (one, other) = (await Begin(Ada), await Begin(Ada));
        var before = (await Sessions.EndedAfter(0, Stop)).Change;
        Assert.Equal(before, (await Sessions.EndedAfter(before, Stop)).Change);

        await Sessions.End(new(Ada, one.Id), SessionEnd.SignedOut, Stop);
        var first = await Sessions.EndedAfter(before, Stop);
        Assert.Equal([one.Id], first.Ids);

        await Sessions.End(new(Ada), SessionEnd.EndedElsewhere, Stop);
        Assert.Equal([other.Id], (await Sessions.EndedAfter(first.Change, Stop)).Ids);
        Assert.Equal([one.Id, other.Id], (await Sessions.EndedAfter(before, Stop)).Ids.OrderBy(id => id != one.Id));
    }

    [Fact]
    public async Task Begins_none_by_accounts_that_are_closed()
    {
        var (closed, elsewhere) = (await Begin(Ada), await Begin(Ada, there));
        Assert.True(await Sessions.SetSignIn(Ada, here, isClosed: true, Ben, Stop));
        Assert.False(await Sessions.SetSignIn(Ada, here, isClosed: true, Ben, Stop));
        Assert.Equal(SessionEnd.Closed, (await Sessions.Find(closed.Id, Stop)).Session!.Reason);
        Assert.Null((await Sessions.Find(elsewhere.Id, Stop)).Session!.Ended);
        Assert.Equal([Ada], await Sessions.ClosedFor(here, [Ada, Ben], Stop));

        Assert.False(await Sessions.Begin(New(Ada, here), Stop));
        Assert.True(await Sessions.Begin(New(Ada, there), Stop));
        Assert.True(await Sessions.Begin(New(Ben, here), Stop));

        Assert.True(await Sessions.SetSignIn(Ada, here, isClosed: false, Ben, Stop));
        Assert.True(await Sessions.Begin(New(Ada, here), Stop));
    }

    [Fact]
    public async Task Closing_leaves_none_of_those_that_begin_at_the_same_time()
    {
        var beginning = Enumerable.Range(0, 40).Select(_ => Task.Run(async () => await Sessions.Begin(New(Ada, here), Stop), Stop)).ToList();
        var closing = Task.Run(async () => await Sessions.SetSignIn(Ada, here, isClosed: true, Ben, Stop), Stop);
        await Task.WhenAll([.. beginning, closing]);
        Assert.Empty(await Sessions.Of(Ada, Stop));
    }

    [Fact]
    public async Task Of_one_person_are_bounded_and_the_longest_unused_gives_way()
    {
        var first = await Begin(Ada);
        for (var i = 0; i < Sessions.PerPersonMax; i++)
        {
            Clock.Now += TimeSpan.FromSeconds(1);
            await Begin(Ada);
        }
        var lasting = await Sessions.Of(Ada, Stop);
        Assert.Equal(Sessions.PerPersonMax, lasting.Count);
        Assert.DoesNotContain(first.Id, lasting.Select(s => s.Id));
        Assert.Contains(first.Id, (await Sessions.EndedAfter(0, Stop)).Ids);
    }

    [Fact]
    public async Task Forgets_what_is_long_over()
    {
        var old = await Begin(Ada);
        Clock.Now += TimeSpan.FromHours(1);
        var young = await Begin(Ada);
        await Sessions.Forget(Now, Stop);
        Assert.Null((await Sessions.Find(old.Id, Stop)).Session);
        Assert.NotNull((await Sessions.Find(young.Id, Stop)).Session);
    }

    private Moment Now => Moment.Of(Clock.GetUtcNow());

    private Session New(ClinicianId who, InstitutionId institution) => new(Guid.NewGuid(), who, institution, "password", Now, Now, "a browser", "127.0.0.1");

    private async Task<Session> Begin(ClinicianId who, InstitutionId? institution = null)
    {
        var session = New(who, institution ?? here);
        Assert.True(await Sessions.Begin(session, Stop));
        return session;
    }
}

public sealed class KeepingSessionsInSqlite() : KeepingSessions(new SqliteTestDatabase());

public sealed class KeepingSessionsInPostgres(PrivatePostgres postgres) : KeepingSessions(new PostgresTestDatabase(postgres));
