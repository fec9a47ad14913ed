using System.Net.Sockets;
using SocialQI.Storage.Inspecting;

namespace SocialQI.Server.Operate.Doctoring;

/// <summary>What a database says of itself, and of the cluster that serves from it.</summary>
internal static class StoreFindings
{
    private const int SilosMin = 3;
    private static readonly TimeSpan SilentMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReachedWithin = TimeSpan.FromSeconds(2);

    public static IEnumerable<Finding> Of(Inspection seen)
    {
        foreach (var ailment in seen.Ailments)
        {
            yield return new(ailment.Name, ailment.IsGrave ? Gravity.Fault : Gravity.Warning, ailment.Words);
        }
        if (seen.Schema > 0 && seen.Schema < seen.Known)
        {
            yield return Finding.Warning("schema-old", $"The database has schema {seen.Schema}, and this program brings it to {seen.Known} when it starts; an older program does not start on it then.");
        }
        if (!seen.Ailments.Any(a => a.IsGrave))
        {
            yield return Finding.Well("database", seen.Schema == 0 ? "The database is empty: the first start makes its tables." : $"Schema {seen.Schema}, {seen.Position} events.");
        }
    }

    /// <summary>Whether the silos that the table of members has are there.</summary>
    public static async Task<IReadOnlyList<Finding>> Peers(Inspection seen, TimeProvider clock)
    {
        var findings = new List<Finding>();
        foreach (var silo in seen.Silos)
        {
            var silent = clock.GetUtcNow() - silo.SaidAlive;
            var isThere = await IsThere(silo);
            if (!isThere || silent > SilentMax)
            {
                findings.Add(Finding.Fault(
                    "peer-gone",
                    $"{silo.Address}:{silo.Port} ({silo.Name}) is a member of the cluster, {(isThere ? "answers" : "does not answer from here")}, and last said {silent.TotalSeconds:0} s ago that it is alive. "
                    + "If it is dead the others find out within seconds; a whole cluster that came back under other addresses waits half a minute for it."));
            }
        }
        if (seen.Silos.Count is > 0 and < SilosMin)
        {
            findings.Add(Finding.Warning("silos-few", $"{seen.Silos.Count} silos are members: from {SilosMin} on two must agree that another is dead."));
        }
        else if (seen.Silos.Count >= SilosMin && findings.Count == 0)
        {
            findings.Add(Finding.Well("peers", $"{seen.Silos.Count} silos are members and answer."));
        }
        return findings;
    }

    private static async Task<bool> IsThere(MemberSilo silo)
    {
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(silo.Address, silo.Port).WaitAsync(ReachedWithin);
            return true;
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return false;
        }
    }
}
