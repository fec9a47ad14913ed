using SocialQI.Cases;

namespace SocialQI.Cluster.Tests;

/// <summary>Topics with people who write in them and people who follow them, and what all of them saw.</summary>
/// <param name="pace">How long a writer is silent between two lines; null: as people write.</param>
internal sealed class Ward(TimeSpan? pace = null) : IAsyncDisposable
{
    /// <summary>Longer than any recovery; reached only when something never comes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenLines = TimeSpan.FromMilliseconds(150);
    private const int NonsenseEvery = 10;
    private const int ReadEvery = 5;

    private readonly List<Line> lines = [];
    private readonly List<Task> writing = [];
    private readonly CancellationTokenSource pens = new();

    public Recorder Recorder { get; } = new();

    public Stopwatches Watches { get; } = new();

    public List<TopicId> Topics { get; } = [];

    public List<Follower> Followers { get; } = [];

    public List<Writer> Writers { get; } = [];

    /// <summary>Errors without words that anybody got.</summary>
    public IEnumerable<string> Unspoken => lines.SelectMany(l => l.Unspoken);

    /// <summary>Starts a topic.</summary>
    public async Task Start(Person by, Uri gateway, Visibility visibility)
    {
        var topic = TopicId.Case((await by.Me(gateway)).Acting!.Value, Guid.NewGuid());
        Topics.Add(topic);
        await Do(by, gateway, topic, new StartHallway($"Troponin of {topic.Key}", visibility, Attestation: new(0)), topic.Key);
    }

    /// <summary>Does something else than writing, as part of the history.</summary>
    /// <param name="by">Who.</param>
    /// <param name="gateway">Where.</param>
    /// <param name="topic">In which topic.</param>
    /// <param name="command">What, with one event.</param>
    /// <param name="text">Words of that event.</param>
    public async Task Do(Person by, Uri gateway, TopicId topic, Command command, string text)
    {
        var id = Guid.CreateVersion7();
        Recorder.Add(new Asked(by.User, topic.ToString(), id, text));
        Recorder.Add(new Acknowledged(id, (await by.Do(gateway, topic, command, id)).Last));
    }

    public void AddFollower(Person person, params Uri[] gateways) => AddFollower(person, Topics, gateways);

    /// <summary>Somebody who follows some of the topics only.</summary>
    public void AddFollower(Person person, IEnumerable<TopicId> topics, Uri[] gateways)
    {
        var line = new Line(person, gateways);
        Followers.Add(new($"{person.User} as follower {Followers.Count}", line, Recorder, Watches, topics));
        lines.Add(line.Start());
    }

    public void AddWriter(Person person, TopicId topic, params Uri[] gateways)
    {
        var line = new Line(person, gateways).Start();
        lines.Add(line);
        var writer = new Writer($"{person.User} as writer {Writers.Count}", topic, line, Recorder, Watches);
        var givesUp = Writers.Count % 4 == 3;
        Writers.Add(writer);
        writing.Add(Task.Run(() => Write(writer, person, gateways, givesUp)));
    }

    /// <summary>The connections that go to a gateway now.</summary>
    public IReadOnlyList<Line> LinesAt(Uri gateway) => [.. lines.Where(l => l.Gateway == gateway)];

    /// <summary>Everybody leaves their gateway for the next one that they know.</summary>
    public Task Move() => Task.WhenAll(lines.Select(l => l.Move()));

    /// <summary>When every connection is up, and every topic has acknowledged something from now on.</summary>
    public async Task Calm()
    {
        await Within("every connection up", Task.WhenAll(lines.Select(l => l.Up())));
        await Within("something acknowledged in every topic", Task.WhenAll(Topics.Select(Watches.Next)));
    }

    /// <summary>Puts the pens down, and returns what is wrong with all that was seen once everybody has heard everything.</summary>
    public async Task<IReadOnlyList<Finding>> Check(Func<Task<IReadOnlyList<Kept>>> journal)
    {
        await pens.CancelAsync();
        await Within("an answer for every writer", Task.WhenAll(writing));
        var kept = await journal();
        var heads = Topics.ToDictionary(t => t, t => kept.Count(k => k.Topic == t.ToString()));
        foreach (var follower in Followers)
        {
            foreach (var (topic, head) in heads.Where(h => follower.Follows(h.Key)))
            {
                await Within(
                    $"{follower.Name} to hear {head} of {topic}", Task.WhenAny(follower.Reaches(topic, head), follower.IsLetGo), () => $"it has {follower.Last(topic)}");
            }
        }
        return HistoryCheck.Of(Recorder.Acts, kept);
    }

    public async ValueTask DisposeAsync()
    {
        await pens.CancelAsync();
        foreach (var line in lines)
        {
            await line.DisposeAsync();
        }
        pens.Dispose();
    }

    /// <summary>Waits for what must come.</summary>
    public static async Task Within(string what, Task awaited, Func<string>? but = null)
    {
        try
        {
            await awaited.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {Patience.TotalSeconds} s in vain for {what}; {but?.Invoke()}");
        }
    }

    private async Task Write(Writer writer, Person person, Uri[] gateways, bool givesUp)
    {
        // As people write: one line, a while nothing, the next.
        using var silence = new PeriodicTimer(pace ?? BetweenLines);
        for (var line = 1; !pens.IsCancellationRequested; line++)
        {
            await (line % NonsenseEvery == 0 ? writer.WriteNonsense() : writer.Write(givesUp));
            if (line % ReadEvery == 0)
            {
                await Read(writer, person, gateways[line / ReadEvery % gateways.Length]);
            }
            await silence.WaitForNextTickAsync();
        }
    }

    // A gateway that is down shows nothing; what is shown has at least what the reader wrote.
    private async Task Read(Writer writer, Person person, Uri gateway)
    {
        try
        {
            if (await person.Open(gateway, writer.Topic) is { Refusal: null } shown)
            {
                Recorder.Add(new Read(writer.Name, writer.Topic.ToString(), shown.Number));
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
        }
    }
}
