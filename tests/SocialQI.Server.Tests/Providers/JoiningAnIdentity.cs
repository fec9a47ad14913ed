using System.Net;
using SocialQI.Clinicians;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.Providers;

/// <summary>Several ways in lead to one person, each joined with a proof of both: the session that began it, and the provider that was gone to.</summary>
public sealed class JoiningAnIdentity(TheService service) : IAsyncLifetime
{
    private Hospital hospital = null!;
    private Hospital second = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (hospital, second) = (await Hospital.Found(service), await Hospital.Found(service));
        hospital.Idp.Knows("s-1", ("name", $"Noor {Overheard.Canary}"));
        second.Idp.Knows("t-1", ("name", $"Noor {Overheard.Canary}"), ("title", "Assistenzarzt"));
    }

    public async ValueTask DisposeAsync()
    {
        await hospital.DisposeAsync();
        await second.DisposeAsync();
    }

    [Fact]
    public async Task Leads_to_the_same_person_from_both_and_gives_the_role_of_the_mapping()
    {
        using var noor = new Traveller(service);
        Assert.Null(await noor.ComeIn(hospital, "s-1"));
        var id = (await noor.Me())!.Id;
        Assert.Equal(("/settings", null), await noor.Return(await noor.Prove((await Begin(noor, second)).To!, "t-1")));
        Assert.Equal([hospital.Id, second.Id], (await Own(noor)).Mine.Select(i => i.Institution));

        using var later = new Traveller(service);
        Assert.Null(await later.ComeIn(second, "t-1"));
        Me me = null!;
        await Waiting.Until("both are held", async () => (me = (await later.Me())!).Affiliations.Length == 2);
        Assert.Equal(id, me.Id);
        Assert.Equal([(hospital.Id, InstitutionRole.Clinician), (second.Id, InstitutionRole.Trainee)], me.Affiliations.Select(a => (a.Institution, a.Role)));
        Assert.Contains((id.ToString(), "join", "ok"), await second.Recorded());
    }

    [Fact]
    public async Task Leads_from_a_provider_to_who_has_an_account_here()
    {
        var ada = await service.Register(hospital.Id);
        using var browser = new Traveller(service).As(ada);
        Assert.Equal(("/settings", null), await browser.Return(await browser.Prove((await Begin(browser, hospital)).To!, "s-1")));
        using var later = new Traveller(service);
        Assert.Null(await later.ComeIn(hospital, "s-1"));
        Assert.Equal(ada.Id, (await later.Me())!.Id);
    }

    [Fact]
    public async Task Needs_the_session_that_began_it()
    {
        var (ada, ben) = (await service.Register(hospital.Id), await service.Register(hospital.Id));
        using var adas = new Traveller(service).As(ada);
        var back = await adas.Prove((await Begin(adas, hospital)).To!, "s-1");
        // Somebody else has signed in meanwhile at the same browser.
        adas.As(ben);
        Assert.Equal((null, "joined-elsewhere"), await adas.Return(back));
        back = await adas.Prove((await Begin(adas, hospital)).To!, "s-1");
        using (var http = service.Client(ben))
        {
            using var ended = await http.DeleteAsync("api/me/sessions", Stop);
        }
        Assert.Equal((null, "joined-elsewhere"), await adas.Return(back));
        // A link that somebody else began and proved is worth nothing in one's own browser.
        using var mallory = new Traveller(service).As(await service.Register(hospital.Id));
        var bait = await mallory.Prove((await Begin(mallory, hospital)).To!, "s-1");
        using var victims = new Traveller(service).As(ada);
        Assert.Equal((null, "not-begun-here"), await victims.Return(bait));
        Assert.Empty((await Own(victims)).Mine);
        using var stranger = new Traveller(service);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Begin(stranger, hospital)).Status);
    }

    [Fact]
    public async Task Takes_nothing_from_who_has_it_already_and_gives_back_nothing_that_has_ended()
    {
        using var noor = new Traveller(service);
        Assert.Null(await noor.ComeIn(hospital, "s-1"));
        var ada = await service.Register(hospital.Id);
        using var adas = new Traveller(service).As(ada);
        Assert.Equal((null, "identity-taken"), await adas.Return(await adas.Prove((await Begin(adas, hospital)).To!, "s-1")));

        hospital.Idp.Knows("s-2", ("name", $"Ada {Overheard.Canary}"));
        await service.Done(hospital.Administrator, ada.Id.Topic, new EndAffiliation(hospital.Id));
        Assert.Equal((null, "affiliation-ended"), await adas.Return(await adas.Prove((await Begin(adas, hospital)).To!, "s-2")));
    }

    [Fact]
    public async Task Ends_by_removing_one_but_never_the_last_way_in()
    {
        using var noor = new Traveller(service);
        Assert.Null(await noor.ComeIn(hospital, "s-1"));
        var id = (await noor.Me())!.Id;
        var first = Assert.Single((await Own(noor)).Mine);
        Assert.Equal("last-way-in", await Remove(noor, first.Id));
        Assert.Null((await noor.Return(await noor.Prove((await Begin(noor, second)).To!, "t-1"))).Refused);
        using var stranger = new Traveller(service).As(await service.Register(hospital.Id));
        Assert.Equal("not-there", await Remove(stranger, first.Id));

        using var elsewhere = new Traveller(service);
        Assert.Null(await elsewhere.ComeIn(hospital, "s-1"));
        Assert.Null(await Remove(noor, first.Id));
        Assert.Null(await elsewhere.Me());
        Assert.Equal("last-way-in", await Remove(noor, Assert.Single((await Own(noor)).Mine).Id));
        // It leads to somebody new from now on.
        Assert.Null(await elsewhere.ComeIn(hospital, "s-1"));
        Assert.NotEqual(id, (await elsewhere.Me())!.Id);

        await service.KeepAccount("noor." + id, id, "rounds-at-eight");
        Assert.Null(await Remove(noor, Assert.Single((await Own(noor)).Mine).Id));
    }

    [Fact]
    public async Task Cannot_be_undone_by_an_administrator_for_themself_when_it_is_their_last_way_in()
    {
        using var noor = new Traveller(service);
        Assert.Null(await noor.ComeIn(hospital, "s-1"));
        var id = (await noor.Me())!.Id;
        await service.Done(hospital.Administrator, id.Topic, new GrantAffiliation(hospital.Id, InstitutionRole.Administrator));
        await Waiting.Until("the gateway has heard", async () => (await noor.Me())!.Affiliations.Any(a => a.Role == InstitutionRole.Administrator));
        Assert.Equal("last-way-in", await Set(hospital.Usual with { IsOn = false }));
        Assert.Equal("last-way-in", await Set(hospital.Usual with { Issuer = "https://elsewhere.example" }));
        Assert.Null(await Set(hospital.Usual with { Name = "Another name" }));
        await service.KeepAccount("noor." + id, id, "rounds-at-eight");
        Assert.Null(await Set(hospital.Usual with { IsOn = false }));

        async Task<string?> Set(ProviderSet set)
        {
            using var answer = await noor.Http.PutAsync(hospital.Path, Http.JsonOf(System.Text.Encoding.UTF8.GetString(Json.Encode(set))), Stop);
            return answer.IsSuccessStatusCode ? null : await answer.Code();
        }
    }

    private static async Task<(Uri? To, HttpStatusCode Status)> Begin(Traveller traveller, Hospital at)
    {
        using var answer = await traveller.Http.PostAsync($"api/me/identities/join/{at.Provider}", null, Stop);
        return (answer.IsSuccessStatusCode ? new Uri(Json.Decode<string>(await answer.Content.ReadAsByteArrayAsync(Stop))) : null, answer.StatusCode);
    }

    private static async Task<OwnIdentities> Own(Traveller traveller) => Json.Decode<OwnIdentities>(await traveller.Http.GetByteArrayAsync("api/me/identities", Stop));

    private static async Task<string?> Remove(Traveller traveller, Guid identity)
    {
        using var answer = await traveller.Http.DeleteAsync($"api/me/identities/{identity}", Stop);
        return answer.IsSuccessStatusCode ? null : await answer.Code();
    }
}
