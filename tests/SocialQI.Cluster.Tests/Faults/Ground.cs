using System.Net;
using Npgsql;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>
/// The cluster that is made to suffer: three silos, of which two serve browsers too, one more gateway, and a PostgreSQL that nobody else uses.
/// It outlives each fault: what one has broken is mended before the next.
/// </summary>
public sealed class Ground : IAsyncLifetime
{
    private const int Dead = 6;

    // A full run lasts longer than people may be idle, and a storm comes from one address.
    private static readonly string[] forgiving =
        ["--SocialQI:IdleAfter", "5.00:00:00", "--SocialQI:SessionLasts", "10.00:00:00", "--SocialQI:SignInsPerMinute", "10000", "--SocialQI:Audit:Every", "00:00:05"];

    private static readonly string[] names =
    [
        "imani.cole", "ada.lindholm", "ines.falkner", "samira.boulos", "anselm.royd", "callum.breck", "rafael.ordway", "tobias.renner", "kirsi.haldane", "dorothea.quill",
        "leopold.hartwick", "jun.averill", "wen.halloran", "noor.petersen", "gideon.marsh", "mateus.arroyo", "odessa.finch", "yusuf.dane",
    ];

    private readonly Network? network;
    private readonly Authority authority = new();
    private readonly Dictionary<ServerProcess, int> machines = [];
    private readonly Dictionary<ServerProcess, Relay> ways = [];
    private Relay? toDatabase;

    public Ground() => Postgres = new() { Place = Disk.Folder };

    /// <summary>With each node on a machine of its own.</summary>
    internal Ground(Network network)
        : this() => this.network = network;

    /// <summary>Where the database is, and nothing else.</summary>
    public Disk Disk { get; } = new();

    /// <summary>Of this cluster alone.</summary>
    public PrivatePostgres Postgres { get; }

    /// <summary>For whoever looks into the database past the service.</summary>
    public string Database => Postgres.ConnectionString;

    /// <summary>A silo and a gateway in one process, as most are.</summary>
    public ServerProcess One { get; private set; } = null!;

    /// <summary>Another one.</summary>
    public ServerProcess Other { get; private set; } = null!;

    public ServerProcess Silo { get; private set; } = null!;

    public ServerProcess Gateway { get; private set; } = null!;

    public IReadOnlyList<ServerProcess> Silos => [One, Other, Silo];

    public IReadOnlyList<ServerProcess> Nodes => [One, Other, Silo, Gateway];

    /// <summary>Where people connect.</summary>
    public Uri[] Doors => [.. ((ServerProcess[])[One, Other, Gateway]).Select(node => ways.TryGetValue(node, out var way) ? way.Address : node.Address)];

    /// <summary>Everybody, signed in.</summary>
    internal IReadOnlyList<Person> People { get; private set; } = [];

    /// <summary>A community, and who of everybody belongs to it.</summary>
    internal (CommunityId Id, IReadOnlyList<Person> Members) Community { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await Postgres.InitializeAsync();
        if (network is not null)
        {
            toDatabase = new(new IPEndPoint(IPAddress.Loopback, Postgres.Port), network.Address(Network.Root));
        }
        (One, Other, Silo, Gateway) = (Node("one"), Node("other"), Node("silo", "--roles", "silo"), Node("gateway", "--roles", "gateway"));
        await One.Start();
        await Silo.Start();
        await Task.WhenAll(Other.Start(), Gateway.Start());
        People = [.. await Task.WhenAll(names.Select(n => Person.SignIn(Doors[0], n)))];
        var memberships = new List<(CommunityId Community, Person Person)>();
        foreach (var person in People)
        {
            memberships.AddRange((await person.Me(Doors[0])).Communities.Select(m => (m.Community, person)));
        }
        var largest = memberships.GroupBy(m => m.Community, m => m.Person).MaxBy(g => g.Count())!;
        Community = (largest.Key, [.. largest]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in People)
        {
            person.Dispose();
        }
        foreach (var node in Nodes.Where(n => n is not null))
        {
            await node.DisposeAsync();
        }
        foreach (var way in ways.Values.Append(toDatabase).OfType<Relay>())
        {
            await way.DisposeAsync();
        }
        await Postgres.DisposeAsync();
        Disk.Dispose();
        authority.Dispose();
    }

    /// <summary>One more node on this database, to be started and ended by whoever asks for it.</summary>
    public ServerProcess Node(string name, params string[] more)
    {
        if (network is null)
        {
            return ServerProcess.New(null, ["--postgres", $"{Database};Application Name={name}", .. forgiving, .. more]);
        }
        var machine = network.Add();
        var node = ServerProcess.New(
            null,
            [
                "--postgres", $"{Database};Host={network.Address(Network.Root)};Port={toDatabase!.Port};Application Name={name}",
                "--SocialQI:SiloAddress", network.Address(machine).ToString(),
                .. authority.Words(name, more.Contains("gateway") ? Authority.Gateway : Authority.Silo), .. forgiving, .. more,
            ]);
        node.Under = network.Under(machine);
        machines[node] = machine;
        ways[node] = new(() => network.Connect(machine, node.Address.Port));
        return node;
    }

    /// <summary>Where on its network a node is.</summary>
    internal int MachineOf(ServerProcess node) => machines[node];

    /// <summary>Whatever was broken runs again.</summary>
    public async Task Mend()
    {
        if (!Postgres.IsRunning)
        {
            await Postgres.Start();
        }
        foreach (var node in Nodes.Where(n => !n.IsRunning))
        {
            await node.Start();
        }
    }

    /// <summary>When the cluster has taken a silo for dead.</summary>
    public async Task TakesForDead(ServerProcess victim)
    {
        // The database announces nothing.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await Ask($"select status from OrleansMembershipTable where port = {victim.SiloPort} order by generation desc limit 1") is not Dead)
        {
            await pace.WaitForNextTickAsync();
        }
    }

    /// <summary>How many silos were ever taken for dead.</summary>
    public async Task<long> Deaths() => (long)(await Ask($"select count(*) from OrleansMembershipTable where status = {Dead}"))!;

    /// <summary>What a question about the database has for its answer.</summary>
    public async Task<object?> Ask(string sql)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}

/// <summary>Faults come one after the other, and nothing else beside them.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class OnTheGround : ICollectionFixture<Ground>;

/// <summary>The same for those that have a cluster of their own.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class OnGroundOfTheirOwn;
