using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SocialQI.Cases;
using SocialQI.Server.Auditing;
using SocialQI.Wire;
using static SocialQI.Server.Tests.Import.Fhir;

namespace SocialQI.Server.Tests.Auditing;

/// <summary>Somebody at work, by hub and by HTTP, who keeps a ledger of what they do.</summary>
internal sealed class Worker(TheService service, Somebody me, Ledger ledger, Circle circle, ImmutableArray<TopicId> topics, Random random) : IAsyncDisposable
{
    private readonly HttpClient http = service.Client(me);
    private Hearing hearing = null!;

    private TopicId Any => topics[random.Next(topics.Length)];

    public async Task Work(int acts)
    {
        hearing = await Hearing.Of(service, me);
        Func<Task>[] kinds =
        [
            Visit, ComeBack, Show, PageByHub, PageByHttp, Revisions, Lookup, Cases, Cases, People, Members, Names, Person, Staff, Search, Jump, Say, Say, SayByHttp,
            EditNothing, EditNothing, React, Nonsense, Image, SendImage, MarkRead, Watch, Import, Register,
        ];
        for (var i = 0; i < acts; i++)
        {
            await kinds[random.Next(kinds.Length)]();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await hearing.DisposeAsync();
        http.Dispose();
    }

    private async Task Visit()
    {
        var topic = Any;
        var opened = await hearing.Open(topic);
        if (opened.Refusal is { } no)
        {
            ledger.Act(me, Acts.Open, null, topic, no.Code);
            return;
        }
        var answer = await hearing.Follow(topic, opened.Number);
        ledger.ActWithEnd(me, Acts.Open, null, topic, "ok");
        Xunit.Assert.Null(answer.Refusal);
        await hearing.Tell("Unfollow", topic.ToString());
    }

    private async Task ComeBack()
    {
        var topic = Any;
        if ((await hearing.Follow(topic)).Refusal is { } no)
        {
            ledger.Act(me, Acts.Follow, null, topic, no.Code);
            return;
        }
        ledger.ActWithEnd(me, Acts.Follow, null, topic, "ok");
        // Once more on the same connection, from where it is: the same act.
        await hearing.Follow(topic, 1);
        await hearing.Tell("Unfollow", topic.ToString());
    }

    private async Task Show()
    {
        var topic = Any;
        ledger.Act(me, Acts.Open, null, topic, await Get($"api/topics/{topic}"));
    }

    private async Task PageByHub()
    {
        var topic = Any;
        ledger.Act(me, Acts.ReadPage, null, topic, (await hearing.Ask<Page>("Page", topic.ToString(), 99)).Refusal?.Code);
    }

    private async Task PageByHttp()
    {
        var topic = Any;
        ledger.Act(me, Acts.ReadPage, null, topic, await Get($"api/topics/{topic}/page?before=99"));
    }

    private async Task Revisions()
    {
        var topic = Any;
        ledger.Act(me, Acts.ReadRevisions, null, topic, await Get($"api/topics/{topic}/contributions/{random.Next(1, 6)}/revisions"));
    }

    private async Task Lookup()
    {
        var topic = Any;
        ledger.Act(me, Acts.ReadCommand, null, topic, await Get($"api/topics/{topic}/commands/{Guid.CreateVersion7()}"));
    }

    private Task Cases() => List(Acts.ReadList, "cases", null, "api/cases?" + new[] { "mine=true", "live=true", "stage=draft", "stage=nonsense", "hallway=true", "take=3" }[random.Next(6)]);

    private Task People() => List(Acts.ReadList, "people", null, $"api/people?take={random.Next(1, 4)}");

    private Task Members() => List(Acts.ReadList, "members", circle.Community.Topic, $"api/communities/{circle.Community}/members?take={random.Next(1, 4)}");

    private Task Names() => List(Acts.ReadPerson, "names", null, $"api/directory?ids={circle.Author.Id},{(random.Next(2) == 0 ? me : circle.Member).Id}");

    private Task Person()
    {
        var person = random.Next(2) == 0 ? circle.Author.Id : new ClinicianId(Guid.NewGuid());
        return List(Acts.ReadPerson, "person", person.Topic, $"api/people/{person}");
    }

    private Task Staff() => List(Acts.ReadList, "staff", TheService.NorthHarbour.Topic, $"api/institutions/{TheService.NorthHarbour}/people?take={random.Next(1, 4)}");

    private async Task Search() => ledger.Act(me, Acts.Search, "texts", null, await Seek(new[] { "lactate", "fever", "", "from:nobodyatall", "lactate before:noday" }[random.Next(5)], "search"));

    private async Task Jump() => ledger.Act(me, Acts.Search, "names", null, await Seek("fe", "jump"));

    private Task Say() => Send(new PostContribution(ContributionKind.Comment, "Since when?"), "post-contribution", byHub: true);

    private Task SayByHttp() => Send(new PostContribution(ContributionKind.Comment, "Since when?"), "post-contribution", byHub: false);

    private Task EditNothing() => Send(new EditContribution(9_999, "Nothing"), "edit-contribution", random.Next(2) == 0);

    // The second time it changes nothing.
    private Task React() => Send(new React(3, Reaction.Agree), "react", random.Next(2) == 0);

    private async Task Nonsense()
    {
        var topic = Any;
        ledger.Act(me, Acts.Command, null, topic, (await hearing.SendRaw(topic.ToString(), """{"k":"nothing-known"}""")).Refusal!.Code);
    }

    private async Task Send(Command command, string name, bool byHub)
    {
        var (topic, id) = (Any, Guid.CreateVersion7());
        var before = await service.Journal.Head(topic, CancellationToken.None);
        var answer = byHub ? await hearing.Send(topic, command, id) : await SendByHttp(topic, command, id);
        if (answer.Refusal is { } no)
        {
            ledger.Act(me, Acts.Command, name, topic, no.Code);
        }
        else if (await service.Journal.Done(topic, id, CancellationToken.None) is null)
        {
            Xunit.Assert.True(answer.First >= before?.Number);
            ledger.Act(me, Acts.Command, name, topic);
        }
        else
        {
            ledger.Wrote(topic, answer);
        }
    }

    private async Task<Answer> SendByHttp(TopicId topic, Command command, Guid id)
    {
        using var answer = await http.Ask(topic, command, id);
        return await answer.Code() is { } code ? Answer.No(new(code, "")) : Json.Decode<Answer>(await answer.Content.ReadAsByteArrayAsync());
    }

    private async Task Image()
    {
        var (topic, isSmall) = (Any, random.Next(2) == 0);
        ledger.Act(me, Acts.ReadImage, isSmall ? "small" : "whole", topic, await Get($"api/topics/{topic}/images/{Circle.FilmHash}{(isSmall ? "/thumb" : "")}"));
    }

    private async Task SendImage()
    {
        var topic = Any;
        using var answer = await http.PostAsync($"api/topics/{topic}/images", new ByteArrayContent(random.Next(2) == 0 ? Circle.Film : [1, 2, 3]));
        ledger.Act(me, Acts.SendImage, null, topic, await RefusalOf(answer));
    }

    private async Task MarkRead()
    {
        var topic = Any;
        using var answer = await http.PutAsync("api/read-positions", Http.JsonOf($$"""{"topic":"{{topic}}","contributions":1}"""));
        if (await RefusalOf(answer) is { } no)
        {
            ledger.Act(me, Acts.MarkRead, null, topic, no);
        }
        else
        {
            ledger.Nothing();
        }
    }

    private async Task Watch()
    {
        var watched = new[] { Any.ToString(), Any.ToString() }.Distinct().ToArray();
        await hearing.Ask<TopicHead[]>("Watch", (object)watched);
        ledger.List(me, Acts.WatchHeads, null!, null, string.Join(' ', watched), null);
    }

    private async Task Import()
    {
        var isReview = random.Next(2) == 0;
        using var answer = await http.PostAsync("api/import" + (isReview ? "?review=true" : ""), new StringContent(random.Next(3) == 0 ? "no bundle" : Bundle(Ada, Stay)));
        if (answer.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
        {
            return;
        }
        var no = await RefusalOf(answer);
        if (isReview || no is not null)
        {
            ledger.Act(me, Acts.Import, isReview ? "review" : "draft", null, no);
            return;
        }
        var topic = TopicId.Parse(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["topic"]!.GetValue<string>());
        ledger.Wrote(topic, new(1, (await service.Journal.Head(topic, CancellationToken.None))!.Number));
    }

    private async Task Register()
    {
        var user = "noor." + Guid.NewGuid().ToString("n")[..8];
        using var answer = await http.PostAsync(
            $"api/institutions/{TheService.NorthHarbour}/people", Http.JsonOf($$"""{"user":"{{user}}","name":"Noor","specialty":"Surgery","grade":"fellow","role":"clinician"}"""));
        ledger.ActWithEnd(me, Acts.Administer, "register-person", TheService.NorthHarbour.Topic, "begun");
        if (answer.IsSuccessStatusCode)
        {
            var topic = Json.Decode<Registered>(await answer.Content.ReadAsByteArrayAsync()).Who.Topic;
            ledger.Wrote(topic, new(1, (await service.Journal.Head(topic, CancellationToken.None))!.Number));
        }
    }

    private async Task List(string act, string what, TopicId? topic, string address) => ledger.List(me, act, what, topic, address, await Get(address));

    private async Task<string?> Seek(string text, string where)
    {
        using var answer = await http.Seek(text, where);
        return await RefusalOf(answer);
    }

    private async Task<string?> Get(string address)
    {
        using var answer = await http.GetAsync(address);
        return await RefusalOf(answer);
    }

    private static async Task<string?> RefusalOf(HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode ? null : await answer.Code() ?? $"http-{(int)answer.StatusCode}";
}
