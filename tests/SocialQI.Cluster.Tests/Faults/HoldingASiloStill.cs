using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>A silo stands still until the others take it for dead, and goes on as if nothing had been.</summary>
[Collection<OnTheGround>, Trait("fault", "zombie")]
public sealed class HoldingASiloStill(Ground ground)
{
    // Who appended what, as the database knows them.
    private const string Watch =
        """
        create table witness (position bigint, by text, at timestamptz);
        create function witness() returns trigger language plpgsql security definer as
        $$ begin insert into public.witness values (new.position, current_setting('application_name'), clock_timestamp()); return new; end $$;
        create trigger witness after insert on event for each row execute function witness();
        """;

    private const string LookAway = "drop trigger witness on event; drop function witness(); drop table witness;";

    [Fact]
    public async Task Leaves_its_topics_to_the_others_and_it_ends()
    {
        await using var ordeal = await Ordeal.Begin("zombie", ground);
        await ground.Ask(Watch);
        var late = 0L;
        for (var round = 0; round < Sizes.Zombies; round++)
        {
            var (victim, name) = round % 2 == 0 ? (ground.Other, "other") : (ground.Silo, "silo");
            await ordeal.Round(async () => late += await Suffer(ordeal, victim, name));
        }
        await ground.Ask(LookAway);
        ordeal.Tell("late", late, "appends");
        await ordeal.End();
        Assert.Equal(0, late);
    }

    private async Task<long> Suffer(Ordeal ordeal, ServerProcess victim, string name)
    {
        await victim.Pause();
        var awhile = Ordeal.GoesOn(Sizes.Paused);
        var served = ordeal.Served();
        await Ward.Within("the others to take it for dead", ground.TakesForDead(victim));
        await served;
        await awhile;
        var woken = (DateTime)(await ground.Ask("select clock_timestamp()"))!;
        await victim.Resume();
        Assert.NotEqual(0, await victim.Ended());
        await victim.Start();
        return (long)(await ground.Ask($"select count(*) from witness where by = '{name}' and at between '{woken:O}' and (select to_timestamp({victim.StartedAt.ToUnixTimeMilliseconds()} / 1000.0))"))!;
    }
}
