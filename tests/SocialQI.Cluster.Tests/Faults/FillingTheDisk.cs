using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>The disk of the database has no room left, and then has.</summary>
[Collection<OnTheGround>, Trait("fault", "disk")]
public sealed class FillingTheDisk(Ground ground)
{
    [Fact]
    public async Task Is_refused_by_name_and_over_when_there_is_room()
    {
        Assert.True(ground.Disk.IsMounted, "A disk of its own takes root: nothing of this was tried.");
        await using var ordeal = await Ordeal.Begin("disk", ground);
        for (var round = 0; round < Sizes.FullDisks; round++)
        {
            await ordeal.Round(
                async () =>
                {
                    ground.Disk.Fill();
                    try
                    {
                        await Ordeal.GoesOn(Sizes.Full);
                    }
                    finally
                    {
                        ground.Disk.Free();
                    }
                    // Without room for its log PostgreSQL ends; whoever watches over it starts it again.
                    await ground.Mend();
                    await ordeal.Resumes();
                },
                measures: false);
        }
        await ordeal.End();
    }
}
