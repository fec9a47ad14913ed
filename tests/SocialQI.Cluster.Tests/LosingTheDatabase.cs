using System.Diagnostics;
using System.Net;
using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests;

/// <summary>The database is killed as if its power had gone, stays away until nobody's rights can be vouched for, and comes back.</summary>
public sealed class LosingTheDatabase(LosingTheDatabase.Ordeal ordeal) : IClassFixture<LosingTheDatabase.Ordeal>
{
    private static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(30);

    [Fact]
    public void Loses_nothing_that_was_acknowledged_and_shows_everybody_the_same_once_and_in_order() => Finding.None(ordeal.Findings);

    [Fact]
    public void Is_over_within_seconds() => Assert.InRange(ordeal.Recovery, TimeSpan.Zero, RecoveryMax);

    [Fact]
    public void Shuts_nobody_out_of_what_they_follow() => Assert.Empty(ordeal.LetGo);

    [Fact]
    public void Is_said_in_words() => Assert.Empty(ordeal.Unspoken);

    [Fact]
    public void Is_said_to_who_asks_by_HTTP_with_the_status_of_an_outage() => Assert.Equal(Enumerable.Repeat("503 application/problem+json", 4), ordeal.ByHttp);

    [Fact]
    public void Shows_in_the_readiness_but_not_in_the_liveness() =>
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ordeal.ReadyWhileAway, ordeal.LiveWhileAway));

    public sealed class Ordeal : IAsyncLifetime
    {
        private static readonly string[] People = ["imani.cole", "ada.lindholm", "ines.falkner"];

        public IReadOnlyList<Finding> Findings { get; private set; } = [];

        public IReadOnlyList<LetGo> LetGo { get; private set; } = [];

        public IReadOnlyList<string> Unspoken { get; private set; } = [];

        public List<string> ByHttp { get; } = [];

        /// <summary>From the database's first answer until every topic acknowledged something again.</summary>
        public TimeSpan Recovery { get; private set; }

        public HttpStatusCode ReadyWhileAway { get; private set; }

        public HttpStatusCode LiveWhileAway { get; private set; }

        public async ValueTask InitializeAsync()
        {
            // One of its own: nobody else's may be killed.
            await using var postgres = new PrivatePostgres();
            await postgres.InitializeAsync();
            await using var server = await ServerProcess.StartNew(null, "--postgres", postgres.ConnectionString);
            await using var ward = new Ward();
            var people = new List<Person>();
            foreach (var user in People)
            {
                people.Add(await Person.SignIn(server.Address, user));
                await ward.Start(people[^1], server.Address, new(VisibilityKind.Network));
            }
            people.ForEach(p => ward.AddFollower(p, server.Address));
            people.ForEach(p => ward.Topics.ForEach(t => ward.AddWriter(p, t, server.Address)));
            await ward.Calm();

            await Lose(postgres, server, ward, people[0]);

            var since = Stopwatch.GetTimestamp();
            await ward.Calm();
            Recovery = Stopwatch.GetElapsedTime(since);
            Figures.Tell("database.recovery", Recovery.TotalMilliseconds, "ms");
            await Ward.Within("readiness", Readiness(people[0], server, HttpStatusCode.OK));
            Findings = await ward.Check(() => JournalRows.OfPostgres(postgres.ConnectionString, ward.Topics));
            LetGo = [.. ward.Recorder.Acts.OfType<LetGo>()];
            Unspoken = [.. ward.Unspoken];
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async Task Lose(PrivatePostgres postgres, ServerProcess server, Ward ward, Person person)
        {
            var keepers = server.Says("could not be woken");
            await postgres.Stop(Ending.Kill);
            await Ward.Within("unreadiness", Readiness(person, server, HttpStatusCode.ServiceUnavailable));
            await Ward.Within("the end of all passports", ward.Watches.Says("not-now"));
            await Ward.Within("the keepers' turn", keepers, () => server.Said);
            ReadyWhileAway = (await person.Get(server.Address, "readyz")).Status;
            LiveWhileAway = (await person.Get(server.Address, "livez")).Status;
            ByHttp.Add((await person.Open(server.Address, ward.Topics[0])).Refusal!.Say);
            ByHttp.Add((await person.Send(server.Address, ward.Topics[0], new WithdrawContribution(1))).Refusal!.Say);
            ByHttp.Add(await person.StatusOf(server.Address, "api/institutions"));
            ByHttp.Add(await person.StatusOf(server.Address, "api/cases"));
            await postgres.Start();
        }

        private static async Task Readiness(Person person, ServerProcess server, HttpStatusCode wanted)
        {
            while ((await person.Get(server.Address, "readyz")).Status != wanted)
            {
            }
        }
    }
}
