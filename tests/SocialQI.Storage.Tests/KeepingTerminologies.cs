using System.Collections.Immutable;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Storage.Tests;

/// <summary>Code systems in versions side by side: a version is there whole or not at all.</summary>
public abstract class KeepingTerminologies(ITestDatabase database) : StoreContract(database)
{
    private const string Icd = "icd-10-cm";

    private static readonly Concept Infarction = new("I21.9", "Acute myocardial infarction, unspecified", ["MI", "heart attack"]);
    private static readonly Concept Asthma = new("J45.909", "Unspecified asthma, uncomplicated", []);

    private Sql.Terminologies Terminologies => Store.Terminologies;

    [Fact]
    public async Task A_loaded_version_is_current_and_read_by_code()
    {
        Assert.Equal(LoadOutcome.Loaded, await Load("2026", [Asthma, Infarction]));

        var version = Assert.Single(await Terminologies.Versions(Stop));
        Assert.Equal((Icd, "2026", 2, Chain.Noon, true), (version.System, version.Version, version.Concepts, version.Loaded, version.IsCurrent));
        Assert.Equal(Words([Infarction, Asthma]), Words(await Terminologies.Concepts(version.Id, "", 10, Stop)));
        Assert.Equal(Words([Asthma]), Words(await Terminologies.Concepts(version.Id, "I21.9", 10, Stop)));
        Assert.Equal(Words([Infarction]), Words(await Terminologies.Concepts(version.Id, "", 1, Stop)));
    }

    [Fact]
    public async Task The_newest_loaded_is_current_and_the_older_stays_readable()
    {
        await Load("2025", [Infarction]);
        Clock.Now += TimeSpan.FromDays(1);
        await Load("2026", [Infarction, Asthma]);

        var versions = await Terminologies.Versions(Stop);

        Assert.Equal([("2026", true), ("2025", false)], versions.Select(v => (v.Version, v.IsCurrent)));
        Assert.Equal(Words([Infarction]), Words(await Terminologies.Concepts(versions[1].Id, "", 10, Stop)));
    }

    [Fact]
    public async Task Another_version_can_be_chosen_as_current()
    {
        await Load("2025", [Infarction]);
        await Load("2026", [Asthma], current: "2025");
        Assert.Equal("2025", await Current());

        Assert.True(await Terminologies.Choose(Icd, "2026", Stop));
        Assert.Equal("2026", await Current());

        Assert.False(await Terminologies.Choose(Icd, "1066", Stop));
        Assert.False(await Terminologies.Choose("nowhere", "2026", Stop));
        Assert.Equal("2026", await Current());
    }

    [Fact]
    public async Task One_that_is_not_there_cannot_be_made_current_by_a_load()
    {
        Assert.Equal(LoadOutcome.NoSuchCurrent, await Load("2026", [Asthma], current: "1066"));
        Assert.Equal(0, await Rows());
    }

    [Fact]
    public async Task The_same_again_changes_nothing()
    {
        await Load("2026", [Infarction, Asthma]);
        var before = await Terminologies.Versions(Stop);
        Clock.Now += TimeSpan.FromDays(1);

        Assert.Equal(LoadOutcome.Unchanged, await Load("2026", [Asthma, Infarction]));

        Assert.Equal(before, await Terminologies.Versions(Stop));
    }

    [Fact]
    public async Task Other_content_under_the_same_name_is_refused_until_it_may_replace()
    {
        await Load("2026", [Infarction, Asthma]);

        Assert.Equal(LoadOutcome.OtherContent, await Load("2026", [Asthma with { Synonyms = ["wheeze"] }]));
        Assert.Equal(2, Assert.Single(await Terminologies.Versions(Stop)).Concepts);

        Assert.Equal(LoadOutcome.Replaced, await Load("2026", [Asthma with { Synonyms = ["wheeze"] }], replaces: true));
        var version = Assert.Single(await Terminologies.Versions(Stop));
        Assert.Equal(["wheeze"], Assert.Single(await Terminologies.Concepts(version.Id, "", 10, Stop)).Synonyms);
        Assert.True(version.IsCurrent);
        Assert.Equal(1, await Rows());
    }

