using System.Net;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Server.Auditing;
using SocialQI.Server.Tests.Auditing;
using SocialQI.Server.Tests.Gateway;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>Somebody breaks the glass: sees a case for a time that they could not see, and everybody knows.</summary>
public sealed class SeeingInAnEmergency(TheService service)
{
    private static readonly BreakGlass ask = new($"Nobody answers, says the {Overheard.Canary}.", 20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_the_case_at_once_in_lists_and_live_and_flags_all_that_is_read()
    {
        var (author, topic) = await Named();
        var officer = await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer);
        await using var hearing = await Hearing.Of(service, officer);
        Assert.Equal(Refusal.NotThere, (await hearing.Open(topic)).Refusal);
        Assert.Null((await hearing.Send(topic, ask)).Refusal);

        var opened = await hearing.Open(topic);
        Assert.Null(opened.Refusal);
        Assert.Null((await hearing.Follow(topic, opened.Number)).Refusal);
        await service.Done(author, topic, new PostContribution(ContributionKind.Comment, $"Noon, by the {Overheard.Canary}."));
        await Waiting.Until("what is written arrives", () => Task.FromResult(hearing.Events.Any(e => e.Event is ContributionPosted)));
        using var http = service.Client(officer);
        using var page = await http.GetAsync($"api/topics/{topic}/page?before=9", Stop);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        await Waiting.Until("it is in the list", async () => Json.Decode<Listed<CaseLine>>(await http.GetByteArrayAsync($"api/cases?topics={topic}", Stop)).Lines is [{ Topic: var listed }] && listed == topic);

        var acts = (await AuditTable.Of(service, officer)).Where(a => a.Topic == topic.ToString()).ToList();
        Assert.Equal([(Acts.Open, "not-there", null), (Acts.Open, "ok", "break-glass"), (Acts.ReadPage, "ok", "break-glass")], acts.Select(a => (a.Act, a.Result, a.Flag)));
        var lines = Json.Decode<Listed<AuditLine>>(await http.GetByteArrayAsync($"api/institutions/{TheService.NorthHarbour}/audit?topic={topic}&flagged=true", Stop)).Lines;
        Assert.Equal([Acts.ReadPage, Acts.Open, "glass-broken"], lines.Select(l => l.Act));
        Assert.Equal(CaseRefusals.SeenInAnEmergency, (await hearing.Send(topic, new PostContribution(ContributionKind.Comment, $"Seen, {Overheard.Canary}."))).Refusal);
    }

    [Fact]
    public async Task Is_told_to_who_follows_the_case_to_its_author_and_to_the_privacy_officers()
    {
        var (author, topic) = await Named();
        var (officer, second) = (await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer), await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer));
        await using var following = await Hearing.Of(service, author);
        await following.Follow(topic);
        await using var breaking = await Hearing.Of(service, officer);
        Assert.Null((await breaking.Send(topic, ask)).Refusal);
        await Waiting.Until("the author sees it", () => Task.FromResult(following.Events.Any(e => e.Event is GlassBroken && e.By == officer.Id)));
        foreach (var told in new[] { author, second })
        {
            await using var inbox = await Hearing.Of(service, told);
            await inbox.Follow(told.Id.Topic);
            await Waiting.Until("it stands in the inbox", () => Task.FromResult(inbox.Events.Any(e => e.Event is Mentioned { Reason: MentionReason.Glass } note && note.Topic == topic && note.From == officer.Id)));
        }
    }

    [Fact]
    public async Task Is_for_an_attending_once_an_administrator_has_said_so()
    {
        var (_, topic) = await Named();
        var attending = await service.Register(TheService.NorthHarbour);
        using var http = service.Client(attending);
        using (var before = await http.Ask(topic, ask))
        {
            Assert.Equal("not-there", await before.Code());
        }
        await service.Done(await service.Register(TheService.NorthHarbour, InstitutionRole.Administrator), attending.Id.Topic, new DesignateForEmergencies(TheService.NorthHarbour, true));
        await Waiting.Until("the gateway has heard", async () =>
        {
            using var asked = await http.Ask(topic, ask);
            return asked.IsSuccessStatusCode;
        });
        using var opened = await http.GetAsync($"api/topics/{topic}", Stop);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        var me = Json.Decode<Me>(await http.GetByteArrayAsync("api/me", Stop));
        Assert.Equal([TheService.NorthHarbour], me.Designated);
    }

    [Fact]
    public async Task Is_over_when_its_time_is_over_also_for_what_is_open()
    {
        var (author, topic) = await Named();
        var officer = await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer);
        var gateway = new OtherGateway(service);
        var socket = new HeldSocket();
        var connection = await gateway.Connect(socket, officer);
        Assert.Null((await gateway.Asking.Send(officer.Id, topic, Guid.CreateVersion7(), Json.Encode<Command>(ask), Stop)).Refusal);
        Assert.Null((await gateway.Asking.Open(officer.Id, topic, Stop)).Refusal);
        await gateway.Rounds.Relay(topic).Follow(connection, 0, Stop);

        gateway.Clock.Pass(TimeSpan.FromMinutes(ask.Minutes));
        gateway.Passports.TailWasRead();
        gateway.Rounds.Relay(topic).AskAgain();
        await Waiting.Until("it is closed", () => Task.FromResult(socket.Taken.Any(t => t.Contains("\"Closed\"", StringComparison.Ordinal))));
        var last = socket.NumbersOf(topic).Last();
        await service.Done(author, topic, new PostContribution(ContributionKind.Comment, $"After, by the {Overheard.Canary}."));
        Assert.Equal(Refusal.NotThere, (await gateway.Asking.Open(officer.Id, topic, Stop)).Refusal);
        Assert.Equal(last, socket.NumbersOf(topic).Last());
    }

    [Fact]
    public async Task Opens_no_draft_and_tells_nobody_that_there_is_one()
    {
        var author = await service.Register(TheService.NorthHarbour);
        var draft = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(author, draft, new StartCase($"Noon, {Overheard.Canary}", $"Is it the {Overheard.Canary}?"));
        var none = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        using var officer = service.Client(await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer));
        using var asked = await officer.Ask(draft, ask);
        using var nothing = await officer.Ask(none, ask);
        Assert.Equal(await nothing.Tells(none.ToString()), await asked.Tells(draft.ToString()));
    }

    private async Task<(Somebody Author, TopicId Topic)> Named()
    {
        var (author, other) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.Thornmere));
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(author, topic, new StartHallway($"Noon, by the {Overheard.Canary}?", new(VisibilityKind.Named, Clinicians: [other.Id]), new(0)));
        return (author, topic);
    }
}
