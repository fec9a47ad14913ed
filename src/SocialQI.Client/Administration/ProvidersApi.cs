using System.Net.Http.Json;
using SocialQI.Wire;

namespace SocialQI.Client.Administration;

/// <summary>Sign-in providers of an institution, and one's own ways in by them. An outage is an <see cref="HttpRequestException"/>.</summary>
public sealed class ProvidersApi(HttpClient http)
{
    public Task<(ProviderLine[]? Lines, Refusal? No)> Of(InstitutionId institution) => Answers.Read(http.GetAsync(new Uri(PathOf(institution), UriKind.Relative)), Json.Context.ProviderLineArray);

    /// <summary>All of them, as they are then.</summary>
    public Task<(ProviderLine[]? Lines, Refusal? No)> Set(InstitutionId institution, Guid id, ProviderSet set) =>
        Answers.Read(http.PutAsJsonAsync($"{PathOf(institution)}/{id}", set, Json.Context.ProviderSet), Json.Context.ProviderLineArray);

    public Task<(OwnIdentities? Own, Refusal? No)> Own() => Answers.Read(http.GetAsync(new Uri("api/me/identities", UriKind.Relative)), Json.Context.OwnIdentities);

    /// <summary>Where to go in this browser.</summary>
    public Task<(string? To, Refusal? No)> Join(Guid provider) => Answers.Read(http.PostAsync(new Uri($"api/me/identities/join/{provider}", UriKind.Relative), null), Json.Context.String);

    /// <summary>Null: done.</summary>
    public async Task<Refusal?> Forget(Guid identity)
    {
        using var response = await http.DeleteAsync(new Uri($"api/me/identities/{identity}", UriKind.Relative));
        return await Answers.No(response);
    }

    private static string PathOf(InstitutionId institution) => $"api/institutions/{institution}/providers";
}
