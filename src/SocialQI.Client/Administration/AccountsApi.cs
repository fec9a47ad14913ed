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

    /// <summary>A link by which somebody chooses a new password.</summary>
    public Task<(Registered? Link, Refusal? No)> NewLink(InstitutionId institution, ClinicianId who) =>
        Answers.Read(http.PostAsync(new Uri($"api/institutions/{institution}/people/{who}/link", UriKind.Relative), null), Json.Context.Registered);

    /// <summary>Null: done.</summary>
    public async Task<Refusal?> SetSignIn(InstitutionId institution, ClinicianId who, bool closed)
    {
        using var response = await http.PutAsJsonAsync($"api/institutions/{institution}/people/{who}/sign-in", new SignInSet(closed), Json.Context.SignInSet);
        return await Answers.No(response);
    }

    /// <summary>Empty where they may not be read.</summary>
    public async Task<TokenLine[]> Tokens(InstitutionId institution) => (await Answers.Read(http.GetAsync(TokensOf(institution)), Json.Context.TokenLineArray)).Value ?? [];

    public Task<(MadeToken? Made, Refusal? No)> MakeToken(InstitutionId institution, NewToken asked) =>
        Answers.Read(http.PostAsJsonAsync(TokensOf(institution), asked, Json.Context.NewToken), Json.Context.MadeToken);

    /// <summary>Null: done.</summary>
    public async Task<Refusal?> EndToken(InstitutionId institution, Guid token)
    {
        using var response = await http.DeleteAsync(new Uri($"api/institutions/{institution}/tokens/{token}", UriKind.Relative));
        return await Answers.No(response);
    }

    /// <summary>Null: done.</summary>
    public async Task<Refusal?> ChangePassword(NewPassword asked)
    {
        using var response = await http.PutAsJsonAsync("api/me/password", asked, Json.Context.NewPassword);
        return await Answers.No(response);
    }

    private static Uri TokensOf(InstitutionId institution) => new($"api/institutions/{institution}/tokens", UriKind.Relative);
}
