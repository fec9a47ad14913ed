using System.Net.NetworkInformation;
using System.Reflection;
using System.Runtime;
using SocialQI.Server.SignIn;

namespace SocialQI.Server.Operate.Doctoring;

/// <summary>What the settings say, before anything is opened.</summary>
internal static class ConfigurationFindings
{
    private const int OpenFilesMin = 4096;
    private const int EphemeralFirst = 32768;

    // What a proxy may be believed about: more than this many addresses is not a list of proxies.
    private const int NarrowestNetwork = 8;

    public static IEnumerable<Finding> Of(IConfiguration configuration, ServiceOptions options, bool isRunning)
    {
        var urls = configuration["urls"] ?? Service.DefaultAddress;
        return new IEnumerable<Finding>[] { Unknown(configuration.GetSection(ServiceOptions.Section), typeof(ServiceOptions)), Settings(urls, options), Ports(urls, options, isRunning), Telemetry(configuration), Machine() }
            .SelectMany(f => f);
    }

    // A misspelt setting is silently the default.
    private static IEnumerable<Finding> Unknown(IConfigurationSection section, Type type)
    {
        foreach (var setting in section.GetChildren())
        {
            var known = type.GetProperty(setting.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (known is not { CanWrite: true })
            {
                yield return Finding.Warning("setting-unknown", $"There is no setting {setting.Path}: it changes nothing. See Configuration in README.md.");
            }
            else if (known.PropertyType.Namespace?.StartsWith(nameof(SocialQI), StringComparison.Ordinal) == true)
            {
                foreach (var finding in Unknown(setting, known.PropertyType))
                {
                    yield return finding;
                }
            }
        }
    }

    private static IEnumerable<Finding> Settings(string urls, ServiceOptions options)
    {
        if (options.Fault is { } fault)
        {
            yield return Finding.Fault("settings", fault);
        }
        else if (SecureTransport.Fault(urls, options) is { } open)
        {
            yield return Finding.Fault("address-open", open);
        }
        else
        {
            yield return Finding.Well("settings", $"Roles {options.Roles}, {(options.Postgres is null ? "embedded database" : "PostgreSQL")}, listening on {urls}.");
            if (options.Proxies.Any(p => p.PrefixLength < NarrowestNetwork))
            {
                yield return Finding.Fault("proxies-too-wide", "SocialQI:TrustedProxies believes nearly everybody of where they come from and whether they came by https. Name the proxies.");
            }
            if (options is { Demo: true, Postgres: not null })
            {
                yield return Finding.Warning("demo-in-a-cluster", "A first start would make the demonstration network, whose passwords everybody knows. Set SocialQI:Demo to false.");
            }
            if (options.ResponseTimeout < TimeSpan.FromSeconds(2))
            {
                yield return Finding.Warning("response-timeout", $"SocialQI:ResponseTimeout is {options.ResponseTimeout.TotalSeconds:0.#} s: a silo that is only slow is taken for one that does not answer. 10 s are usual.");
            }
        }
    }

    private static IEnumerable<Finding> Ports(string urls, ServiceOptions options, bool isRunning)
    {
        int[] own = options.IsSilo && options.Postgres is not null ? [options.SiloPort, .. options.OpenGatewayPort == 0 ? (int[])[] : [options.OpenGatewayPort]] : [];
        foreach (var port in own.Where(p => p >= EphemeralFirst))
        {
            yield return Finding.Warning("port-ephemeral", $"Port {port} is one of those the system gives to whoever asks ({EphemeralFirst} and above): one day it is taken. Orleans' own are 11111 and 30000.");
        }
        if (isRunning || options.Fault is not null)
        {
            yield break;
        }
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(l => l.Port).ToHashSet();
        var wanted = urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(u => BindingAddress.Parse(u).Port).Concat(own);
        foreach (var port in wanted.Where(listening.Contains))
        {
            yield return Finding.Fault("port-taken", $"Port {port} is taken by another process.");
        }
    }

    private static IEnumerable<Finding> Telemetry(IConfiguration configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } endpoint
            && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return Finding.Warning("telemetry-address", "OTEL_EXPORTER_OTLP_ENDPOINT is no address, as in http://collector:4317: nobody gets traces and metrics.");
        }
    }

    private static IEnumerable<Finding> Machine()
    {
        if (!GCSettings.IsServerGC && Environment.ProcessorCount > 1)
        {
            yield return Finding.Warning("garbage-collector", "The garbage collector runs as for a workstation. Leave DOTNET_gcServer unset: the program sets it for a server.");
        }
        if (OperatingSystem.IsLinux() && OpenFiles() is { } open && open < OpenFilesMin)
        {
            yield return Finding.Warning("open-files", $"This account may open {open} files, and every connection is one. Give it {OpenFilesMin} at least (LimitNOFILE in systemd, ulimit -n).");
        }
    }

    private static long? OpenFiles() =>
        File.ReadLines("/proc/self/limits").FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal)) is { } line
        && long.TryParse(line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], out var files) ? files : null;
}
