using SocialQI.Storage;

namespace SocialQI.Server.Terminology;

/// <summary>What was read of a file.</summary>
/// <param name="System">The code system, as the file names it; null when it does not.</param>
/// <param name="Version">As the file names it; null when it does not.</param>
/// <param name="Concepts">No code twice.</param>
/// <param name="Headings">How many entries only group others, and are not for coding.</param>
/// <param name="Bad">What could not be used.</param>
internal sealed record TerminologyContent(string? System, string? Version, IReadOnlyList<Concept> Concepts, int Headings, BadLines Bad);

/// <summary>A line that could not be used, and why.</summary>
internal sealed record BadLine(int Line, string Why);

/// <summary>All lines that could not be used are counted, the first of them kept.</summary>
/// <param name="what">What is counted: lines, or the concepts of a document.</param>
internal sealed class BadLines(string what)
{
    public const int KeptMax = 100;

    private readonly List<BadLine> kept = [];

    public string What => what;

    public int Count { get; private set; }

    public IReadOnlyList<BadLine> Kept => kept;

    public void Add(int line, string why)
    {
        Count++;
        if (kept.Count < KeptMax)
        {
            kept.Add(new BadLine(line, why));
        }
    }
}

/// <summary>Why a file is not taken at all.</summary>
internal sealed class TerminologyRefusedException(Refusal refusal) : Exception(refusal.Say)
{
    public Refusal Refusal => refusal;
}
