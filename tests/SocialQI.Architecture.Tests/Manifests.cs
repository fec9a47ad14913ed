using System.Text.RegularExpressions;

namespace SocialQI.Architecture.Tests;

/// <summary>What must hold of the files under deploy/ for operators, each rule as what is wrong where it is not kept.</summary>
internal static partial class Manifests
{
    // What the host gives the service to end in.
    private const int EndingSeconds = 30;
    private const int Root = 0;

    /// <summary>Of a set of pods and what belongs to it.</summary>
    public static IEnumerable<string> OfKubernetes(IReadOnlyList<Yaml> all)
    {
        var sets = all.Where(d => d["kind"].Text == "StatefulSet").ToList();
        return
        [
            .. sets.SelectMany(OfSet),
            .. sets.SelectMany(set => all.Where(d => d["kind"].Text == "PodDisruptionBudget").SelectMany(budget => OfBudget(budget, set))),
            .. sets.SelectMany(set => all.Where(d => d["kind"].Text == "Service").SelectMany(service => OfService(service, set))),
            .. all.Where(d => d["kind"].Text == "Secret").Select(d => $"{d["metadata", "name"].Text} is a secret in a file"),
        ];
    }

    /// <summary>Of the services of a compose file.</summary>
    public static IEnumerable<string> OfCompose(Yaml file) => file["services"].Entries.SelectMany(s => OfComposed(s.Key, s.Value));

    /// <summary>Of what an image is made by.</summary>
    public static IEnumerable<string> OfDockerfile(string text)
    {
        var last = text[text.LastIndexOf("\nFROM ", StringComparison.Ordinal)..];
        if (!uint.TryParse(User().Match(last).Groups[1].Value, out var user) || user == Root)
        {
            yield return "the image's user is not a number other than root's";
        }
        if (!last.Contains("\nHEALTHCHECK ", StringComparison.Ordinal))
        {
            yield return "the image has no health check";
        }
        foreach (var image in From().Matches(text).Select(m => m.Groups[1].Value).Where(i => !i.Contains(':', StringComparison.Ordinal) || i.EndsWith(":latest", StringComparison.Ordinal)))
        {
            yield return $"{image} is another one tomorrow";
        }
    }

    /// <summary>Settings named in a text that the service does not have.</summary>
    public static IEnumerable<string> UnknownSettings(string text, IReadOnlySet<string> known) =>
        Setting().Matches(text).Select(m => m.Groups[1].Value).Where(s => !known.Contains(s)).Distinct().Select(s => $"there is no setting {s}");

    private static IEnumerable<string> OfSet(Yaml set)
    {
        var pod = set["spec", "template", "spec"];
        foreach (var container in pod["containers"].Items)
        {
            foreach (var fault in OfProbes(container).Concat(OfBounds(container, pod)))
            {
                yield return $"{container["name"].Text} {fault}";
            }
            if (pod["terminationGracePeriodSeconds"].Number <= container["lifecycle", "preStop", "sleep", "seconds"].Number + EndingSeconds)
            {
                yield return $"{container["name"].Text} is killed before it has ended";
            }
            var volumes = pod["volumes"].Items.Concat(set["spec", "volumeClaimTemplates"].Items.Select(c => c["metadata"])).Select(v => v["name"].Text);
            foreach (var mount in container["volumeMounts"].Items.Select(m => m["name"].Text).Except(volumes))
            {
                yield return $"{container["name"].Text} mounts {mount}, which there is not";
            }
        }
    }

    private static IEnumerable<string> OfProbes(Yaml container)
    {
        foreach (var (probe, path) in (ReadOnlySpan<(string, string)>)[("startupProbe", "/livez"), ("readinessProbe", "/readyz"), ("livenessProbe", "/livez")])
        {
            if (container[probe, "httpGet", "path"].Text != path)
            {
                return [$"has no {probe} that asks {path}"];
            }
        }
        return [];
    }

    private static IEnumerable<string> OfBounds(Yaml container, Yaml pod)
    {
        foreach (var limit in (string[])["cpu", "memory"])
        {
            if (!container["resources", "limits", limit].IsThere || !container["resources", "requests", limit].IsThere)
            {
                yield return $"has no bounds of {limit}";
            }
        }
        var (own, its) = (container["securityContext"], pod["securityContext"]);
        if ((own["runAsNonRoot"].Text ?? its["runAsNonRoot"].Text) != "true" || (own["runAsUser"].IsThere ? own : its)["runAsUser"].Number == Root)
        {
            yield return "may be root";
        }
        if (own["allowPrivilegeEscalation"].Text != "false" || own["readOnlyRootFilesystem"].Text != "true" || own["capabilities", "drop"].Items.All(c => c.Text != "ALL")
            || its["seccompProfile", "type"].Text != "RuntimeDefault")
        {
            yield return "is not restricted";
        }
    }

    private static IEnumerable<string> OfBudget(Yaml budget, Yaml set)
    {
        if (budget["spec", "minAvailable"].Number is var least && (least < 1 || least >= set["spec", "replicas"].Number))
        {
            yield return $"of {set["spec", "replicas"].Number} nodes {least} must stay";
        }
        if (!Selects(budget["spec", "selector", "matchLabels"], set))
        {
            yield return "the budget is for other pods";
        }
    }

    private static IEnumerable<string> OfService(Yaml service, Yaml set)
    {
        var named = set["spec", "template", "spec", "containers"].Items.SelectMany(c => c["ports"].Items).Select(p => p["name"].Text).ToList();
        return
        [
            .. service["spec", "ports"].Items.Select(p => p["targetPort"].Text).Except(named).Select(p => $"{service["metadata", "name"].Text} leads to {p}, which there is not"),
            .. Selects(service["spec", "selector"], set) ? (string[])[] : [$"{service["metadata", "name"].Text} is for other pods"],
        ];
    }

    private static bool Selects(Yaml labels, Yaml set) =>
        labels.Entries.Any() && labels.Entries.All(l => set["spec", "template", "metadata", "labels", l.Key].Text == l.Value.Text);

    private static IEnumerable<string> OfComposed(string name, Yaml service)
    {
        if (!service["healthcheck", "test"].IsThere)
        {
            yield return $"{name} has no health check";
        }
        if (!service["mem_limit"].IsThere || !service["cpus"].IsThere || !service["pids_limit"].IsThere)
        {
            yield return $"{name} has no bounds";
        }
        if (service["cap_drop"].Items.All(c => c.Text != "ALL") || service["security_opt"].Items.All(o => o.Text != "no-new-privileges:true"))
        {
            yield return $"{name} is not restricted";
        }
        if (service["image"].Text is not { } image || !image.Contains(':', StringComparison.Ordinal) || image.EndsWith(":latest", StringComparison.Ordinal))
        {
            yield return $"{name} is another image tomorrow";
        }
        if (service["build"].IsThere && (service["user"].Text is not { } user || user.StartsWith('0') || service["read_only"].Text != "true"))
        {
            yield return $"{name} may be root or change itself";
        }
    }

    [GeneratedRegex(@"^USER (\d+)", RegexOptions.Multiline)]
    private static partial Regex User();

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@"\bSocialQI__(\w+)")]
    private static partial Regex Setting();
}
