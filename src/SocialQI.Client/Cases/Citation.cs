using SocialQI.Cases;

namespace SocialQI.Client.Cases;

/// <summary>Where a citation leads. Only to https: whatever else a reference says is shown, but not followed.</summary>
public static class Citation
{
    public static string? Link(Evidence evidence) => evidence.Kind switch
    {
        EvidenceKind.Doi => "https://doi.org/" + Uri.EscapeDataString(evidence.Reference).Replace("%2F", "/", StringComparison.Ordinal),
        EvidenceKind.Pmid => "https://pubmed.ncbi.nlm.nih.gov/" + Uri.EscapeDataString(evidence.Reference) + "/",
        _ => Uri.TryCreate(evidence.Reference, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri.AbsoluteUri : null,
    };

    public static string Label(Evidence evidence) => evidence.Kind switch
    {
        EvidenceKind.Doi => "doi " + evidence.Reference,
        EvidenceKind.Pmid => "PubMed " + evidence.Reference,
        _ => evidence.Reference,
    };
}
