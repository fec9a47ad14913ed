using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SocialQI.Cases;
using SocialQI.Server.Gateway;

namespace SocialQI.Server.Api;

/// <summary>What the API says of itself at <c>/openapi/v1.json</c>.</summary>
internal static class Description
{
    private static readonly JsonObject AnExample = new() { ["k"] = "post-contribution", ["contribution"] = "comment", ["text"] = "Since when?" };

    /// <summary>What a door answers, and that it refuses with problem+json.</summary>
    public static RouteHandlerBuilder Says<T>(this RouteHandlerBuilder door, string summary) =>
        door.WithSummary(summary).Produces<T>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static void Add(OpenApiOptions options) => options.AddSchemaTransformer((schema, context, _) =>
    {
        Describe(schema, context.JsonTypeInfo.Type);
        return Task.CompletedTask;
    });

    // Written by converters of their own, so that their shape says nothing of how they are written.
    private static void Describe(OpenApiSchema schema, Type type)
    {
        if (type == typeof(TopicId) || type == typeof(ClinicianId) || type == typeof(CommunityId) || type == typeof(InstitutionId) || type == typeof(ImageHash))
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (type == typeof(Moment))
        {
            (schema.Type, schema.Format, schema.Description) = (JsonSchemaType.Integer, "int64", "Microseconds since 1970, UTC.");
        }
        else if (type == typeof(UnreadJson))
        {
            (schema.Type, schema.Description, schema.Examples) = (JsonSchemaType.Object, "A command, with its name in k.", [AnExample.DeepClone()]);
        }
    }
}
