using SocialQI.Clinicians;
using SocialQI.Institutions;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

/// <summary>Providers of institutions, and who comes in by them.</summary>
public abstract class KeepingIdentities(ITestDatabase database) : StoreContract(database)
{
    private static readonly InstitutionId here = InstitutionId.Parse("north-harbour");
    private static readonly InstitutionId there = InstitutionId.Parse("thornmere");
    private static readonly Subject subject = new(here, "https://sso.example", "s-1");

    private KeptIdentities Identities => Store.Identities;

    [Fact]
    public async Task Decides_once_who_a_subject_is_however_many_ask_at_the_same_time()
    {
        var people = Enumerable.Range(0, 8).Select(_ => new ClinicianId(Guid.CreateVersion7())).ToList();
        var kept = await Task.WhenAll(people.Select(p => Task.Run(async () => await Identities.Keep(subject, p, Stop), Stop)));
        Assert.Single(kept.Distinct());
        Assert.Equal(kept[0], (await Identities.Find(subject, Stop))!.Person);
    }

    [Fact]
    public async Task Knows_a_subject_by_institution_and_issuer()
    {
        await Identities.Keep(subject, Ada, Stop);
        Assert.Null(await Identities.Find(subject with { Institution = there }, Stop));
        Assert.Null(await Identities.Find(subject with { Issuer = "https://sso.example/" }, Stop));
        Assert.Null(await Identities.Find(subject with { Name = "S-1" }, Stop));
        Assert.Equal(Ben, await Identities.Keep(subject with { Institution = there }, Ben, Stop));
    }

    [Fact]
    public async Task Forgets_one_of_several_but_never_the_last_way_in()
    {
        Assert.True(await Store.Providers.Keep(Clinic(), Stop));
        await Identities.Keep(subject, Ada, Stop);
        await Identities.Keep(subject with { Name = "s-2" }, Ada, Stop);
        var mine = await Identities.Of(Ada, Stop);
        Assert.Equal(Forgotten.NotThere, await Identities.Forget(Ben, mine[0].Id, Stop));
        var forgotten = await Task.WhenAll(mine.Select(i => Task.Run(async () => await Identities.Forget(Ada, i.Id, Stop), Stop)));
        Assert.Equal([Forgotten.Done, Forgotten.LastWayIn], forgotten.Order());

        var last = Assert.Single(await Identities.Of(Ada, Stop));
        await Store.Accounts.Keep(new("ada", Ada, here), Stop);
        Assert.Equal(Forgotten.LastWayIn, await Identities.Forget(Ada, last.Id, Stop));
        await Store.Accounts.Keep(new("ada", Ada, here) { PasswordHash = "hash" }, Stop);
        Assert.Equal(Forgotten.Done, await Identities.Forget(Ada, last.Id, Stop));
        Assert.Null(await Identities.Find(last.Subject, Stop));
    }

    [Fact]
    public async Task Counts_no_way_in_that_leads_nowhere_now()
    {
        var (on, off) = (Clinic(), Clinic() with { Issuer = "https://old.example", IsOn = false });
        Assert.True(await Store.Providers.Keep(on, Stop));
        Assert.True(await Store.Providers.Keep(off, Stop));
        await Identities.Keep(subject, Ada, Stop);
        await Identities.Keep(subject with { Issuer = off.Issuer }, Ada, Stop);
        await Identities.Keep(subject with { Issuer = "https://gone.example" }, Ada, Stop);
        var mine = (await Identities.Of(Ada, Stop)).ToDictionary(i => i.Subject.Issuer, i => i.Id);
        Assert.Equal(Forgotten.LastWayIn, await Identities.Forget(Ada, mine[on.Issuer], Stop));
        Assert.Equal((true, false), (await Identities.HasNoOther(Ada, on.Id, Stop), await Identities.HasNoOther(Ada, off.Id, Stop)));
        Assert.Equal((false, false), (await Identities.HasNoOther(Ben, on.Id, Stop), await Identities.HasNoOther(Ben, off.Id, Stop)));
        Assert.Equal(Forgotten.Done, await Identities.Forget(Ada, mine["https://gone.example"], Stop));

        Assert.True(await Store.Providers.Keep(off with { IsOn = true }, Stop));
        Assert.False(await Identities.HasNoOther(Ada, on.Id, Stop));
        Assert.Equal(Forgotten.Done, await Identities.Forget(Ada, mine[on.Issuer], Stop));
    }

    [Fact]
    public async Task Keeps_a_provider_for_its_institution_and_not_too_many()
    {
        var (provider, mapping) = (Clinic(), Clinic().Mapping);
        Assert.True(await Store.Providers.Keep(provider, Stop));
        Assert.False(await Store.Providers.Keep(provider with { Institution = there, Name = "Mine" }, Stop));
        Assert.True(await Store.Providers.Keep(provider with { Secret = null, IsOn = false, By = Ben }, Stop));
        var kept = (await Store.Providers.Find(provider.Id, Stop))!;
        Assert.Equal(("Clinic", null, false, Ben), (kept.Name, kept.Secret, kept.IsOn, kept.By));
        Assert.Equal(Json.Encode(mapping), Json.Encode(kept.Mapping));
        Assert.Empty(await Store.Providers.On(10, Stop));

        for (var more = 1; more < ProviderSet.Max; more++)
        {
            Assert.True(await Store.Providers.Keep(provider with { Id = Guid.CreateVersion7() }, Stop));
        }
        Assert.False(await Store.Providers.Keep(provider with { Id = Guid.CreateVersion7() }, Stop));
        Assert.True(await Store.Providers.Keep(provider with { Id = Guid.CreateVersion7(), Institution = there }, Stop));
        Assert.True(await Store.Providers.Keep(provider, Stop));
        Assert.Equal(ProviderSet.Max, (await Store.Providers.Of(here, Stop)).Count);
    }

    private Provider Clinic()
    {
        var mapping = new ClaimMapping(new("Medicine", [new("CARD", "Cardiology")], "dept"), new(Grade.Other, []), new(InstitutionRole.Clinician, [new("pj", InstitutionRole.Trainee)], "g"));
        return new(Guid.CreateVersion7(), here, "Clinic", "https://sso.example", "socialqi", "sealed", IsOn: true, mapping, Clock.Now, Ada);
    }
}

public sealed class KeepingIdentitiesInSqlite() : KeepingIdentities(new SqliteTestDatabase());

public sealed class KeepingIdentitiesInPostgres(PrivatePostgres postgres) : KeepingIdentities(new PostgresTestDatabase(postgres));
