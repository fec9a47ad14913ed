using System.Net;
using SocialQI.Clinicians;
using SocialQI.DevIdp;
using SocialQI.Grains.Topics;
using SocialQI.Institutions;
using SocialQI.Server.Tests.Auditing;
using SocialQI.Tests;
using SocialQI.Wire;
using Xunit;

namespace SocialQI.Server.Tests.Providers;

/// <summary>An institution of a test's own, with an administrator and a sign-in provider that does what it is told.</summary>
internal sealed class Hospital : IAsyncDisposable
{
    /// <summary>Which claims mean what here.</summary>
    public static readonly ClaimMapping Mapping = new(
        new("Medicine", [new("CARD", "Cardiology")], "dept"),
        new(Grade.Other, [new("Oberarzt", Grade.Attending), new("Assistenzarzt", Grade.Resident)], "title"),
        new(InstitutionRole.Clinician, [new("Assistenzarzt", InstitutionRole.Trainee)], "title"));

    private Hospital(TheService service, InstitutionId id, Somebody administrator, Idp idp) => (Service, Id, Administrator, Idp) = (service, id, administrator, idp);

    public TheService Service { get; }

    public InstitutionId Id { get; }

    public Somebody Administrator { get; }

    public Idp Idp { get; }

    /// <summary>The provider's name in addresses.</summary>
    public Guid Provider { get; } = Guid.CreateVersion7();

    public string Path => $"api/institutions/{Id}/providers/{Provider}";

    public static async Task<Hospital> Found(TheService service)
    {
        var id = InstitutionId.Parse($"clinic-{Guid.NewGuid():N}"[..20]);
        var founded = await service.Grains.Ask(id.Topic, Guid.CreateVersion7(), new FoundInstitution($"Clinic {id}"), Passport.OfOperator, Moment.Of(DateTimeOffset.UtcNow));
        Assert.Null(founded.Refusal);
        var hospital = new Hospital(service, id, await service.Register(id, InstitutionRole.Administrator), await Idp.Start(FreePort.Next()));
        Assert.Equal(HttpStatusCode.OK, await hospital.Set(hospital.Usual));
        return hospital;
    }

    public ProviderSet Usual => new("Clinic sign-in", Idp.Issuer.ToString(), Idp.Client, IsOn: true, Mapping, Idp.Secret);

    public async Task<HttpStatusCode> Set(ProviderSet set)
    {
        using var answer = await Ask(Administrator, Path, set);
        return answer.StatusCode;
    }

    public async Task<HttpResponseMessage> Ask(Somebody by, string path, ProviderSet set)
    {
        using var http = Service.Client(by);
        return await http.PutAsync(path, Http.JsonOf(System.Text.Encoding.UTF8.GetString(Json.Encode(set))), TestContext.Current.CancellationToken);
    }

    /// <summary>What was recorded of coming in here, the result of each.</summary>
    public async Task<List<(string Who, string? What, string Result)>> Recorded()
    {
        await using var connection = await AuditTable.Connect(Service);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select who, what, result from audit where act = 'sign-in' and topic = '{Id.Topic}' order by id";
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<(string, string?, string)>();
        while (await row.ReadAsync())
        {
            rows.Add((row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2)));
        }
        return rows;
    }

    /// <summary>Name, specialty and grade as the directory has them, at once or soon.</summary>
    public async Task<(string Name, string Specialty, Grade Grade)> Described(ClinicianId person)
    {
        using var http = Service.Client(Administrator);
        DirectoryEntry[] found = [];
        await Waiting.Until("the directory knows them", async () => (found = Json.Decode<DirectoryEntry[]>(await http.GetByteArrayAsync($"api/directory?ids={person}", TestContext.Current.CancellationToken))).Length > 0);
        return (found[0].Name, found[0].Specialty, found[0].Grade);
    }

    public ValueTask DisposeAsync() => Idp.DisposeAsync();
}
