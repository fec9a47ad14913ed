using System.Globalization;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>The clock on the wall of one node is turned, forth and back, while it serves.</summary>
[Collection<OnTheGround>, Trait("fault", "clock")]
public sealed class TurningTheClock(Ground ground) : IAsyncLifetime
{
    private const string Back = "select count(*) from event e join event before on before.topic = e.topic and before.number = e.number - 1 where e.at < before.at";
    private static readonly TimeSpan[] turns = [TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(1), TimeSpan.FromDays(-1)];

    private readonly string clock = Path.GetTempFileName();

    // A silo that is a gateway too stamps when things happen.
    private ServerProcess Victim => ground.Other;

    public async ValueTask InitializeAsync()
    {
        var library = Directory.EnumerateFiles("/usr/lib", "libfaketime.so.1", SearchOption.AllDirectories).FirstOrDefault()
            ?? throw new InvalidOperationException("This needs libfaketime (Debian: apt-get install libfaketime).");
        await ground.Mend();
        Turn(TimeSpan.Zero);
        Victim.Environment["LD_PRELOAD"] = library;
        Victim.Environment["FAKETIME_TIMESTAMP_FILE"] = clock;
        Victim.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        // The file is read again after a second: at every look at the clock it would be all that the process does.
        Victim.Environment["FAKETIME_CACHE_DURATION"] = "1";
        await Victim.Kill();
        try
        {
            await Victim.Start();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Victim.Environment.Clear();
        await (Victim.IsRunning ? Victim.Kill() : Task.CompletedTask);
        await ground.Mend();
        File.Delete(clock);
    }

    [Fact]
    public async Task Changes_no_order_and_takes_no_silo_for_dead()
    {
        await using var ordeal = await Ordeal.Begin("clock", ground);
        var deaths = await ground.Deaths();
        for (var round = 0; round < Sizes.Turns; round++)
        {
            foreach (var turn in turns)
            {
                await ordeal.Round(async () =>
                {
                    Turn(turn);
                    await ordeal.Served();
                    await Ordeal.GoesOn(Sizes.Turned);
                    Turn(TimeSpan.Zero);
                });
            }
        }
        ordeal.Tell("deaths", await ground.Deaths() - deaths, "silos");
        await ordeal.End();
        Assert.Equal(0L, await ground.Ask(Back));
        Assert.Equal(deaths, await ground.Deaths());
    }

    private void Turn(TimeSpan by)
    {
        // In one stroke: it may be read at any time.
        File.WriteAllText(clock + ".next", string.Create(CultureInfo.InvariantCulture, $"{by.TotalSeconds:+0;-0;+0}"));
        File.Move(clock + ".next", clock, overwrite: true);
    }
}
