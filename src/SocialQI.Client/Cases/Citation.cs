using SocialQI.Cases;
using SocialQI.Client.Cases.Marking;

namespace SocialQI.Client.Cases;

/// <summary>Where a citation leads. Only to https: whatever else a reference says is shown, but not followed.</summary>
public static class Citation
{
    public static string? Link(Evidence evidence) => evidence.Kind switch
    {
        EvidenceKind.Doi => "https://doi.org/" + Uri.EscapeDataString(evidence.Reference).Replace("%2F", "/", StringComparison.Ordinal),
        EvidenceKind.Pmid => "https://pubmed.ncbi.nlm.nih.gov/" + Uri.EscapeDataString(evidence.Reference) + "/",
        _ => Address(evidence)?.Address,
    };

    public static string Label(Evidence evidence) => evidence.Kind switch
    {
        EvidenceKind.Doi => "doi " + evidence.Reference,
        EvidenceKind.Pmid => "PubMed " + evidence.Reference,
        _ => evidence.Reference,
    };

    /// <summary>The host that an address leads to, where reading it does not tell.</summary>
    public static string? Host(Evidence evidence) => Address(evidence) is { } address && !address.IsSaidBy(evidence.Reference) ? address.Host : null;

    private static SafeLink? Address(Evidence evidence) =>
        evidence.Kind == EvidenceKind.Url && SafeLink.Of(evidence.Reference) is { } link && link.Address.StartsWith("https:", StringComparison.Ordinal) ? link : null;
}
