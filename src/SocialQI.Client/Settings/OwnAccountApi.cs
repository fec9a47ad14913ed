using System.Net;
using System.Net.Http.Json;
using SocialQI.Client.Administration;
using SocialQI.Wire;

namespace SocialQI.Client.Settings;

/// <summary>Where one is signed in, and how one comes in. An outage is an <see cref="HttpRequestException"/>.</summary>
public sealed class OwnAccountApi(HttpClient http)
{
    private const string Account = "api/me/account";

    public async Task<SessionLine[]> Sessions() => (await Answers.Read(http.GetAsync(Path("api/me/sessions")), Json.Context.SessionLineArray)).Value ?? [];

    /// <summary>Ends one, or all; null: done.</summary>
    public Task<Refusal?> End(Guid? session) => Done(http.DeleteAsync(Path(session is null ? "api/me/sessions" : $"api/me/sessions/{session}")));

    /// <summary>Null when an institution's provider alone lets one in.</summary>
    public async Task<OwnAccount?> Own()
    {
        using var response = await http.GetAsync(Path(Account));
        response.EnsureSuccessStatusCode();
        return response.StatusCode == HttpStatusCode.NoContent ? null : await response.Content.ReadFromJsonAsync(Json.Context.OwnAccount);
    }

    public Task<(AuthenticatorKey? Key, Refusal? No)> NewAuthenticator(string password) =>
        Answers.Read(http.PostAsJsonAsync(Path(Account + "/authenticator"), new Proof(password), Json.Context.Proof), Json.Context.AuthenticatorKey);

    public Task<(RecoveryCodes? Codes, Refusal? No)> TurnOn(string code) =>
        Answers.Read(http.PutAsJsonAsync(Path(Account + "/authenticator"), new Proof(code), Json.Context.Proof), Json.Context.RecoveryCodes);

    /// <summary>Null: done.</summary>
    public Task<Refusal?> TurnOff(string password) => Done(http.PostAsJsonAsync(Path(Account + "/authenticator/off"), new Proof(password), Json.Context.Proof));

    /// <summary>Null: done.</summary>
    public Task<Refusal?> Forget(string passkey) => Done(http.DeleteAsync(Path($"{Account}/passkeys/{passkey}")));

    private static async Task<Refusal?> Done(Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        // Signed out meanwhile: what was wanted is so.
        return response.StatusCode == HttpStatusCode.Unauthorized && response.Content.Headers.ContentLength is null or 0 ? null : await Answers.No(response);
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
