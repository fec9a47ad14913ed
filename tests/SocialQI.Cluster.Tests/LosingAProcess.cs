using System.Diagnostics;
using Npgsql;
using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>Two processes serve one database while people write: one hangs until it is taken for dead, then one after the other is killed and comes back.</summary>
public sealed class LosingAProcess(LosingAProcess.Ordeal ordeal) : IClassFixture<LosingAProcess.Ordeal>
{
    private static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(8);

    [Fact]
    public void Loses_nothing_that_was_acknowledged_and_shows_everybody_the_same_once_and_in_order() => Finding.None(ordeal.Findings);

    [Fact]
    public void Is_over_for_its_topics_within_seconds() =>
        Assert.All(ordeal.Killed.Where(r => r.WasHit), r => Assert.True(r.Silence < RecoveryMax, $"{r.Topic} was away for {r.Silence.TotalSeconds:0.0} s"));

    [Fact]
    public void Leaves_the_topics_of_the_other_alone() =>
        Assert.All(ordeal.Hung, r => Assert.True(r.WasHit || r.Silence < SilenceMax, $"{r.Topic} was silent for {r.Silence.TotalSeconds:0.0} s"));

    [Fact]
    public void Is_said_in_words() => Assert.True(ordeal.Unspoken.Count == 0, string.Join('\n', [.. ordeal.Unspoken, .. ordeal.Said]));

    [Fact]
    public void Shuts_nobody_out_of_what_they_follow() => Assert.Empty(ordeal.LetGo);

    [Fact]
    public void Ends_a_process_that_was_taken_for_dead() => Assert.NotEqual(0, ordeal.TakenForDead);

    public sealed class Ordeal(PrivatePostgres postgres) : IAsyncLifetime
    {
        private const int Kills = 3;
        private const int Topics = 12;
        private const int Writers = 40;
        private static readonly string[] People = ["imani.cole", "ada.lindholm", "ines.falkner", "samira.boulos", "anselm.royd", "callum.breck"];

        public IReadOnlyList<Finding> Findings { get; private set; } = [];

        /// <summary>What each kill was to each topic.</summary>
        public List<Recovery> Killed { get; } = [];

        /// <summary>What the hanging process was to each topic.</summary>
        public List<Recovery> Hung { get; } = [];

        /// <summary>With which code the process ended that hung.</summary>
        public int TakenForDead { get; private set; }

        public IReadOnlyList<string> Unspoken { get; private set; } = [];

        /// <summary>What the processes said last.</summary>
        public IReadOnlyList<string> Said { get; private set; } = [];

        public IReadOnlyList<LetGo> LetGo { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            var database = await postgres.CreateDatabase();
            await using var one = await ServerProcess.StartNew(null, "--postgres", database);
            await using var other = await ServerProcess.StartNew(null, "--postgres", database);
            await using var ward = new Ward();
            await Fill(ward, one.Address, other.Address);
            await ward.Calm();

            // First, while each of them still has topics: a process that came back has none.
            await Hang(ward, one, database);
            await Kill(ward, other, comesBackAtOnce: false);
            await Kill(ward, one, comesBackAtOnce: true);
            await Kill(ward, other, comesBackAtOnce: true);

            Findings = await ward.Check(() => JournalRows.OfPostgres(database, ward.Topics));
            (Unspoken, Said) = ([.. ward.Unspoken], [one.Said, other.Said]);
            LetGo = [.. ward.Recorder.Acts.OfType<LetGo>()];
            Tell(ward.Recorder.Acts);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        // Half of the topics are the network's, half a community's; some people come back to their own gateway only, some to any.
        private static async Task Fill(Ward ward, Uri one, Uri other)
        {
            var people = new List<Person>();
            foreach (var user in People)
            {
                people.Add(await Person.SignIn(one, user));
            }
            var shared = (await people[0].Me(one)).Communities.Select(m => m.Community).ToHashSet();
            foreach (var person in people)
            {
                shared.IntersectWith((await person.Me(other)).Communities.Select(m => m.Community));
            }
            for (var topic = 0; topic < Topics; topic++)
            {
                await ward.Start(
                    people[topic % people.Count], topic % 2 == 0 ? one : other,
                    topic % 4 < 2 ? new(VisibilityKind.Network) : new(VisibilityKind.Communities, Communities: [shared.First()]));
            }
            foreach (var (person, index) in people.Select((p, i) => (p, i)))
            {
                ward.AddFollower(person, index switch { 0 or 1 => [one], 2 or 3 => [other], 4 => [one, other], _ => [other, one] });
            }
            for (var writer = 0; writer < Writers; writer++)
            {
                ward.AddWriter(
                    people[writer % people.Count], ward.Topics[writer % Topics],
                    (writer / Topics) switch { 0 => [one], 1 => [other], 2 => [one, other], _ => [other, one] });
            }
        }

        private async Task Kill(Ward ward, ServerProcess victim, bool comesBackAtOnce)
        {
            await victim.Kill();
            var moment = Stopwatch.GetTimestamp();
            if (!comesBackAtOnce)
            {
                await Ward.Within("all topics served by the process that is left", Task.WhenAll(ward.Topics.Select(ward.Watches.Next)));
            }
            await victim.Start();
            await ward.Calm();
            Killed.AddRange(ward.Watches.Since(moment));
        }

        private async Task Hang(Ward ward, ServerProcess victim, string database)
        {
            await victim.Pause();
            var moment = Stopwatch.GetTimestamp();
            var served = Task.WhenAll(ward.Topics.Select(ward.Watches.Next));
            await Ward.Within("the other process to take it for dead", TakenFor(victim, database));
            await Ward.Within("all topics served by the process that is left", served);
            Hung.AddRange(ward.Watches.Since(moment));
            await victim.Resume();
            TakenForDead = await victim.Ended();
            await victim.Start();
            await ward.Calm();
        }

        private static async Task TakenFor(ServerProcess victim, string database)
        {
            const int dead = 6;
            await using var source = NpgsqlDataSource.Create(database);
            await using var ask = source.CreateCommand("select status from OrleansMembershipTable where port = $1 order by generation desc limit 1");
            ask.Parameters.Add(new() { Value = victim.SiloPort });
            // The database announces nothing.
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (await ask.ExecuteScalarAsync() is not dead)
            {
                await pace.WaitForNextTickAsync();
            }
        }

        private void Tell(IReadOnlyList<Act> acts)
        {
            var hit = Killed.Where(r => r.WasHit).Select(r => r.Silence).Order().ToList();
            Figures.Tell("cluster.acked", acts.OfType<Acknowledged>().Count(), "commands");
            Figures.Tell("cluster.heard", acts.OfType<Heard>().Count(), "events");
            Figures.Tell("cluster.kills", Kills, "kills");
            Figures.Tell("cluster.recovery.p95", hit[(int)(0.95 * (hit.Count - 1))].TotalMilliseconds, "ms");
            Figures.Tell("cluster.recovery.max", hit[^1].TotalMilliseconds, "ms");
            Figures.Tell("cluster.hang.recovery.max", Hung.Max(r => r.Silence).TotalMilliseconds, "ms");
            Figures.Tell("cluster.hang.others.max", Hung.Where(r => !r.WasHit).Select(r => r.Silence).DefaultIfEmpty().Max().TotalMilliseconds, "ms");
        }
    }
}
