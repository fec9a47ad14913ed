using SocialQI.Cases;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>Commands that name a contribution by its number.</summary>
public sealed class NamingAContribution(SharedSilos shared)
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(int.MaxValue)]
    [InlineData((1L << 32) + 3)]
    [InlineData(long.MaxValue)]
    public async Task That_is_not_there_is_refused(long number)
    {
        var live = await Open(shared.Silos);
        await live.Must(Saying("Troponin 0.4"));

        Command[] naming =
        [
            new WithdrawContribution(number), new EditContribution(number, "0.5"), new React(number, Reaction.Agree),
            Saying("Which assay?") with { ReplyTo = number },
        ];
        foreach (var command in naming)
        {
            Assert.Equal(CaseRefusals.NoSuchContribution.Code, (await live.Ask(command)).Refusal?.Code);
        }
        Assert.Equal(3, await live.Number());
    }
}
