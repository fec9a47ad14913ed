using System.Net;
using System.Net.Http.Json;
using SocialQI.Clinicians;
using SocialQI.DevIdp;
using Xunit;

namespace SocialQI.Server.Tests.Providers;

/// <summary>Somebody is who their institution's provider says they are, there; what they are here is what the institution says that means.</summary>
public sealed class ComingInByAProvider(TheService service) : IAsyncLifetime
{
    private Hospital hospital = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hospital = await Hospital.Found(service);

    public ValueTask DisposeAsync() => hospital.DisposeAsync();

    [Fact]
    public async Task Makes_them_what_the_mapping_says_the_first_time_and_changes_nothing_later()
    {
        hospital.Idp.Knows("s-1", ("name", $"Noor {Overheard.Canary}"), ("dept", "CARD"), ("title", "Assistenzarzt"), ("roles", "administrator"));
        using var noor = new Traveller(service);
        var (to, _) = await noor.Go(hospital);
        Assert.Equal(("/cases", null), await noor.Return(await noor.Prove(to!, "s-1")));
        var me = (await noor.Me())!;
        Assert.Equal([new Affiliation(hospital.Id, InstitutionRole.Trainee, me.Affiliations[0].From, null)], me.Affiliations);
        Assert.Equal(($"Noor {Overheard.Canary}", "Cardiology", Grade.Resident), await hospital.Described(me.Id));

        hospital.Idp.Knows("s-1", ("name", $"Other {Overheard.Canary}"), ("dept", "SURG"), ("title", "Oberarzt"));
        using var later = new Traveller(service);
        Assert.Null(await later.ComeIn(hospital, "s-1"));
        Assert.Equal(me.Id, (await later.Me())!.Id);
        Assert.Equal(($"Noor {Overheard.Canary}", "Cardiology", Grade.Resident), await hospital.Described(me.Id));
        Assert.Equal([(me.Id.ToString(), "provider", "ok"), (me.Id.ToString(), "provider", "ok")], await hospital.Recorded());
    }

    [Fact]
    public async Task Makes_one_person_when_two_tabs_race()
    {
        const int Races = 5;
        for (var race = 0; race < Races; race++)
        {
            var subject = "s-" + race;
            hospital.Idp.Knows(subject, ("name", $"Noor {Overheard.Canary}"));
            var tabs = Enumerable.Range(0, 4).Select(_ => new Traveller(service)).ToList();
            var back = await Task.WhenAll(tabs.Select(async tab => await tab.Prove((await tab.Go(hospital)).To!, subject)));
            var ended = await Task.WhenAll(tabs.Zip(back, (tab, link) => tab.Return(link)));
            Assert.All(ended, e => Assert.Equal(("/cases", null), e));
            var people = await Task.WhenAll(tabs.Select(async tab => (await tab.Me())!.Id));
            Assert.Single(people.Distinct());
            Assert.Equal(2, (await service.Journal.Head(people[0].Topic, Stop))!.Number);
            tabs.ForEach(tab => tab.Dispose());
        }
    }

    [Theory]
    [InlineData(Misbehaviour.WrongIssuer, "wrong-issuer")]
    [InlineData(Misbehaviour.WrongNonce, "wrong-nonce")]
    [InlineData(Misbehaviour.NoNonce, "wrong-nonce")]
    [InlineData(Misbehaviour.WrongSignature, "wrong-signature")]
    [InlineData(Misbehaviour.NotSigned, "wrong-signature")]
    [InlineData(Misbehaviour.SignedBySecret, "wrong-signature")]
    [InlineData(Misbehaviour.WrongAudience, "wrong-audience")]
    [InlineData(Misbehaviour.Expired, "expired-answer")]
    [InlineData(Misbehaviour.ClockAhead, "expired-answer")]
    [InlineData(Misbehaviour.ClockBehind, "expired-answer")]
    [InlineData(Misbehaviour.SaysNo, "provider-said-no")]
    [InlineData(Misbehaviour.Down, "provider-down")]
    [InlineData(Misbehaviour.Endless, "provider-down")]
    [InlineData(Misbehaviour.Slow, "provider-down")]
    public async Task Lets_nobody_in_by_an_answer_that_is_wrong_and_says_and_records_why(Misbehaviour how, string code)
    {
        hospital.Idp.Knows("s-1", ("name", $"Noor {Overheard.Canary}"));
        using var noor = new Traveller(service);
        var (to, _) = await noor.Go(hospital);
        // Without an answer there is nothing to prove: it falls silent while this service asks for the tokens.
        var isSilent = how is Misbehaviour.Down or Misbehaviour.Endless or Misbehaviour.Slow;
        hospital.Idp.Does = isSilent ? Misbehaviour.None : how;
        var back = await noor.Prove(to!, "s-1");
        hospital.Idp.Does = how;
        Assert.Equal((null, code), await noor.Return(back));
        Assert.Null(await noor.Me());
        Assert.Equal([("nobody", "provider", code)], await hospital.Recorded());

        hospital.Idp.Does = Misbehaviour.None;
        Assert.Null(await noor.ComeIn(hospital, "s-1"));
    }

