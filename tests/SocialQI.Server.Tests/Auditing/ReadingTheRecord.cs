using System.Net;
using System.Text;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Grains.Topics;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Wire;
using Xunit;
using Task = System.Threading.Tasks.Task;

namespace SocialQI.Server.Tests.Auditing;

/// <summary>Who did what, as the privacy officers of an institution read it, and nobody else.</summary>
public sealed class ReadingTheRecord(TheService service)
{
    private const string Harbour = "api/institutions/north-harbour/audit";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("north-harbour", InstitutionRole.Administrator)]
    [InlineData("north-harbour", InstitutionRole.Moderator)]
    [InlineData("north-harbour", InstitutionRole.Clinician)]
    [InlineData("thornmere", InstitutionRole.PrivacyOfficer)]
    public async Task Is_refused_to_everybody_else_and_that_is_recorded(string home, InstitutionRole role)
    {
        var somebody = await service.Register(InstitutionId.Parse(home), role);
        using var http = service.Client(somebody);
        foreach (var address in (string[])[Harbour, Harbour + "/csv", Harbour + "/fhir"])
        {
            using var answer = await http.GetAsync(address, Stop);
            Assert.Equal((HttpStatusCode.Forbidden, "not-allowed"), (answer.StatusCode, await answer.Code()));
        }
        Assert.Equal(
            [(Acts.ReadAudit, "not-allowed"), (Acts.ExportAudit, "not-allowed"), (Acts.ExportAudit, "not-allowed")],
            (await AuditTable.Of(service, somebody)).Select(r => (r.Act, r.Result)));
    }

    [Fact]
    public async Task Shows_what_was_read_and_written_here_and_what_strangers_did_with_our_cases()
    {
        var officer = await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer);
        var (author, stranger) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.Thornmere));
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(author, topic, new StartHallway($"Noon, by the {Overheard.Canary}?", new(VisibilityKind.Network), new(0)));
        using (var http = service.Client(stranger))
        {
            (await http.GetAsync($"api/topics/{topic}", Stop)).Dispose();
        }
        await service.Done(stranger, topic, new PostContribution(ContributionKind.Comment, $"Yes, says the {Overheard.Canary}."));

        using var reading = service.Client(officer);
        using var answer = await reading.GetAsync($"{Harbour}?topic={topic}", Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.DoesNotContain(Overheard.Canary, text, StringComparison.Ordinal);
        var lines = Json.Decode<Listed<AuditLine>>(Encoding.UTF8.GetBytes(text)).Lines;
        Assert.Equal(
            [("contribution-posted", stranger.Id.ToString(), true), (Acts.Open, stranger.Id.ToString(), false), ("hallway-started", author.Id.ToString(), true)],
            lines.Select(l => (l.Act, l.Who, l.IsWriting)));
        Assert.Equal("thornmere", lines[1].For.ToString());

        var mine = Assert.Single(await AuditTable.Of(service, officer));
        Assert.Equal((Acts.ReadAudit, "quality", "privacy-officer", 3L), (mine.Act, mine.Purpose, mine.Role!, mine.Count!.Value));
        using var nonsense = await reading.GetAsync($"{Harbour}?topic=nonsense", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, nonsense.StatusCode);
    }

    [Fact]
    public async Task Takes_it_out_as_a_table_in_which_no_name_is_a_formula()
    {
        var (officer, author) = (await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer), await Called("=HYPERLINK(\"http://evil.example\",\"Ada\")"));
        using (var http = service.Client(author))
        {
            (await http.Seek("fe", "jump")).Dispose();
        }
        using var reading = service.Client(officer);
        using var answer = await reading.GetAsync($"{Harbour}/csv?person={author.Id}&act=search", Stop);
        var lines = (await answer.Content.ReadAsStringAsync(Stop)).Split("\r\n");
        Assert.StartsWith("at,ended,who,name,role,for,act", lines[0], StringComparison.Ordinal);
        Assert.Contains($",{author.Id},\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"Ada\"\")\",clinician,north-harbour,search,names,", lines[1], StringComparison.Ordinal);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal((Acts.ExportAudit, "csv", 1L), (await AuditTable.Of(service, officer)).Select(r => (r.Act, r.What!, r.Count!.Value)).Single());
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("  =1", "'  =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("Ada", "Ada")]
    [InlineData("", "")]
    public void Writes_cells_that_say_what_they_are(string text, string cell) => Assert.Equal(cell, Csv.Cell(text));

    [Fact]
    public async Task Takes_it_out_as_valid_FHIR()
    {
        var (officer, author) = (await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer), await service.Register(TheService.NorthHarbour));
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(author, topic, new StartHallway($"Noon, by the {Overheard.Canary}?", new(VisibilityKind.Network), new(0)));
        await using (var hearing = await Hearing.Of(service, author))
        {
            await hearing.Open(topic);
            await hearing.Follow(topic, 1);
            await hearing.Open(TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7()));
            await hearing.Tell("Unfollow", topic.ToString());
        }
        await Waiting.Until("the end is recorded", async () => (await AuditTable.Of(service, author)).Any(r => r.Closes is not null));
        using var reading = service.Client(officer);
        using var answer = await reading.GetAsync($"{Harbour}/fhir?person={author.Id}", Stop);
        Assert.Equal("application/fhir+json", answer.Content.Headers.ContentType!.MediaType);
        var json = await answer.Content.ReadAsStringAsync(Stop);
        // Strict: what is required is there, what is coded has its code, and each entry an address of its own.
        var bundle = new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Strict)).Deserialize<Bundle>(json);
        var events = bundle!.Entry.Select(e => Assert.IsType<AuditEvent>(e.Resource)).ToList();
        Assert.Equal(["hallway-started", "open", "open"], events.Select(e => e.Subtype[0].Code).Order(StringComparer.Ordinal));
        Assert.Equal(3, bundle.Entry.Select(e => e.FullUrl).Distinct().Count());
        Assert.All(events, e => Assert.Equal(author.Id.ToString(), Assert.Single(e.Agent).Who!.Identifier!.Value));
        Assert.Single(events, e => e.Outcome == AuditEvent.AuditEventOutcome.N4 && e.OutcomeDesc == "not-there");
        Assert.Single(events, e => e.Period is { Start: not null, End: not null });
        Assert.Single(events, e => e.Action == AuditEvent.AuditEventAction.C && e.Entity[0].What!.Identifier!.Value == topic.ToString());
    }

    private async Task<Somebody> Called(string name)
    {
        var somebody = await service.Register(TheService.NorthHarbour);
        var revised = await service.Grains.Ask(
            somebody.Id.Topic, Guid.CreateVersion7(), new ReviseProfile(name, "Surgery", Grade.Fellow), await service.Passport(somebody), Moment.Of(DateTimeOffset.UtcNow));
        Assert.Null(revised.Refusal);
        using var http = service.Client(somebody);
        await Waiting.Until("the directory knows the name", async () =>
        {
            using var entry = await http.GetAsync($"api/people/{somebody.Id}", Stop);
            return (await entry.Content.ReadAsStringAsync(Stop)).Contains("HYPERLINK", StringComparison.Ordinal);
        });
        return somebody;
    }
}
