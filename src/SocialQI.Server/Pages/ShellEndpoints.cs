namespace SocialQI.Server.Pages;

internal static class ShellEndpoints
{
    /// <summary>The document, the program in it, and their files.</summary>
    public static void MapShell(this IEndpointRouteBuilder app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<Shell>().AddInteractiveWebAssemblyRenderMode().AddAdditionalAssemblies(typeof(Client.Routes).Assembly).Finally(WithoutTheList);
    }

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
