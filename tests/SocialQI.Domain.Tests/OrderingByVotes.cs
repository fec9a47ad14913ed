using SocialQI.Ballots;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class OrderingByVotes
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, .206549)]
    [InlineData(5, 0, .565518)]
    [InlineData(10, 1, .622642)]
    [InlineData(40, 20, .540569)]
    [InlineData(100, 10, .840703)]
    public void What_is_voted_on_is_as_good_as_its_votes_show_at_least(int up, int down, double atLeast) =>
        Assert.Equal(atLeast, Wilson.LowerBound(up, down), 6);

    [Fact]
    public void Nobody_in_favour_is_nothing_in_favour() => Assert.Equal(0, Wilson.LowerBound(0, 7), 12);
}
