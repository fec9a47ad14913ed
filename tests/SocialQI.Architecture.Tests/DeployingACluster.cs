using System.Text.RegularExpressions;
using Xunit;

namespace SocialQI.Architecture.Tests;

/// <summary>
/// The files for operators agree with the service and with each other. No container engine and no Kubernetes has seen them: this is what can be told without.
/// </summary>
public sealed partial class DeployingACluster
{
    private const string Base = "deploy/kubernetes/base/";
    private const string Overlay = "deploy/kubernetes/overlays/hospital/";

    private static readonly IReadOnlyList<Yaml> Kubernetes = [.. Resources(Base).SelectMany(f => Yaml.Of(Tree.Text(Base + f)))];

    private static readonly Yaml Compose = Yaml.Of(Tree.Text("deploy/docker/compose.yaml"))[0];

    private static readonly string Options = Tree.Text("src/SocialQI.Server/Operate/ServiceOptions.cs");

    private static string SiloPort => Regex.Match(Options, @"int SiloPort \{ get; set; \} = (\d+);").Groups[1].Value;

    private static string Port => Regex.Match(Tree.Text("src/SocialQI.Server/Operate/Service.cs"), @"DefaultAddress = ""http://localhost:(\d+)""").Groups[1].Value;

    [Fact]
    public void On_Kubernetes_has_probes_bounds_and_nobody_who_is_root() => Assert.Empty(Manifests.OfKubernetes(Kubernetes));

    [Fact]
    public void On_one_machine_has_health_checks_bounds_and_nobody_who_is_root() => Assert.Empty(Manifests.OfCompose(Compose));

    [Fact]
    public void In_an_image_is_done_by_who_is_not_root() => Assert.Empty(Manifests.OfDockerfile(Tree.Text("deploy/docker/Dockerfile")));

    [Fact]
    public void Against_a_rule_is_caught()
    {
        var set = Tree.Text(Base + "statefulset.yaml");
        Assert.Equal(["node has no readinessProbe that asks /readyz"], Caught(set.Replace("path: /readyz", "path: /livez", StringComparison.Ordinal)));
        Assert.Equal(["node has no livenessProbe that asks /livez"], Caught(set.Replace("livenessProbe:", "livelinessProbe:", StringComparison.Ordinal)));
        Assert.Equal(["node has no bounds of memory"], Caught(set.Replace("memory: 4Gi", "storage: 4Gi", StringComparison.Ordinal)));
        Assert.Equal(["node may be root"], Caught(set.Replace("runAsUser: 1654", "runAsUser: 0", StringComparison.Ordinal)));
        Assert.Equal(["node may be root"], Caught(set.Replace("runAsNonRoot: true", "runAsNonRoot: false", StringComparison.Ordinal)));
        Assert.Equal(["node is not restricted"], Caught(set.Replace("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", StringComparison.Ordinal)));
        Assert.Equal(["node is killed before it has ended"], Caught(set.Replace("terminationGracePeriodSeconds: 60", "terminationGracePeriodSeconds: 40", StringComparison.Ordinal)));
        Assert.Equal(["node mounts keys, which there is not"], Caught(set.Replace("- name: keys\n          secret", "- name: locks\n          secret", StringComparison.Ordinal)));
        Assert.Equal(["of 2 nodes 2 must stay"], Caught(set.Replace("replicas: 3", "replicas: 2", StringComparison.Ordinal), Base + "disruption.yaml"));
        Assert.Equal(["socialqi leads to https, which there is not"], Caught(set, Tree.Text(Base + "services.yaml").Split("---")[0].Replace("targetPort: http", "targetPort: https", StringComparison.Ordinal)));
        Assert.Equal(["socialqi is for other pods"], Caught(set, Tree.Text(Base + "services.yaml").Split("---")[0].Replace("name: socialqi\n  ports", "name: other\n  ports", StringComparison.Ordinal)));
        Assert.Equal(["x is a secret in a file"], Caught("kind: Secret\nmetadata:\n  name: x"));
        Assert.Equal(
            ["one has no health check", "one has no bounds", "one is not restricted", "one is another image tomorrow", "one may be root or change itself"],
            Manifests.OfCompose(Yaml.Of("services:\n  one:\n    image: socialqi:latest\n    build: .\n    user: \"0\"\n")[0]));
        Assert.Equal(
            ["the image's user is not a number other than root's", "the image has no health check", "debian is another one tomorrow"], Manifests.OfDockerfile("\nFROM debian\nUSER root\n"));
        Assert.Equal(["there is no setting Postgress"], Manifests.UnknownSettings("SocialQI__Postgress=1 SocialQI__Postgres=2", new HashSet<string> { "Postgres" }));
    }

    [Fact]
    public void Names_only_settings_that_the_service_has()
    {
        HashSet<string> known = [.. Properties(Options), .. Properties(Tree.Text("src/SocialQI.Server/Nodes/TlsOptions.cs")).Select(p => "Tls__" + p), .. Properties(Tree.Text("src/SocialQI.Server/Auditing/AuditOptions.cs")).Select(p => "Audit__" + p)];
        Assert.Superset(new HashSet<string> { "Postgres", "Tls__Key", "Audit__Every" }, known);
        Assert.Empty(Deployed.SelectMany(f => Manifests.UnknownSettings(Tree.Text(f), known).Select(fault => $"{f}: {fault}")));
    }