    [Theory]
    [InlineData(Misbehaviour.Down, "provider-down")]
    [InlineData(Misbehaviour.Slow, "provider-down")]
    [InlineData(Misbehaviour.Endless, "provider-down")]
    [InlineData(Misbehaviour.PretendsToBeAnother, "wrong-issuer")]
    public async Task Sends_nobody_to_a_provider_that_does_not_say_well_who_it_is_and_leaves_others_alone(Misbehaviour how, string code)
    {
        await using var other = await Hospital.Found(service);
        other.Idp.Knows("s-1", ("name", $"Ben {Overheard.Canary}"));
        hospital.Idp.Does = how;
        using var noor = new Traveller(service);
        using var ben = new Traveller(service);
        var waits = noor.Go(hospital);
        Assert.Null(await ben.ComeIn(other, "s-1"));
        Assert.Equal((null, code), await waits);
        Assert.Equal([("nobody", "provider", code)], await hospital.Recorded());
    }

    [Fact]
    public async Task Is_not_done_twice_by_one_answer()
    {
        hospital.Idp.Knows("s-1", ("name", $"Noor {Overheard.Canary}"));
        using var noor = new Traveller(service);
        var back = await noor.Prove((await noor.Go(hospital)).To!, "s-1");
        // What a thief would have who has read link and cookies.
        using var thief = new Traveller(service);
        thief.Cookies.Add(noor.Cookies.GetCookies(back));
        Assert.Equal(("/cases", null), await noor.Return(back));
        Assert.Equal((null, "not-begun-here"), await noor.Return(back));
        Assert.Equal((null, "not-begun-here"), await thief.Return(back));
        Assert.Null(await thief.Me());
    }

    [Fact]
    public async Task Is_not_done_in_another_browser_nor_by_another_providers_answer_nor_by_a_made_up_one()
    {
        await using var other = await Hospital.Found(service);
        hospital.Idp.Knows("s-1", ("name", $"Noor {Overheard.Canary}"));
        using var noor = new Traveller(service);
        using var ben = new Traveller(service);
        await ben.Go(hospital);
        var back = await noor.Prove((await noor.Go(hospital)).To!, "s-1");
        Assert.Equal((null, "not-begun-here"), await ben.Return(back));
        await noor.Go(other);
        var atAnother = new Uri(back.ToString().Replace(hospital.Provider.ToString(), other.Provider.ToString(), StringComparison.Ordinal));
        Assert.Equal((null, "not-begun-here"), await noor.Return(atAnother));
        Assert.Equal((null, "not-begun-here"), await noor.Return(new Uri(service.Address, $"sign-in/back/{hospital.Provider}?code=1&state=2")));
        Assert.Equal((null, "not-begun-here"), await noor.Return(new Uri(service.Address, $"sign-in/back/{hospital.Provider}")));
        Assert.Equal((null, "no-such-provider"), await noor.Return(new Uri(service.Address, $"sign-in/back/{Guid.NewGuid()}?code=1&state=2")));
        Assert.Null(await noor.Me());
        Assert.Equal(("/cases", null), await noor.Return(back));
    }

    [Fact]
    public async Task Leads_nowhere_when_the_affiliation_has_ended_the_account_is_closed_or_the_provider_is_off()
    {
        hospital.Idp.Knows("s-1", ("name", $"Noor {Overheard.Canary}"));
        using var noor = new Traveller(service);
        Assert.Null(await noor.ComeIn(hospital, "s-1"));
        var id = (await noor.Me())!.Id;
        await Close(id, true);
        Assert.Null(await noor.Me());
        Assert.Equal("sign-in-closed", await noor.ComeIn(hospital, "s-1"));
        await Close(id, false);
        await service.Done(hospital.Administrator, id.Topic, new EndAffiliation(hospital.Id));
        Assert.Equal("affiliation-ended", await noor.ComeIn(hospital, "s-1"));
        Assert.Equal([(id.ToString(), "ok"), (id.ToString(), "sign-in-closed"), (id.ToString(), "affiliation-ended")], (await hospital.Recorded()).Select(r => (r.Who, r.Result)));

        var (to, _) = await noor.Go(hospital);
        await hospital.Set(hospital.Usual with { IsOn = false });
        Assert.Equal((null, "no-such-provider"), await noor.Return(await noor.Prove(to!, "s-1")));
        Assert.DoesNotContain(hospital.Provider.ToString(), await noor.Http.GetStringAsync($"sign-in?at={hospital.Id}", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Needs_a_name_that_can_be_shown()
    {
        hospital.Idp.Knows("s-1", ("name", "\u202Eevil"));
        using var noor = new Traveller(service);
        Assert.Equal("no-name", await noor.ComeIn(hospital, "s-1"));
        hospital.Idp.Knows("s-1", ("name", "\u202Eevil"), ("given_name", "Noor"), ("family_name", Overheard.Canary));
        Assert.Null(await noor.ComeIn(hospital, "s-1"));
        Assert.Equal(($"Noor {Overheard.Canary}", "Medicine", Grade.Other), await hospital.Described((await noor.Me())!.Id));
    }

    [Fact]
    public async Task Leads_back_to_this_service_only()
    {
        hospital.Idp.Knows("s-1", ("name", $"Noor {Overheard.Canary}"));
        using var noor = new Traveller(service);
        var (to, _) = await noor.Go(hospital, "https://elsewhere.example/");
        Assert.Equal(("/", null), await noor.Return(await noor.Prove(to!, "s-1")));
    }

    private async Task Close(ClinicianId person, bool closed)
    {
        using var http = service.Client(hospital.Administrator);
        using var answer = await http.PutAsJsonAsync($"api/institutions/{hospital.Id}/people/{person}/sign-in", new { closed }, Stop);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
