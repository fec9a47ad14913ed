using SocialQI.Cases;
using SocialQI.Panels;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>Panels in their list.</summary>
public abstract class ListingPanels(ITestDatabase database) : StoreContract(database)
{
    private static readonly PanelPlan plan = new("Telemetry", "1 never, 9 always", ["Fibrillation", "Syncope"], [Ada], new(), new Visibility(VisibilityKind.Network));

    protected override ClinicianId[] Employed => [Ada, Ben];

    private long position;

    [Fact]
    public async Task Shows_what_moved_last_first_and_goes_on_from_a_place()
    {
        var panels = new List<TopicId>();
        for (var i = 0; i < 5; i++)
        {
            panels.Add(await Convene(Noon + TimeSpan.FromMinutes(i / 2)));
        }
        var first = await Lines(null, 2);
        var second = await Lines(first.Next, 5);
        var inOrder = panels.Select((p, i) => (p, Minute: i / 2)).OrderByDescending(p => p.Minute).ThenByDescending(p => p.p.ToString(), StringComparer.Ordinal).Select(p => p.p);
        Assert.Equal(inOrder, [.. first.Lines.Concat(second.Lines).Select(l => l.Panel)]);
        Assert.Null(second.Next);
        Assert.Equal("not-a-place-in-the-list", (await Lines("nonsense", 3)).Refusal?.Code);
    }

    [Fact]
    public async Task Says_where_it_is_in_its_life_however_often_it_is_told()
    {
        var panel = await Convene(Noon);
        PanelRow[] rows =
        [
            new(panel, 3, Noon + TimeSpan.FromMinutes(1), PanelStage.Open, BeginsRound: true), new(panel, 3, Noon + TimeSpan.FromMinutes(1), PanelStage.Open, BeginsRound: true),
            new(panel, 4, Noon + TimeSpan.FromMinutes(2), PanelStage.Between), new(panel, 3, Noon + TimeSpan.FromMinutes(1), PanelStage.Open, BeginsRound: true),
            new(panel, 1, Noon, PanelStage.Between, Planned: new(plan, Ada)),
        ];
        foreach (var row in rows)
        {
            await Keep(row);
        }
        Assert.Equal(new PanelLine(panel, "Telemetry", PanelStage.Between, Noon + TimeSpan.FromMinutes(2), 1, true), Assert.Single((await Lines(null, 5)).Lines));
    }

    [Fact]
    public async Task Is_for_who_may_see_it()
    {
        await Convene(Noon, "i:nowhere");
        Assert.Empty((await Lines(null, 5)).Lines);
    }

    private async Task<TopicId> Convene(Moment at, string key = "n")
    {
        var chain = new Chain(TopicId.Panel(Harbour, Guid.NewGuid()));
        await chain.Commit(Journal, new PanelPlanned(plan, [key]));
        await Keep(new PanelRow(chain.Topic, 1, at, PanelStage.Between, Planned: new(plan, Ben)));
        return chain.Topic;
    }

    private async Task Keep(PanelRow row) => await Tables.KeepLists("lists", ++position, ListRows.None with { Panels = [row] }, Stop);

    private ValueTask<Listed<PanelLine>> Lines(string? after, int take) => Tables.Panels(new(Ada, ["n"]), new(after, take), Stop);
}

public sealed class ListingPanelsOfSqlite() : ListingPanels(new SqliteTestDatabase());

public sealed class ListingPanelsOfPostgres(PrivatePostgres postgres) : ListingPanels(new PostgresTestDatabase(postgres));
