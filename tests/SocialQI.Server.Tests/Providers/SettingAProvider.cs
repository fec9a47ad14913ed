using System.Net;
using SocialQI.DevIdp;
using SocialQI.Server.Operate;
using SocialQI.Server.SignIn.Providers;
using SocialQI.Server.Tests.Auditing;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.Providers;

/// <summary>An institution's administrators say by whom its people come in; what they keep secret stays so, and nobody is sent where nobody should look.</summary>
public sealed class SettingAProvider(TheService service) : IAsyncLifetime
{
    private Hospital hospital = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hospital = await Hospital.Found(service);

    public ValueTask DisposeAsync() => hospital.DisposeAsync();

    [Fact]
    public async Task Is_its_own_administrators_and_nobody_elses()
    {
        var foreign = await service.Register(TheService.Thornmere, InstitutionRole.Administrator);
        var clinician = await service.Register(hospital.Id);
        foreach (var somebody in new[] { foreign, clinician })
        {
            using var set = await hospital.Ask(somebody, hospital.Path, hospital.Usual with { Name = "Mine" });
            Assert.Equal((HttpStatusCode.Forbidden, "not-allowed"), (set.StatusCode, await set.Code()));
            using var http = service.Client(somebody);
            using var read = await http.GetAsync($"api/institutions/{hospital.Id}/providers", Stop);
            Assert.Equal("not-allowed", await read.Code());
        }
        // Nor by the way of one's own institution.
        using var taken = await hospital.Ask(foreign, $"api/institutions/{TheService.Thornmere}/providers/{hospital.Provider}", hospital.Usual with { Name = "Mine" });
        Assert.Equal("not-there", await taken.Code());
        Assert.Equal("Clinic sign-in", Assert.Single(await Lines()).Name);
        Assert.Contains((await AuditTable.Of(service, foreign)).Where(r => r.What == "set-provider"), r => r.Topic == hospital.Id.Topic.ToString());
    }

