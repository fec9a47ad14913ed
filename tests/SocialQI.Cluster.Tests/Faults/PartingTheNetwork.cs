using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>Each node is on a machine of its own, and what goes between some of them vanishes: between two silos, a silo and the database, a gateway and all silos.</summary>
[Collection<OnGroundOfTheirOwn>, Trait("fault", "partition")]
public sealed class PartingTheNetwork
{
    [Fact]
    public async Task Loses_nothing_on_either_side()
    {
        using var network = new Network();
        await using var ground = new Ground(network);
        await ground.InitializeAsync();
        await using var ordeal = await Ordeal.Begin("partition", ground);
        (int, int)[][] cuts =
        [
            [(ground.MachineOf(ground.One), ground.MachineOf(ground.Other))],
            [(ground.MachineOf(ground.Other), Network.Root)],
            [.. ground.Silos.Select(s => (ground.MachineOf(ground.Gateway), ground.MachineOf(s)))],
        ];
        for (var round = 0; round < Sizes.Partitions; round++)
        {
            foreach (var cut in cuts)
            {
                await ordeal.Round(
                    async () =>
                    {
                        foreach (var (one, other) in cut)
                        {
                            network.Part(one, other);
                        }
                        await Ordeal.GoesOn(Sizes.Parted);
                        network.Heal();
                        await ordeal.Resumes();
                    },
                    measures: false);
            }
        }
        await ordeal.End();
    }
}
