using System.Diagnostics;
using Microsoft.AspNetCore.SignalR.Client;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>
/// However somebody loses the right to see a case, the last byte of it reaches them within seconds of the commit, while its author goes on writing; and who comes back
/// is given nothing, of what was before neither.
/// </summary>
public sealed class RevokingInTime(TheService service)
{
    private const int TrialsOfEach = 20;
    private const int WaysAtOnce = 2;
    private static readonly TimeSpan promised = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan between = TimeSpan.FromMilliseconds(150);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A case that somebody follows, and who can end that.</summary>
    private sealed record Room(Somebody Author, Somebody Chief, Somebody Follower, CommunityId Community, TopicId Topic);

    /// <summary>One way in which it ends, and whether it is their signing in that ends.</summary>
    private sealed record Way(string Name, Func<TheService, Room, Task> End, bool EndsSession = false);

    private static readonly Way[] Ways =
    [
        new("signed out everywhere", (s, r) => Send(s, r.Follower, HttpMethod.Delete, "api/me/sessions"), EndsSession: true),
        new("account closed", (s, r) => Send(s, r.Chief, HttpMethod.Put, $"api/institutions/{TheService.Thornmere}/people/{r.Follower.Id}/sign-in", """{"closed":true}"""), EndsSession: true),
        new("affiliation ended", (s, r) => s.Done(r.Chief, r.Follower.Id.Topic, new EndAffiliation(TheService.Thornmere))),
        new("removed from the community", (s, r) => s.Done(r.Author, r.Community.Topic, new RemoveMember(r.Follower.Id))),
        new("community left", (s, r) => s.Done(r.Follower, r.Community.Topic, new LeaveCommunity())),
        new("case made narrower", (s, r) => s.Done(r.Author, r.Topic, new ChangeVisibility(new(VisibilityKind.Institution), new(0)))),
    ];

    private sealed record Trial(double LastAfter, int TooLate, string? Fault);

    [Fact]
    public async Task Ends_what_is_heard_within_seconds_of_the_commit()
    {
        var trials = new List<Trial>();
        foreach (var ways in Ways.Chunk(WaysAtOnce))
        {
            trials.AddRange(await Task.WhenAll(ways.SelectMany(way => Enumerable.Range(0, TrialsOfEach).Select(async _ => await Try(way, await Gather())))));
        }
        var last = trials.Select(t => t.LastAfter).Order().ToList();
        Figures.Tell("revoke.trials", trials.Count, "trials");
        Figures.Tell("revoke.p99", last[(last.Count * 99 / 100) - 1], "ms");
        Figures.Tell("revoke.max", last[^1], "ms");
        Figures.Tell("revoke.after", trials.Sum(t => t.TooLate), "events");
        Assert.Empty(trials.Select(t => t.Fault).OfType<string>());
        Assert.True(last[^1] < promised.TotalMilliseconds, $"The last came {last[^1]:0} ms after.");
    }

    private async Task<Trial> Try(Way way, Room room)
    {
        await using var follower = await Hearing.Of(service, room.Follower);
        Assert.Null((await follower.Follow(room.Topic)).Refusal);
        var arrivals = new List<long>();
        follower.Hub.On<string, object>(RoundsProtocol.Events, (_, _) =>
        {
            lock (arrivals)
            {
                arrivals.Add(Stopwatch.GetTimestamp());
            }
        });
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var writer = WriteOn(room, writing.Token);
        await Waiting.Until("what is written arrives", () => Task.FromResult(Count(arrivals) > 0));

        // From before it is asked: the commit is somewhere between, and the figure rather too large than too small.
        var since = Stopwatch.GetTimestamp();
        await way.End(service, room);
        await Waiting.Until("it is long over", () => Task.FromResult(Stopwatch.GetElapsedTime(since) > promised + TimeSpan.FromSeconds(1)));
        var fault = await ComesBack(way, room, follower);
        await writing.CancelAsync();
        await writer;
        lock (arrivals)
        {
            var after = arrivals.Select(a => Stopwatch.GetElapsedTime(since, a)).Where(a => a > TimeSpan.Zero).ToList();
            return new(after.Select(a => a.TotalMilliseconds).DefaultIfEmpty(0).Max(), after.Count(a => a > promised), fault);
        }
    }

    private static async Task<string?> ComesBack(Way way, Room room, Hearing follower)
    {
        if (way.EndsSession)
        {
            return follower.Hub.State == HubConnectionState.Disconnected ? null : $"{way.Name}: the connection stands";
        }
        var answer = await follower.Follow(room.Topic, 0);
        return answer.Refusal == Refusal.NotThere ? null : $"{way.Name}: following again is answered {answer}";
    }

    private async Task WriteOn(Room room, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(between);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await service.Done(room.Author, room.Topic, new PostContribution(ContributionKind.Comment, $"On and on, {Overheard.Canary}."));
            }
        }
        catch (OperationCanceledException)
        {
            // It is enough.
        }
    }

    private async Task<Room> Gather()
    {
        var (author, chief, follower) = (await service.Register(TheService.NorthHarbour), await service.Register(TheService.Thornmere, InstitutionRole.Administrator), await service.Register(TheService.Thornmere));
        var (community, topic) = (new CommunityId(Guid.CreateVersion7()), TopicId.Case(TheService.NorthHarbour, Guid.CreateVersion7()));
        await service.Done(author, community.Topic, new FoundCommunity($"Sepsis {Overheard.Canary}", $"The first hour of {Overheard.Canary}."));
        await service.Done(author, community.Topic, new InviteClinician(follower.Id));
        await service.Done(follower, community.Topic, new AnswerInvitation(true));
        await Waiting.Until("the gateway knows the author's community", async () =>
        {
            using var http = service.Client(author);
            using var answer = await http.Ask(topic, new StartHallway($"Noon, by the {Overheard.Canary}?", new(VisibilityKind.Communities, [community]), new(0)));
            return answer.IsSuccessStatusCode;
        });
        await Waiting.Until("the follower may see it", async () =>
        {
            using var http = service.Client(follower);
            using var answer = await http.GetAsync($"api/topics/{topic}", Stop);
            return answer.IsSuccessStatusCode;
        });
        return new(author, chief, follower, community, topic);
    }

    private static async Task Send(TheService service, Somebody who, HttpMethod method, string address, string? body = null)
    {
        using var http = service.Client(who);
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : Http.JsonOf(body) };
        using var answer = await http.SendAsync(request, Stop);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static int Count(List<long> arrivals)
    {
        lock (arrivals)
        {
            return arrivals.Count;
        }
    }
}
