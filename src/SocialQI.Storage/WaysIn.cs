using System.Data.Common;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage;

/// <summary>What came of forgetting a way in.</summary>
public enum Forgotten
{
    /// <summary>It leads nowhere any more.</summary>
    Done,

    /// <summary>There was none, or it is somebody else's.</summary>
    NotThere,

    /// <summary>No other would be left, so nothing was forgotten.</summary>
    LastWayIn,
}

/// <summary>A way somebody comes in by as things are.</summary>
/// <param name="Name">Tells it from the others: of a password, a key that a device holds, or an identity.</param>
/// <param name="Provider">The provider that is on, by which an identity leads here; one of several is as good.</param>
internal sealed record WayIn(string Name, string? Provider = null);

/// <summary>All the ways in that somebody has, and that never the last one goes.</summary>
internal static class WaysIn
{
    /// <summary>Whether nothing would be left if these went.</summary>
    public static bool AreLast(IReadOnlyCollection<WayIn> all, Func<WayIn, bool> going) => all.All(going);

    /// <summary>What a key is called among the ways in.</summary>
    public static string NameOf(byte[] key) => "key " + Convert.ToHexString(key);

    /// <summary>An identity by which nobody comes in now, for its provider is off or gone, is none of them.</summary>
    public static async Task<IReadOnlyList<WayIn>> Of(DbConnection connection, ClinicianId person, CancellationToken stop)
    {
        (string, object?) whose = ("person", person.ToString());
        return
        [
            .. await connection.All("select name from account where person = @person and password_hash <> ''", row => new WayIn("password " + row.GetString(0)), stop, whose),
            .. await connection.All("select k.id from passkey k join account a on a.name = k.account where a.person = @person", row => new WayIn(NameOf(row.BytesAt(0)!)), stop, whose),
            .. await connection.All(
                "select i.id, p.id from identity i join provider p on p.institution = i.institution and p.issuer = i.issuer and p.enabled = 1 where i.person = @person",
                row => new WayIn(row.GetString(0), row.GetString(1)), stop, whose),
        ];
    }

    /// <summary>Forgets one, in the transaction of the connection.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="person">Whose.</param>
    /// <param name="name">Which of the ways in.</param>
    /// <param name="row">The table and the condition that name its row, and that it is theirs, with <c>@id</c> and <c>@person</c>.</param>
    /// <param name="id">Its id in that table.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<Forgotten> Forget(DbConnection connection, ClinicianId person, string name, string row, object id, CancellationToken stop)
    {
        (string, object?) whose = ("person", person.ToString());
        // Of two who each forget the last but one, the second waits here and then sees that it is the last.
        await connection.Run("update account set stamp = stamp where person = @person", stop, whose);
        await connection.Run("update identity set joined = joined where person = @person", stop, whose);
        if (await connection.First($"select count(*) from {row}", r => r.GetInt64(0), stop, whose, ("id", id)) == 0)
        {
            return Forgotten.NotThere;
        }
        if (AreLast(await Of(connection, person, stop), w => w.Name == name))
        {
            return Forgotten.LastWayIn;
        }
        await connection.Run($"delete from {row}", stop, whose, ("id", id));
        return Forgotten.Done;
    }
}
