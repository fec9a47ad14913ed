using System.Collections.Immutable;
using Microsoft.Extensions.Localization;
using SocialQI.Cases;
using SocialQI.Client.Live;
using SocialQI.Clinicians;
using SocialQI.GrandRounds;
using SocialQI.Identifiers;
using SocialQI.Wire;

namespace SocialQI.Client.Frame;

/// <summary>What the values of the vocabulary are called on the screen.</summary>
public sealed class Words(IStringLocalizer<Words> texts)
{
    public string Of(ContributionKind kind) => kind switch
    {
        ContributionKind.Question => texts["ContributionKindQuestion"],
        ContributionKind.Answer => texts["ContributionKindAnswer"],
        ContributionKind.Evidence => texts["ContributionKindEvidence"],
        ContributionKind.Fact => texts["ContributionKindFact"],
        _ => texts["ContributionKindComment"],
    };

    public static string IconOf(ContributionKind kind) => kind switch
    {
        ContributionKind.Question => "question-circle",
        ContributionKind.Answer => "checkmark-circle",
        ContributionKind.Evidence => "book-open",
        _ => "clipboard-pulse",
    };

    public string Of(Reaction reaction) => reaction switch
    {
        Reaction.Agree => texts["ReactionAgree"],
        Reaction.Thanks => texts["ReactionThanks"],
        Reaction.Insightful => texts["ReactionInsightful"],
        Reaction.Important => texts["ReactionImportant"],
        _ => texts["ReactionUnsure"],
    };

    public static string IconOf(Reaction reaction) => reaction switch
    {
        Reaction.Agree => "thumb-like",
        Reaction.Thanks => "star",
        Reaction.Insightful => "lightbulb",
        Reaction.Important => "flag",
        _ => "question-circle",
    };

    public string Of(SectionKind section) => section switch
    {
        SectionKind.Presentation => texts["SectionKindPresentation"],
        SectionKind.History => texts["SectionKindHistory"],
        SectionKind.Examination => texts["SectionKindExamination"],
        SectionKind.Findings => texts["SectionKindFindings"],
        SectionKind.Course => texts["SectionKindCourse"],
        _ => texts["SectionKindOther"],
    };

    public string Of(CaseStage stage) => stage switch
    {
        CaseStage.Draft => texts["CaseStageDraft"],
        CaseStage.Closed => texts["CaseStageClosed"],
        _ => texts["CaseStageOpen"],
    };

    public string Of(RoundsStage stage) => texts["RoundsStage" + stage];

    public string Of(Grade grade) => grade switch
    {
        Grade.Attending => texts["GradeAttending"],
        Grade.Fellow => texts["GradeFellow"],
        Grade.Resident => texts["GradeResident"],
        Grade.Student => texts["GradeStudent"],
        Grade.Nurse => texts["GradeNurse"],
        Grade.Pharmacist => texts["GradePharmacist"],
        _ => "",
    };

    public string Of(InstitutionRole role) => role switch
    {
        InstitutionRole.Moderator => texts["InstitutionRoleModerator"],
        InstitutionRole.Administrator => texts["InstitutionRoleAdministrator"],
        InstitutionRole.Trainee => texts["InstitutionRoleTrainee"],
        InstitutionRole.PrivacyOfficer => texts["InstitutionRolePrivacyOfficer"],
        InstitutionRole.Service => texts["InstitutionRoleService"],
        _ => texts["InstitutionRoleClinician"],
    };

    public string Of(IdentifierKind kind) => texts["Identifier" + kind];

    public string Of(HidingReason reason) => texts["Hidden" + reason];

    /// <summary>Field and training, as far as they are known: "Nephrology, attending".</summary>
    public string Of(DirectoryEntry? person) =>
        person is null ? "" : string.Join(", ", new[] { person.Specialty, Of(person.Grade) }.Where(w => w.Length > 0));

    public static string Of(Condition condition) => condition.Code is { Length: > 0 } code ? $"{code} {condition.Text}" : condition.Text;

    /// <summary>Who may see a case.</summary>
    public string Of(Visibility? visibility, InstitutionId home, Names names) => visibility switch
    {
        null => texts["SeenByAuthor"],
        { Kind: VisibilityKind.Network } => texts["SeenByNetwork"],
        { Kind: VisibilityKind.Institution } => names.NameOf(home),
        { Kind: VisibilityKind.Communities } => string.Join(", ", visibility.Communities.OrEmpty().Select(names.NameOf)),
        _ => string.Join(", ", visibility.Clinicians.OrEmpty().Select(names.NameOf)),
    };

    public string Writing(ImmutableArray<ClinicianId> who, Names names) => who switch
    {
        [] => "",
        [var one] => texts["OneWrites", names.NameOf(one)],
        [var one, var other] => texts["TwoWrite", names.NameOf(one), names.NameOf(other)],
        _ => texts["ManyWrite", who.Length],
    };

    /// <summary>What arrived, in one sentence for who cannot see it arrive.</summary>
    public string Summary(IReadOnlyCollection<Contribution> news, Names names) => news.Select(c => c.By).Distinct().Count() switch
    {
        0 => "",
        1 => texts["NewFromOne", news.Count, names.NameOf(news.First().By)],
        var people => texts["NewFromMany", news.Count, people],
    };
}
