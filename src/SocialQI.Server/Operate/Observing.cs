using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SocialQI.Server.Operate;

/// <summary>What an operator hears of this process: its log, and traces and metrics where somebody takes them.</summary>
internal static class Observing
{
    /// <summary>Says what an operator can use, and once.</summary>
    public static void AddQuiet(this ILoggingBuilder logging)
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

    public static void AddTelemetry(this IServiceCollection services, ConfigurationManager configuration)
    {
        var telemetry = services.AddOpenTelemetry()
            .WithTracing(t => t.AddAspNetCoreInstrumentation().AddSource("SocialQI.Storage", "Microsoft.AspNetCore.SignalR.Server", "Microsoft.Orleans.Application"))
            .WithMetrics(m => m.AddAspNetCoreInstrumentation().AddMeter("SocialQI.Storage", Grains.Telemetry.Name, Telemetry.Name, "Microsoft.Orleans", "Npgsql", "System.Runtime").AddPrometheusExporter());
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null)
        {
            OpenTelemetry.OpenTelemetryBuilderOtlpExporterExtensions.UseOtlpExporter(telemetry);
        }
    }
}
