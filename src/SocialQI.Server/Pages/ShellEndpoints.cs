using Microsoft.AspNetCore.Diagnostics;

namespace SocialQI.Server.Pages;

internal static class ShellEndpoints
{
    /// <summary>The document, the program in it, and their files.</summary>
    public static void MapShell(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<Shell>().AddInteractiveWebAssemblyRenderMode().AddAdditionalAssemblies(typeof(Client.Routes).Assembly).Finally(WithoutTheList);
    }

    /// <summary>Who follows an address that leads nowhere reads a page that says so; a program is answered as always.</summary>
    public static void UseNothingHere(this IApplicationBuilder app)
    {
        app.UseStatusCodePagesWithReExecute("/nothing-here");
        app.Use(async (context, next) =>
        {
            await next(context);
            context.Features.Get<IStatusCodePagesFeature>()!.Enabled = context.Response.StatusCode == StatusCodes.Status404NotFound && IsOfAPerson(context);
        });
    }

    private static bool IsOfAPerson(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.StartsWithSegments("/api") && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    // The framework has the program read the list of all files before its first page, a seventh of a start, for components that name files by it. Ours do not:
    // only the document does, on the server. The list's address is in metadata whose type is the framework's own.
    private static void WithoutTheList(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.FirstOrDefault(m => m.GetType().Name == "ResourceCollectionUrlMetadata") is { } list)
        {
            endpoint.Metadata.Remove(list);
        }
    }
}
