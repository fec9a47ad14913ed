using System.Text.Json;
using CsCheck;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Storage.Tests;

/// <summary>Random appends end as a dictionary in memory says, however they are batched.</summary>
public abstract class AppendingAnything(ITestDatabase database) : StoreContract(database)
{
    private const int Topics = 4;
    private const int Commands = 12;
    private const int Samples = 150;

    /// <summary>An append to one of a few topics, at its head or beside it, of commands that may have been done, with one to three events each.</summary>
    private sealed record Attempt(int Topic, int Off, (int Command, int Events)[] Commands);

    private static readonly Gen<Attempt[]> attempts =
        Gen.Select(
            Gen.Int[0, Topics - 1],
            Gen.Frequency((8, Gen.Const(0)), (1, Gen.Const(-1)), (1, Gen.Const(1))),
            Gen.Select(Gen.Int[0, Commands - 1], Gen.Int[1, 3]).Array[1, 3].Where(c => c.Select(x => x.Item1).Distinct().Count() == c.Length),
            (topic, off, commands) => new Attempt(topic, off, commands)).Array[1, 40];

    [Fact]
    public async Task Gives_the_outcomes_and_histories_of_the_model() =>
        await attempts.SampleAsync(
            async all =>
            {
                var model = new Model();
                var made = all.Select(model.Make).ToArray();
                var before = await Journal.Position(Stop);

                // All at once: the writer batches them as it likes, but keeps each topic's order.
                var outcomes = await Task.WhenAll(made.Select(m => Journal.Append(m.Append).AsTask()));

                return outcomes.SequenceEqual(made.Select(m => m.Expected))
                    && await Journal.Position(Stop) == before + model.Histories.Sum(h => h.Value.Count)
                    && await SameHistories(model);
            },
            iter: Samples,
            threads: 1);

    private async Task<bool> SameHistories(Model model)
    {
        foreach (var (topic, history) in model.Histories)
        {
            var read = await Journal.Read(topic, 1, 1_000, Stop);
            var done = await Journal.DoneLately(topic, 1_000, Stop);
            if (!read.Select(e => (e.Number, Text(e.Payload!))).SequenceEqual(history.Select((text, i) => (i + 1L, text)))
                || !done.Select(d => d.Id).SequenceEqual(Enumerable.Reverse(model.Done[topic]))
                || ((await Journal.Head(topic, Stop))?.Number ?? 0) != history.Count)
            {
                return false;
            }
        }
        return true;
    }

    private static string Text(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload);
        return json.RootElement.GetProperty("text").GetString()!;
    }

    private sealed class Model
    {
        private readonly TopicId[] topics = [.. Enumerable.Range(0, Topics).Select(_ => Chain.OfCase().Topic)];
        private readonly Guid[] commands = [.. Enumerable.Range(0, Commands).Select(_ => Guid.CreateVersion7())];
        private int texts;

        public Model()
        {
            Histories = topics.ToDictionary(t => t, _ => new List<string>());
            Done = topics.ToDictionary(t => t, _ => new List<Guid>());
        }

        public Dictionary<TopicId, List<string>> Histories { get; }

        public Dictionary<TopicId, List<Guid>> Done { get; }

        public (Append Append, AppendOutcome Expected) Make(Attempt attempt)
        {
            var topic = topics[attempt.Topic];
            var (history, done) = (Histories[topic], Done[topic]);
            var chain = new Chain(topic);
            chain.MoveTo(new TopicHeadRow(Math.Max(0, history.Count + attempt.Off), Sealing.Start, 0));
            var append = chain.Next([.. attempt.Commands.Select(c => (commands[c.Command], Said(c.Events)))]);
            if (append.Expected != history.Count || append.Commands.Any(c => done.Contains(c.Id)))
            {
                return (append, AppendOutcome.Lost);
            }
            history.AddRange(append.Events.Select(e => Text(e.Payload!)));
            done.AddRange(append.Commands.Select(c => c.Id));
            return (append, AppendOutcome.Committed);
        }

        private TopicEvent[] Said(int count) => [.. Enumerable.Range(0, count).Select(_ => Chain.Said($"Text {++texts}"))];
    }
}

public sealed class AppendingAnythingToSqlite() : AppendingAnything(new SqliteTestDatabase());

public sealed class AppendingAnythingToPostgres(PrivatePostgres postgres) : AppendingAnything(new PostgresTestDatabase(postgres));
