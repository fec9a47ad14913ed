namespace SocialQI.Storage.Audit;

/// <summary>What a verification came to.</summary>
/// <param name="Events">Events read.</param>
/// <param name="Rows">Rows of the audit read.</param>
/// <param name="Topics">Chains of events.</param>
/// <param name="Chains">Chains of the audit.</param>
/// <param name="Checkpoints">Witnesses compared.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Bad">The first row that is not what it was; null: all is well.</param>
public sealed record Verdict(long Events, long Rows, long Topics, long Chains, long Checkpoints, double Seconds, BadRow? Bad)
{
    /// <summary>How often the store went on from a copy.</summary>
    public int Restored { get; init; }

    /// <summary>Witnesses that saw what such a copy had not.</summary>
    public int Lost { get; init; }
}

/// <summary>A row that is not what it was.</summary>
/// <param name="Table">Where it is.</param>
/// <param name="Chain">The topic, or the home and writer.</param>
/// <param name="Number">Its number in that.</param>
/// <param name="Wrong">What is wrong with it.</param>
public sealed record BadRow(string Table, string Chain, long Number, string Wrong);

/// <summary>The first of what is found, in the order of the store, by whoever finds it.</summary>
internal sealed class FirstBad
{
    private readonly Lock gate = new();
    private long place = long.MaxValue;

    public BadRow? Row { get; private set; }

    public bool IsFound => Volatile.Read(ref place) != long.MaxValue;

    public void Found(long at, BadRow row)
    {
        lock (gate)
        {
            if (at < place)
            {
                Row = row;
                Volatile.Write(ref place, at);
            }
        }
    }
}
