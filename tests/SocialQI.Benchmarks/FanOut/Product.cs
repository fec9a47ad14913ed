using Npgsql;
using SocialQI.Benchmarks.GrandRounds;
using SocialQI.Benchmarks.Journal;
using SocialQI.Cases;
using SocialQI.Storage.Postgres;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>The service as it is installed: two nodes on PostgreSQL, both silo and gateway, and people who are signed in.</summary>
internal sealed class Product : IServed
{
    /// <summary>The events that a case has when it is begun.</summary>
    public const long Begun = 2;

    private const int ConnectionsOfAPerson = 5;
    private const int NodeCount = 2;
    private const int LinesTold = 12;
    private const int WarmUpWriters = 16;

    private readonly PrivatePostgres postgres = new();
    private readonly List<ServerProcess> nodes = [];
    private Attendee[] people = [];
    private string database = "";

    public int[] Pids => [.. nodes.Select(n => n.Pid), postgres.Pid];

    /// <summary>The nodes' processes.</summary>
    public int[] Nodes => [.. nodes.Select(n => n.Pid)];

    /// <summary>The last that each node said.</summary>
    public string Said => string.Join('\n', nodes.Select(n => string.Join('\n', n.Said.Split('\n').TakeLast(LinesTold))));

    /// <param name="connections">For how many there are to be people.</param>
    /// <param name="warmUp">For so many seconds it does what it will do, before anything counts: it is a program of many methods, and each has to be compiled twice.</param>
    public static async Task<Product> Start(int connections, double warmUp)
    {
        var product = new Product();
        await product.postgres.InitializeAsync();
        product.database = await product.postgres.CreateDatabase();
        for (var i = 0; i < NodeCount; i++)
        {
            product.nodes.Add(await ServerProcess.StartNew(null, "--postgres", product.database));
        }
        await product.InStore(async store => product.people = await Attendee.Register(store, Math.Max(NodeCount, connections / ConnectionsOfAPerson)));
        if (warmUp == 0)
        {
            return product;
        }
        var busy = new Order { Followers = connections / 4, Publishers = WarmUpWriters, Unacknowledged = WarmUpWriters, InFlight = WarmUpWriters, WarmUp = warmUp };
        await Generator.Run(await product.Addressed(busy, WarmUpWriters));
        await Generator.Run(await product.Addressed(busy, 1));
        return product;
    }

    /// <summary>The order as it is for this: so many new cases, cookies, and where to connect.</summary>
    public async Task<Order> Addressed(Order order, int topics)
    {
        var cases = Enumerable.Range(0, topics).Select(i => Written.By(
            people[0].Id, people[0].Home, TopicId.Case(people[0].Home, Guid.CreateVersion7()),
            new CaseStarted("Noon", "Is it sepsis?", null, []), new CaseOpened(new Visibility(VisibilityKind.Network), [SocialQI.Audience.Network]))).ToArray();
        await InStore(store => store.Journal.Commit(cases));
        int[] ports = [.. nodes.Select(n => n.Address.Port)];
        return order with
        {
            FollowerPorts = ports,
            PublisherPorts = ports,
            Pids = Pids,
            Topics = [.. cases.Select(c => c.Topic.ToString())],
            Cookies = [.. people.Select(p => p.Cookie)],
            After = Begun,
        };
    }

    public async Task InStore(Func<Storage.Store, Task> what)
    {
        await using var source = PostgresStore.Source(database);
        await using var store = await PostgresStore.Open(source);
        await what(store);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
        NpgsqlConnection.ClearAllPools();
        await postgres.DisposeAsync();
    }
}
