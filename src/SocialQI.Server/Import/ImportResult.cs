namespace SocialQI.Server.Import;

/// <summary>What became of a bundle: a draft case, or the named reason why not.</summary>
public abstract record ImportResult
{
    private ImportResult()
    {
    }

    /// <summary>The bundle became a draft.</summary>
    public sealed record Drafted(ImportedCase Case) : ImportResult;

    /// <summary>The bundle was not taken, whole.</summary>
    public sealed record Refused(ImportRefusal Refusal) : ImportResult;
}

/// <summary>The text of a draft case. A person reads and attests it before it is posted: codes cannot prove that a display names nobody.</summary>
/// <param name="Title">One line, at most <see cref="TitleLengthMax"/>.</param>
/// <param name="Condition">Null unless the main condition is coded in ICD-10-CM.</param>
/// <param name="Sections">By name, see <see cref="CaseSection"/>; a section without content is absent.</param>
/// <param name="Facts">One for each day on which something was observed, done or prescribed, from day 0 on, in order.</param>
/// <param name="Report">What was taken and what was left out.</param>
public sealed record ImportedCase(
    string Title,
    CodedCondition? Condition,
    IReadOnlyDictionary<string, string> Sections,
    IReadOnlyList<DayFact> Facts,
    ImportReport Report)
{
    public const int TitleLengthMax = 120;
    public const int SectionLengthMax = 8_000;
    public const int FactsMax = 200;
    public const int FactLengthMax = 2_000;
}

/// <summary>A condition as ICD-10-CM has it.</summary>
public sealed record CodedCondition(string Code, string Text);

/// <summary>What happened on a day, one line each; day 0 is the start of the index encounter.</summary>
public sealed record DayFact(int Day, string Text);

/// <summary>Counts only, never content.</summary>
/// <param name="Taken">By FHIR resource type.</param>
/// <param name="LeftOut">By kind of content, or by the reason why a resource was not used.</param>
/// <param name="Lines">In which lines of the file a kind of those was met first; nothing of a file that is one line.</param>
public sealed record ImportReport(
    IReadOnlyDictionary<string, int> Taken, IReadOnlyDictionary<string, int> LeftOut, IReadOnlyDictionary<string, IReadOnlyList<int>> Lines);

/// <summary>The sections of a draft.</summary>
public static class CaseSection
{
    public const string Presentation = "presentation";
    public const string History = "history";
    public const string Examination = "examination";
    public const string Findings = "findings";
    public const string Course = "course";
}
