using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>Local accounts, keys that devices hold for them, and links that may be used once.</summary>
public abstract class KeepingAccounts(ITestDatabase database) : StoreContract(database)
{
    private static readonly InstitutionId here = InstitutionId.Parse("north-harbour");

    private KeptAccounts Accounts => Store.Accounts;

    private Moment Now => Clock.Now;

    [Fact]
    public async Task Keeps_what_is_proven_and_never_whose_it_is()
    {
        Assert.Null(await Accounts.Find("ada", Stop));
        await Accounts.Keep(new("ada", Ada, here), Stop);
        Assert.Null((await Accounts.Find("ada", Stop))!.PasswordHash);

        var whole = new Account("ada", Ada, here)
        {
            PasswordHash = "hash",
            Stamp = "stamp",
            AuthenticatorKey = "key",
            NeedsCode = true,
            LastCode = "last",
            RecoveryCodes = "one two",
            Failures = 3,
            LockedUntil = Now,
        };
        await Accounts.Keep(whole, Stop);
        await Accounts.Keep(whole with { Person = Ben, Institution = null }, Stop);
        Assert.Equal(whole, await Accounts.Find("ada", Stop));
        Assert.Equal(whole, await Accounts.Of(Ada, Stop));
        Assert.Null(await Accounts.Of(Ben, Stop));
    }

    [Fact]
    public async Task Keeps_the_keys_of_each_account_apart()
    {
        var key = Key(1);
        await Accounts.Keep("ada", key, Stop);
        await Accounts.Keep("ben", Key(2), Stop);
        // The id of a key is its device's own: who shows it again for another account takes nothing over.
        await Accounts.Keep("ben", key with { SignCount = 99 }, Stop);
        await Accounts.Keep("ada", key with { SignCount = 7, Name = "Another" }, Stop);

        var (found, user) = (await Accounts.Passkey([1], Stop))!.Value;
        Assert.Equal(("ada", 7, "A phone"), (user, found.SignCount, found.Name));
        Assert.Single(await Accounts.Passkeys("ada", Stop));
        await Accounts.Keep(new("ada", Ada, here) { PasswordHash = "hash" }, Stop);
        Assert.Equal(Forgotten.NotThere, await Accounts.Forget(Ben, [1], Stop));
        Assert.Equal(Forgotten.Done, await Accounts.Forget(Ada, [1], Stop));
        Assert.Null(await Accounts.Passkey([1], Stop));
    }

    [Fact]
    public async Task Forgets_no_key_that_is_the_last_way_in_however_many_go_at_the_same_time()
    {
        await Accounts.Keep(new("ada", Ada, here), Stop);
        await Accounts.Keep("ada", Key(1), Stop);
        await Accounts.Keep("ada", Key(2), Stop);
        var forgotten = await Task.WhenAll(new byte[] { 1, 2 }.Select(id => Task.Run(async () => await Accounts.Forget(Ada, [id], Stop), Stop)));
        Assert.Equal([Forgotten.Done, Forgotten.LastWayIn], forgotten.Order());
        Assert.Single(await Accounts.Passkeys("ada", Stop));
    }

    [Fact]
    public async Task Keeps_a_link_until_it_is_used_or_replaced_or_too_old()
    {
        await Accounts.Keep([1], new("password", "ada"), Now + TimeSpan.FromHours(1), Stop);
        await Accounts.Keep([2], new("password", "ben"), Now + TimeSpan.FromHours(1), Stop);
        Assert.Equal(new OneTimeLink("password", "ada"), await Accounts.Find([1], Stop));

        await Accounts.Keep([3], new("password", "ada"), Now + TimeSpan.FromHours(1), Stop);
        Assert.Null(await Accounts.Find([1], Stop));
        var uses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await Accounts.Use([3], Stop), Stop)));
        Assert.Single(uses, used => used);

        Clock.Now += TimeSpan.FromHours(1);
        Assert.Null(await Accounts.Find([2], Stop));
        Assert.False(await Accounts.Use([2], Stop));
    }

    private Passkey Key(byte id) => new([id], "A phone", [7, 7], Now, 1, "internal,hybrid", IsVerified: true, IsEligible: true, IsBackedUp: false, [8], [9]);
}

public sealed class KeepingAccountsInSqlite() : KeepingAccounts(new SqliteTestDatabase());

public sealed class KeepingAccountsInPostgres(PrivatePostgres postgres) : KeepingAccounts(new PostgresTestDatabase(postgres));
