using Xunit;

namespace SocialQI.Domain.Tests;

/// <summary>A topic has one name: a second name for the same people or members would be a second history of them, begun by whoever thinks of it.</summary>
public sealed class NamingATopic
{
    private const string Key = "0192f5a0c0de70008000000000005e95";

    [Theory]
    [InlineData("community.thornmere.open." + Key)]
    [InlineData("clinician.north-harbour.open." + Key)]
    [InlineData("case.north-harbour.open." + Key + ".")]
    [InlineData("case.north-harbour.open.0192F5A0C0DE70008000000000005E95")]
    [InlineData("case.North-Harbour.open." + Key)]
    [InlineData("case.north-harbour.shut." + Key)]
    [InlineData("case.north-harbour.open.1")]
    [InlineData("poll.north-harbour.open." + Key)]
    [InlineData("institution.north-harbour.open.thornmere")]
    [InlineData("case..open." + Key)]
    [InlineData("")]
    public void By_anything_else_than_its_one_name_is_refused(string name) => Assert.False(TopicId.TryParse(name, out _));

    [Theory]
    [InlineData("community.network.open." + Key)]
    [InlineData("clinician.network.open." + Key)]
    [InlineData("case.north-harbour.open." + Key)]
    [InlineData("case.north-harbour.privileged." + Key)]
    [InlineData("institution.north-harbour.open.north-harbour")]
    public void By_its_name_is_done(string name) => Assert.Equal(name, TopicId.Parse(name).ToString());

    [Fact]
    public void Gives_every_community_and_clinician_the_name_that_is_read_back()
    {
        Assert.Equal(CommunityId.Parse(Key), CommunityId.Of(TopicId.Parse(CommunityId.Parse(Key).Topic.ToString())));
        Assert.Equal(ClinicianId.Parse(Key), ClinicianId.Of(TopicId.Parse(ClinicianId.Parse(Key).Topic.ToString())));
    }
}
