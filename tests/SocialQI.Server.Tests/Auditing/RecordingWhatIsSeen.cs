using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Server.Auditing;
using Xunit;

namespace SocialQI.Server.Tests.Auditing;

/// <summary>One record for each act, durable before anything of what was asked for leaves.</summary>
public sealed class RecordingWhatIsSeen(TheService service)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Is_stated_by_every_address() => Assert.Empty(service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(Unstated).Distinct());

    [Fact]
    public void Is_missed_where_it_is_not_stated() =>
        Assert.Equal(["/guilty"], Unstated(new(_ => Task.CompletedTask, RoutePatternFactory.Parse("/guilty"), 0, new EndpointMetadataCollection(), "guilty")));

    [Fact]
    public async Task To_open_and_to_follow_is_one_act_that_ends_with_the_last_number_written()
    {
        var (author, topic) = await Begun();
        var reader = await service.Register(TheService.Thornmere, InstitutionRole.Moderator);
        await using (var hearing = await Hearing.Of(service, reader))
        {
            var opened = await hearing.Open(topic);
            Assert.Null((await hearing.Follow(topic, opened.Number)).Refusal);
            var record = Assert.Single(await AuditTable.Of(service, reader));
            Assert.Equal(
                ("thornmere", "moderator", "thornmere", Acts.Open, topic.ToString(), opened.Number, "treatment", "127.0.0.1", "ok"),
                (record.Home, record.Role!, record.For!, record.Act, record.Topic!, record.Last!.Value, record.Purpose, record.Origin!, record.Result));

            await service.Done(author, topic, Said("One"));
            await service.Done(author, topic, Said("Two"));
            await Waiting.Until("both are heard", () => Task.FromResult(hearing.Events.Count == 2));
            await hearing.Tell("Unfollow", topic.ToString());
            var end = await End(reader, record.Place);
            Assert.Equal((Acts.Follow, opened.Number + 2, "ok"), (end.Act, end.Last!.Value, end.Result));

            // To come back is another act.
            Assert.Null((await hearing.Follow(topic)).Refusal);
        }
        var second = (await AuditTable.Of(service, reader)).Single(r => r.Act == Acts.Follow && r.Closes is null);
        Assert.Equal(0, second.First);
        Assert.Equal((await service.Journal.Head(topic, Stop))!.Number, (await End(reader, second.Place)).Last);
    }

    [Fact]
    public async Task What_is_closed_to_somebody_ends_with_the_last_number_they_were_given()
    {
        var (author, topic) = await Begun();
        var reader = await service.Register(TheService.Thornmere);
        await using var hearing = await Hearing.Of(service, reader);
        Assert.Null((await hearing.Follow(topic)).Refusal);
        var seen = (await service.Journal.Head(topic, Stop))!.Number;
        await service.Done(author, topic, new ChangeVisibility(new(VisibilityKind.Institution)));
        await hearing.UntilTold("Closed");
        await service.Done(author, topic, Said("Among us"));

        var record = (await AuditTable.Of(service, reader)).Single(r => r.Closes is null);
        var end = await End(reader, record.Place);
        Assert.Equal(Viewings.Closed, end.Result);
        Assert.InRange(end.Last!.Value, seen, seen + 1);
        Assert.Equal(hearing.Events[^1].N, end.Last);
    }

    [Fact]
    public async Task A_denial_is_recorded_with_the_topic_that_was_asked_for()
    {
        var (_, topic) = await Begun(new(VisibilityKind.Institution));
        var stranger = await service.Register(TheService.Thornmere);
        await using var hearing = await Hearing.Of(service, stranger);
        Assert.NotNull((await hearing.Open(topic)).Refusal);
        Assert.NotNull((await hearing.Follow(topic)).Refusal);
        using var http = service.Client(stranger);
        using var page = await http.GetAsync($"api/topics/{topic}/page?before=9", Stop);

        var rows = await AuditTable.Of(service, stranger);
        Assert.Equal([Acts.Open, Acts.Follow, Acts.ReadPage], rows.Select(r => r.Act));
        Assert.All(rows, r => Assert.Equal((topic.ToString(), "not-there"), (r.Topic, r.Result)));
    }

    [Fact]
    public async Task A_list_that_is_read_again_by_itself_is_one_act_and_another_list_another()
    {
        var reader = await service.Register(TheService.Thornmere);
        using var http = service.Client(reader);
        foreach (var list in (string[])["api/cases", "api/cases", "api/cases?mine=true", "api/cases"])
        {
            (await http.GetAsync(list, Stop)).Dispose();
        }
        (await http.GetAsync("api/cases?stage=nonsense", Stop)).Dispose();
        (await http.GetAsync("api/cases?stage=nonsense", Stop)).Dispose();

        var rows = await AuditTable.Of(service, reader);
        Assert.Equal(["ok", "ok", "not-a-stage-of-a-case", "not-a-stage-of-a-case"], rows.Select(r => r.Result));
    }

    [Fact]
    public async Task A_search_keeps_how_much_was_found_and_none_of_its_words()
    {
        var (author, _) = await Begun();
        using var http = service.Client(author);
        using var answer = await http.Seek("ferritin");

        var row = (await AuditTable.Of(service, author)).Single(r => r.Act == Acts.Search);
        Assert.Equal(("texts", "ok"), (row.What, row.Result));
        Assert.NotNull(row.Count);
        await using var connection = await AuditTable.Connect(service);
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from audit where instr(act || coalesce(what, '') || coalesce(flag, '') || who || result, 'ferritin') > 0";
        Assert.Equal(0L, await command.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task Of_a_command_the_event_is_the_record_and_only_what_left_none_has_a_row()
    {
        var (author, topic) = await Begun();
        await service.Done(author, topic, Said("Since when?"));
        await using var hearing = await Hearing.Of(service, author);
        Assert.NotNull((await hearing.Send(topic, new EditContribution(999, "Nothing"))).Refusal);
        await service.Done(author, topic, new React(await First(topic), Reaction.Agree));
        await service.Done(author, topic, new React(await First(topic), Reaction.Agree));

        var rows = await AuditTable.Of(service, author);
        Assert.Equal([("edit-contribution", "no-such-contribution"), ("react", "ok")], rows.Where(r => r.Act == Acts.Command).Select(r => (r.What!, r.Result)));
    }

    [Fact]
    public async Task A_sign_in_is_recorded_under_who_it_was_and_a_failed_one_under_nobody()
    {
        var chief = await service.Register(TheService.NorthHarbour, InstitutionRole.Administrator);
        using var http = service.Client();
        using var answer = await http.PostAsJsonAsync("api/sign-in", new { user = "ines.falkner", password = "not hers at all" }, Stop);
        await using var connection = await AuditTable.Connect(service);
        await using var command = connection.CreateCommand();
        command.CommandText = "select home || ' ' || who from audit where act = 'sign-in' and result = 'does-not-match' order by id desc limit 1";
        Assert.Equal("network nobody", await command.ExecuteScalarAsync(Stop));

        using var administrator = service.Client(chief);
        using var taken = await administrator.PostAsync(
            $"api/institutions/{TheService.NorthHarbour}/people",
            Http.JsonOf("""{"user":"ines.falkner","name":"Ines","specialty":"Surgery","grade":"fellow","role":"clinician"}"""), Stop);
        var begun = Assert.Single(await AuditTable.Of(service, chief), r => r.Closes is null);
        Assert.Equal((Acts.Administer, "register-person", "begun", "administrator"), (begun.Act, begun.What, begun.Result, begun.Role));
        Assert.Equal("sign-in-name-taken", (await End(chief, begun.Place)).Result);
    }

    private async Task<KeptAct> End(Somebody who, string place)
    {
        KeptAct? end = null;
        await Waiting.Until("the end is recorded", async () => (end = (await AuditTable.Of(service, who)).SingleOrDefault(r => r.Closes == place)) is not null);
        return end!;
    }

    private async Task<(Somebody Author, TopicId Topic)> Begun(Visibility? visibility = null)
    {
        var author = await service.Register(TheService.NorthHarbour);
        var topic = TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7());
        await service.Done(author, topic, new StartHallway($"Noon, by the {Overheard.Canary}?", visibility ?? new(VisibilityKind.Network), new(0)));
        await service.Done(author, topic, Said("Zero"));
        return (author, topic);
    }

    private async Task<long> First(TopicId topic) => (await service.Journal.Read(topic, 1, 9, Stop)).First(e => e.Kind == "contribution-posted").Number;

    private static PostContribution Said(string text) => new(ContributionKind.Comment, $"{text}, says the {Overheard.Canary}.");

    private static IEnumerable<string> Unstated(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<Recorded>() is null ? [endpoint.RoutePattern.RawText!] : [];
}
