using System.Globalization;
using Npgsql;
using SocialQI.Storage.Postgres;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.GrandRounds;

/// <summary>Where a session is held: PostgreSQL, two silos and two gateways, each a process of its own, and people of three hospitals who are signed in.</summary>
internal sealed class Hall : IAsyncDisposable
{
    private readonly PrivatePostgres postgres = new();
    private string database = "";

    /// <summary>The first is there before the second, and so hosts what was begun meanwhile.</summary>
    public List<ServerProcess> Silos { get; } = [];

    public List<ServerProcess> Gateways { get; } = [];

    public Attendee[] People { get; private set; } = [];

    public static async Task<Hall> Open(int people)
    {
        var hall = new Hall();
        await hall.postgres.InitializeAsync();
        hall.database = await hall.postgres.CreateDatabase();
        await hall.AddSilo();
        for (var i = 0; i < 2; i++)
        {
            hall.Gateways.Add(await hall.Start("gateway"));
        }
        await using var source = PostgresStore.Source(hall.database);
        await using var store = await PostgresStore.Open(source);
        hall.People = await Attendee.Register(store, people);
        return hall;
    }

    public async Task AddSilo() => Silos.Add(await Start("silo"));

    /// <summary>The processor time that all processes of the service have taken, the database's among them, in seconds.</summary>
    public double CpuSeconds()
    {
        var own = Silos.Concat(Gateways).Select(p => p.Pid).Append(postgres.Pid).ToHashSet();
        return Directory.EnumerateDirectories("/proc").Select(d => Path.GetFileName(d)).Where(d => int.TryParse(d, out _)).Sum(d => TakenBy(int.Parse(d, CultureInfo.InvariantCulture), own));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Gateways.Concat(Silos))
        {
            await process.DisposeAsync();
        }
        NpgsqlConnection.ClearAllPools();
        await postgres.DisposeAsync();
    }

    private Task<ServerProcess> Start(string role) => ServerProcess.StartNew(null, "--postgres", database, "--roles", role);

    // After the name in brackets, which may hold anything: state, parent, …, of which the 12th and 13th are user and system time in hundredths.
    private static double TakenBy(int process, HashSet<int> own)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var parent = int.Parse(fields[1], CultureInfo.InvariantCulture);
            return own.Contains(process) || own.Contains(parent) ? (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / 100 : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
