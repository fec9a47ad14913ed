using System.Net;
using System.Text;
using System.Text.Json;
using SocialQI.Cases;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>What was reported is gone from every way out at once, but for its author and who keeps order; restored, it is back in all of them.</summary>
public sealed class HidingAContribution(TheService service)
{
    // Not the canary: it is asked for, and an address stands in the log.
    private readonly string secret = Unheard.Word("hoatzin");

    private Somebody author = null!, reader = null!, moderator = null!, officer = null!, elsewhere = null!;

    [Fact]
    public async Task Takes_its_text_out_of_every_way_out_and_brings_it_back()
    {
        var (topic, number) = await Told();
        await using var watching = await Hearing.Of(service, reader);
        await watching.Follow(topic, (await watching.Open(topic)).Number);

        await service.Done(reader, topic, new ReportIdentifiers(number));

        await Waiting.Until("the follower hears of it", () => Task.FromResult(watching.Events.Any(e => e.Event is ContributionHidden)));
        foreach (var somebody in new[] { author, reader, moderator, elsewhere })
        {
            Assert.DoesNotContain(await WaysOut(somebody, topic, number), way => way.Says.Contains(secret, StringComparison.Ordinal));
        }
        await Waiting.Until("the search has let go of it", async () => await Found(reader) == 0);

        await service.Done(moderator, topic, new RestoreContribution(number));

        await Waiting.Until("the follower hears of it", () => Task.FromResult(watching.Events.Any(e => e.Event is ContributionRestored)));
        Assert.All(await WaysOut(reader, topic, number), way => Assert.True(way.Says.Contains(secret, StringComparison.Ordinal), way.Name));
        await Waiting.Until("the search has it again", async () => await Found(reader) == 1);
    }

    [Fact]
    public async Task Leaves_it_to_its_author_and_who_keeps_order_and_to_nobody_else()
    {
        var (topic, number) = await Told();
        Assert.Equal(HttpStatusCode.NotFound, (await Hidden(moderator, topic, number)).Status);
        await service.Done(reader, topic, new ReportIdentifiers(number));

        foreach (var somebody in new[] { author, moderator, officer })
        {
            var (status, text) = await Hidden(somebody, topic, number);
            Assert.Equal(HttpStatusCode.OK, status);
            var hidden = Json.Decode<HiddenText>(text);
            Assert.Equal((author.Id, secret + " again, Quetzal", 2), (hidden.Said.By, hidden.Said.Text.Words, hidden.Revisions.Length));
        }
        var nothing = await Hidden(reader, topic, 999);
        foreach (var somebody in new[] { reader, elsewhere })
        {
            var (status, text) = await Hidden(somebody, topic, number);
            Assert.Equal((HttpStatusCode.NotFound, nothing.Text.Length), (status, text.Length));
        }
    }

