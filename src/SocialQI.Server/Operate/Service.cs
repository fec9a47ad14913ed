using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Npgsql;
using Orleans.Storage;
using SocialQI.Grains.FanOut;
using SocialQI.Grains.Topics;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.Demo;
using SocialQI.Server.Gateway.Transport;
using SocialQI.Server.SignIn;
using SocialQI.Server.SignIn.Providers;
using SocialQI.Storage;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Sqlite;

namespace SocialQI.Server.Operate;

/// <summary>The composition: what runs in this process, on one screen.</summary>
internal static class Service
{
    internal const string DefaultAddress = "http://localhost:5080";

    public static async Task<int> Run(string[] args, CancellationToken stop)
    {
        var (builder, options) = Configured(args);
        if ((options.Fault ?? SecureTransport.Fault(builder.Configuration["urls"] ?? "", options)) is { } fault)
        {
            Console.Error.WriteLine(fault);
            return 2;
        }
        try
        {
            await using var postgres = options.Postgres is { } connection ? PostgresStore.Source(connection) : null;
            await using var readers = options.PostgresReader is { } reading ? PostgresStore.Source(reading, "people") : null;
            await using var store = postgres is null ? await SqliteStore.Open(options.Data) : await PostgresStore.Open(postgres, readers: readers);
            await store.ApplyOrleansScript();
            OwnersFolder.Make(options.Data);
            if (options.IsSilo)
            {
                await Checkpoints.Compare(options, store);
            }
            await using var app = Build(builder, options, store, postgres);
            await RunToEnd(app, stop);
            return 0;
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            Console.Error.WriteLine(reason);
            return 1;
        }
    }

    /// <summary>What the command line, the environment and the files beside the program say.</summary>
    internal static (WebApplicationBuilder Builder, ServiceOptions Options) Configured(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddCommandLine(args, new Dictionary<string, string>
        {
            ["--demo"] = "SocialQI:Demo",
            ["--data"] = "SocialQI:Data",
            ["--roles"] = "SocialQI:Roles",
            ["--postgres"] = "SocialQI:Postgres",
        });
        var options = builder.Configuration.GetSection(ServiceOptions.Section).Get<ServiceOptions>() ?? new();
        options.Data = Path.GetFullPath(options.Data);
        return (builder, options);
    }

    private static async Task RunToEnd(WebApplication app, CancellationToken stop)
    {
        var ending = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync(stop);
        }
        catch (Exception e) when (ending.IsCancellationRequested && (e is OperationCanceledException || !app.Lifetime.ApplicationStarted.IsCancellationRequested))
        {
            // Told to end while it still waited for the cluster: what that waiting came to matters no more.
        }
    }

    // What the operator can do something about is said in a sentence; anything else is a mistake of this program, and shown as such.
    internal static string? Reason(Exception e) => e switch
    {
        DataFolderInUseException or SchemaTooNewException or SettingsMakeAcksALieException or ForeignKeysException or NoReaderRoleException or NotRestoredException or GoneBackException or CryptographicException => e.Message,
        // No answer, too many, shutting down, no such database or user; an error in what was asked of it is not the operator's.
        NpgsqlException { IsTransient: true } or PostgresException { SqlState: ['2', '8', ..] or ['3', 'D', ..] } =>
            $"PostgreSQL cannot be reached, or does not let this service in: {e.Message}",
        IOException { InnerException: AddressInUseException } => e.Message,
        _ => null,
    };

    /// <summary>The whole of it over a store that is open; starts nothing yet.</summary>
    public static WebApplication Build(WebApplicationBuilder builder, ServiceOptions options, Store store, NpgsqlDataSource? postgres)
    {
        builder.WebHost.UseStaticWebAssets();
        if (builder.Configuration["urls"] is null)
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(BarePipe.Keep);
            kestrel.Limits.MaxRequestBodySize = ApiEndpoints.BodyBytesMax;
        });
        builder.Logging.AddQuiet();
        Cluster.Add(builder, options, postgres);
        AddTopics(builder.Services, options, store);
        if (options.IsGateway)
        {
            builder.Services.AddGateway(options);
            CoveredServer.Add(builder.Services);
            builder.Services.AddProviders(options, SecureTransport.IsForThisMachine(builder.Configuration["urls"] ?? DefaultAddress, options));
        }
        builder.Services.AddHostedService<Startup>();
        builder.Services.AddTelemetry(builder.Configuration);
        var app = builder.Build();
        app.MapService(options);
        Telemetry.Watch();
        Grains.Telemetry.Watch(app.Services.GetRequiredService<Pipes>(), app.Services.GetRequiredService<TimeProvider>());
        return app;
    }

    private static void AddTopics(IServiceCollection services, ServiceOptions options, Store store)
    {
        services.AddSingleton(options).AddSingleton(new Stores(store)).AddSingleton(TimeProvider.System);
        services.AddSingleton<Readiness>().AddSingleton<Draining>().AddSingleton<IHostLifetime>(s => s.GetRequiredService<Draining>()).AddSingleton<OperatorKey>().AddSingleton<Pipes>();
        services.AddScoped<Seeder>().AddScoped<Founding>().AddSingleton<OneTimeLinks>();
        ProtectionKeys.Add(services, options);
        LocalAccounts.Add(services);
        if (options.IsSilo)
        {
            services.AddSingleton(s => new Snapshots(s.GetRequiredKeyedService<IGrainStorage>(Snapshots.StorageName), s.GetRequiredService<ILogger<Snapshots>>()));
            services.AddSingleton<TopicServices>();
            services.AddHostedService<Checkpoints>();
            if (store.Pulse is { } pulse)
            {
                services.AddSingleton(pulse).AddHostedService<Beating>();
            }
        }
    }
}
