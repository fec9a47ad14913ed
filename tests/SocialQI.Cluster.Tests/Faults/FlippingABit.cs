using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>A bit of what was written is another one, behind the service's back.</summary>
[Collection<OnTheGround>, Trait("fault", "corrupt")]
public sealed class FlippingABit(Ground ground)
{
    private static readonly string[] columns = ["payload", "salt", "digest", "hash"];

    [Fact]
    public async Task Is_found_and_named()
    {
        await using var ordeal = await Ordeal.Begin("corrupt", ground);
        var found = 0;
        for (var flip = 0; flip < Sizes.Flips; flip++)
        {
            await ordeal.Round(async () => found += await IsFound(flip) ? 1 : 0);
        }
        ordeal.Tell("found", found, "flips");
        await ordeal.End();
        Assert.Equal(Sizes.Flips, found);
    }

    private async Task<bool> IsFound(int flip)
    {
        var (column, at) = (columns[flip % columns.Length], Random.Shared.Next(1, 1_000));
        var position = await ground.Ask($"select position from event where {column} is not null order by random() limit 1");
        var place = $"{at} % length({column})";
        var change = $"update event set {column} = set_byte({column}, {place}, get_byte({column}, {place}) # (1 << ({at} % 8))) where position = {position}";
        await ground.Ask(change);
        var (code, said) = await ground.One.Verb("audit", "verify", "--postgres", ground.Database);
        // Twice the same is as it was.
        await ground.Ask(change);
        return code == 1 && said.Contains("First bad row: event", StringComparison.Ordinal);
    }
}
