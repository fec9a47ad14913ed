using System.Collections.Immutable;

namespace SocialQI.Cases;

/// <summary>Whether the parts of a command have the shape they should have. Null means yes.</summary>
internal static class CaseChecks
{
    public static Decision? Refuse(string title, string question, Condition? condition, ImmutableArray<Section> sections) =>
        PlainText.RefuseLine("title", title, CaseState.TitleLengthMax)
        ?? PlainText.RefuseLine("question", question, CaseState.QuestionLengthMax)
        ?? Refuse(condition)
        ?? (sections.OrEmpty().DistinctBy(s => s?.Kind).Count() < sections.OrEmpty().Length ? Refusal.TooMany("texts of one section", 1) : null)
        ?? sections.OrEmpty().Select(RefuseSection).FirstOrDefault(r => r is not null);

    public static Decision? Refuse(ImmutableArray<ImportedFact> facts) =>
        facts.Length > ImportCase.FactsMax ? Refusal.TooMany("facts of an import", ImportCase.FactsMax)
        : facts.Select(f => f is null ? Refusal.NotA("fact") : RefuseFact(f.Day, f.Text)).FirstOrDefault(r => r is not null);

    public static Refusal? RefuseFact(int day, string text) =>
        day is < -Contribution.DayMax or > Contribution.DayMax ? Refusal.OutOfRange("day", -Contribution.DayMax, Contribution.DayMax)
        : PlainText.RefuseProse("fact", text, Contribution.TextLengthMax);

    public static Decision? Refuse(Section section) => RefuseSection(section);

    public static Refusal? Refuse(Condition? condition) =>
        condition is null ? null
        : condition.Code is { } code && !Condition.IsCode(code) ? Refusal.NotA("diagnosis code")
        : PlainText.RefuseLine("condition", condition.Text, Condition.TextLengthMax);

    public static Decision? Refuse(Visibility? visibility, InstitutionId home, Attributed asked) => visibility switch
    {
        null => CaseRefusals.NoAudience,
        { Kind: not VisibilityKind.Institution } when asked.Passport.RoleAt(home, asked.At) == InstitutionRole.Trainee => CaseRefusals.TraineesOpenAtHome,
        // Only of the institution acted for are the policies known, and it is the home's that counts.
        { Kind: VisibilityKind.Network } when asked.For != home => Refusal.WrongHome,
        { Kind: VisibilityKind.Network } => asked.Passport.SwitchedOff.Contains(Policy.CasesToNetwork) ? CaseRefusals.NotToNetwork : null,
        { Kind: VisibilityKind.Institution } => null,
        { Kind: VisibilityKind.Communities } => visibility.Communities.OrEmpty() switch
        {
            [] => CaseRefusals.NoAudience,
            { Length: > Visibility.CommunitiesMax } => Refusal.TooMany("communities", Visibility.CommunitiesMax),
            var chosen => chosen.All(c => asked.Passport.RoleIn(c) is not null) ? null : CaseRefusals.NotYourCommunity,
        },
        { Kind: VisibilityKind.Named } => visibility.Clinicians.OrEmpty() switch
        {
            [] => CaseRefusals.NoAudience,
            { Length: > Visibility.CliniciansMax } => Refusal.TooMany("named clinicians", Visibility.CliniciansMax),
            _ => null,
        },
        _ => Refusal.NotA("visibility"),
    };

    public static Refusal? Refuse(PostContribution post) =>
        post.Contribution == ContributionKind.Fact ? CaseRefusals.FactByFact
        : !Enum.IsDefined(post.Contribution) ? Refusal.NotA("contribution")
        : post.Mentions.OrEmpty().Length > Contribution.MentionsMax ? Refusal.TooMany("mentions", Contribution.MentionsMax)
        : (post.Contribution == ContributionKind.Evidence) != (post.Evidence is not null) ? CaseRefusals.EvidenceMissing
        : PlainText.RefuseProse("text", post.Text, Contribution.TextLengthMax) ?? Refuse(post.Evidence) ?? Refuse(post.Images, post.Text);

    /// <summary>With the text, because together they are one message.</summary>
    public static Refusal? Refuse(ImmutableArray<CaseImage> images, string text) =>
        images.OrEmpty() switch
        {
            { Length: > Contribution.ImagesMax } => Refusal.TooMany("images in a contribution", Contribution.ImagesMax),
            var some when some.Any(i => string.IsNullOrWhiteSpace(i?.Alt)) => CaseRefusals.AltMissing,
            var some when some.Sum(i => i.Alt.Length) + text.Length > Contribution.TextLengthMax =>
                Refusal.TooLong("text with the descriptions of its images", Contribution.TextLengthMax),
            var some => some.Select(i => PlainText.RefuseLine("description of an image", i.Alt, CaseImage.AltLengthMax)).FirstOrDefault(r => r is not null),
        };

    private static Refusal? Refuse(Evidence? evidence) =>
        evidence is null ? null
        : PlainText.RefuseLine("reference", evidence.Reference, Evidence.ReferenceLengthMax)
        ?? PlainText.RefuseProse("statement of what it supports", evidence.Supports, Evidence.SupportsLengthMax)
        ?? (IsReference(evidence) ? null : CaseRefusals.BadReference);

    private static bool IsReference(Evidence evidence) => evidence.Kind switch
    {
        EvidenceKind.Doi => evidence.Reference.StartsWith("10.", StringComparison.Ordinal) && evidence.Reference.IndexOf('/') > 3 && !evidence.Reference.Any(char.IsWhiteSpace),
        EvidenceKind.Pmid => evidence.Reference.Length <= 9 && evidence.Reference.All(char.IsAsciiDigit),
        EvidenceKind.Url => Uri.TryCreate(evidence.Reference, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0,
        _ => false,
    };

    private static Refusal? RefuseSection(Section? section) =>
        section is null || !Enum.IsDefined(section.Kind) ? Refusal.NotA("section") : PlainText.RefuseProse("section", section.Text, Section.TextLengthMax);
}
