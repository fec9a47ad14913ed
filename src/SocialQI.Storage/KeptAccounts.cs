using System.Data.Common;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage;

/// <summary>Local accounts, the keys that devices hold for them, and links that may be used once.</summary>
public sealed class KeptAccounts
{
    private const string Columns =
        "name, person, institution, password_hash, stamp, authenticator_key, needs_code, last_code, recovery_codes, failures, locked_until";

    private const string PasskeyColumns =
        "id, name, public_key, created, sign_count, transports, verified, eligible, backed_up, attestation, client_data, account";

    private readonly IDatabase database;
    private readonly TimeProvider clock;

    internal KeptAccounts(IDatabase database, TimeProvider clock) => (this.database, this.clock) = (database, clock);

    private Moment Now => Moment.Of(clock.GetUtcNow());

    /// <summary>An account by sign-in name; null when there is none.</summary>
    public ValueTask<Account?> Find(string user, CancellationToken stop) =>
        database.Read(c => c.First($"select {Columns} from account where name = @name", At, stop, ("name", user)), stop);

    /// <summary>The account of a person; null when they have none.</summary>
    public ValueTask<Account?> Of(ClinicianId person, CancellationToken stop) =>
        database.ReadFor(person, c => c.First($"select {Columns} from account where person = @person order by name limit 1", At, stop, ("person", person.ToString())), stop);

    /// <summary>Keeps an account as it is now.</summary>
    public ValueTask Keep(Account account, CancellationToken stop) =>
        database.Write(
            c => c.Run(
                """
                insert into account (name, person, institution, password_hash, stamp, authenticator_key, needs_code, last_code, recovery_codes, failures, locked_until)
                values (@name, @person, @institution, @hash, @stamp, @key, @needs, @last, @recovery, @failures, @locked)
                on conflict (name) do update set password_hash = excluded.password_hash, stamp = excluded.stamp, authenticator_key = excluded.authenticator_key,
                needs_code = excluded.needs_code, last_code = excluded.last_code, recovery_codes = excluded.recovery_codes, failures = excluded.failures,
                locked_until = excluded.locked_until
                """,
                stop, ("name", account.User), ("person", account.Person.ToString()), ("institution", account.Institution?.ToString()),
                ("hash", account.PasswordHash ?? ""), ("stamp", account.Stamp), ("key", account.AuthenticatorKey), ("needs", account.NeedsCode ? 1L : 0L),
                ("last", account.LastCode), ("recovery", account.RecoveryCodes), ("failures", (long)account.Failures), ("locked", account.LockedUntil?.Micros)),
            stop);

    /// <summary>The keys of an account, the oldest first.</summary>
    public async ValueTask<IReadOnlyList<Passkey>> Passkeys(string user, CancellationToken stop) =>
        await database.Read(
            c => c.All($"select {PasskeyColumns} from passkey where account = @account order by created, id", PasskeyAt, stop, ("account", user)), stop);

    /// <summary>A key, and the sign-in name of its account; null when there is none.</summary>
    public async ValueTask<(Passkey Key, string User)?> Passkey(byte[] id, CancellationToken stop) =>
        await database.Read(
            c => c.First(
                $"select {PasskeyColumns} from passkey where id = @id", row => ((Passkey, string)?)(PasskeyAt(row), row.GetString(11)), stop, ("id", id)), stop);

    /// <summary>Keeps a key; of one that is kept, its count and backup.</summary>
    public ValueTask Keep(string user, Passkey key, CancellationToken stop) =>
        database.Write(
            c => c.Run(
                """
                insert into passkey (id, account, name, public_key, created, sign_count, transports, verified, eligible, backed_up, attestation, client_data)
                values (@id, @account, @name, @public, @created, @count, @transports, @verified, @eligible, @backed, @attestation, @data)
                on conflict (id) do update set sign_count = excluded.sign_count, backed_up = excluded.backed_up, verified = excluded.verified
                where passkey.account = excluded.account
                """,
                stop, ("id", key.Id), ("account", user), ("name", key.Name), ("public", key.PublicKey), ("created", key.Created.Micros), ("count", key.SignCount),
                ("transports", key.Transports), ("verified", key.IsVerified ? 1L : 0L), ("eligible", key.IsEligible ? 1L : 0L), ("backed", key.IsBackedUp ? 1L : 0L),
                ("attestation", key.Attestation), ("data", key.ClientData)),
            stop);