    [Fact]
    public async Task Ends_for_good_when_a_privacy_officer_destroys_what_it_said()
    {
        var (topic, number) = await Told();
        await service.Done(reader, topic, new ReportIdentifiers(number));
        foreach (var revision in Json.Decode<HiddenText>((await Hidden(officer, topic, number)).Text).Revisions)
        {
            await service.Done(officer, topic, new RedactText(revision.Number, RedactionGround.Identifiers));
        }

        await service.Done(officer, topic, new RestoreContribution(number));
        Assert.DoesNotContain(await WaysOut(author, topic, number), way => way.Says.Contains(secret, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, Encoding.UTF8.GetString((await Hidden(officer, topic, number)).Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Takes_it_out_of_what_a_gateway_keeps_of_the_last_minutes(bool forGood)
    {
        var (topic, _) = await Told();
        var gateway = new Gateway.OtherGateway(service);
        var socket = new Gateway.HeldSocket();
        var connection = await gateway.Connect(socket, reader);
        var joined = (await gateway.Rounds.Follow(topic, connection, 0, TestContext.Current.CancellationToken)).Last;
        var later = Unheard.Word("ptarmigan");
        // Of what is said from here on the gateway keeps the bytes.
        var number = (await service.Done(author, topic, new PostContribution(ContributionKind.Comment, later + ", Quetzal"))).First;
        await Waiting.Until("it has come", () => Task.FromResult(socket.NumbersOf(topic).Contains(number)));
        Assert.Contains(later, Encoding.UTF8.GetString((await gateway.Rounds.Relay(topic).Open()).State), StringComparison.Ordinal);

        await (forGood ? service.Done(officer, topic, new RedactText(number, RedactionGround.Identifiers)) : service.Done(reader, topic, new ReportIdentifiers(number)));
        await Waiting.Until("it has heard of it", () => Task.FromResult(socket.NumbersOf(topic).Contains(number + 1)));

        Assert.DoesNotContain(later, Encoding.UTF8.GetString((await gateway.Rounds.Relay(topic).Open()).State), StringComparison.Ordinal);
        var late = new Gateway.HeldSocket();
        await gateway.Rounds.Follow(topic, await gateway.Connect(late, reader), joined, TestContext.Current.CancellationToken);
        await Waiting.Until("all has come", () => Task.FromResult(late.NumbersOf(topic).Contains(number + 1)));
        Assert.DoesNotContain(late.Taken, taken => taken.Contains(later, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_for_muted_people_as_for_others_while_they_write_nothing()
    {
        var (topic, number) = await Told();
        await service.Done(moderator, topic, new MuteClinician(reader.Id, Moment.Of(DateTimeOffset.UtcNow.AddDays(1))));
        using var http = service.Client(reader);
        using var refused = await http.Ask(topic, new PostContribution(ContributionKind.Comment, $"Noon, {Overheard.Canary}."));
        Assert.Equal((HttpStatusCode.Forbidden, "muted"), (refused.StatusCode, await refused.Code()));
        await service.Done(reader, topic, new ReportIdentifiers(number));
    }

    [Fact]
    public async Task Is_asked_for_marked_words_before_they_leave_home()
    {
        var (topic, _) = await Told();
        using var http = service.Client(reader);
        using var refused = await http.Ask(topic, new PostContribution(ContributionKind.Comment, "Mrs Quetzal is back."));
        Assert.Equal("identifiers-found", await refused.Code());
        Assert.DoesNotContain("Quetzal", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await service.Done(reader, topic, new PostContribution(ContributionKind.Comment, "Mrs Quetzal is back.", Attestation: new(1)));
    }

    private async Task<(TopicId Topic, long Number)> Told()
    {
        author = await service.Register(TheService.NorthHarbour);
        reader = await service.Register(TheService.Thornmere);
        elsewhere = await service.Register(TheService.Thornmere, InstitutionRole.Moderator);
        moderator = await service.Register(TheService.NorthHarbour, InstitutionRole.Moderator);
        officer = await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(author, topic, new StartHallway($"Noon, {Overheard.Canary}?", new Visibility(VisibilityKind.Network), new(0)));
        var said = await service.Done(author, topic, new PostContribution(ContributionKind.Comment, secret + ", Quetzal"));
        await service.Done(author, topic, new EditContribution(said.First, secret + " again, Quetzal"));
        return (topic, said.First);
    }

    private async Task<IReadOnlyList<(string Name, string Says)>> WaysOut(Somebody who, TopicId topic, long number)
    {
        using var http = service.Client(who);
        await using var hearing = await Hearing.Of(service, who);
        var opened = await hearing.Open(topic);
        var answer = await hearing.Follow(topic);
        await Waiting.Until("all has come", () => Task.FromResult(hearing.Events.Any(e => e.N == answer.Last)));
        return
        [
            ("open", opened.State.ToString()!),
            ("topic", await http.GetStringAsync($"api/topics/{topic}", TestContext.Current.CancellationToken)),
            ("page", await http.GetStringAsync($"api/topics/{topic}/page?before={number + 1}", TestContext.Current.CancellationToken)),
            ("revisions", await http.GetStringAsync($"api/topics/{topic}/contributions/{number}/revisions", TestContext.Current.CancellationToken)),
            ("follow", string.Concat(hearing.Events.Select(e => Encoding.UTF8.GetString(EventCodec.EncodePayload(e.Event))))),
        ];
    }

    private async Task<(HttpStatusCode Status, byte[] Text)> Hidden(Somebody who, TopicId topic, long number)
    {
        using var http = service.Client(who);
        using var answer = await http.GetAsync($"api/topics/{topic}/contributions/{number}/hidden", TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private async Task<int> Found(Somebody who)
    {
        using var http = service.Client(who);
        var found = await http.Found<JsonElement>(secret);
        return found.GetProperty("lines").GetArrayLength();
    }
}
