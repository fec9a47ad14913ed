using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace SocialQI.Server.Calendars;

/// <summary>The secret of a calendar's address, kept apart from the request's path.</summary>
internal sealed record CalendarSecret(string Text);

/// <summary>
/// Stands between the server and everything above it: takes the secret out of the path of a calendar's address before the host logs, traces or measures
/// that a request has begun. Nothing above ever sees a path with a secret in it.
/// </summary>
internal sealed class CoveredServer(IServer inner) : IServer
{
    /// <summary>What all addresses of calendars begin with.</summary>
    public const string Folder = "/calendar/";

    /// <summary>What all of them look like from here on.</summary>
    public const string Covered = Folder + "secret" + Ending;

    /// <summary>What all of them end with.</summary>
    public const string Ending = ".ics";

    public IFeatureCollection Features => inner.Features;

    /// <summary>Puts it before the server that is registered.</summary>
    public static void Add(IServiceCollection services)
    {
        var server = services.Last(s => s.ServiceType == typeof(IServer)).ImplementationType!;
        services.AddSingleton<IServer>(s => new CoveredServer((IServer)ActivatorUtilities.CreateInstance(s, server)));
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull =>
        inner.StartAsync(new Application<TContext>(application), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

    public void Dispose() => inner.Dispose();

    // Whatever is below the folder: what was mistyped may hold a secret too.
    private static void Cover(IHttpRequestFeature request, IFeatureCollection features)
    {
        if (request.Path.StartsWith(Folder, StringComparison.OrdinalIgnoreCase))
        {
            var name = request.Path[Folder.Length..];
            features.Set(new CalendarSecret(name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? name[..^Ending.Length] : ""));
            (request.Path, request.RawTarget) = (Covered, Covered + request.QueryString);
        }
    }

    private sealed class Application<TContext>(IHttpApplication<TContext> inner) : IHttpApplication<TContext> where TContext : notnull
    {
        public TContext CreateContext(IFeatureCollection contextFeatures)
        {
            Cover(contextFeatures.GetRequiredFeature<IHttpRequestFeature>(), contextFeatures);
            return inner.CreateContext(contextFeatures);
        }

        public Task ProcessRequestAsync(TContext context) => inner.ProcessRequestAsync(context);

        public void DisposeContext(TContext context, Exception? exception) => inner.DisposeContext(context, exception);
    }
}
