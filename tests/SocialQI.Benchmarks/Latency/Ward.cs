using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using SocialQI.Benchmarks.Journal;
using SocialQI.Cases;
using SocialQI.Tests;
using SocialQI.Wire;

namespace SocialQI.Benchmarks.Latency;

/// <summary>Cases with their followers and writers, all connected over the hub.</summary>
internal sealed class Ward : IAsyncDisposable
{
    private const string Password = "rounds-at-seven";
    private const int TopicsOfAConnectionMax = 100;
    private const int EventsOfANewCase = 2;
    private const int NumberLength = 10;

    private static readonly string[] Users = ["imani.cole", "ines.falkner", "ada.lindholm", "wen.halloran", "tobias.renner", "mateus.arroyo"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<HubConnection> connections = [];
    private readonly Dictionary<string, CookieContainer> cookies = [];
    private readonly ConcurrentDictionary<long, long> dueAt = new();
    private readonly List<double> taken = [];
    private readonly Uri address;
    private readonly List<TopicId> topics = [];
    private readonly List<HubConnection> writers = [];
    private readonly List<Follower> followers = [];
    private long sent;
    private long awaited;
    private TaskCompletionSource? allHeard;

    private Ward(Uri address) => this.address = address;

    /// <summary>How often followers were told to catch up.</summary>
    public int CaughtUp => followers.Sum(f => f.CaughtUp);

    /// <summary>Makes the cases, connects everybody, and returns when all follow.</summary>
    public static async Task<Ward> Open(ServerProcess server, Sizes sizes)
    {
        var ward = new Ward(server.Address);
        foreach (var user in Users)
        {
            await ward.SignIn(user);
        }
        for (var i = 0; i < sizes.Writers; i++)
        {
            var writer = ward.Connection(Users[i % Users.Length]);
            await writer.StartAsync();
            ward.writers.Add(writer);
        }
        for (var i = 0; i < sizes.Topics; i++)
        {
            ward.topics.Add(await ward.OpenCase());
        }
        foreach (var some in ward.topics.Chunk(Math.Max(1, Math.Min(TopicsOfAConnectionMax, sizes.Topics / Users.Length))))
        {
            for (var i = 0; i < sizes.Followers; i++)
            {
                await ward.Follow(Users[i % Users.Length], some);
            }
        }
        return ward;
    }

    /// <summary>Writes at the rate, waits until every follower has heard everything, and returns how long each delivery took, in milliseconds.</summary>
    public async Task<IReadOnlyList<double>> Write(Sizes sizes)
    {
        var count = (long)sizes.Rate * sizes.Seconds;
        taken.Clear();
        allHeard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited = count * sizes.Followers;
        var pace = new Pace(sizes.Rate);
        var answers = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            var due = await pace.Next();
            answers.Add(Send(writers[i % writers.Count], topics[i % topics.Count], due));
        }
        await Task.WhenAll(answers);
        if (await Task.WhenAny(allHeard.Task, Task.Delay(Patience)) != allHeard.Task)
        {
            throw new TimeoutException($"Of {awaited} deliveries {taken.Count} came; followers were told to catch up {CaughtUp} times and shut out of {followers.Sum(f => f.ShutOut)} topics.");
        }
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task Send(HubConnection writer, TopicId topic, long due)
    {
        var number = Interlocked.Increment(ref sent);
        dueAt[number] = due;
        var text = string.Create(CultureInfo.InvariantCulture, $"{number:0000000000} ").PadRight(CaseChain.TextLength, 'x');
        Insist(await writer.InvokeAsync<Answer>("Send", topic, Guid.CreateVersion7(), AsJson(new PostContribution(ContributionKind.Comment, text))));
    }

    private void Heard(JsonElement envelope)
    {
        var now = Stopwatch.GetTimestamp();
        var text = envelope.GetProperty("d").GetProperty("text").GetString()!;
        var delay = Stopwatch.GetElapsedTime(dueAt[long.Parse(text.AsSpan(0, NumberLength), CultureInfo.InvariantCulture)], now).TotalMilliseconds;
        lock (taken)
        {
            taken.Add(delay);
            if (taken.Count == awaited)
            {
                allHeard!.SetResult();
            }
        }
    }

    private async Task<TopicId> OpenCase()
    {
        var me = writers[0];
        var topic = TopicId.Case(InstitutionId.Parse("north-harbour"), Guid.CreateVersion7());
        Insist(await me.InvokeAsync<Answer>("Send", topic, Guid.CreateVersion7(), AsJson(new StartCase("Noon", "Is it sepsis?"))));
        Insist(await me.InvokeAsync<Answer>("Send", topic, Guid.CreateVersion7(), AsJson(new OpenCase(new Visibility(VisibilityKind.Network), Attestation: new(0)))));
        return topic;
    }

    private async Task Follow(string user, TopicId[] some)
    {
        var connection = Connection(user);
        var follower = new Follower(connection, Heard);
        followers.Add(follower);
        await connection.StartAsync();
        foreach (var topic in some)
        {
            await follower.Follow(topic, EventsOfANewCase);
        }
    }

    private async Task SignIn(string user)
    {
        cookies[user] = new CookieContainer();
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies[user] }) { BaseAddress = address };
        using var content = new StringContent(JsonSerializer.Serialize(new { user, password = Password }), System.Text.Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri("api/sign-in", UriKind.Relative), content)).EnsureSuccessStatusCode();
    }

    private HubConnection Connection(string user)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(address, RoundsProtocol.Path), http =>
            (http.Cookies, http.SkipNegotiation, http.Transports) = (cookies[user], true, HttpTransportType.WebSockets)).Build();
        connections.Add(connection);
        return connection;
    }

    private static JsonElement AsJson(Command command) => JsonSerializer.SerializeToElement(command, Json.Context.Command);

    private static void Insist(Answer answer)
    {
        if (answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"A command of the benchmark was refused: {refusal.Code}");
        }
    }
}
