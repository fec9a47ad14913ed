using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using SocialQI.Client.Live;

namespace SocialQI.Client.Administration;

/// <summary>Reads what the service answered: a value, or why not.</summary>
internal static class Answers
{
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public static async Task<(T? Value, Refusal? No)> Read<T>(Task<HttpResponseMessage> asked, JsonTypeInfo<T> shape) where T : class
    {
        using var response = await asked;
        return await No(response) is { } no ? (null, no) : (await response.Content.ReadFromJsonAsync(shape), null);
    }

    /// <summary>Null: done.</summary>
    /// <exception cref="HttpRequestException">It was not, and nobody said why.</exception>
    public static async Task<Refusal?> No(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return null;
        }
        return response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && await response.Content.ReadFromJsonAsync(ClientJson.Default.Problem) is { Title: { } code, Detail: { } say }
            ? new(code, say)
            : throw new HttpRequestException("The service answered without saying why.", null, response.StatusCode);
    }
}
