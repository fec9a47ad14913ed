using System.Text;
using SocialQI.Cases;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>A text that nobody is shown until somebody has looked at it; then it is there again, whatever the grain remembers.</summary>
public sealed class HidingATopicsText : IAsyncLifetime
{
    private const string Name = "Quetzal, born in spring";
    private static readonly Passport Moderator = PassportOf(0xd0, NorthHarbour, InstitutionRole.Moderator);
    private TestStore store = null!;
    private Silos silos = null!;

    public async ValueTask InitializeAsync()
    {
        store = await TestStore.Open();
        silos = await Silos.Start(store);
    }

    public async ValueTask DisposeAsync()
    {
        await silos.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Takes_it_out_of_what_is_shown_and_brings_it_back()
    {
        var (live, number) = await WithName();

        await live.Must(new ReportIdentifiers(number), by: Ben);
        Assert.DoesNotContain(Name, await Text(live), StringComparison.Ordinal);
        await live.AgreesWithJournal();

        await live.Must(new RestoreContribution(number), by: Moderator);
        Assert.Contains(Name, await Text(live), StringComparison.Ordinal);
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task Is_remembered_by_a_grain_that_slept_in_between()
    {
        var (live, number) = await WithName();
        await live.Must(new ReportIdentifiers(number), by: Ben);
        await live.Deactivate();
        Assert.DoesNotContain(Name, await Text(live), StringComparison.Ordinal);

        await live.Must(new RestoreContribution(number), by: Moderator);
        Assert.Contains(Name, await Text(live), StringComparison.Ordinal);
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task Comes_back_over_a_snapshot_that_lacks_it()
    {
        var (live, number) = await WithName();
        await live.Must(new ReportIdentifiers(number), by: Ben);
        var written = silos.Snapshots.Written(live.Topic);
        // Enough for a snapshot, and few enough that it still stands in the window.
        for (var i = 0; i < CaseState.RecentMax - 2; i++)
        {
            await live.Must(Saying("Lactate " + i));
        }
        await written.Within("a snapshot without the text");
        await live.Deactivate();

        await live.Must(new RestoreContribution(number), by: Moderator);
        await live.AgreesWithJournal();
        await live.Deactivate();
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task Comes_back_to_another_activation_that_only_reads_on()
    {
        var (live, number) = await WithName();
        await live.Must(new ReportIdentifiers(number), by: Ben);
        await using var others = await Silos.Start(store);
        var other = new LiveTopic(others, live.Topic);
        Assert.DoesNotContain(Name, await Text(other), StringComparison.Ordinal);

        await live.Must(new RestoreContribution(number), by: Moderator);
        // It loses the race for the next number and reads on.
        await other.Must(Saying("Noon."));
        Assert.Contains(Name, await Text(other), StringComparison.Ordinal);
        await other.AgreesWithJournal();
    }

    private async Task<(LiveTopic Live, long Number)> WithName()
    {
        var live = await Open(silos);
        var said = await live.Must(Saying("Is it " + Name + "?"));
        await live.Must(new EditContribution(said.First, Name));
        return (live, said.First);
    }

    private static async Task<string> Text(LiveTopic live) => Encoding.UTF8.GetString(Json.Encode(await live.Shown()));
}
