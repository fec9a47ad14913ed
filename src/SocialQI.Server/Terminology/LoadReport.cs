namespace SocialQI.Server.Terminology;

/// <summary>What became of a load.</summary>
/// <param name="Outcome">Loaded, unchanged or replaced.</param>
/// <param name="System">The code system.</param>
/// <param name="Version">Its version.</param>
/// <param name="Current">The version that is current now.</param>
/// <param name="Concepts">How many were taken.</param>
/// <param name="Headings">How many entries only group others.</param>
/// <param name="What">What is counted in <paramref name="Bad"/>: lines, or concepts of a document.</param>
/// <param name="BadCount">How many could not be used.</param>
/// <param name="Bad">The first of them.</param>
internal sealed record LoadReport(
    string Outcome, string System, string Version, string Current, int Concepts, int Headings, string What, int BadCount, IReadOnlyList<BadLine> Bad);

/// <summary>A line of the answer to a load: how far it is, and at last what became of it or why it broke off.</summary>
internal sealed record LoadLine(int Kept, int Of, LoadReport? Report = null, Refusal? Refusal = null);

/// <summary>A version in the operator's list.</summary>
internal sealed record TerminologyLine(string System, string Version, int Concepts, DateTimeOffset Loaded, bool IsCurrent);
