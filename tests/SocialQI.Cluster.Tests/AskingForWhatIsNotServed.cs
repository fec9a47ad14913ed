using SocialQI.Cases;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>What does not exist, what is not open to a person, and what is not served yet get one answer at every door.</summary>
[Collection<AtTheHospitals>]
public sealed class AskingForWhatIsNotServed(Hospitals hospitals)
{
    private static readonly PostContribution Comment = new(ContributionKind.Comment, "Is anybody there?");

    [Theory]
    [InlineData("case.north-harbour.open.00000000000000000000000000000001")]
    [InlineData("case.north-harbour.privileged.00000000000000000000000000000001")]
    [InlineData("community.network.open.00000000000000000000000000000001")]
    public async Task Is_answered_not_there(string named)
    {
        var topic = TopicId.Parse(named);
        var imani = await hospitals.Person("imani.cole");
        await using var line = new Line(imani, hospitals.Edge.Address).Start();

        string?[] answers =
        [
            (await line.Ask<OpenedTopic>("Open", named))?.Refusal?.Code,
            (await line.Ask<Answer>("Follow", named, 0))?.Refusal?.Code,
            (await line.Ask<Page>("Page", named, 1))?.Refusal?.Code,
            (await imani.Open(hospitals.Edge.Address, topic)).Refusal?.Code,
            (await line.Ask<Answer>("Send", named, Guid.NewGuid(), Person.Encoded(Comment)))?.Refusal?.Code,
            (await imani.Send(hospitals.Edge.Address, topic, Comment)).Refusal?.Code,
        ];

        // To send a community something that only cases take is another mistake.
        Assert.All(answers.Take(topic.Kind == TopicKind.Case ? 6 : 4), code => Assert.Equal("not-there", code));
        Assert.Empty(line.Unspoken);
    }
}
