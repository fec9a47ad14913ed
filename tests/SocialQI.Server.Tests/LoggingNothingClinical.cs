using System.Net;
using System.Net.Http.Json;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Institutions;
using Xunit;
using Bundles = SocialQI.Server.Tests.Import.Fhir;

namespace SocialQI.Server.Tests;

/// <summary>
/// The words a person writes stand in the journal and on the screens of who may see them. Every text field there is goes once through the hub and once
/// through the API with a word in it that no log, at any level, and no problem may hold.
/// </summary>
public sealed class LoggingNothingClinical(TheService service)
{
    private const string Q = Overheard.Canary;

    private static readonly Evidence Reference = new(EvidenceKind.Url, $"https://{Q}.example/{Q}", $"Early {Q}");

    private static readonly Command[] ToACase =
    [
        new StartCase($"Title {Q}", $"Question {Q}?", new Condition("A41.9", $"Condition {Q}"), [new(SectionKind.History, $"Section {Q}")]),
        new ReviseCase($"Title {Q} again", $"Question {Q} again?", new Condition(null, $"Condition {Q} again")),
        new ReviseSection(new(SectionKind.Course, $"Course {Q}")),
        new OpenCase(new Visibility(VisibilityKind.Institution), Attestation: new(0)),
        new PostContribution(ContributionKind.Question, $"Text {Q}?"),
        new PostContribution(ContributionKind.Evidence, $"Text {Q}", 5, default, Reference),
        new EditContribution(6, $"Text {Q} again"),
        new AddFact(3, $"Fact {Q}"),
        new CloseCase($"Lesson {Q}"),
        new ReopenCase($"Reason {Q}"),
    ];

