using SocialQI.Grains.Topics;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>Who is in a topic, by the leases of their gateways. Its silo looks for ended leases many times sooner than in the service.</summary>
public sealed class BeingPresent : IAsyncLifetime
{
    private TestStore store = null!;
    private Silos silos = null!;

    public async ValueTask InitializeAsync()
    {
        store = await TestStore.Open();
        silos = await Silos.Start(store, haste: 50);
    }

    public async ValueTask DisposeAsync()
    {
        await silos.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Is_told_to_everybody_over_all_gateways()
    {
        var live = await Open(silos);
        var north = await Follower.Of(live, At(NorthHarbour, Ada));
        var south = await Follower.Of(live, At(Thornmere, Ben), At(NorthHarbour, Ada));

        foreach (var follower in new[] { north, south })
        {
            var signal = await follower.Until(s => s.Count == 2, "both to be there");
            Assert.Equal(new[] { Ada.Person, Ben.Person }.OrderBy(p => p.Value), signal.Here);
            Assert.True(signal.Institutions.IsDefault);
        }
        Assert.Equal(2, Json.Decode<TopicSignal>((await north.Renew()).Presence).Count);
    }

    [Fact]
    public async Task Ends_when_the_gateway_says_so()
    {
        var live = await Open(silos);
        var north = await Follower.Of(live, At(NorthHarbour, Ada));
        var south = await Follower.Of(live, At(Thornmere, Ben));
        await north.Until(s => s.Count == 2, "both to be there");

        await live.Grain.Release(south.Gateway).Within("the release");

        Assert.Equal([Ada.Person], (await north.Until(s => s.Count == 1, "one to be left")).Here);
    }

    [Fact]
    public async Task Ends_fifteen_seconds_after_the_gateway_was_last_heard_of()
    {
        var live = await Open(silos);
        var north = await Follower.Of(live, At(NorthHarbour, Ada));
        await Follower.Of(live, At(NorthHarbour, Chief));
        silos.Clock.Advance(TimeSpan.FromSeconds(2));
        await north.Renew();
        await Follower.Of(live, At(Thornmere, Ben));
        await north.Until(s => s.Count == 3, "all to be there");

        // Sixteen seconds after the one, and fourteen after the other.
        silos.Clock.Advance(TimeSpan.FromSeconds(14));
        var left = await north.Until(s => !s.Here.IsDefault && !s.Here.Contains(Chief.Person), "the one to be gone");
        Assert.Equal(new[] { Ada.Person, Ben.Person }.OrderBy(p => p.Value), left.Here);
        await north.Renew();
        silos.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([Ada.Person], (await north.Until(s => s.Count == 1, "the other to be gone")).Here);
        Assert.Equal(TimeSpan.FromSeconds(15), Lease.Lasts);
    }

    [Fact]
    public async Task Of_a_gateway_whose_lease_has_ended_brings_no_news_to_it()
    {
        var live = await Open(silos);
        var gone = await Follower.Of(live, At(Thornmere, Ben));
        var north = await Follower.Of(live, At(NorthHarbour, Ada));
        await north.Until(s => s.Count == 2, "both to be there");
        silos.Clock.Advance(TimeSpan.FromSeconds(10));
        await north.Renew();
        silos.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal([Ada.Person], (await north.Until(s => s.Count == 1, "one to be left")).Here);

        await live.Must(Saying("Troponin 0.4"));

        await north.Until(3);
        Assert.Equal(0, gone.Pushed);
        await gone.Renew();
        await live.Must(Saying("Which assay?"));
        await gone.Until(4);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public async Task Names_up_to_fifty_people_and_counts_beyond(int people, bool areNamed)
    {
        var live = await Open(silos);
        var here = Enumerable.Range(1, people).Select(i => new PersonHere(new Guid(i, 0, 0, new byte[8]), (i <= 20 ? Thornmere : NorthHarbour).ToString())).ToArray();
        var north = await Follower.Of(live, here[..30]);
        await Follower.Of(live, here[10..]);

        var signal = await north.Until(s => s.Count == people, "all to be there");

        Assert.Equal(areNamed ? people : 0, signal.Here.Length);
        if (areNamed)
        {
            Assert.True(signal.Institutions.IsDefault);
        }
        else
        {
            Assert.Equal([new PresenceAt(NorthHarbour, people - 20), new PresenceAt(Thornmere, 20)], signal.Institutions);
        }
    }

    [Theory]
    [InlineData(50, 0.25)]
    [InlineData(51, 2)]
    public async Task Is_told_at_once_of_those_who_are_named_and_every_two_seconds_of_a_crowd(int people, double seconds)
    {
        var live = await Open(silos);
        var north = await Follower.Of(live, [.. Enumerable.Range(1, people).Select(i => new PersonHere(new Guid(i, 0, 0, new byte[8]), NorthHarbour.ToString()))]);

        await north.Until(s => s.Count == people, "all to be there");

        Assert.Equal([TimeSpan.FromSeconds(seconds)], silos.Timers.Where(t => t == TimeSpan.FromSeconds(0.25) || t == TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task And_writing_is_told_to_everybody()
    {
        var live = await Open(silos);
        var (north, south) = (await Follower.Of(live, At(NorthHarbour, Ada)), await Follower.Of(live, At(Thornmere, Ben)));

        await live.Grain.Signal(Ada.Person.Value).Within("the signal");

        await north.Until(s => s.Typing == Ada.Person, "who writes");
        await south.Until(s => s.Typing == Ada.Person, "who writes");
        Assert.Equal(2, await live.Number());
    }

    private static PersonHere At(InstitutionId institution, Passport who) => new(who.Person.Value, institution.ToString());
}
