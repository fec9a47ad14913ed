using SocialQI.Cases;
using Xunit;

namespace SocialQI.Cluster.Tests;

[Collection<AtTheHospitals>]
public sealed class ComingBackToMuch(Hospitals hospitals)
{
    private const int Topics = 6;
    private const int Lines = 200;

    // More than the queue of a line holds, of all topics at once, while more is written.
    [Fact]
    public async Task Tells_all_of_it_once_and_in_order()
    {
        await using var ward = new Ward();
        var (imani, wen) = (await hospitals.Person("imani.cole"), await hospitals.Person("wen.halloran"));
        for (var topic = 0; topic < Topics; topic++)
        {
            await ward.Start(imani, hospitals.Both.Address, new(VisibilityKind.Network));
        }
        await Task.WhenAll(ward.Topics.SelectMany(
            _ => Enumerable.Range(1, Lines),
            (topic, line) => ward.Do(imani, hospitals.Both.Address, topic, new PostContribution(ContributionKind.Comment, $"Line {line}."), $"Line {line}.")));
        ward.Topics.ForEach(topic => ward.AddWriter(imani, topic, hospitals.Both.Address));

        ward.AddFollower(wen, hospitals.Edge.Address);
        ward.AddFollower(wen, hospitals.Both.Address);
        await ward.Calm();

        Finding.None(await ward.Check(() => JournalRows.OfPostgres(hospitals.Database, ward.Topics)));
    }
}
