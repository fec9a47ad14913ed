using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>Tokens by which machines ask.</summary>
public abstract class KeepingTokens(ITestDatabase database) : StoreContract(database)
{
    private static readonly InstitutionId here = InstitutionId.Parse("north-harbour");
    private static readonly InstitutionId elsewhere = InstitutionId.Parse("thornmere");

    private MachineTokens Tokens => Store.Tokens;

    [Fact]
    public async Task Keeps_what_a_token_is_for_and_the_digest_of_it()
    {
        var token = New();
        Assert.True(await Tokens.Keep(token, [1, 2, 3], Stop));
        var (found, digest) = (await Tokens.Find(token.Id, Stop))!.Value;
        Assert.Equal((token, "010203"), (found, Convert.ToHexString(digest)));
        Assert.Null(await Tokens.Find(Guid.NewGuid(), Stop));
        await Tokens.Used(token.Id, Stop);
        Assert.NotNull((await Tokens.Find(token.Id, Stop))!.Value.Token.Used);
    }

    [Fact]
    public async Task Lists_those_of_an_institution_and_ends_only_its_own()
    {
        var (first, second, other) = (New(), New() with { Made = Clock.Now + TimeSpan.FromMinutes(1) }, New() with { Institution = elsewhere });
        foreach (var token in (MachineToken[])[first, second, other])
        {
            await Tokens.Keep(token, [1], Stop);
        }
        Assert.Equal([second.Id, first.Id], (await Tokens.Of(here, Stop)).Select(t => t.Id));
        Assert.False(await Tokens.End(other.Id, here, Stop));
        Assert.True(await Tokens.End(first.Id, here, Stop));
        Assert.False(await Tokens.End(first.Id, here, Stop));
        Assert.Equal([false, true], (await Tokens.Of(here, Stop)).Select(t => t.Ended is not null));
    }

    [Fact]
    public async Task Keeps_so_many_of_an_institution_that_last_and_no_more()
    {
        await Tokens.Keep(New() with { Expires = Clock.Now }, [1], Stop);
        for (var i = 0; i < MachineTokens.LastingMax; i++)
        {
            Assert.True(await Tokens.Keep(New(), [1], Stop));
        }
        var last = New();
        Assert.False(await Tokens.Keep(last, [1], Stop));
        Assert.True(await Tokens.Keep(New() with { Institution = elsewhere }, [1], Stop));
        Assert.Null(await Tokens.Find(last.Id, Stop));
    }

    private MachineToken New() => new(Guid.NewGuid(), here, Ada, "A registry", "Read,Export", Ben, Clock.Now, Clock.Now + TimeSpan.FromDays(1));
}

public sealed class KeepingTokensInSqlite() : KeepingTokens(new SqliteTestDatabase());

public sealed class KeepingTokensInPostgres(PrivatePostgres postgres) : KeepingTokens(new PostgresTestDatabase(postgres));
