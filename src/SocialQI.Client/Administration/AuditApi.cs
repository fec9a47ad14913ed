using System.Globalization;
using System.Net.Http.Json;
using SocialQI.Client.Live;
using SocialQI.Wire;

namespace SocialQI.Client.Administration;

/// <summary>Who did what at an institution. An outage is an <see cref="HttpRequestException"/>.</summary>
public sealed class AuditApi(HttpClient http)
{
    public async Task<Listed<AuditLine>> Read(InstitutionId institution, AuditFilter filter, string? after)
    {
        using var response = await http.GetAsync(new Uri(Address(institution, "", filter, ("after", after), ("take", Api.Take.ToString(CultureInfo.InvariantCulture))), UriKind.Relative));
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json" && !IsOutage(response)
            && await response.Content.ReadFromJsonAsync(ClientJson.Default.Problem) is { Title: { } code, Detail: { } say })
        {
            return new([], null, new(code, say));
        }
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(Json.Context.ListedAuditLine))!;
    }

    /// <summary>Where the same can be had as a file: <c>csv</c> or <c>fhir</c>.</summary>
    public static string Export(InstitutionId institution, string format, AuditFilter filter) => Address(institution, "/" + format, filter);

    private static bool IsOutage(HttpResponseMessage response) => (int)response.StatusCode >= 500;

    private static string Address(InstitutionId institution, string format, AuditFilter filter, params (string Name, string? Value)[] more)
    {
        (string Name, string? Value)[] asked =
        [
            ("person", filter.Person?.ToString()), ("topic", filter.Topic?.ToString()), ("act", filter.Act), ("from", filter.From?.Micros.ToString(CultureInfo.InvariantCulture)),
            ("until", filter.Until?.Micros.ToString(CultureInfo.InvariantCulture)), ("result", filter.Result?.ToString().ToLowerInvariant()), ("flagged", filter.Flagged ? "true" : null), .. more,
        ];
        return $"api/institutions/{institution}/audit{format}?" + string.Join('&', asked.Where(a => a.Value is { Length: > 0 }).Select(a => $"{a.Name}={Uri.EscapeDataString(a.Value!)}"));
    }
}
