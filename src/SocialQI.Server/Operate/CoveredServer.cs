using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace SocialQI.Server.Operate;

/// <summary>The secret of an address, kept apart from the request's path.</summary>
internal sealed record SecretInPath(string Text);

/// <summary>Addresses that carry a secret: what all of them begin and end with.</summary>
internal sealed record SecretAddress(string Folder, string Ending)
{
    /// <summary>What a person's own calendar is read by.</summary>
    public static readonly SecretAddress Calendar = new("/calendar/", ".ics");

    /// <summary>A link that may be used once.</summary>
    public static readonly SecretAddress Welcome = new("/welcome/", "");

    /// <summary>All of them.</summary>
    public static readonly SecretAddress[] All = [Calendar, Welcome];

    /// <summary>What all of them look like above the server.</summary>
    public string Covered => $"{Folder}secret{Ending}";

    public string Of(string secret) => Folder + secret + Ending;
}

/// <summary>
/// Stands between the server and everything above it: takes the secret out of the path of such an address before the host logs, traces or measures
/// that a request has begun. Nothing above ever sees a path with a secret in it.
/// </summary>
internal sealed class CoveredServer(IServer inner) : IServer
{
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
        if (Array.Find(SecretAddress.All, a => request.Path.StartsWith(a.Folder, StringComparison.OrdinalIgnoreCase)) is { } address)
        {
            var name = request.Path[address.Folder.Length..];
            features.Set(new SecretInPath(name.EndsWith(address.Ending, StringComparison.OrdinalIgnoreCase) ? name[..^address.Ending.Length] : ""));
            (request.Path, request.RawTarget) = (address.Covered, address.Covered + request.QueryString);
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
