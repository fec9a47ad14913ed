using System.Globalization;
using SocialQI.Storage;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Sqlite;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.Journal;

/// <summary>Appends per second of the journal's group commit against one INSERT per event, turn by turn in the same run; then <see cref="Loading"/>.</summary>
internal static class JournalBenchmark
{
    private const int Rounds = 5;

    /// <summary>Followers have no part in it; the option is there so that every benchmark takes the same ones.</summary>
    public static Sizes Defaults { get; } = new(Topics: 100, Followers: 0, Rate: 0, Writers: 100, Seconds: 3);

    public static async Task<int> Run(Sizes sizes)
    {
        Console.WriteLine($"{sizes.Topics} topics, {sizes.Writers} writers, texts of {CaseChain.TextLength} characters, {Rounds} rounds of {sizes.Seconds} s each, after one that does not count\n");
        Console.WriteLine($"{"appends/s",-12} {"group commit",14} {"",16} {"one INSERT",14} {"",16} {"ratio",8}");
        var sqlite = await OnSqlite(sizes);
        var postgres = await OnPostgres(sizes);
        Console.WriteLine();
        var loading = await Loading.Measure();
        Figures.Print("journal.sqlite.ratio", sqlite, "x");
        Figures.Print("journal.postgres.ratio", postgres, "x");
        Figures.Print("load.ratio", loading.Ratio, "x");
        Figures.Print("open.kb", loading.Kilobytes, "KB");
        return 0;
    }

    private static async Task<double> OnSqlite(Sizes sizes)
    {
        var folder = Directory.CreateTempSubdirectory("socialqi-journal-").FullName;
        try
        {
            await using var store = await SqliteStore.Open(folder);
            await using var baseline = new OneInsertOnSqlite(folder);
            return await Compare("SQLite", sizes, store.Journal, baseline);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> OnPostgres(Sizes sizes)
    {
        await using var server = new PrivatePostgres();
        await server.InitializeAsync();
        await using var source = PostgresStore.Source(await server.CreateDatabase());
        await using var store = await PostgresStore.Open(source);
        await using var baseline = await OneInsertOnPostgres.Open(await server.CreateDatabase());
        return await Compare("PostgreSQL", sizes, store.Journal, baseline);
    }

    private static async Task<double> Compare(string name, Sizes sizes, IJournal journal, IOneInsertPerEvent baseline)
    {
        var (group, single) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var g = await Appending.Measure(sizes, async append => Insist(await journal.Append(append)));
            var s = await Appending.Measure(sizes, baseline.Append);
            if (round > 0)
            {
                group.Add(g);
                single.Add(s);
            }
        }
        var ratio = group.Zip(single, (g, s) => g / s).Median();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-12} {group.Median(),14:0} {group.Spread("0"),16} {single.Median(),14:0} {single.Spread("0"),16} {ratio,8:0.0}"));
        return ratio;
    }

    private static void Insist(AppendOutcome outcome)
    {
        if (outcome != AppendOutcome.Committed)
        {
            throw new InvalidOperationException($"An append of the benchmark ended as {outcome}.");
        }
    }
}
