namespace SocialQI.Storage.Tests;

/// <summary>Twelve ways to change what happened, each by somebody who can write anything to the database and makes what he can agree with it.</summary>
internal static class Tampering
{
    /// <summary>Changes a table; the row that must be named, where it can be only that one.</summary>
    public delegate (string Chain, long Number)? Kind(TamperedTable table, Random random);

    public static readonly Dictionary<string, Kind> Kinds = new()
    {
        ["edit"] = (table, random) => Exactly(table, random, row => row[row.ContainsKey("kind") ? "kind" : "act"] = "unseen"),
        ["delete from the middle"] = (table, random) => In(table, random, (chain, i) => table.Rows.Remove(chain[i]), leaveLast: true),
        ["cut off the end"] = (table, random) => In(table, random, (chain, i) => chain.Skip(i).ToList().ForEach(row => table.Rows.Remove(row))),
        ["cut off the end and write another"] = (table, random) => In(table, random, (chain, i) =>
        {
            foreach (var row in chain.Skip(i))
            {
                row["at"] = (long)row["at"]! + 60_000_000;
            }
            table.SealFrom(chain, i);
        }),
        ["swap two rows"] = (table, random) => In(table, random, (chain, i) =>
        {
            var (one, other) = (table.Rows.IndexOf(chain[i]), table.Rows.IndexOf(chain[i + 1]));
            (table.Rows[one], table.Rows[other]) = (chain[i + 1], chain[i]);
            (chain[i]["number"], chain[i + 1]["number"]) = (chain[i + 1]["number"], chain[i]["number"]);
        }, leaveLast: true),
        ["insert"] = (table, random) => In(table, random, (chain, i) =>
        {
            foreach (var later in chain.Skip(i))
            {
                later["number"] = (long)later["number"]! + 1;
            }
            var forged = new Dictionary<string, object?>(chain[i]) { ["number"] = i + 1L };
            table.Rows.Insert(table.Rows.IndexOf(chain[i]), forged);
            chain.Insert(i, forged);
            table.SealFrom(chain[..(i + 1)], i);
        }),
        ["write twice"] = (table, random) => In(table, random, (chain, i) => table.Rows.Insert(table.Rows.IndexOf(chain[i]) + 1, new(chain[i]))),
        ["give to another institution"] = (table, random) =>
            Exactly(table, random, row => row["acting_for"] = (string?)row["acting_for"] == "thornmere" ? "skerry-point" : "thornmere"),
        ["change the time"] = (table, random) => Exactly(table, random, row => row["at"] = (long)row["at"]! - random.Next(1, 3_600_000)),
        ["seal everything anew"] = (table, random) => In(table, random, (chain, i) =>
        {
            chain[i]["acting_for"] = null;
            table.SealFrom(chain, i);
        }),
        ["fork"] = (table, random) => In(table, random, (chain, i) =>
        {
            List<Dictionary<string, object?>> branch = [.. chain.Take(i), .. chain.Skip(i).Select(row => new Dictionary<string, object?>(row) { ["at"] = (long)row["at"]! + 1 })];
            table.SealFrom(branch, i);
            table.Rows.AddRange(branch.Skip(i));
        }),
        ["go back to an older copy"] = (table, random) =>
        {
            var kept = random.Next(table.Rows.Count);
            table.Rows.RemoveRange(kept, table.Rows.Count - kept);
            return null;
        },
    };

    private static (string, long)? Exactly(TamperedTable table, Random random, Action<Dictionary<string, object?>> change)
    {
        var row = table.Rows[random.Next(table.Rows.Count)];
        change(row);
        return (table.ChainOf(row), (long)row["number"]!);
    }

    private static (string, long)? In(TamperedTable table, Random random, Action<List<Dictionary<string, object?>>, int> change, bool leaveLast = false)
    {
        var chain = table.Chain(table.ChainOf(table.Rows[random.Next(table.Rows.Count)]));
        change(chain, random.Next(leaveLast ? chain.Count - 1 : chain.Count));
        return null;
    }
}
