using System.Net;
using System.Text;
using SocialQI.Cases;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Server.Tests.Import.Fhir;

namespace SocialQI.Server.Tests;

/// <summary>What a browser does with a file: it is told what would become of it, and nothing is kept until its author says so.</summary>
public sealed class ReviewingAnImport(TheService service)
{
    [Fact]
    public async Task Keeps_nothing_until_the_draft_is_asked_for_and_then_all_of_it()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var before = await service.Journal.Position(TestContext.Current.CancellationToken);
        var review = (await Steps(ada, Bundle(Ada, Stay, Sodium("2020-03-11"), Sodium("2020-03-12")))).Last().Imported!;
        Assert.DoesNotContain(await service.Journal.Tail(before, 10_000, TestContext.Current.CancellationToken), e => e.Event.By == ada.Id);

        var answer = await service.Done(ada, review.Topic, review.Draft! with { Question = "Why is the sodium low?" });
        Assert.Equal((1L, 3L), (answer.First, answer.Last));
        var events = await service.Journal.Read(review.Topic, 1, 10, TestContext.Current.CancellationToken);
        Assert.Equal(["case-started", "fact-added", "fact-added"], events.Select(e => e.Kind));
    }

    [Fact]
    public async Task Tells_what_was_taken_what_was_taken_out_and_what_was_not_used_and_where_that_stands()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var review = (await Steps(ada, Bundle(
            Patient("1960-01-01", ""","name":[{"family":"Quetzal"}]"""), Stay, Sodium("2020-03-11"), """{"resourceType":"Claim","status":"active"}"""))).Last().Imported!;
        Assert.Equal(1, review.Taken.Single(t => t.What == "Observation").Times);
        Assert.Equal(1, review.Removed.Single(r => r.What == "names").Times);
        Assert.Contains(review.Removed, r => r.What == "dates");
        var claim = review.LeftOut.Single(l => l.What == "resource type Claim");
        Assert.Equal((1, 5), (claim.Times, Assert.Single(claim.Lines)));
        Assert.Equal("Imported: case without a coded condition", review.Title);
        Assert.DoesNotContain("Quetzal", Encoding.UTF8.GetString(Json.Encode(review)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_says_why_and_how_far_it_was_read()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        Assert.Equal("no-encounter", (await Steps(ada, Bundle(Ada, Sodium()))).Last().Refusal?.Code);
        using var http = service.Client(ada);
        using var answer = await http.PostAsync("api/import?review=true", new StringContent("Quetzal"), TestContext.Current.CancellationToken);
        Assert.Equal("not-a-bundle", await answer.Code());
    }

    [Fact]
    public async Task Made_at_a_place_that_is_not_ones_own_is_refused()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var review = (await Steps(ada, Bundle(Ada, Stay))).Last().Imported!;
        using var http = service.Client(await service.Register(TheService.Thornmere));
        using var answer = await http.Ask(review.Topic, review.Draft!);
        Assert.Equal("wrong-home", await answer.Code());
    }

    [Fact]
    public async Task As_long_as_a_draft_can_be_is_still_one_command()
    {
        var ada = await service.Register(TheService.NorthHarbour);
        var longest = new ImportCase(
            "Noon", "Is it sepsis?", null, [.. Enum.GetValues<SectionKind>().Take(5).Select(k => new Section(k, new string('µ', Section.TextLengthMax)))],
            [.. Enumerable.Range(0, ImportCase.FactsMax).Select(d => new ImportedFact(d, new string('µ', 2_000)))]);
        var answer = await service.Done(ada, TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7()), longest);
        Assert.Equal(ImportCase.FactsMax + 1, answer.Last);
    }

    private async Task<List<ImportStep>> Steps(Somebody who, string bundle)
    {
        using var http = service.Client(who);
        using var answer = await http.PostAsync("api/import?review=true", new StringContent(bundle), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(l => Json.Decode<ImportStep>(Encoding.UTF8.GetBytes(l)))];
    }
}
