using System.Data.Common;
using System.Security.Cryptography;
using System.Text;

namespace SocialQI.Storage.Sql;

/// <summary>
/// The code systems of a store, in versions side by side. A version is written in small pieces that nobody sees, so that the journal's writer never waits
/// long, and becomes visible and current in one transaction at the end; what a broken load leaves behind goes with a later one.
/// </summary>
public sealed class Terminologies
{
    /// <summary>The most texts that are looked up at once.</summary>
    public const int NamedMax = 5;

    /// <summary>The system that brings other words for the codes of those an operator loaded. Where there are none, it is all there is.</summary>
    public const string Starter = "starter";

    private const int PieceRows = 1_000;
    private const int StatementRows = 200;

    /// <summary>A load that has not ended by then was broken off.</summary>
    private static readonly TimeSpan LoadLongest = TimeSpan.FromHours(1);

    private readonly IDatabase database;
    private readonly TimeProvider clock;
    private readonly ConceptNames names;

    internal Terminologies(IDatabase database, TimeProvider clock) => (this.database, this.clock, names) = (database, clock, new(this, database));

    private Moment Now => Moment.Of(clock.GetUtcNow());

    /// <summary>All versions, by system, the newest loaded first.</summary>
    public async ValueTask<IReadOnlyList<TerminologyVersion>> Versions(CancellationToken stop) =>
        await database.Read(
            c => c.All(
                """
                select v.id, v.system, v.version, v.concepts, v.loaded, t.current is not null
                from terminology_version v left join terminology t on t.system = v.system and t.current = v.id
                where v.ready order by v.system, v.loaded desc, v.version
                """,
                row => new TerminologyVersion(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.MomentAt(4), row.GetBoolean(5)), stop),
            stop);

    /// <summary>Concepts of a version after a code, by code, at most so many; an older version's too.</summary>
    public async ValueTask<IReadOnlyList<Concept>> Concepts(long version, string after, int max, CancellationToken stop) =>
        await database.Read(
            c => c.All($"{ConceptNames.Select} and code > @after order by code limit @max", ConceptNames.ConceptAt, stop, ("version", version), ("after", after), ("max", max)), stop);

    /// <summary>
    /// The concept that each text names exactly, by its title or a synonym, whatever its case, accents, spaces and punctuation; null where it names none, or more
    /// than one. The first call after a load reads all that is current; any other asks which versions are, and for what it found.
    /// </summary>
    /// <param name="texts">At most <see cref="NamedMax"/>, as somebody wrote them.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>One a text, in their order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are more texts.</exception>
    public ValueTask<IReadOnlyList<Concept?>> Named(IReadOnlyList<string> texts, CancellationToken stop) => names.Of(texts, stop);

    /// <summary>Makes a version the current one of its system; false when it is not there.</summary>
    public async ValueTask<bool> Choose(string system, string version, CancellationToken stop)
    {
        var chosen = 0;
        await database.Write(
            async c => chosen = await c.Run(
                """
                update terminology set current = (select id from terminology_version where system = @system and version = @version and ready)
                where system = @system and exists (select 1 from terminology_version where system = @system and version = @version and ready)
                """,
                stop, ("system", system), ("version", version)),
            stop);
        return chosen > 0;
    }

    /// <summary>Loads a version whole, or changes nothing.</summary>
    /// <param name="load">What to load.</param>
    /// <param name="told">How many concepts are written; called from the first piece on, so not at all when nothing is done.</param>
    /// <param name="stop">Ends it; then nothing is left of it.</param>
    public async ValueTask<LoadOutcome> Load(TerminologyLoad load, Func<int, Task> told, CancellationToken stop)
    {
        var concepts = load.Concepts.OrderBy(c => c.Code, StringComparer.Ordinal).ToList();
        var digest = Digest(concepts);
        if (await Settled(load, digest, stop) is { } settled)
        {
            return settled;
        }
        var id = Random.Shared.NextInt64(1, long.MaxValue);
        try
        {
            await Write(id, load, digest, concepts, told, stop);
            var outcome = LoadOutcome.OtherContent;
            await database.Write(async c => outcome = await Finish(c, id, load, digest, stop), stop);
            return outcome;
        }
        finally
        {
            // Also what it took the place of, and all of it when it lost to another load of the same version.
            await LeftConcepts.Sweep(database, id, Now + -LoadLongest);
        }
    }

