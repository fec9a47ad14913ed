using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Client.Live;
using SocialQI.Clinicians;
using SocialQI.Wire;

namespace SocialQI.Client.Frame;

/// <summary>What the values of the vocabulary are called on the screen.</summary>
public static class Words
{
    public static string Of(ContributionKind kind) => kind switch
    {
        ContributionKind.Question => "Question",
        ContributionKind.Answer => "Answer",
        ContributionKind.Evidence => "Evidence",
        ContributionKind.Fact => "Fact",
        _ => "Comment",
    };

    public static string IconOf(ContributionKind kind) => kind switch
    {
        ContributionKind.Question => "question-circle",
        ContributionKind.Answer => "checkmark-circle",
        ContributionKind.Evidence => "book-open",
        _ => "clipboard-pulse",
    };

    public static string Of(Reaction reaction) => reaction switch
    {
        Reaction.Agree => "Agree",
        Reaction.Thanks => "Thanks",
        Reaction.Insightful => "Taught me something",
        Reaction.Important => "Important",
        _ => "Not sure",
    };

    public static string IconOf(Reaction reaction) => reaction switch
    {
        Reaction.Agree => "thumb-like",
        Reaction.Thanks => "star",
        Reaction.Insightful => "lightbulb",
        Reaction.Important => "flag",
        _ => "question-circle",
    };

    public static string Of(SectionKind section) => section switch
    {
        SectionKind.Presentation => "Presentation",
        SectionKind.History => "History",
        SectionKind.Examination => "Examination",
        SectionKind.Findings => "Findings",
        SectionKind.Course => "Course",
        _ => "Section",
    };

    public static string Of(CaseStage stage) => stage switch
    {
        CaseStage.Draft => "Draft",
        CaseStage.Closed => "Closed",
        _ => "Open",
    };

    public static string Of(Grade grade) => grade switch
    {
        Grade.Attending => "attending",
        Grade.Fellow => "fellow",
        Grade.Resident => "resident",
        Grade.Student => "student",
        Grade.Nurse => "nurse",
        Grade.Pharmacist => "pharmacist",
        _ => "",
    };

    public static string Of(InstitutionRole role) => role switch
    {
        InstitutionRole.Moderator => "moderator",
        InstitutionRole.Administrator => "administrator",
        _ => "clinician",
    };

    /// <summary>Field and training, as far as they are known: "Nephrology, attending".</summary>
    public static string Of(DirectoryEntry? person) =>
        person is null ? "" : string.Join(", ", new[] { person.Specialty, Of(person.Grade) }.Where(w => w.Length > 0));

    public static string Of(Condition condition) => condition.Code is { Length: > 0 } code ? $"{code} {condition.Text}" : condition.Text;

    /// <summary>Who may see a case.</summary>
    public static string Of(Visibility? visibility, InstitutionId home, Names names) => visibility switch
    {
        null => "Only you",
        { Kind: VisibilityKind.Network } => "Everyone in the network",
        { Kind: VisibilityKind.Institution } => names.NameOf(home),
        { Kind: VisibilityKind.Communities } => string.Join(", ", visibility.Communities.OrEmpty().Select(names.NameOf)),
        _ => string.Join(", ", visibility.Clinicians.OrEmpty().Select(names.NameOf)),
    };

    public static string Writing(ImmutableArray<ClinicianId> who, Names names) => who switch
    {
        [] => "",
        [var one] => $"{names.NameOf(one)} is writing",
        [var one, var other] => $"{names.NameOf(one)} and {names.NameOf(other)} are writing",
        _ => $"{who.Length} colleagues are writing",
    };

    /// <summary>What arrived, in one sentence for who cannot see it arrive.</summary>
    public static string Summary(IReadOnlyCollection<Contribution> news, Names names) => news.Select(c => c.By).Distinct().Count() switch
    {
        0 => "",
        1 => $"{news.Count} new from {names.NameOf(news.First().By)}",
        var people => $"{news.Count} new from {people} colleagues",
    };
}
