using SocialQI.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(PrivatePostgres))]

namespace SocialQI.Cluster.Tests;

/// <summary>A cluster of three processes on one database: one hosts grains only, one serves browsers only, one does both. They know each other by certificates.</summary>
public sealed class Hospitals(PrivatePostgres postgres) : IAsyncLifetime
{
    /// <summary>By which the database knows the process that serves browsers only.</summary>
    public const string EdgesName = "edge";

    /// <summary>By which the authority knows the process that hosts grains only.</summary>
    public const string SilosFile = "silo";

    private readonly Dictionary<string, Person> people = [];

    public string Database { get; private set; } = "";

    internal Authority Authority { get; } = new();

    public ServerProcess Silo { get; private set; } = null!;

    public ServerProcess Edge { get; private set; } = null!;

    public ServerProcess Both { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CreateDatabase();
        Both = await ServerProcess.StartNew(null, ["--postgres", Database, .. Authority.WordsOfPkcs12("both", Cluster.Tests.Authority.Silo)]);
        var silo = ServerProcess.StartNew(null, ["--postgres", Database, "--roles", "silo", .. Authority.Words(SilosFile, Cluster.Tests.Authority.Silo)]);
        var edge = ServerProcess.StartNew(
            null, ["--postgres", $"{Database};Application Name={EdgesName}", "--roles", "gateway", .. Authority.Words(EdgesName, Cluster.Tests.Authority.Gateway)]);
        (Silo, Edge) = (await silo, await edge);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in people.Values)
        {
            person.Dispose();
        }
        await Edge.DisposeAsync();
        await Both.DisposeAsync();
        await Silo.DisposeAsync();
        Authority.Dispose();
    }

    /// <summary>Somebody of the demonstration network, signed in at the edge the first time.</summary>
    internal async Task<Person> Person(string user) =>
        people.TryGetValue(user, out var person) ? person : people[user] = await Cluster.Tests.Person.SignIn(Edge.Address, user);
}

/// <summary>The tests that share the cluster.</summary>
[CollectionDefinition]
public sealed class AtTheHospitals : ICollectionFixture<Hospitals>;