    [Fact]
    public void Goes_by_the_ports_that_the_service_opens()
    {
        var container = Kubernetes.Single(d => d["kind"].Text == "StatefulSet")["spec", "template", "spec", "containers"].Items.Single();
        Assert.Equal([("http", Port), ("silo", SiloPort)], container["ports"].Items.Select(p => (p["name"].Text!, p["containerPort"].Text!)));
        Assert.Equal([Port, SiloPort], Kubernetes.Single(d => d["metadata", "name"].Text == "socialqi-nodes")["spec", "ports"].Items.Select(p => p["port"].Text));
        Assert.Equal([Port, SiloPort], Kubernetes.Single(d => d["kind"].Text == "NetworkPolicy")["spec", "ingress"].Items.SelectMany(r => r["ports"].Items).Select(p => p["port"].Text));
        Assert.Contains($"EXPOSE {Port} {SiloPort}\n", Tree.Text("deploy/docker/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains($"ASPNETCORE_URLS=http://*:{Port}\n", Tree.Text(Base + "settings.env"), StringComparison.Ordinal);
        Assert.Contains($"SocialQI__SiloPort={SiloPort}\n", Tree.Text(Base + "settings.env"), StringComparison.Ordinal);
        Assert.Empty(Deployed.SelectMany(f => NodeAddress().Matches(Tree.Text(f)).Where(m => m.Groups[1].Value != Port).Select(m => $"{f}: {m.Value}")));
    }

    [Fact]
    public void On_Kubernetes_puts_together_what_is_there()
    {
        Assert.Equal(
            Tree.Files.Where(f => f.StartsWith(Base, StringComparison.Ordinal) && f.EndsWith(".yaml", StringComparison.Ordinal)).Select(f => f[Base.Length..]).Except(["kustomization.yaml"]).Order(),
            Resources(Base).Order());
        var overlay = Yaml.Of(Tree.Text(Overlay + "kustomization.yaml"))[0];
        var images = Kubernetes.SelectMany(d => d["spec", "template", "spec", "containers"].Items).Select(c => c["image"].Text);
        Assert.Equal(images, overlay["images"].Items.Select(i => i["name"].Text));
        Assert.Equal([], overlay["patches"].Items.Select(p => p["target", "kind"].Text).Except(Kubernetes.Select(d => d["kind"].Text)));
        Assert.Equal("socialqi", Kubernetes.SelectMany(d => d["spec", "template", "spec", "containers"].Items).Single()["envFrom"].Items.Single()["configMapRef", "name"].Text);
    }

    [Fact]
    public void On_one_machine_believes_the_proxy_that_is_there()
    {
        var proxy = Compose["services", "haproxy"];
        foreach (var (name, node) in Compose["services"].Entries.Where(s => s.Value["build"].IsThere))
        {
            Assert.Equal(proxy["networks", "inside", "ipv4_address"].Text, node["environment", "SocialQI__TrustedProxies"].Text);
            Assert.Equal(node["networks", "inside", "ipv4_address"].Text, node["environment", "SocialQI__SiloAddress"].Text);
            Assert.Equal($"{node["networks", "inside", "ipv4_address"].Text}:{Port}", proxy["environment", $"SOCIALQI_{name.ToUpperInvariant()}"].Text);
        }
        Assert.Equal([], Compose["services"].Entries.SelectMany(s => s.Value["secrets"].Items).Select(s => s.Text!).Except(Compose["secrets"].Entries.Select(s => s.Key)));
    }

    [Fact]
    public void Holds_no_password() => Assert.DoesNotContain(Deployed, f => Password().IsMatch(Tree.Text(f)));

    private static IEnumerable<string> Deployed => Tree.Files.Where(f => f.StartsWith("deploy/", StringComparison.Ordinal) && !f.EndsWith(".md", StringComparison.Ordinal));

    private static IEnumerable<string> Resources(string folder) => Yaml.Of(Tree.Text(folder + "kustomization.yaml"))[0]["resources"].Items.Select(r => r.Text!);

    private static IEnumerable<string> Caught(string set, string beside = "") =>
        Manifests.OfKubernetes([.. Yaml.Of(set), .. Yaml.Of(beside.EndsWith(".yaml", StringComparison.Ordinal) ? Tree.Text(beside) : beside)]);

    private static IEnumerable<string> Properties(string code) => Property().Matches(code).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"public [\w?]+ (\w+) \{ get; set; \}")]
    private static partial Regex Property();

    // Where a proxy is told that nodes are.
    [GeneratedRegex(@"\b(?:10\.0\.0|172\.30\.0)\.1[123]:(\d+)")]
    private static partial Regex NodeAddress();

    [GeneratedRegex(@"Password=[^;$""\s]", RegexOptions.IgnoreCase)]
    private static partial Regex Password();
}
