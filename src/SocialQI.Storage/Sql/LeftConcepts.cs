namespace SocialQI.Storage.Sql;

/// <summary>Takes away concepts that no version has any more, in small pieces: of a load that failed, of one that was broken off, of a version that was replaced.</summary>
internal static class LeftConcepts
{
    private const int PieceRows = 1_000;

    /// <param name="database">Where they are.</param>
    /// <param name="ended">A load that has ended; when its version is not ready, it failed.</param>
    /// <param name="brokenOff">A load that began before this and is not ready was broken off.</param>
    public static async Task Sweep(IDatabase database, long ended, Moment brokenOff)
    {
        await database.Write(
            c => c.Run(
                "delete from terminology_version where not ready and (id = @ended or loaded < @broken)", CancellationToken.None,
                ("ended", ended), ("broken", brokenOff.Micros)),
            CancellationToken.None);
        var at = 0L;
        while (await Next(database, at) is { } version)
        {
            at = version;
            while (await Take(database, version) > 0)
            {
            }
        }
    }

    private static ValueTask<long?> Next(IDatabase database, long after) =>
        database.Read(
            c => c.First("select min(version) from concept where version > @after", row => row.NumberAt(0), CancellationToken.None, ("after", after)),
            CancellationToken.None);

    private static async Task<int> Take(IDatabase database, long version)
    {
        var taken = 0;
        await database.Write(
            async c => taken = await c.Run(
                """
                delete from concept where version = @version and not exists (select 1 from terminology_version where id = @version)
                and code in (select code from concept where version = @version order by code limit @max)
                """,
                CancellationToken.None, ("version", version), ("max", PieceRows)),
            CancellationToken.None);
        return taken;
    }
}