    [Fact]
    public async Task A_load_that_is_broken_off_leaves_nothing_and_is_never_seen()
    {
        await Load("2025", [Infarction]);
        var seen = new List<string>();

        await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await Terminologies.Load(
            new(Icd, "2026", Many(2_500), null, false),
            async written =>
            {
                seen.AddRange((await Terminologies.Versions(Stop)).Select(v => v.Version));
                Assert.True(written == 0 || await Rows() == written + 1);
                if (written == 2_000)
                {
                    throw new InvalidOperationException("The one who asked has gone.");
                }
            },
            Stop));

        Assert.Equal(["2025", "2025", "2025"], seen);
        Assert.Equal("2025", await Current());
        Assert.Equal(1, await Rows());
    }

    [Fact]
    public async Task What_a_process_left_when_it_was_killed_goes_with_a_later_load()
    {
        await Run($"insert into terminology_version (id, system, version, digest, concepts, loaded, ready) values (7, 'icd-10-cm', '2024', {Bytes}, 1, {(Chain.Noon + TimeSpan.FromHours(-2)).Micros}, {NotReady})");
        await Run("insert into concept (version, code, title, synonyms) values (7, 'A00', 'Cholera', '')");

        await Load("2026", [Asthma]);

        Assert.Equal(1, await Rows());
        Assert.Equal(1, await Count("select count(*) from terminology_version"));
    }

    [Fact]
    public async Task Two_loads_of_the_same_version_at_once_leave_one()
    {
        var other = await OpenOther();
        var load = new TerminologyLoad(Icd, "2026", Many(3_000), null, false);

        var outcomes = await Task.WhenAll(
            Terminologies.Load(load, _ => Task.CompletedTask, Stop).AsTask(), other.Terminologies.Load(load, _ => Task.CompletedTask, Stop).AsTask());

        Assert.Equal([LoadOutcome.Loaded, LoadOutcome.Unchanged], outcomes.Order());
        Assert.Equal(3_000, Assert.Single(await Terminologies.Versions(Stop)).Concepts);
        Assert.Equal(3_000, await Rows());
    }

    [Fact]
    public async Task Another_system_has_its_own_current_version()
    {
        await Load("2026", [Asthma]);
        await Terminologies.Load(new("starter", "1", [Infarction], null, false), _ => Task.CompletedTask, Stop);

        Assert.Equal([(Icd, true), ("starter", true)], (await Terminologies.Versions(Stop)).Select(v => (v.System, v.IsCurrent)));
    }

    /// <summary>SQLite and PostgreSQL write these two values differently.</summary>
    protected abstract string NotReady { get; }

    protected abstract string Bytes { get; }

    /// <summary>As another process of the cluster, where there can be one.</summary>
    protected abstract Task<Store> OpenOther();

    private ValueTask<LoadOutcome> Load(string version, Concept[] concepts, string? current = null, bool replaces = false) =>
        Terminologies.Load(new(Icd, version, concepts, current, replaces), _ => Task.CompletedTask, Stop);

    private async Task<string> Current() => (await Terminologies.Versions(Stop)).Single(v => v.System == Icd && v.IsCurrent).Version;

    private Task<long> Rows() => Count("select count(*) from concept");

    private static Concept[] Many(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Concept($"A{i:0000}", $"Condition {i}", ImmutableArray<string>.Empty))];

    private static IEnumerable<string> Words(IEnumerable<Concept> concepts) => concepts.Select(c => $"{c.Code} {c.Title}: {string.Join(", ", c.Synonyms)}");
}

public sealed class KeepingTerminologiesInSqlite() : KeepingTerminologies(new SqliteTestDatabase())
{
    protected override string NotReady => "0";

    protected override string Bytes => "x'00'";

    protected override Task<Store> OpenOther() => Task.FromResult(Store);
}

public sealed class KeepingTerminologiesInPostgres(PrivatePostgres postgres) : KeepingTerminologies(new PostgresTestDatabase(postgres))
{
    protected override string NotReady => "false";

    protected override string Bytes => "'\\x00'::bytea";

    protected override Task<Store> OpenOther() => OpenAnother();
}
