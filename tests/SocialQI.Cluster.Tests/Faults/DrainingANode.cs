using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>One node after the other is told to end, as in an upgrade, and comes back.</summary>
[Collection<OnTheGround>, Trait("fault", "drain")]
public sealed class DrainingANode(Ground ground)
{
    [Fact(Explicit = true)]
    public async Task Fails_no_command()
    {
        await using var ordeal = await Ordeal.Begin("drain", ground);
        var before = ordeal.Ward.Watches.Failed;
        for (var round = 0; round < Sizes.Drains; round++)
        {
            foreach (var node in ground.Nodes)
            {
                await ordeal.Round(async () =>
                {
                    Assert.Equal(0, await node.Stop());
                    await node.Start();
                });
            }
        }
        ordeal.Tell("failed", ordeal.Ward.Watches.Failed - before, "commands");
        await ordeal.End();
    }
}
