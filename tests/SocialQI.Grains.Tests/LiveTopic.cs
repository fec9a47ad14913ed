using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Grains.Topics;
using SocialQI.Storage;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Grains.Tests;

/// <summary>A topic in a cluster, asked by its client and looked at on the disk.</summary>
internal sealed class LiveTopic(Silos silos, TopicId topic)
{
    public static readonly InstitutionId NorthHarbour = InstitutionId.Parse("north-harbour");
    public static readonly InstitutionId Thornmere = InstitutionId.Parse("thornmere");
    public static readonly Passport Ada = PassportOf(0xada, NorthHarbour, InstitutionRole.Clinician);
    public static readonly Passport Ben = PassportOf(0xbe4, Thornmere, InstitutionRole.Clinician);
    public static readonly Passport Chief = PassportOf(0xc1, NorthHarbour, InstitutionRole.Administrator);

    private int asked;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Silos Silos => silos;

    public TopicId Topic => topic;

    public ITopicGrain Grain => silos.Grains.Topic(topic);

    public Trouble Trouble => silos.Store.Journal.Of(topic);

    public IJournal Real => silos.Store.Journal.Real;

    public static TopicId AnyTopic() => TopicId.Case(NorthHarbour, Guid.NewGuid());

    /// <summary>An open case of Ada's, visible to the whole network.</summary>
    public static async Task<LiveTopic> Open(Silos silos)
    {
        var opened = new LiveTopic(silos, AnyTopic());
        await opened.Must(new StartCase("Chest pain at noon", "What next?"));
        await opened.Must(new OpenCase(new Visibility(VisibilityKind.Network), Attestation: new(0)));
        return opened;
    }

    public static Passport PassportOf(int person, InstitutionId institution, InstitutionRole role) =>
        new(new ClinicianId(new Guid(person, 0, 0, new byte[8])), Grade.Attending, [new(institution, role, default, null)], institution, [], [], 1);

    public static PostContribution Saying(string text) => new(ContributionKind.Comment, text, Attestation: new(0));

    /// <param name="command">What.</param>
    /// <param name="id">A new one when null.</param>
    /// <param name="by">Who; Ada when null.</param>
    /// <param name="ago">How long ago, as if by a gateway of then.</param>
    public Task<Answer> Ask(Command command, Guid? id = null, Passport? by = null, TimeSpan ago = default)
    {
        Interlocked.Increment(ref asked);
        return silos.Grains.Ask(topic, id ?? Guid.CreateVersion7(), command, by ?? Ada, Moment.Of(TimeProvider.System.GetUtcNow() - ago))
            .Within($"the answer to {command.GetType().Name}");
    }

    /// <summary>Ends when the grain has taken every command asked so far, answered or not.</summary>
    public Task AllHaveCome() => silos.Asked.Reaches(Grain, asked).Within("all commands to come to the grain");

    public Task<Answer> Say(string text, Guid? id = null) => Ask(Saying(text), id);

    /// <summary>Asks, and expects a yes.</summary>
    public async Task<Answer> Must(Command command, Guid? id = null, Passport? by = null, TimeSpan ago = default)
    {
        var answer = await Ask(command, id, by, ago);
        Assert.Null(answer.Refusal);
        return answer;
    }

    /// <summary>Asks with the same id until it is known what came of it, as clients do.</summary>
    public async Task<Answer> AskUntilKnown(Command command, Guid id, Passport? by = null)
    {
        for (var i = 0; i < 1_000; i++)
        {
            if (await Try(command, id, by) is { } answer && answer.Refusal?.Code is not ("outcome-unknown" or "busy" or "storage-full"))
            {
                return answer;
            }
        }
        throw new TimeoutException($"It never became known what came of {command.GetType().Name}.");
    }

    /// <summary>What is on the disk.</summary>
    public async Task<IReadOnlyList<StoredEvent>> Events()
    {
        var all = new List<StoredEvent>();
        while (await Real.Read(topic, all.Count + 1, 1_000, Stop) is { Count: > 0 } some)
        {
            all.AddRange(some);
        }
        return all;
    }

    public async Task<long> Number() => (await Real.Head(topic, Stop))?.Number ?? 0;

    public async Task<CaseState> Shown() => Json.Decode<CaseState>((await Grain.Show().Within("the case as it stands")).State);

    /// <summary>What the grain remembers goes away, as after a long silence.</summary>
    public Task Deactivate() => silos.Cluster.DeactivateAsync(Grain).Within("the end of the activation");

    /// <summary>The grain shows what the journal says, and the journal has no gap.</summary>
    public async Task AgreesWithJournal()
    {
        var events = await Events();
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Number));
        Assert.Equal(events[^1].Hash, (await Real.Head(topic, Stop))!.Hash);
        Assert.Equal(Folded(events), await Text());
    }

    /// <summary>Each of these commands has one effect, with the numbers that its answer named.</summary>
    public async Task HasOnce(IEnumerable<(Guid Id, Answer Answer)> commands)
    {
        var taken = new HashSet<long>();
        foreach (var (id, answer) in commands)
        {
            Assert.Null(answer.Refusal);
            var done = await Real.Done(topic, id, Stop);
            Assert.Equal((answer.First, answer.Last), (done!.First, done.Last));
            for (var n = done.First; n <= done.Last; n++)
            {
                Assert.True(taken.Add(n), $"Event {n} belongs to two commands.");
            }
        }
    }

    // Null: the topic could not wake, or its silo is gone.
    private async Task<Answer?> Try(Command command, Guid id, Passport? by)
    {
        try
        {
            return await Ask(command, id, by);
        }
        catch (Exception e) when (e is IOException or OrleansException)
        {
            return null;
        }
    }

    private static string Folded(IEnumerable<StoredEvent> events) =>
        System.Text.Encoding.UTF8.GetString(Json.Encode(events.Aggregate(CaseState.None, (state, e) => state.After(e.Decode()))));

    private async Task<string> Text() => System.Text.Encoding.UTF8.GetString((await Grain.Show().Within("the case as it stands")).State);
}

internal static class Waiting
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits, but not for ever; what was waited for is named.</summary>
    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(patience, LiveTopic.Stop);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {patience.TotalSeconds:n0} s in vain for {what}.");
        }
    }

    /// <inheritdoc cref="Within{T}"/>
    public static Task Within(this Task task, string what) => Ended(task).Within(what);

    private static async Task<bool> Ended(Task task)
    {
        await task;
        return true;
    }
}