    // Null when there is something to do.
    private async Task<LoadOutcome?> Settled(TerminologyLoad load, byte[] digest, CancellationToken stop)
    {
        if (load.Current is { } current && current != load.Version && await Id(load.System, current, stop) is null)
        {
            return LoadOutcome.NoSuchCurrent;
        }
        var there = await database.Read(c => Digest(c, load, stop), stop);
        if (there is null)
        {
            return null;
        }
        if (!there.AsSpan().SequenceEqual(digest))
        {
            return load.Replaces ? null : LoadOutcome.OtherContent;
        }
        if (load.Current is not null)
        {
            await Choose(load.System, load.Current, stop);
        }
        return LoadOutcome.Unchanged;
    }

    private async Task Write(long id, TerminologyLoad load, byte[] digest, List<Concept> concepts, Func<int, Task> told, CancellationToken stop)
    {
        await database.Write(
            c => c.Run(
                "insert into terminology_version (id, system, version, digest, concepts, loaded, ready) values (@id, @system, @version, @digest, @concepts, @loaded, false)",
                stop, ("id", id), ("system", load.System), ("version", load.Version), ("digest", digest), ("concepts", concepts.Count), ("loaded", Now.Micros)),
            stop);
        var written = 0;
        foreach (var piece in concepts.Chunk(PieceRows))
        {
            await told(written);
            await database.Write(
                async c =>
                {
                    foreach (var rows in piece.Chunk(StatementRows))
                    {
                        await Insert(c, id, rows, stop);
                    }
                },
                stop);
            written += piece.Length;
        }
        await told(written);
    }

    private static Task<int> Insert(DbConnection connection, long id, Concept[] rows, CancellationToken stop) =>
        connection.Run(
            "insert into concept (version, code, title, synonyms) values " + string.Join(",", rows.Select((_, i) => $"(@v,@c{i},@t{i},@s{i})")),
            stop,
            [
                ("v", id),
                .. rows.SelectMany((r, i) => new (string, object?)[] { ($"c{i}", r.Code), ($"t{i}", r.Title), ($"s{i}", string.Join('\n', r.Synonyms)) }),
            ]);

    private static async Task<LoadOutcome> Finish(DbConnection connection, long id, TerminologyLoad load, byte[] digest, CancellationToken stop)
    {
        // The second line makes two loads of a system wait for each other here.
        await connection.Run("insert into terminology (system, current) values (@system, null) on conflict (system) do nothing", stop, ("system", load.System));
        await connection.Run("update terminology set current = current where system = @system", stop, ("system", load.System));
        var there = await Digest(connection, load, stop);
        if (there is not null && !(load.Replaces && !there.AsSpan().SequenceEqual(digest)))
        {
            return there.AsSpan().SequenceEqual(digest) ? LoadOutcome.Unchanged : LoadOutcome.OtherContent;
        }
        await connection.Run(
            "delete from terminology_version where system = @system and version = @version and ready", stop, ("system", load.System), ("version", load.Version));
        await connection.Run("update terminology_version set ready = true where id = @id", stop, ("id", id));
        await connection.Run(
            """
            update terminology set current = coalesce((select id from terminology_version where system = @system and version = @current and ready), @id)
            where system = @system
            """,
            stop, ("system", load.System), ("current", load.Current ?? load.Version), ("id", id));
        return there is null ? LoadOutcome.Loaded : LoadOutcome.Replaced;
    }

    private static Task<byte[]?> Digest(DbConnection connection, TerminologyLoad load, CancellationToken stop) =>
        connection.First(
            "select digest from terminology_version where system = @system and version = @version and ready", row => row.BytesAt(0), stop,
            ("system", load.System), ("version", load.Version));

    private async Task<long?> Id(string system, string version, CancellationToken stop) =>
        (await Versions(stop)).FirstOrDefault(v => v.System == system && v.Version == version)?.Id;

    private static byte[] Digest(List<Concept> concepts)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var concept in concepts)
        {
            digest.AppendData(Encoding.UTF8.GetBytes($"{concept.Code}\t{concept.Title}\t{string.Join('\n', concept.Synonyms)}\0"));
        }
        return digest.GetHashAndReset();
    }
}
