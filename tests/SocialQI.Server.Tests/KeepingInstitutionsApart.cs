using System.Collections.Concurrent;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.GrandRounds;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>
/// Every text that somebody of an institution can write to their own people has a word in it that stands nowhere else. People of the other institutions ask every
/// address and every method of the hub for it, while it is written and afterwards, and none of these words is in any byte they are sent.
/// </summary>
public sealed class KeepingInstitutionsApart(TheService service)
{
    private static readonly InstitutionId[] homes = [TheService.NorthHarbour, TheService.Thornmere, InstitutionId.Parse("skerry-point")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Somebody, and all the bytes that came to them.</summary>
    private sealed class Prying(InstitutionId home, HttpClient http, HubConnection hub) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> heard = new();

        public InstitutionId Home => home;

        public HubConnection Hub => hub;

        public IEnumerable<string> Heard => heard;

        public void Hear(string said) => heard.Enqueue(said);

        public async Task Ask(HttpMethod method, string address, string? body = null)
        {
            using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : Http.JsonOf(body) };
            using var answer = await http.SendAsync(request, Stop);
            Hear($"{method} {address}: {answer.Headers} {answer.Content.Headers} {await answer.Content.ReadAsStringAsync(Stop)}");
        }

        public async Task Call(string method, params object[] arguments)
        {
            try
            {
                Hear($"{method}: {await hub.InvokeCoreAsync<object?>(method, arguments, Stop)}");
            }
            catch (HubException e)
            {
                Hear($"{method}: {e.Message}");
            }
        }

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            await hub.DisposeAsync();
        }
    }

    [Fact]
    public async Task Leaves_no_word_of_one_in_any_byte_that_another_is_sent()
    {
        var prying = await Task.WhenAll(homes.SelectMany(h => (InstitutionRole[])[InstitutionRole.Clinician, InstitutionRole.Administrator, InstitutionRole.PrivacyOfficer], Come));
        var written = await Task.WhenAll(homes.Select(Begin));
        foreach (var who in prying)
        {
            foreach (var of in written.Where(w => w.Home != who.Home))
            {
                await who.Call("Follow", of.Case.ToString(), 0L);
                await who.Call("Watch", (object)new[] { of.Case.ToString(), of.Draft.ToString() });
            }
        }
        foreach (var of in written)
        {
            await of.WriteOn();
        }
        await Task.WhenAll(prying.Select(who => PryEverywhere(who, [.. written.Where(w => w.Home != who.Home)])));

        var leaks = (from who in prying
                     from foreign in written.Where(w => w.Home != who.Home).SelectMany(w => w.Words)
                     from said in who.Heard
                     where said.Contains(foreign, StringComparison.OrdinalIgnoreCase)
                     select $"{who.Home} was told {foreign} by {said[..Math.Min(said.Length, 200)]}").ToList();
        service.Apart = (written.Sum(w => w.Words.Count), leaks.Count);
        Assert.True(leaks.Count == 0, string.Join('\n', leaks.Take(10)));
        Assert.True(written.Sum(w => w.Words.Count) >= 100);
        // Its own people do hear them: the words were there to be found.
        foreach (var of in written)
        {
            var own = Assert.Single(prying, w => w.Home == of.Home && w == prying.First(p => p.Home == of.Home));
            await own.Ask(HttpMethod.Get, $"api/topics/{of.Case}/page?before=1000");
            Assert.Contains(own.Heard, h => of.Words.Any(w => h.Contains(w, StringComparison.Ordinal)));
        }
        foreach (var who in prying)
        {
            await who.DisposeAsync();
        }
    }

    private async Task<Prying> Come(InstitutionId home, InstitutionRole role)
    {
        var who = await service.Register(home, role);
        Prying? prying = null;
        var hub = await service.Hub(who, h =>
        {
            foreach (var told in (string[])[RoundsProtocol.Events, RoundsProtocol.Heads, RoundsProtocol.Signals, RoundsProtocol.CatchUp, RoundsProtocol.Closed])
            {
                h.On(told, [typeof(object), typeof(object)], (arguments, _) =>
                {
                    prying?.Hear($"{told}: {string.Join(' ', arguments)}");
                    return Task.CompletedTask;
                }, new());
            }
        });
        return prying = new(home, service.Client(who), hub);
    }

    /// <summary>Every address that is read, with the others' names in every place that takes one, and the others' words where words are asked for.</summary>
    private async Task PryEverywhere(Prying who, Written[] foreign)
    {
        foreach (var of in foreign)
        {
            foreach (var endpoint in service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(Reads))
            {
                foreach (var topic in (TopicId[])[of.Case, of.Draft, of.Session, of.Author.Topic])
                {
                    await who.Ask(HttpMethod.Get, Filled(endpoint.RoutePattern.RawText!, topic, of) + "?before=1000&after=0&take=200");
                }
            }
            foreach (var word in of.Words)
            {
                await who.Ask(HttpMethod.Post, "api/search", $$"""{"text":"{{word[..^1]}}"}""");
                await who.Ask(HttpMethod.Post, "api/jump", $$"""{"text":"{{word[..^1]}}"}""");
            }
            await who.Ask(HttpMethod.Get, $"api/cases?topics={of.Case},{of.Draft}&take=200");
            foreach (var when in (string[])["on", "coming", "past"])
            {
                await who.Ask(HttpMethod.Get, $"api/rounds?when={when}&take=200");
            }
            await who.Ask(HttpMethod.Post, "api/rounds/join", $$"""{"code":"{{ShortCode.Of(of.Session)}}"}""");
            foreach (var topic in (TopicId[])[of.Case, of.Draft, of.Session, of.Author.Topic])
            {
                await who.Call("Open", topic.ToString());
                await who.Call("Page", topic.ToString(), 1_000L);
                await who.Call("Send", topic.ToString(), Guid.CreateVersion7(), new { k = "react", number = 1, reaction = "agree" });
                await who.Ask(HttpMethod.Post, $"api/topics/{topic}/commands", $$"""{"id":"{{Guid.CreateVersion7()}}","command": {"k":"react","number":1,"reaction":"agree"} }""");
            }
        }
    }

    private static bool Reads(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true;

    private static string Filled(string address, TopicId topic, Written of) => address[1..]
        .Replace("{topic}", topic.ToString(), StringComparison.Ordinal).Replace("{number:long}", "3", StringComparison.Ordinal)
        .Replace("{id:guid}", of.Command.ToString(), StringComparison.Ordinal).Replace("{hash}", Circle.FilmHash.ToString(), StringComparison.Ordinal)
        .Replace("{institution}", of.Home.ToString(), StringComparison.Ordinal).Replace("{person}", of.Author.ToString(), StringComparison.Ordinal)
        .Replace("{community}", Guid.NewGuid().ToString("n"), StringComparison.Ordinal);

    /// <summary>What an institution keeps to itself: a case of every text there is, and a draft.</summary>
    private sealed record Written(InstitutionId Home, ClinicianId Author, TopicId Case, TopicId Draft, TopicId Session, Guid Command, List<string> Words, Func<Task> WriteOn);

    private async Task<Written> Begin(InstitutionId home)
    {
        var author = await service.Register(home);
        var (topic, draft, words) = (TopicId.Case(home, Guid.CreateVersion7()), TopicId.Case(home, Guid.CreateVersion7()), new List<string>());
        string Word()
        {
            words.Add($"{Overheard.Canary}{home.ToString().Replace("-", "", StringComparison.Ordinal)}{words.Count:00}x");
            return words[^1];
        }

        Section[] sections = [.. Enum.GetValues<SectionKind>().Select(k => new Section(k, $"Seen: {Word()}."))];
        await service.Done(author, draft, new StartCase($"Draft {Word()}", $"Is it {Word()}?", new(null, Word()), [.. sections]));
        var start = new StartCase($"Fever {Word()}", $"Is it {Word()}?", new(null, Word()), [.. Enum.GetValues<SectionKind>().Select(k => new Section(k, $"Found: {Word()}."))]);
        await service.Done(author, topic, start);
        var session = TopicId.Rounds(home, Guid.CreateVersion7());
        var plan = new RoundsPlan(
            $"Rounds {Word()}", $"About {Word()}", $"{DateTime.UtcNow.AddDays(1):yyyy-MM-dd}T07:00", "Europe/London", 45, new(VisibilityKind.Institution), default, default, [new($"Part {Word()}", author.Id, 0, 10)]);
        await service.Done(author, session, new PlanRounds(plan));
        await service.Done(author, topic, new OpenCase(new(VisibilityKind.Institution), new(0)));
        return new(home, author.Id, topic, draft, session, Guid.CreateVersion7(), words, async () =>
        {
            foreach (var command in (Command[])
            [
                .. Enumerable.Range(0, 12).Select(i => new PostContribution(i % 2 == 0 ? ContributionKind.Comment : ContributionKind.Question, $"Says {Word()}.")),
                new PostContribution(ContributionKind.Evidence, $"Says {Word()}.", Evidence: new(EvidenceKind.Doi, "10.1000/" + Word(), $"Supports {Word()}")),
                new EditContribution(4, $"Says {Word()} instead."), new AddFact(2, $"Fact {Word()}."), new AddFact(3, $"Fact {Word()}."),
                new ReviseCase($"Fever again {Word()}", $"Is it still {Word()}?", new(null, Word())), new ReviseSection(new(SectionKind.Course, $"Better: {Word()}.")),
                new ReportIdentifiers(5), new CloseCase($"Learned {Word()}."), new ReopenCase($"Because {Word()}."),
            ])
            {
                await service.Done(author, topic, command);
            }
        });
    }
}
