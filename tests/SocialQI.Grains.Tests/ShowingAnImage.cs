using SocialQI.Cases;
using SocialQI.Storage;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>What the grain finds out for the rules: which of the images a contribution names its topic keeps.</summary>
public sealed class ShowingAnImage(SharedSilos shared)
{
    private static readonly KeptImage Film = new(ImageHash.Of(new byte[32]), ImageType.Jpeg, 1024, 768);

    [Fact]
    public async Task That_its_topic_keeps_is_done_and_another_is_refused()
    {
        var (live, other) = (await Open(shared.Silos), await Open(shared.Silos));
        await Keep(live);

        Assert.Null((await live.Ask(Showing())).Refusal);
        Assert.Null((await live.Ask(new AddFact(1, "Film.", [Shown()]))).Refusal);
        Assert.Equal("no-such-image", (await other.Ask(Showing())).Refusal?.Code);
        await live.AgreesWithJournal();
    }

    [Fact]
    public async Task That_a_redaction_destroyed_is_refused_and_a_retry_of_what_was_done_before_is_answered_as_then()
    {
        var live = await Open(shared.Silos);
        await Keep(live);
        var id = Guid.CreateVersion7();
        var first = await live.Must(Showing(), id);
        await live.Must(new RedactText(first.First, RedactionGround.Identifiers), by: Chief);
        await live.Deactivate();

        Assert.Equal("no-such-image", (await live.Ask(Showing())).Refusal?.Code);
        Assert.Equal(first, await live.Ask(Showing(), id));
    }

    [Fact]
    public async Task Is_remembered_over_a_deactivation()
    {
        var live = await Open(shared.Silos);
        await Keep(live);
        await live.Must(Showing());
        await live.Deactivate();
        Assert.Equal([Shown()], Json.Decode<CaseState>((await live.Grain.Show()).State).Recent.Single().Images);
    }

    private static CaseImage Shown() => new(Film.Hash, Film.Width, Film.Height, Film.Type, "Chest film");

    private static PostContribution Showing() => Saying("See the film.") with { Images = [Shown()] };

    private static async Task Keep(LiveTopic live) =>
        await live.Silos.Store.Stores.Default.Images.Keep(live.Topic, Ada.Person, new NewImage(Film, [1, 2, 3], [1]), Stop);
}
