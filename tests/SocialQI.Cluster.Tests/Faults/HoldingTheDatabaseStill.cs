using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>The database keeps its connections and answers nothing.</summary>
[Collection<OnTheGround>, Trait("fault", "hang")]
public sealed class HoldingTheDatabaseStill(Ground ground)
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Is_said_in_time_and_takes_no_silo_for_dead()
    {
        await using var ordeal = await Ordeal.Begin("hang", ground);
        var deaths = await ground.Deaths();
        for (var round = 0; round < Sizes.Hangs; round++)
        {
            await ordeal.Round(
                async () =>
                {
                    await ground.Postgres.Pause();
                    try
                    {
                        await Ordeal.GoesOn(Sizes.Hung);
                    }
                    finally
                    {
                        await ground.Postgres.Resume();
                    }
                    await ordeal.Resumes();
                },
                measures: false);
        }
        ordeal.Tell("answer.max", ordeal.Ward.Watches.LongestWait.TotalMilliseconds, "ms");
        ordeal.Tell("deaths", await ground.Deaths() - deaths, "silos");
        await ordeal.End();
        Assert.Equal(deaths, await ground.Deaths());
        Assert.InRange(ordeal.Ward.Watches.LongestWait, TimeSpan.Zero, AnswerMax);
    }
}