    [Fact]
    public async Task Of_what_was_written_and_done()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        await using var hearing = await Hearing.Of(service, ada);
        using var http = service.Client(ada);
        var (byHub, byHttp) = (TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7()), TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7()));
        foreach (var command in ToACase)
        {
            Assert.Null((await hearing.Send(byHub, command)).Refusal);
            using var answer = await http.Ask(byHttp, command);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        await hearing.Follow(byHub);
        Assert.Null((await hearing.Open(byHub)).Refusal);
        await hearing.Ask<Wire.Page>("Page", byHub.ToString(), 100);
        await ReadEverything(http, byHttp);
        await OfPeopleAndPlaces(ada, hearing);
        HeardNothing();
    }

    [Fact]
    public async Task Of_what_was_refused()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var stranger = await service.Register(TheService.Thornmere);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(ada, topic, ToACase[0]);
        foreach (var who in new[] { ada, stranger })
        {
            await using var hearing = await Hearing.Of(service, who);
            using var http = service.Client(who);
            foreach (var command in ToACase.Select(TooLong).Append(new StartHallway($"Line {Q}", new Visibility(VisibilityKind.Named), Attestation: new(0))))
            {
                Assert.NotNull((await hearing.Send(topic, command)).Refusal);
                using var answer = await http.Ask(topic, command);
                Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
            }
        }
        HeardNothing();
    }

    [Fact]
    public async Task Of_who_signed_in()
    {
        using var http = service.Client();
        using var wrong = await http.PostAsJsonAsync("api/sign-in", new { user = $"ada.{Q}", password = $"secret-{Q}" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var form = await http.PostAsync(
            "sign-in", new FormUrlEncodedContent([new("user", $"ada.{Q}"), new("password", $"secret-{Q}")]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, form.StatusCode);
        HeardNothing();
    }

    [Fact]
    public void Is_missed_where_it_is_not_so()
    {
        using var guilty = new Overheard();
        var log = guilty.CreateLogger("guilty");
        KeyValuePair<string, object?>[] sent = [new("text", Reference)];
        log.Log(Microsoft.Extensions.Logging.LogLevel.Trace, default, sent, null, (_, _) => "sent");
        log.Log(Microsoft.Extensions.Logging.LogLevel.Error, default, "failed", new InvalidOperationException(Reference.Supports), (state, _) => state);
        using var scope = log.BeginScope($"writing {Reference.Supports}");
        Assert.Equal(3, guilty.Leaks.Count);
    }

    private static async Task ReadEverything(HttpClient http, TopicId topic)
    {
        foreach (var address in new[] { $"topics/{topic}", $"topics/{topic}/page?before=100", $"topics/{topic}/contributions/6/revisions", "me", "cases", "communities", "institutions", "directory?ids=1" })
        {
            using var answer = await http.GetAsync("api/" + address, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private async Task OfPeopleAndPlaces(Somebody ada, Hearing hearing)
    {
        var community = new CommunityId(Guid.CreateVersion7()).Topic;
        var hospital = InstitutionId.Parse("h" + Guid.CreateVersion7().ToString("n")[..20]);
        Assert.Null((await hearing.Send(community, new FoundCommunity($"Name {Q}", $"Purpose {Q}", [new(null, $"Condition {Q}")]))).Refusal);
        Assert.Null((await hearing.Send(community, new ReviseCommunity($"Name {Q} again", $"Purpose {Q} again"))).Refusal);
        Assert.Null((await hearing.Send(ada.Id.Topic, new ReviseProfile($"Ada {Q}", $"Specialty {Q}", Grade.Fellow))).Refusal);
        using var http = service.OperatorClient();
        using var setup = await http.PostAsJsonAsync("api/setup", new
        {
            institution = hospital.ToString(),
            institutionName = $"Hospital {Q}",
            user = $"{Q}.{Guid.CreateVersion7():n}",
            name = $"Name {Q}",
            password = $"secret-{Q}",
        });
        Assert.Equal(HttpStatusCode.NoContent, setup.StatusCode);
        using var imports = service.Client(ada);
        using var bundle = await imports.PostAsync(
            "api/import", new StringContent(Bundles.Bundle(Bundles.Ada, Bundles.Stay, Bundles.Condition(Bundles.Coded(Bundles.Icd10Cm, "A41.9", $"Sepsis {Q}"), Bundles.Day0))));
        Assert.Equal(HttpStatusCode.OK, bundle.StatusCode);
        var rename = new RenameInstitution($"Hospital {Q} again");
        Assert.Equal("not-allowed", (await hearing.Send(TheService.NorthHarbour.Topic, rename)).Refusal?.Code);
    }

    private static Command TooLong(Command command) => command switch
    {
        StartCase it => it with { Title = Long(CaseState.TitleLengthMax) },
        ReviseCase it => it with { Question = Long(CaseState.QuestionLengthMax) },
        ReviseSection it => it with { Section = it.Section with { Text = Long(Section.TextLengthMax) } },
        PostContribution it => it with { Text = Long(Contribution.TextLengthMax) },
        EditContribution it => it with { Text = Long(Contribution.TextLengthMax) },
        AddFact it => it with { Text = Long(Contribution.TextLengthMax) },
        CloseCase it => it with { Learned = Long(CaseState.ReasonLengthMax) },
        ReopenCase it => it with { Reason = Long(CaseState.ReasonLengthMax) },
        _ => new OpenCase(new Visibility(VisibilityKind.Named), Attestation: new(0)),
    };

    private static string Long(int max) => string.Concat(Enumerable.Repeat(Q + " ", (max / Q.Length) + 1));

    // Counted too: silence would be as well kept by who hears nothing at all.
    private void HeardNothing()
    {
        Assert.True(service.Overheard.Leaks.Count == 0, string.Join("\n", service.Overheard.Leaks.Take(10)));
        foreach (var part in new[] { "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", "Microsoft.AspNetCore.Server.Kestrel.Connections", "Orleans.Runtime.Messaging.MessageCenter" })
        {
            Assert.True(service.Overheard.Counts.ContainsKey(part), part + " was not heard at all.");
        }
    }
}
