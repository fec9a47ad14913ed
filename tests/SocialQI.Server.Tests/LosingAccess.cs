using SocialQI.Cases;
using SocialQI.Communities;
using Xunit;

namespace SocialQI.Server.Tests;

public sealed class LosingAccess(TheService service)
{
    [Fact]
    public async Task Closes_what_one_follows_and_nothing_of_it_arrives_any_more()
    {
        var circle = await Circle.Gather(service);
        await using var member = await Hearing.Of(service, circle.Member);
        await using var author = await Hearing.Of(service, circle.Author);
        foreach (var hearing in new[] { member, author })
        {
            Assert.Null((await hearing.Follow(circle.ForCommunity.Topic)).Refusal);
        }
        await service.Done(circle.Author, circle.Community.Topic, new RemoveMember(circle.Member.Id));
        await member.UntilTold("Closed " + circle.ForCommunity.Topic);
        var heard = member.Events.Count;
        await service.Done(circle.Author, circle.ForCommunity.Topic, new PostContribution(ContributionKind.Comment, $"Noon, by the {Overheard.Canary}."));
        await Waiting.Until("the author hears it", () => Task.FromResult(author.Events.Any(e => e.Event is ContributionPosted { Text: var text } && text.StartsWith("Noon", StringComparison.Ordinal))));
        Assert.Equal(Refusal.NotThere, (await member.Follow(circle.ForCommunity.Topic, 1)).Refusal);
        Assert.Equal(heard, member.Events.Count);
    }

    [Fact]
    public async Task Ends_being_seen_to_write()
    {
        var circle = await Circle.Gather(service);
        await using var member = await Hearing.Of(service, circle.Member);
        await using var author = await Hearing.Of(service, circle.Author);
        foreach (var hearing in new[] { member, author })
        {
            await hearing.Follow(circle.ForCommunity.Topic);
        }
        await service.Done(circle.Author, circle.Community.Topic, new RemoveMember(circle.Member.Id));
        await member.UntilTold("Closed " + circle.ForCommunity.Topic);
        await member.Tell("Signal", circle.ForCommunity.Topic.ToString(), "typing");
        await author.Tell("Signal", circle.ForCommunity.Topic.ToString(), "typing");
        await author.UntilTold($$"""Signals {"topic":"{{circle.ForCommunity.Topic}}","typing":"{{circle.Author.Id}}"}""");
        Assert.DoesNotContain(author.Told, t => t.Contains($"\"typing\":\"{circle.Member.Id}\"", StringComparison.Ordinal));
    }
}
