using System.Collections.Immutable;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Grains.Keeping;
using SocialQI.Storage;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>What follows in one topic from an event in another, and in the lists. The tail is read many times sooner than in the service.</summary>
public sealed class ReactingToWhatHappened : IAsyncLifetime
{
    private TestStore store = null!;
    private Silos silos = null!;
    private LiveTopic live = null!;

    public async ValueTask InitializeAsync()
    {
        store = await TestStore.Open();
        silos = await Silos.Start(store, haste: 25);
        foreach (var (who, name, home) in new[] { (Ada, "Ada", NorthHarbour), (Ben, "Ben", Thornmere), (Chief, "Chief", NorthHarbour) })
        {
            await Own(who).Must(new RegisterClinician(name, "Cardiology", Grade.Attending, home, InstitutionRole.Clinician), by: Passport.OfOperator);
        }
        live = await Open(silos);
        await silos.Grains.GetGrain<IKeeperGrain>("default").Wake();
    }

    public async ValueTask DisposeAsync()
    {
        await silos.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Puts_a_mention_into_the_inbox()
    {
        var said = await live.Must(Mentioning(Ben, Chief));

        Assert.Equal([(live.Topic, said.First, Ada.Person, MentionReason.Mention)], await Inbox(Ben, 1));
        Assert.Equal([(live.Topic, said.First, Ada.Person, MentionReason.Mention)], await Inbox(Chief, 1));
    }

    [Fact]
    public async Task Puts_a_reply_into_the_inbox_and_once_where_it_mentions_too()
    {
        var asked = await live.Must(Saying("Which assay?"), by: Ben);
        var reply = await live.Must(Saying("The new one") with { ReplyTo = asked.First });
        var both = await live.Must(Mentioning(Ben) with { ReplyTo = asked.First });

        Assert.Equal(
            [(live.Topic, reply.First, Ada.Person, MentionReason.Reply), (live.Topic, both.First, Ada.Person, MentionReason.Mention)], await Inbox(Ben, 2));
    }

    [Fact]
    public async Task Tells_nobody_of_their_own_nor_of_what_they_may_not_see()
    {
        await live.Must(Mentioning(Ada));
        await live.Must(new ChangeVisibility(new Visibility(VisibilityKind.Institution), Attestation: new(0)));
        await live.Must(Mentioning(Ben, Chief));
        await Inbox(Chief, 1);

        // Ben comes before Chief in that mention, and Ada before both.
        Assert.Empty((await Shown(Ben)).Inbox);
        Assert.Empty((await Shown(Ada)).Inbox);
    }

    [Fact]
    public async Task Brings_nothing_about_while_the_home_is_being_taken_in()
    {
        await store.Tables.KeepAdopting(NorthHarbour, isGoingOn: true, Stop);
        await live.Must(Mentioning(Ben));
        await store.IsRead();
        await store.Tables.KeepAdopting(NorthHarbour, isGoingOn: false, Stop);

        var said = await live.Must(Mentioning(Ben));

        Assert.Equal(said.First, Assert.Single(await Inbox(Ben, 1)).Number);
    }

    [Fact]
    public async Task Does_once_what_is_read_twice()
    {
        var first = await live.Must(Mentioning(Ben));
        await Inbox(Ben, 1);

        await store.IsRead();
        await store.Tables.KeepTailPosition("reactions", 0, Stop);
        // Registered, noted, and noted again.
        await silos.Asked.Reaches(Own(Ben).Grain, 3).Within("the second reading");
        var second = await live.Must(Mentioning(Ben));

        Assert.Equal([first.First, second.First], (await Inbox(Ben, 2)).Select(line => line.Number));
    }

    [Fact]
    public async Task Goes_on_from_where_it_was_after_a_round_that_failed()
    {
        for (var i = 0; i < 4; i++)
        {
            store.Journal.OfTail.Fails(Step.Tail);
            Own(Ben).Trouble.Fails(Step.BeforeCommit);
            Own(Ben).Trouble.ForgetsItsAnswer();
        }
        var first = await live.Must(Mentioning(Ben));
        var second = await live.Must(Mentioning(Ben));

        Assert.Equal([first.First, second.First], (await Inbox(Ben, 2)).Select(line => line.Number));
    }

    [Fact]
    public async Task Goes_on_without_what_can_never_be_done()
    {
        var before = await live.Must(Mentioning(Chief));
        Own(Ben).Trouble.Always = step => step == Step.BeforeCommit ? () => throw new StoreUnavailableException(new IOException()) : null;
        await live.Must(Mentioning(Ben));
        var after = await live.Must(Mentioning(Chief));

        Assert.Equal([before.First, after.First], (await Inbox(Chief, 2)).Select(line => line.Number));

        Own(Ben).Trouble.Always = null;
        var again = await live.Must(Mentioning(Ben));
        Assert.Equal([again.First], (await Inbox(Ben, 1)).Select(line => line.Number));
    }

    [Fact]
    public async Task Puts_a_case_on_the_list_as_it_stands()
    {
        await live.Must(new ReviseCase("Chest pain at night", "Which assay?", new Condition("I21.4", "NSTEMI")));
        Assert.Equal(("Chest pain at night", "Which assay?", "NSTEMI"), await Line());

        await live.Must(new ReviseCase("Chest pain at night", "Which assay?", null));
        Assert.Equal(("Chest pain at night", "Which assay?", null), await Line());
    }

    [Fact]
    public async Task Takes_a_redacted_text_off_the_list()
    {
        var named = await live.Must(new ReviseCase("Johanna Doe", "Is it Johanna?", new Condition(null, "Doe's disease")));
        Assert.Equal(("Johanna Doe", "Is it Johanna?", "Doe's disease"), await Line());

        await live.Must(new RedactText(named.First, RedactionGround.Identifiers), by: Chief);

        Assert.Equal(("", "", null), await Line());
    }

    [Fact]
    public async Task Takes_a_redacted_text_off_the_list_also_when_the_grain_knows_nothing_of_it()
    {
        var named = await live.Must(new ReviseCase("Johanna Doe", "Is it Johanna?", null));
        await using var others = await Silos.Start(store);

        await new LiveTopic(others, live.Topic).Must(new RedactText(named.First, RedactionGround.Identifiers), by: Chief);

        Assert.Equal("Johanna Doe", (await live.Shown()).Title.Words);
        Assert.Equal(("", "", null), await Line());
    }

    [Fact]
    public async Task Ends_no_ballot_of_another_case_that_was_called_by_the_same_name()
    {
        var (other, key) = (await Open(silos), Guid.NewGuid());
        var call = new CallBallot(key, new BallotTerms(BallotKind.SingleChoice, "Which assay?", ["The old", "The new"]), new(0));
        var ballot = new LiveTopic(silos, TopicId.BallotOf(live.Topic, key));
        Assert.Equal(ballot.Topic, TopicId.BallotOf(other.Topic, key));
        await live.Must(call);
        var follower = await Follower.Of(live);
        await other.Must(call);
        await other.Must(new EndBallot(ballot.Topic, "Enough"));
        await store.IsRead();
        Assert.Equal(1, (await store.Journal.Head(ballot.Topic, Stop))!.Number);

        var ended = await live.Must(new EndBallot(ballot.Topic, "Time is up"));
        await follower.Until(ended.Last + 1);
        Assert.Equal(BallotStage.Closed, Assert.Single((await live.Shown()).Ballots).Stage);
    }

    private static PostContribution Mentioning(params Passport[] whom) =>
        Saying("Have a look") with { Mentions = [.. whom.Select(p => p.Person)] };

    private LiveTopic Own(Passport who) => new(silos, who.Person.Topic);

    private async Task<ClinicianState> Shown(Passport who) => Json.Decode<ClinicianState>((await Own(who).Grain.Show()).State);

    // Registered with two events; each line is one more.
    private async Task<ImmutableArray<(TopicId, long Number, ClinicianId, MentionReason)>> Inbox(Passport who, int lines)
    {
        var follower = await Follower.Of(Own(who));
        await follower.Until(2 + lines);
        return [.. (await Shown(who)).Inbox.Select(l => (l.Topic, l.Contribution, l.From, l.Reason))];
    }

    private async Task<(string Title, string Question, string? Condition)> Line()
    {
        await store.IsRead();
        var line = Assert.Single((await store.Tables.Cases(new(Ada.Person, [Audience.Network]), new(), new(), Stop)).Lines);
        return (line.Title, line.Question, line.Condition?.Text);
    }
}
