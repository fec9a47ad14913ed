using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>Silos that do not know of each other serve the same topics from one database, each sure to be the only one.</summary>
[Collection<OnTheGround>, Trait("fault", "duplicate")]
public sealed class ServingATopicTwice(Ground ground)
{
    [Fact(Explicit = true)]
    public async Task Forks_none_of_them()
    {
        await using var ordeal = await Ordeal.Begin("duplicate", ground);
        var twins = new List<ServerProcess>();
        try
        {
            for (var round = 0; round < Sizes.Duplicates; round++)
            {
                await ordeal.Round(async () =>
                {
                    // A cluster by another name finds none of ours.
                    twins.Add(ground.Node($"twin{round}", "--SocialQI:Cluster", $"twin{round}"));
                    await twins[^1].Start();
                    foreach (var (topic, i) in ordeal.Ward.Topics.Select((t, i) => (t, i)))
                    {
                        ordeal.Ward.AddWriter(ground.Community.Members[i % ground.Community.Members.Count], topic, twins[^1].Address);
                    }
                    await ordeal.Ward.Calm();
                    await Ordeal.GoesOn(Sizes.ServedTwice);
                });
            }
            ordeal.Tell("activations", twins.Count + 1, "activations");
            await ordeal.End();
        }
        finally
        {
            foreach (var twin in twins)
            {
                await twin.DisposeAsync();
            }
        }
    }
}
