using System.Net.Http.Json;
using SocialQI.Client.Live;
using SocialQI.Wire;

namespace SocialQI.Client.Administration;

/// <summary>People of an institution and their accounts. An outage is an <see cref="HttpRequestException"/>.</summary>
public sealed class AccountsApi(HttpClient http)
{
    public Task<(Listed<StaffLine>? Page, Refusal? No)> Staff(InstitutionId institution, string name, string? after) => Answers.Read(
        http.GetAsync(new Uri($"api/institutions/{institution}/people?take={Api.Take}&name={Uri.EscapeDataString(name)}{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}", UriKind.Relative)),
        Json.Context.ListedStaffLine);

    public Task<(Registered? Somebody, Refusal? No)> Register(InstitutionId institution, NewPerson somebody) =>
        Answers.Read(http.PostAsJsonAsync($"api/institutions/{institution}/people", somebody, Json.Context.NewPerson), Json.Context.Registered);

    /// <summary>Null: done.</summary>
    public async Task<Refusal?> ChangePassword(NewPassword asked)
    {
        using var response = await http.PutAsJsonAsync("api/me/password", asked, Json.Context.NewPassword);
        return await Answers.No(response);
    }
}
