using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Grains.Topics;
using SocialQI.GrandRounds;
using SocialQI.Institutions;
using SocialQI.Panels;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>
/// Every door that takes a topic, for everybody and every kind of topic. Whoever may not see a topic is answered in the very bytes in which they are
/// answered where there is none.
/// </summary>
public sealed class SeeingATopic(TheService service)
{
    private sealed record Visitor(string Name, Somebody Who, IReadOnlyList<Begun> May, HttpClient Http, HubConnection Hub, List<string> Heard) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            await Hub.DisposeAsync();
        }
    }

    /// <summary>A door, and whether what it says to who may see a topic differs from what it says of nothing.</summary>
    private sealed record Door(string Name, Func<Visitor, TopicId, Begun, Task<string>> Ask, Func<Begun, bool> Speaks, string? Address = null);

    private static readonly Door[] Doors =
    [
        new("hub Open", (v, t, _) => Hub(v, t, nameof(RoundsHubMethods.Open), t.ToString()), _ => true),
        new("hub Follow", (v, t, _) => Hub(v, t, nameof(RoundsHubMethods.Follow), t.ToString(), 0), _ => true),
        new("hub Follow from far ahead", (v, t, _) => Hub(v, t, nameof(RoundsHubMethods.Follow), t.ToString(), long.MaxValue), _ => true),
        new("hub Page", (v, t, _) => Hub(v, t, nameof(RoundsHubMethods.Page), t.ToString(), 100), _ => true),
        new("hub Watch", (v, t, _) => Hub(v, t, nameof(RoundsHubMethods.Watch), (object)new[] { t.ToString() }), _ => true),
        // None of these is a ballot: to everybody it is as if there were none.
        new("hub Own", (v, t, _) => Hub(v, t, nameof(RoundsHubMethods.Own), t.ToString()), _ => false),
        new("GET own", (v, t, _) => Get(v, t, "/own"), _ => false, "GET /own"),
        new("GET own/before", (v, t, _) => Get(v, t, "/own/before"), _ => false, "GET /own/before"),
        new("GET entries", (v, t, _) => Get(v, t, "/entries"), _ => false, "GET /entries"),
        new("hub Point", (v, t, _) => Hub(v, t, nameof(RoundsHubMethods.Point), t.ToString(), 1, 1), _ => false),
        new("hub Signal", (v, t, _) => Hub(v, t, nameof(RoundsHubMethods.Signal), t.ToString(), "typing"), _ => false),
        new("hub Unfollow", (v, t, _) => Hub(v, t, nameof(RoundsHubMethods.Unfollow), t.ToString()), _ => false),
        new("hub Send", (v, t, b) => Hub(v, t, nameof(RoundsHubMethods.Send), t.ToString(), Guid.CreateVersion7(), JsonSerializer.Deserialize<JsonElement>(Json.Encode(Harmless(b)))), _ => true),
        new("GET topic", (v, t, _) => Get(v, t, ""), _ => true, "GET /"),
        new("GET calendar", (v, t, _) => Get(v, t, "/calendar.ics"), b => b.Topic.Kind == TopicKind.Rounds, "GET /calendar.ics"),
        new("GET report", (v, t, _) => Get(v, t, "/report.csv"), b => b.Topic.Kind == TopicKind.Panel, "GET /report.csv"),
        new("GET page", (v, t, _) => Get(v, t, "/page?before=100"), _ => true, "GET /page"),
        new("GET events", (v, t, _) => Get(v, t, "/events?after=0"), _ => true, "GET /events"),
        new("GET revisions", (v, t, _) => Get(v, t, "/contributions/3/revisions"), b => b.Topic.Kind == TopicKind.Case && b.Name != "draft", "GET /contributions/{number:long}/revisions"),
        // Nothing is hidden here: whoever it is, it is as if there were none.
        new("GET hidden", (v, t, _) => Get(v, t, "/contributions/3/hidden"), _ => false, "GET /contributions/{number:long}/hidden"),
        new("GET command", (v, t, b) => Get(v, t, "/commands/" + b.Command), b => b.Command != Guid.Empty, "GET /commands/{id:guid}"),
        new("POST command", async (v, t, b) => await Told(await v.Http.Ask(t, Harmless(b)), t), _ => true, "POST /commands"),
        new("POST image", async (v, t, _) => await Told(await v.Http.PostAsync($"api/topics/{t}/images", new ByteArrayContent(Circle.Film)), t), _ => true, "POST /images/"),
        new("GET image", (v, t, _) => Get(v, t, "/images/" + Circle.FilmHash), b => b.Topic.Kind == TopicKind.Case && b.Name != "draft", "GET /images/{hash}"),
        new("GET thumbnail", (v, t, _) => Get(v, t, $"/images/{Circle.FilmHash}/thumb"), b => b.Topic.Kind == TopicKind.Case && b.Name != "draft", "GET /images/{hash}/thumb"),
        new("PUT read position", async (v, t, _) => await Told(await v.Http.PutAsync("api/read-positions", Http.JsonOf($$"""{"topic":"{{t}}","contributions":0}""")), t), _ => true),
    ];

    private const string Topics = "/api/topics/{topic}";

    // What a hub answers to is its methods' names; these are kept as names so that a renamed method does not compile away from its door.
    private enum RoundsHubMethods { Open, Follow, Unfollow, Send, Page, Own, Signal, Point, Watch, Active, Misspoken }

    [Fact]
    public void Has_a_row_for_every_method_of_the_hub() => Assert.Equal(
        Enum.GetNames<RoundsHubMethods>().Order(),
        typeof(Server.Gateway.RoundsHub).GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.DeclaredOnly)
            .Where(m => m.GetBaseDefinition() == m).Select(m => m.Name).Order());

    [Fact]
    public void Has_a_row_for_every_address_that_takes_one() => Assert.Empty(WithoutARow(service.Services.GetRequiredService<EndpointDataSource>().Endpoints));

    [Fact]
    public void Without_a_row_an_address_is_caught() => Assert.Equal(
        ["GET /guilty"], WithoutARow([new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(Topics + "/guilty"), 0, new(new HttpMethodMetadata(["GET"])), null)]));

    [Fact]
    public async Task Is_for_who_may_and_for_others_it_is_as_if_there_were_none()
    {
        var circle = await Circle.Gather(service);
        var closed = await circle.BeginCase("closed case for its institution", new Visibility(VisibilityKind.Institution));
        await service.Done(circle.Author, closed.Topic, new CloseCase($"It was the {Overheard.Canary}."));
        Begun[] topics = [.. circle.Topics, closed];
        var visitors = await Everybody(circle, closed);
        var faults = new List<string>();
        foreach (var visitor in visitors)
        {
            await using (visitor)
            {
                foreach (var begun in topics)
                {
                    faults.AddRange(await Faults(visitor, begun, visitor.May.Contains(begun)));
                }
            }
        }
        Figures.Tell("access.cells", Doors.Length * visitors.Count * topics.Length, "cells");
        Figures.Tell("access.unexpected", faults.Count, "cells");
        Assert.True(Doors.Length * visitors.Count * topics.Length >= 2_000);
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    [Fact]
    public async Task Is_for_who_may_in_every_list_and_on_every_wire()
    {
        var circle = await Circle.Gather(service);
        var visitors = new List<Visitor>();
        await foreach (var visitor in Visitors(circle))
        {
            visitors.Add(visitor);
            foreach (var begun in circle.Topics)
            {
                await Hub(visitor, begun.Topic, nameof(RoundsHubMethods.Follow), begun.Topic.ToString(), 0);
            }
            await Hub(visitor, circle.Draft.Topic, nameof(RoundsHubMethods.Watch), (object)circle.Topics.Select(t => t.Topic.ToString()).ToArray());
        }
        await TellSomethingIn(circle);
        foreach (var visitor in visitors)
        {
            var may = visitor.May.Where(b => b.Topic.Kind == TopicKind.Case).ToList();
            await Waiting.Until($"the {visitor.Name} hears", () => Task.FromResult(may.All(b => Heard(visitor).Contains("Events " + b.Topic))));
            // What would come to who may not see had been sent to them with the same commit: this answer came after it.
            await Hub(visitor, circle.ForNetwork.Topic, nameof(RoundsHubMethods.Open), circle.ForNetwork.Topic.ToString());
            var not = circle.Topics.Except(visitor.May).Select(b => b.Topic.ToString()).ToList();
            Assert.DoesNotContain(Heard(visitor), h => not.Any(n => h.Contains(n, StringComparison.Ordinal)));
            var listed = await Cases(visitor);
            Assert.Equal(may.Select(b => b.Topic.ToString()).Order(), circle.Topics.Select(b => b.Topic.ToString()).Where(listed.Contains).Order());
            var sessions = (await visitor.Http.GetFromJsonAsync<JsonObject>("api/rounds?when=coming&take=200", TestContext.Current.CancellationToken))!["lines"]!.AsArray().Select(l => l!["rounds"]!.GetValue<string>());
            Assert.Equal(visitor.May.Contains(circle.ForRounds), sessions.Contains(circle.ForRounds.Topic.ToString()));
            var panels = (await visitor.Http.GetFromJsonAsync<JsonObject>("api/panels?take=200", TestContext.Current.CancellationToken))!["lines"]!.AsArray().Select(l => l!["panel"]!.GetValue<string>());
            Assert.Equal(visitor.May.Contains(circle.ForPanel), panels.Contains(circle.ForPanel.Topic.ToString()));
            await visitor.DisposeAsync();
        }
    }

    private static IEnumerable<string> WithoutARow(IEnumerable<Endpoint> endpoints) =>
        from endpoint in endpoints.OfType<RouteEndpoint>()
        where endpoint.RoutePattern.Parameters.Any(p => p.Name == "topic")
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        let address = $"{method} {endpoint.RoutePattern.RawText![Topics.Length..]}"
        where !Doors.Any(d => d.Address == address)
        select address;

    private static IEnumerable<Begun> MaySee(Circle circle, Somebody who)
    {
        IEnumerable<Begun> everybodys = [circle.ForNetwork, circle.CommunityTopic, circle.InstitutionTopic];
        return who == circle.Author ? circle.Topics
            : who == circle.Colleague ? [circle.ForInstitution, circle.ForRounds, circle.ForPanel, .. everybodys]
            : who == circle.Member ? [circle.ForCommunity, circle.ForNamed, circle.ForPanel, .. everybodys]
            : who == circle.Stranger || who == circle.FormerMember ? everybodys
            : [];
    }

    private async IAsyncEnumerable<Visitor> Visitors(Circle circle)
    {
        (string, Somebody)[] people =
        [
            ("author", circle.Author), ("colleague", circle.Colleague), ("stranger", circle.Stranger), ("member", circle.Member), ("former member", circle.FormerMember),
            ("former colleague", circle.FormerColleague),
        ];
        foreach (var (name, who) in people)
        {
            yield return await Come(name, who, MaySee(circle, who));
        }
    }

    /// <summary>Those, and one of every role here and elsewhere, one who sees a case in an emergency, and one whose time has not begun.</summary>
    private async Task<List<Visitor>> Everybody(Circle circle, Begun closed)
    {
        var visitors = new List<Visitor>();
        await foreach (var visitor in Visitors(circle))
        {
            visitors.Add(visitor.Who == circle.Author || visitor.Who == circle.Colleague ? visitor with { May = [.. visitor.May, closed] } : visitor);
        }
        foreach (var role in Enum.GetValues<InstitutionRole>().Except([InstitutionRole.Clinician]))
        {
            visitors.Add(await Come($"{role} here", await service.Register(TheService.NorthHarbour, role), [.. MaySee(circle, circle.Colleague), closed]));
            visitors.Add(await Come($"{role} elsewhere", await service.Register(TheService.Thornmere, role), MaySee(circle, circle.Stranger)));
        }
        var officer = await service.Register(TheService.NorthHarbour, InstitutionRole.PrivacyOfficer);
        await service.Done(officer, circle.ForNamed.Topic, new BreakGlass($"They bleed, says the {Overheard.Canary}.", BreakGlass.MinutesMax));
        visitors.Add(await Come("one in an emergency", officer, [.. MaySee(circle, circle.Colleague), closed, circle.ForNamed]));
        var future = await service.Register(TheService.NorthHarbour);
        var tomorrow = new GrantAffiliation(TheService.NorthHarbour, InstitutionRole.Clinician, Moment.Of(DateTimeOffset.UtcNow.AddDays(1)));
        Assert.Null((await service.Grains.Ask(future.Id.Topic, Guid.CreateVersion7(), tomorrow, Passport.OfOperator, Moment.Of(DateTimeOffset.UtcNow))).Refusal);
        await circle.Knows(future, me => me["affiliations"]!.AsArray().Count == 0);
        visitors.Add(await Come("one of tomorrow", future, []));
        return visitors;
    }

    private async Task<Visitor> Come(string name, Somebody who, IEnumerable<Begun> may)
    {
        var heard = new List<string>();
        var hub = await service.Hub(who, hub =>
        {
            hub.On<string, JsonElement>(RoundsProtocol.Events, (topic, _) => Note(heard, "Events " + topic));
            hub.On<string>(RoundsProtocol.Closed, topic => Note(heard, "Closed " + topic));
            hub.On<string, long>(RoundsProtocol.CatchUp, (topic, _) => Note(heard, "CatchUp " + topic));
            hub.On<JsonElement>(RoundsProtocol.Heads, heads => Note(heard, "Heads " + heads));
            hub.On<JsonElement>(RoundsProtocol.Signals, signal => Note(heard, "Signals " + signal));
        });
        return new(name, who, [.. may], service.Client(who), hub, heard);
    }

    private static async Task<IEnumerable<string>> Faults(Visitor visitor, Begun begun, bool may)
    {
        var faults = new List<string>();
        foreach (var door in Doors)
        {
            var said = await door.Ask(visitor, begun.Topic, begun);
            var ofNothing = await door.Ask(visitor, Nothing(begun.Topic), begun);
            if (may && door.Speaks(begun) && said == ofNothing)
            {
                faults.Add($"{door.Name}: the {visitor.Name} may see the {begun.Name} and is told {said}");
            }
            if (!may && said != ofNothing)
            {
                faults.Add($"{door.Name}: the {visitor.Name} may not see the {begun.Name} and is told {said}, where of nothing {ofNothing}");
            }
        }
        return faults;
    }

    /// <summary>A topic of the same kind and home that does not exist.</summary>
    private static TopicId Nothing(TopicId like) => TopicId.Parse(like.Kind == TopicKind.Institution
        ? "institution.no-such-hospital.open.no-such-hospital"
        : $"{like.Kind.ToString().ToLowerInvariant()}.{like.Home}.open.{Guid.CreateVersion7():n}");

    /// <summary>A command that is refused, or changes nothing, where it is let in.</summary>
    private static Command Harmless(Begun begun) => begun.Topic.Kind switch
    {
        TopicKind.Case => new React(1, Reaction.Agree),
        TopicKind.Rounds => new CloseRounds(),
        TopicKind.Panel => new EndPanel(""),
        TopicKind.Clinician => new UnfollowTopic(TheService.Thornmere.Topic),
        TopicKind.Community => new RemoveMember(new ClinicianId(Guid.CreateVersion7())),
        _ => new RenameInstitution(""),
    };

    private async Task TellSomethingIn(Circle circle)
    {
        foreach (var begun in new[] { circle.ForInstitution, circle.ForCommunity, circle.ForNetwork, circle.ForNamed })
        {
            await service.Done(circle.Author, begun.Topic, new PostContribution(ContributionKind.Comment, $"Noon, by the {Overheard.Canary}."));
        }
        await service.Done(circle.Author, circle.Draft.Topic, new ReviseSection(new Section(SectionKind.Course, $"Better, by the {Overheard.Canary}.")));
        await service.Done(circle.Author, circle.OwnTopic.Topic, new ReadInbox(1));
    }

    private static async Task<HashSet<string>> Cases(Visitor visitor)
    {
        var list = await visitor.Http.GetFromJsonAsync<JsonObject>("api/cases?take=200");
        return [.. list!["lines"]!.AsArray().Select(l => l!["topic"]!.GetValue<string>())];
    }

    private static async Task<string> Hub(Visitor visitor, TopicId topic, string method, params object[] arguments)
    {
        try
        {
            var answer = await visitor.Hub.InvokeCoreAsync<JsonElement?>(method, arguments, TestContext.Current.CancellationToken);
            return answer?.GetRawText().Replace(topic.ToString(), "TOPIC", StringComparison.Ordinal) ?? "";
        }
        catch (HubException e)
        {
            return e.Message;
        }
    }

    private static async Task<string> Get(Visitor visitor, TopicId topic, string rest) => await Told(await visitor.Http.GetAsync($"api/topics/{topic}{rest}"), topic);

    private static async Task<string> Told(HttpResponseMessage answer, TopicId topic)
    {
        using (answer)
        {
            return await answer.Tells(topic.ToString());
        }
    }

    private static void Note(List<string> heard, string what)
    {
        lock (heard)
        {
            heard.Add(what);
        }
    }

    private static List<string> Heard(Visitor visitor)
    {
        lock (visitor.Heard)
        {
            return [.. visitor.Heard];
        }
    }
}