    /// <summary>Forgets a key of somebody's account, unless it is their only way in.</summary>
    public async ValueTask<Forgotten> Forget(ClinicianId person, byte[] key, CancellationToken stop)
    {
        var done = Forgotten.NotThere;
        await database.Write(
            async c => done = await WaysIn.Forget(
                c, person, WaysIn.NameOf(key), "passkey where id = @id and account in (select name from account where person = @person)", key, stop),
            stop);
        return done;
    }

    /// <summary>Keeps a link by its digest; an earlier one for the same goes.</summary>
    public ValueTask Keep(byte[] digest, OneTimeLink link, Moment expires, CancellationToken stop) =>
        database.Write(
            async c =>
            {
                await c.Run(
                    "delete from one_time_link where expires <= @now or (purpose = @purpose and coalesce(account, '') = @account)", stop,
                    ("now", Now.Micros), ("purpose", link.Purpose), ("account", link.Account ?? ""));
                await c.Run(
                    "insert into one_time_link (digest, purpose, account, expires) values (@digest, @purpose, @account, @expires)", stop,
                    ("digest", digest), ("purpose", link.Purpose), ("account", link.Account), ("expires", expires.Micros));
            },
            stop);

    /// <summary>What a link is for; null when it was used, is too old, or never was one.</summary>
    public ValueTask<OneTimeLink?> Find(byte[] digest, CancellationToken stop) =>
        database.Read(
            c => c.First(
                "select purpose, account from one_time_link where digest = @digest and expires > @now", row => new OneTimeLink(row.GetString(0), row.TextAt(1)), stop,
                ("digest", digest), ("now", Now.Micros)),
            stop);

    /// <summary>Forgets all links for a purpose.</summary>
    public ValueTask ForgetLinks(string purpose, CancellationToken stop) =>
        database.Write(c => c.Run("delete from one_time_link where purpose = @purpose", stop, ("purpose", purpose)), stop);

    /// <summary>Uses a link up; false when somebody was quicker.</summary>
    public async ValueTask<bool> Use(byte[] digest, CancellationToken stop)
    {
        var used = 0;
        await database.Write(
            async c => used = await c.Run("delete from one_time_link where digest = @digest and expires > @now", stop, ("digest", digest), ("now", Now.Micros)), stop);
        return used > 0;
    }

    private static Account At(DbDataReader row) =>
        new(row.GetString(0), ClinicianId.Parse(row.GetString(1)), row.TextAt(2) is { } institution ? InstitutionId.Parse(institution) : null)
        {
            PasswordHash = row.GetString(3) is { Length: > 0 } hash ? hash : null,
            Stamp = row.GetString(4),
            AuthenticatorKey = row.TextAt(5),
            NeedsCode = row.GetInt64(6) > 0,
            LastCode = row.TextAt(7),
            RecoveryCodes = row.GetString(8),
            Failures = (int)row.GetInt64(9),
            LockedUntil = row.NumberAt(10) is { } until ? new Moment(until) : null,
        };

    private static Passkey PasskeyAt(DbDataReader row) => new(
        row.BytesAt(0)!, row.GetString(1), row.BytesAt(2)!, row.MomentAt(3), row.GetInt64(4), row.GetString(5), row.GetInt64(6) > 0, row.GetInt64(7) > 0,
        row.GetInt64(8) > 0, row.BytesAt(9)!, row.BytesAt(10)!);
}
