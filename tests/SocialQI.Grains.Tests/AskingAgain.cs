using SocialQI.Cases;
using SocialQI.Grains.Topics;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>The same command id a second time.</summary>
public sealed class AskingAgain(SharedSilos shared)
{
    /// <summary>What may lie between the two.</summary>
    public static TheoryData<string> Between => ["nothing", "a thousand others", "a deactivation", "a deactivation and a thousand others"];

    [Theory]
    [MemberData(nameof(Between))]
    public async Task Is_answered_as_the_first_time(string between)
    {
        var live = await Open(shared.Silos);
        var id = Guid.CreateVersion7();
        var first = await live.Say("Troponin 0.4", id);
        await Happens(between, live);
        var number = await live.Number();

        var second = await live.Say("Troponin 0.4", id);

        Assert.Equal(first, second);
        Assert.Equal(number, await live.Number());
        await live.AgreesWithJournal();
    }

    [Theory]
    [MemberData(nameof(Between))]
    public async Task With_other_content_is_refused(string between)
    {
        var live = await Open(shared.Silos);
        var id = Guid.CreateVersion7();
        await live.Must(Saying("Troponin 0.4"), id);
        await Happens(between, live);
        var number = await live.Number();

        // What it asks for is so already; the id is taken all the same.
        Assert.Equal("command-id-reused", (await live.Ask(new React(3, Reaction.Agree, On: false), id)).Refusal?.Code);
        Assert.Equal("command-id-reused", (await live.Say("Troponin 0.5", id)).Refusal?.Code);
        Assert.Equal("command-id-reused", (await live.Ask(new AddFact(1, "Discharged"), id)).Refusal?.Code);
        // What it asks for would be refused in any case.
        Assert.Equal("command-id-reused", (await live.Ask(new EditContribution(1, "Not a contribution"), id)).Refusal?.Code);

        Assert.Equal(number, await live.Number());
    }

    [Theory]
    [MemberData(nameof(Between))]
    public async Task Is_answered_as_the_first_time_where_it_would_be_refused_today(string between)
    {
        var live = await Open(shared.Silos);
        var id = Guid.CreateVersion7();
        var first = await live.Say("Troponin 0.4", id);
        await Happens(between, live);
        await live.Must(new CloseCase("Rule out early"));

        Assert.Equal(first, await live.Say("Troponin 0.4", id));
        Assert.Equal(CaseRefusals.Closed.Code, (await live.Say("Troponin 0.4")).Refusal?.Code);
    }

    [Theory]
    [MemberData(nameof(Between))]
    public async Task Is_answered_as_the_first_time_where_it_would_change_nothing_today(string between)
    {
        var live = await Open(shared.Silos);
        var said = (await live.Must(Saying("Troponin 0.4"))).First;
        var id = Guid.CreateVersion7();
        var first = await live.Must(new WithdrawContribution(said), id);
        await live.Must(Saying("Meanwhile"));
        await Happens(between, live);

        Assert.Equal(first, await live.Ask(new WithdrawContribution(said), id));
        var head = await live.Number();
        Assert.Equal(new Answer(head, head) { IsUnchanged = true }, await live.Ask(new WithdrawContribution(said)));
    }

    [Fact]
    public async Task After_its_text_was_redacted_counts_as_the_same()
    {
        var live = await Open(shared.Silos);
        var id = Guid.CreateVersion7();
        var first = await live.Say("John Doe, 47", id);
        await live.Must(new RedactText(first.First, RedactionGround.Identifiers), by: Chief);
        await live.Deactivate();

        Assert.Equal(first, await live.Say("John Doe, 47", id));
        Assert.Equal(4, await live.Number());
    }

    [Fact]
    public async Task In_another_topic_is_another_command()
    {
        var (one, other) = (await Open(shared.Silos), await Open(shared.Silos));
        var id = Guid.CreateVersion7();

        await one.HasOnce([(id, await one.Say("Troponin 0.4", id))]);
        await other.HasOnce([(id, await other.Say("Troponin 0.5", id))]);
    }

    private static async Task Happens(string between, LiveTopic live)
    {
        if (between.Contains("deactivation", StringComparison.Ordinal))
        {
            await live.Deactivate();
        }
        if (between.Contains("thousand", StringComparison.Ordinal))
        {
            for (var i = 0; i < 4; i++)
            {
                await Task.WhenAll(Enumerable.Range(0, DoneLately.Max / 4).Select(n => live.Must(Saying($"Remark {i}, {n}"))));
            }
        }
    }
}
