using SocialQI.Grains.Keeping;
using Xunit;

namespace SocialQI.Grains.Tests;

/// <summary>Ids of commands that follow from something.</summary>
public sealed class DerivingAnId
{
    private static readonly TopicId topic = TopicId.Parse("case.north-harbour.open.0192b5c7000070008000000000000001");

    [Fact]
    public void Gives_the_same_in_every_process_and_version_of_the_program() =>
        Assert.Equal(Guid.Parse("f1007911-3919-8433-8e4b-5f7912757794"), DerivedId.Of(topic, 5L, LiveTopic.Ada.Person));

    [Fact]
    public void Gives_another_where_one_part_is_another()
    {
        Guid[] all =
        [
            DerivedId.Of(topic, 5L, LiveTopic.Ada.Person), DerivedId.Of(topic, 6L, LiveTopic.Ada.Person), DerivedId.Of(topic, 5L, LiveTopic.Ben.Person),
            DerivedId.Of(LiveTopic.AnyTopic(), 5L, LiveTopic.Ada.Person), DerivedId.Of(topic, 5L), DerivedId.Of(topic, "5", "1"), DerivedId.Of(topic, 51L),
        ];

        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Gives_one_that_no_client_makes()
    {
        var id = DerivedId.Of(topic, 5L);

        Assert.Equal((8, 8), (id.Version, id.Variant & 0xC));
        Assert.Equal(7, Guid.CreateVersion7().Version);
    }
}
