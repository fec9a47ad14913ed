using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace SocialQI.Architecture.Tests;

/// <summary>What operators are given is read by the programs that it is for. A program that is not there fails its test: nothing was checked then.</summary>
public sealed class CheckingWithTheirOwnTools : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // In tenths, as the tool takes it: a unit without any of this has 9.2.
    private const string ExposureMax = "20";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("socialqi-tools-");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HAProxy_takes_its_settings(bool isLocal)
    {
        var certificate = Certificate();
        await Passes("haproxy", ["-c", "-q", "-f", In("haproxy/haproxy.cfg")], isLocal ? ("SOCIALQI_LOCAL", "127.0.0.1:5080") : ("SOCIALQI_CERTIFICATE", certificate));
    }

    [Fact]
    public async Task HAProxy_refuses_what_is_wrong()
    {
        var wrong = Written("haproxy.cfg", Tree.Text("deploy/haproxy/haproxy.cfg").Replace("default_backend ready", "default_backend redy", StringComparison.Ordinal));
        await Refuses("haproxy", ["-c", "-f", wrong], "redy", ("SOCIALQI_LOCAL", "127.0.0.1:5080"));
    }

    [Fact]
    public async Task Nginx_takes_its_settings()
    {
        await Passes("nginx", ["-t", "-q", "-c", Nginx(t => t)]);
        await Refuses("nginx", ["-t", "-q", "-c", Nginx(t => t.Replace("http://socialqi;", "http://socialqy;", StringComparison.Ordinal))], "socialqy");
    }

    [Fact]
    public async Task Systemd_takes_the_unit_and_finds_little_exposed()
    {
        var text = Tree.Text("deploy/systemd/socialqi@.service");
        // Where .NET is installed is the machine's; that a program is there is what the tool asks besides.
        var unit = Written("socialqi@.service", text.Replace("ExecStart=/usr/bin/dotnet", "ExecStart=/bin/true", StringComparison.Ordinal));
        var (code, said) = await Run("systemd-analyze", ["verify", unit]);
        Assert.Equal((0, ""), (code, said));
        await Passes("systemd-analyze", ["security", "--offline=true", $"--threshold={ExposureMax}", unit]);

        Written("socialqi@.service", text.Replace("ProtectHome=yes", "ProtectHomes=yes", StringComparison.Ordinal));
        Assert.Contains("ProtectHomes", (await Run("systemd-analyze", ["verify", unit])).Said, StringComparison.Ordinal);
        Written("socialqi@.service", text.Replace("\nSystemCallFilter=", "\n#", StringComparison.Ordinal).Replace("\nCapabilityBoundingSet=", "\n#", StringComparison.Ordinal).Replace("\nProtect", "\n#", StringComparison.Ordinal));
        await Refuses("systemd-analyze", ["security", "--offline=true", $"--threshold={ExposureMax}", unit], "exposure");
    }

    [Fact]
    public async Task Systemd_makes_the_account_and_its_folders()
    {
        var root = folder.CreateSubdirectory("root").FullName;
        Directory.CreateDirectory(Path.Combine(root, "etc/socialqi"));
        var settings = Path.Combine(root, "etc/socialqi/one.env");
        await File.WriteAllTextAsync(settings, "", TestContext.Current.CancellationToken);
        await Passes("systemd-sysusers", [$"--root={root}", In("systemd/socialqi.sysusers")]);
        await Passes("systemd-tmpfiles", [$"--root={root}", "--create", In("systemd/socialqi.tmpfiles")]);

        Assert.Contains("socialqi:", await File.ReadAllTextAsync(Path.Combine(root, "etc/passwd"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(settings) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.True(Directory.Exists(Path.Combine(root, "var/lib/socialqi")));
    }

    [Fact]
    public async Task Prometheus_takes_the_rules_and_they_do_what_they_say()
    {
        await Passes("promtool", ["check", "rules", In("prometheus/rules.yaml")]);
        await Passes("promtool", ["test", "rules", In("prometheus/rules.test.yaml")]);
    }

    [Fact]
    public void Prometheus_is_shown_what_raises_each_alert()
    {
        var alerts = Yaml.Of(Tree.Text("deploy/prometheus/rules.yaml"))[0]["groups"].Items.SelectMany(g => g["rules"].Items).Select(r => r["alert"].Text!).ToList();
        var raised = Yaml.Of(Tree.Text("deploy/prometheus/rules.test.yaml"))[0]["tests"].Items.SelectMany(t => t["alert_rule_test"].Items)
            .Where(t => t["exp_alerts"].Items.Any()).Select(t => t["alertname"].Text!);
        Assert.True(alerts.Count > 10);
        Assert.Equal([], alerts.Except(raised));
    }

    [Fact]
    public async Task Prometheus_finds_a_rule_that_does_something_else()
    {
        Written("rules.test.yaml", Tree.Text("deploy/prometheus/rules.test.yaml"));
        Written("rules.yaml", Tree.Text("deploy/prometheus/rules.yaml").Replace("up{job=\"socialqi\"} == 0", "up{job=\"socialqi\"} == 1", StringComparison.Ordinal));
        await Refuses("promtool", ["test", "rules", Path.Combine(folder.FullName, "rules.test.yaml")], "FAILED");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string In(string file) => Path.Combine(Tree.Root, "deploy", file);

    private static async Task Passes(string program, string[] words, params (string Name, string Value)[] environment)
    {
        var (code, said) = await Run(program, words, environment);
        Assert.True(code == 0, $"{program} {string.Join(' ', words)} ended with {code}:\n{said}");
    }

    private static async Task Refuses(string program, string[] words, string saying, params (string Name, string Value)[] environment)
    {
        var (code, said) = await Run(program, words, environment);
        Assert.NotEqual(0, code);
        Assert.Contains(saying, said, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(int Code, string Said)> Run(string program, string[] words, params (string Name, string Value)[] environment)
    {
        // The last two: where an account that is not root does not look by itself.
        var file = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':').Select(p => Path.Combine(p, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"This test needs {program}, and there is none. tests/run.sh installs it.");
        var start = new ProcessStartInfo(file, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        using var run = Process.Start(start)!;
        var (output, error) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync().WaitAsync(Patience);
        return (run.ExitCode, await output + await error);
    }

    private string Written(string name, string text)
    {
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    // As a file of conf.d, with a certificate that is there and in folders that are.
    private string Nginx(Func<string, string> changed)
    {
        var certificate = Certificate();
        var text = changed(Tree.Text("deploy/nginx/socialqi.conf"));
        var ours = Written("socialqi.conf", text
            .Replace("/etc/nginx/socialqi.pem", certificate, StringComparison.Ordinal).Replace("/etc/nginx/socialqi.key", certificate, StringComparison.Ordinal)
            .Replace("/var/log/nginx", folder.FullName, StringComparison.Ordinal));
        return Written("nginx.conf", $"pid {folder.FullName}/pid;\nerror_log {folder.FullName}/error.log;\nevents {{}}\nhttp {{ include {ours}; }}\n");
    }

    private string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=rounds.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return Written("socialqi.pem", $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }
}
