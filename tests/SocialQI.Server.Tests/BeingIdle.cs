using SocialQI.Server.Operate;
using SocialQI.Server.SignIn;
using SocialQI.Storage;
using SocialQI.Storage.Sqlite;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>When a session ends by itself, by a clock that this test turns.</summary>
public sealed class BeingIdle : IAsyncLifetime
{
    private static readonly ClinicianId ada = new(Guid.CreateVersion7());
    private static readonly ServiceOptions options = new();

    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-idle-").FullName;
    private readonly TurnedClock clock = new();
    private Store store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await SqliteStore.Open(folder, clock);

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Ends_a_session_when_nothing_was_done_for_so_long_and_not_before()
    {
        var gateway = Gateway();
        var session = await Begin(gateway);
        clock.Turn(options.IdleAfter - TimeSpan.FromSeconds(1));
        Assert.NotNull(await gateway.Find(session, Stop));
        clock.Turn(TimeSpan.FromSeconds(1));
        Assert.Null(await gateway.Find(session, Stop));
        Assert.Equal(SessionEnd.Idle, await gateway.WhyEnded(session, Stop));
    }

    [Fact]
    public async Task Is_not_what_somebody_is_who_does_something_here_or_at_another_gateway()
    {
        var (here, there) = (Gateway(), Gateway());
        var session = await Begin(here);
        Assert.NotNull(await there.Find(session, Stop));
        for (var i = 0; i < 6; i++)
        {
            clock.Turn(options.IdleAfter - TimeSpan.FromMinutes(1));
            Assert.NotNull(await there.Find(session, Stop));
            there.Active(session);
            await there.Keep(Stop);
        }
        // Here nothing is known of it yet.
        clock.Turn(TimeSpan.FromMinutes(2));
        Assert.NotNull(await here.Find(session, Stop));
    }

    [Fact]
    public async Task Or_not_a_session_ends_when_it_has_lasted_long_enough()
    {
        var gateway = Gateway();
        var session = await Begin(gateway);
        for (var lasted = TimeSpan.Zero; lasted < options.SessionLasts; lasted += TimeSpan.FromMinutes(10))
        {
            Assert.NotNull(await gateway.Find(session, Stop));
            gateway.Active(session);
            await gateway.Keep(Stop);
            clock.Turn(TimeSpan.FromMinutes(10));
        }
        Assert.Null(await gateway.Find(session, Stop));
        Assert.Equal(SessionEnd.TooOld, await gateway.WhyEnded(session, Stop));
    }

    [Fact]
    public async Task Takes_a_session_out_of_the_list_though_nobody_has_come_by_it_since()
    {
        var gateway = Gateway();
        await Begin(gateway);
        Assert.Single(await gateway.Of(ada, Stop));
        clock.Turn(options.IdleAfter);
        Assert.Empty(await gateway.Of(ada, Stop));
    }

    [Fact]
    public async Task For_long_is_forgotten()
    {
        var gateway = Gateway();
        var session = await Begin(gateway);
        clock.Turn(options.IdleAfter);
        Assert.Null(await gateway.Find(session, Stop));
        await gateway.Keep(Stop);
        Assert.Equal(SessionEnd.Idle, await gateway.WhyEnded(session, Stop));
        clock.Turn(options.SessionLasts + TimeSpan.FromDays(1));
        await gateway.Keep(Stop);
        Assert.Null((await store.Sessions.Find(session, Stop)).Session);
    }

    private LiveSessions Gateway() => new(new Stores(store), options, clock);

    private static async Task<Guid> Begin(LiveSessions gateway)
    {
        var session = (await gateway.Begin(ada, null, "password", "a browser", "127.0.0.1", Stop))!.Id;
        Assert.NotNull(await gateway.Find(session, Stop));
        return session;
    }

    private sealed class TurnedClock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 11, 24, 7, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => now;

        public override long GetTimestamp() => now.Ticks;

        public void Turn(TimeSpan by) => now += by;
    }
}
