using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Orleans.Storage;
using SocialQI.Client.Frame.Languages;
using SocialQI.Grains.FanOut;
using SocialQI.Grains.Topics;
using SocialQI.Server.Api;
using SocialQI.Server.Auditing;
using SocialQI.Server.Calendars;
using SocialQI.Server.Demo;
using SocialQI.Server.Gateway;
using SocialQI.Server.Images;
using SocialQI.Server.Import;
using SocialQI.Server.Machines;
using SocialQI.Server.Pages;
using SocialQI.Server.SignIn;
using SocialQI.Server.SignIn.Providers;
using SocialQI.Server.Terminology;
using SocialQI.Storage;
using SocialQI.Storage.Postgres;
using SocialQI.Storage.Sqlite;
using SocialQI.Wire;

namespace SocialQI.Server.Operate;

/// <summary>The composition: what runs in this process, on one screen.</summary>
internal static class Service
{
    private const string DefaultAddress = "http://localhost:5080";

    public static async Task<int> Run(string[] args, CancellationToken stop)
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
        if ((options.Fault ?? SecureTransport.Fault(builder.Configuration["urls"] ?? "", options)) is { } fault)
        {
            Console.Error.WriteLine(fault);
            return 2;
        }
        try
        {
            await using var postgres = options.Postgres is { } connection ? PostgresStore.Source(connection) : null;
            await using var readers = options.PostgresReader is { } reading ? PostgresStore.Source(reading) : null;
            await using var store = postgres is null ? await SqliteStore.Open(options.Data) : await PostgresStore.Open(postgres, readers: readers);
            await store.ApplyOrleansScript();
            Directory.CreateDirectory(options.Data);
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
    private static string? Reason(Exception e) => e switch
    {
        DataFolderInUseException or SchemaTooNewException or SettingsMakeAcksALieException or ForeignKeysException or NoReaderRoleException or CryptographicException => e.Message,
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
            kestrel.Limits.MaxRequestBodySize = ApiEndpoints.BodyBytesMax;
        });
        AddLogging(builder.Logging);
        Cluster.Add(builder, options, postgres);
        AddTopics(builder.Services, options, store);
        if (options.IsGateway)
        {
            AddGateway(builder.Services, options);
            CoveredServer.Add(builder.Services);
            builder.Services.AddProviders(options, SecureTransport.IsForThisMachine(builder.Configuration["urls"] ?? DefaultAddress, options));
        }
        builder.Services.AddHostedService<Startup>();
        AddTelemetry(builder.Services, builder.Configuration);
        var app = builder.Build();
        Map(app, options);
        Grains.Telemetry.Watch(app.Services.GetRequiredService<Pipes>());
        return app;
    }

    private static void AddLogging(ILoggingBuilder logging)
    {
        foreach (var chatty in (string[])["Microsoft.AspNetCore", "Microsoft.Hosting", "Orleans", "Polly"])
        {
            logging.AddFilter(chatty, LogLevel.Warning);
        }
        // What keeps the host from starting is said by Run.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // A key that cannot be read is said by ProtectionKeys, in a sentence.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Critical);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection.XmlEncryption", LogLevel.Critical);
        // It takes the machine's uptime for a stalled thread at every start.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
    }

    private static void AddTopics(IServiceCollection services, ServiceOptions options, Store store)
    {
        services.AddSingleton(options).AddSingleton(new Stores(store)).AddSingleton(TimeProvider.System);
        services.AddSingleton<Readiness>().AddSingleton<OperatorKey>().AddSingleton<Pipes>();
        services.AddScoped<Seeder>().AddScoped<Founding>().AddSingleton<OneTimeLinks>();
        ProtectionKeys.Add(services, options);
        LocalAccounts.Add(services);
        if (options.IsSilo)
        {
            services.AddSingleton(s => new Snapshots(s.GetRequiredKeyedService<IGrainStorage>(Snapshots.StorageName), s.GetRequiredService<ILogger<Snapshots>>()));
            services.AddSingleton<TopicServices>();
            services.AddHostedService<Checkpoints>();
        }
    }

    private static void AddGateway(IServiceCollection services, ServiceOptions options)
    {
        services.AddSingleton<AuditTrail>().AddSingleton<AuditedLately>().AddSingleton<Closings>().AddHostedService(s => s.GetRequiredService<Closings>()).AddSingleton(s => new HubRecording(s.GetRequiredService<AuditTrail>(), s.GetRequiredService<AuditedLately>(), s.GetRequiredService<Closings>()));
        services.AddSingleton<Passports>().AddSingleton<Rounds>().AddSingleton<Asking>().AddSingleton<LiveSessions>().AddSingleton<Entering>().AddSingleton<PassingState>().AddSingleton<ImageIntake>().AddHostedService<TailWatch>().AddHostedService<Tending>();
        services.AddSingleton<Terms>().AddHostedService<TerminologyWatch>();
        services.AddSingleton<HubLifetimeManager<RoundsHub>, RoundsLifetime>().AddSingleton<HubLimits>();
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = RoundsProtocol.MessageBytesMax;
            hub.SupportedProtocols = ["json"];
            hub.MaximumParallelInvocationsPerClient = 4;
            hub.AddFilter<HubLimits>();
        }).AddJsonProtocol(json => json.PayloadSerializerOptions = new(Json.Context.Options) { TypeInfoResolver = JsonTypeInfoResolver.Combine(Json.Context, new DefaultJsonTypeInfoResolver()) });
        // The last one of a name is the one that is used.
        services.AddSingleton<IHubProtocol, QuietJsonProtocol>();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, Json.Context);
            // What a program left out is its mistake (400), not ours.
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        services.AddSecureTransport(options);
        services.AddMachines().AddCookie(SignedIn.Scheme, ConfigureCookie);
        services.Configure<CookieAuthenticationOptions>(SignedIn.Scheme, cookie => cookie.ExpireTimeSpan = options.SessionLasts);
        services.AddAntiforgery(form => form.Cookie.Name = "socialqi-form").AddExceptionHandler<OutagesByHttp>().AddProblemDetails().AddOpenApi("v1", Description.Add).AddRateLimiter(limiter => Limits.Add(limiter, options));
        services.AddTexts();
        services.AddRazorComponents().AddInteractiveWebAssemblyComponents();
        if (options.Demo)
        {
            services.AddSingleton(DemoPeople.SignIns());
        }
    }

    private static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = SessionCookies.Secure;
        cookie.CookieManager = new SessionCookies();
        cookie.Cookie.Path = "/";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.LoginPath = "/sign-in";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = context => context.HttpContext.RequestServices.GetRequiredService<Entering>().Validate(context);
        // Programs are told, people are led to the door.
        cookie.Events.OnRedirectToLogin = context =>
        {
            if (context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/hub"))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
            else
            {
                context.Response.Redirect(context.RedirectUri);
            }
            return Task.CompletedTask;
        };
    }

    private static void AddTelemetry(IServiceCollection services, ConfigurationManager configuration)
    {
        var telemetry = services.AddOpenTelemetry()
            .WithTracing(t => t.AddAspNetCoreInstrumentation().AddSource("SocialQI.Storage", "Microsoft.AspNetCore.SignalR.Server", "Microsoft.Orleans.Application"))
            .WithMetrics(m => m.AddAspNetCoreInstrumentation().AddMeter("SocialQI.Storage", Grains.Telemetry.Name, Telemetry.Name, "Microsoft.Orleans"));
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null)
        {
            OpenTelemetry.OpenTelemetryBuilderOtlpExporterExtensions.UseOtlpExporter(telemetry);
        }
    }

    private static void Map(WebApplication app, ServiceOptions options)
    {
        app.MapHealth();
        if (!options.IsGateway)
        {
            return;
        }
        ProtectionKeys.RefuseForeign(app.Services);
        app.Services.GetRequiredService<Pipes>().UseLocal(app.Services.GetRequiredService<Rounds>().Id, app.Services.GetRequiredService<Rounds>());
        UseRules(app);
        app.MapSignIn();
        app.MapSessions();
        app.MapPasskeys();
        app.MapOwnAccount();
        app.MapWelcome();
        app.MapProviders();
        app.MapProviderAdministration();
        app.MapOwnIdentities();
        app.MapApi();
        app.MapLists();
        app.MapRounds();
        app.MapCalendars();
        app.MapSearch();
        app.MapAdministration();
        app.MapTokens();
        app.MapAudit();
        app.MapImport();
        app.MapImages();
        app.MapTerminologies();
        app.MapOperate();
        app.MapRebuild();
        app.MapHub<RoundsHub>(RoundsProtocol.Path).WithMetadata(new DoorAttribute(Who.SignedIn)).RecordsNothing();
        // As a group, for the framework adds endpoints of its own to these, and they are doors too.
        var everybodys = app.MapGroup("").AllowAnonymous().WithMetadata(new DoorAttribute(Who.Anybody)).RecordsNothing();
        everybodys.MapOpenApi();
        everybodys.MapShell();
    }

    // What every request passes, in this order.
    private static void UseRules(WebApplication app)
    {
        // A request that breaks off or is too large is its sender's fault, not one of ours.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();
        app.UseNothingHere();
        app.UseSecurityHeaders();
        app.UseSecureTransport();
        app.UseSameOrigin();
        app.UseDoors();
        app.UseLanguages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseConnectionLimit();
    }
}
