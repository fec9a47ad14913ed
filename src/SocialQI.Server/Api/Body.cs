using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace SocialQI.Server.Api;

/// <summary>
/// The JSON body of a request. What cannot be read as one is a bad request and no more: the framework's own reading logs the reader's exception, and that
/// quotes what was written.
/// </summary>
internal sealed record Body<T>(T Value) : IEndpointParameterMetadataProvider where T : class
{
    /// <summary>Null when it is not what is asked for; the framework answers 400.</summary>
    public static async ValueTask<Body<T>?> BindAsync(HttpContext http)
    {
        try
        {
            return await http.Request.ReadFromJsonAsync<T>(http.RequestAborted) is { } value ? new(value) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: false));
}