    [Fact]
    public async Task Never_hands_the_secret_out_again()
    {
        using var http = service.Client(hospital.Administrator);
        Assert.DoesNotContain(Idp.Secret, await http.GetStringAsync($"api/institutions/{hospital.Id}/providers", Stop), StringComparison.Ordinal);
        using var set = await hospital.Ask(hospital.Administrator, hospital.Path, hospital.Usual);
        Assert.DoesNotContain(Idp.Secret, await set.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.True(Assert.Single(await Lines()).HasSecret);
        await using var connection = await AuditTable.Connect(service);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from provider where id = '{hospital.Provider:N}' and secret is not null and instr(secret, '{Idp.Secret}') = 0";
        Assert.Equal(1L, await command.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task Keeps_the_secret_for_the_issuer_it_was_given_for()
    {
        using var elsewhere = await hospital.Ask(hospital.Administrator, hospital.Path, hospital.Usual with { Issuer = "https://elsewhere.example", Secret = null });
        Assert.Equal("secret-needed", await elsewhere.Code());
        Assert.Equal(HttpStatusCode.OK, await hospital.Set(hospital.Usual with { Name = "By another name", Secret = null }));
        hospital.Idp.Knows("s-1", ("name", $"Noor {Overheard.Canary}"));
        using var noor = new Traveller(service);
        Assert.Null(await noor.ComeIn(hospital, "s-1"));
    }

    [Theory]
    [InlineData("http://sso.clinic.example", "not-an-issuer")]
    [InlineData("https://ada@sso.clinic.example", "not-an-issuer")]
    [InlineData("https://sso.clinic.example?x=1", "not-an-issuer")]
    [InlineData("https://sso.clinic.example#", "not-an-issuer")]
    [InlineData("file:///etc/passwd", "not-an-issuer")]
    [InlineData("sso.clinic.example", "not-an-issuer")]
    [InlineData("https://169.254.169.254/latest", "issuer-out-of-reach")]
    [InlineData("https://10.0.0.7", "issuer-out-of-reach")]
    [InlineData("https://[fe80::1]", "issuer-out-of-reach")]
    [InlineData("https://[::ffff:192.168.0.1]", "issuer-out-of-reach")]
    [InlineData("https://0x0a000007/", "issuer-out-of-reach")]
    public async Task Refuses_an_issuer_that_is_none_or_that_nobody_may_be_sent_to(string issuer, string code)
    {
        using var set = await hospital.Ask(hospital.Administrator, hospital.Path, hospital.Usual with { Issuer = issuer });
        Assert.Equal(code, await set.Code());
    }

    [Fact]
    public async Task Refuses_more_than_a_few()
    {
        for (var more = 1; more < ProviderSet.Max; more++)
        {
            using var one = await hospital.Ask(hospital.Administrator, $"api/institutions/{hospital.Id}/providers/{Guid.CreateVersion7()}", hospital.Usual with { IsOn = false });
            Assert.Equal(HttpStatusCode.OK, one.StatusCode);
        }
        using var set = await hospital.Ask(hospital.Administrator, $"api/institutions/{hospital.Id}/providers/{Guid.CreateVersion7()}", hospital.Usual);
        Assert.Equal("too-many", await set.Code());
        Assert.Equal(HttpStatusCode.OK, await hospital.Set(hospital.Usual with { Name = "One there is" }));
        Assert.Equal(ProviderSet.Max, (await Lines()).Length);
    }

    [Fact]
    public async Task Is_refused_where_the_mapping_gives_more_than_a_clinicians_role()
    {
        using var set = await hospital.Ask(hospital.Administrator, hospital.Path, hospital.Usual with
        {
            Mapping = Hospital.Mapping with { Role = new(InstitutionRole.Clinician, [new("Chef", InstitutionRole.Administrator)], "title") },
        });
        Assert.Equal("role-beyond-mapping", await set.Code());
    }

    [Theory]
    [InlineData("127.0.0.1", false, "", false)]
    [InlineData("127.0.0.1", true, "", true)]
    [InlineData("::1", false, "", false)]
    [InlineData("::ffff:127.0.0.1", false, "", false)]
    [InlineData("10.1.2.3", true, "", false)]
    [InlineData("10.1.2.3", false, "10.1.0.0/16", true)]
    [InlineData("10.2.2.3", false, "10.1.0.0/16", false)]
    [InlineData("::ffff:10.1.2.3", false, "", false)]
    [InlineData("169.254.169.254", true, "", false)]
    [InlineData("172.31.0.1", true, "", false)]
    [InlineData("192.168.1.1", true, "", false)]
    [InlineData("100.64.0.1", true, "", false)]
    [InlineData("0.0.0.0", true, "", false)]
    [InlineData("::", true, "", false)]
    [InlineData("fd00::1", true, "", false)]
    [InlineData("fe80::1", true, "", false)]
    [InlineData("64:ff9b::a00:1", true, "", false)]
    [InlineData("2002:a00:1::", true, "", false)]
    [InlineData("224.0.0.1", true, "", false)]
    [InlineData("93.184.216.34", false, "", true)]
    [InlineData("2606:2800:220:1::1", false, "", true)]
    public void Is_spoken_to_at_public_addresses_and_the_operators_networks_only(string address, bool isForThisMachine, string networks, bool isOpen)
    {
        using var reach = new ProviderReach(new ServiceOptions { ProviderNetworks = networks }, isForThisMachine);
        Assert.Equal(isOpen, reach.IsOpen(IPAddress.Parse(address)));
    }

    [Fact]
    public async Task Is_not_spoken_to_at_a_name_that_leads_where_it_may_not()
    {
        using var reach = new ProviderReach(new ServiceOptions(), isOfThisMachine: false);
        foreach (var address in new[] { hospital.Idp.Issuer, new UriBuilder(hospital.Idp.Issuer) { Host = "localhost" }.Uri, new Uri("http://sso.clinic.example/") })
        {
            Assert.Equal(ProviderRefusals.OutOfReach, ProviderRefusals.Of(await Assert.ThrowsAnyAsync<HttpRequestException>(() => reach.Client.GetAsync(address, Stop))));
        }
        using var here = new ProviderReach(new ServiceOptions(), isOfThisMachine: true);
        using var answer = await here.Client.GetAsync(new Uri(hospital.Idp.Issuer, ".well-known/openid-configuration"), Stop);
        Assert.True(answer.IsSuccessStatusCode);
    }

    private async Task<ProviderLine[]> Lines()
    {
        using var http = service.Client(hospital.Administrator);
        return Json.Decode<ProviderLine[]>(await http.GetByteArrayAsync($"api/institutions/{hospital.Id}/providers", Stop));
    }
}
