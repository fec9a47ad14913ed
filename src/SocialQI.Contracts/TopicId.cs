using System.Text.Json.Serialization;

namespace SocialQI;

/// <summary>What can be followed.</summary>
[JsonConverter(typeof(KebabCase<TopicKind>))]
public enum TopicKind
{
    /// <summary>A hospital: its name and policies. Everybody in the network may follow it.</summary>
    Institution,

    /// <summary>A person's own: profile, affiliations, follows, inbox. Only they may follow it.</summary>
    Clinician,

    /// <summary>A learning community: purpose and moderators. Everybody in the network may follow it; its cases are topics of their own.</summary>
    Community,

    /// <summary>A case, or the hallway thread it began as.</summary>
    Case,

    /// <summary>A rounds session: plan, stage, questions, record.</summary>
    Rounds,

    /// <summary>A ballot of a case, session or panel: nobody follows it before it is closed.</summary>
    Ballot,

    /// <summary>Who attends a session, for those who lead it. Its key is the session's.</summary>
    Attendance,

    /// <summary>A consensus panel: statements, seats, the rule, and what each round came to.</summary>
    Panel,
}

/// <summary>Open topics follow the ordinary rules of visibility; privileged ones are kept apart, under their home's own key.</summary>
[JsonConverter(typeof(KebabCase<Space>))]
public enum Space
{
    /// <summary>The ordinary space: everything that is not privileged.</summary>
    Open,

    /// <summary>Peer review and the like. Its topics can be named, but no store serves them yet.</summary>
    Privileged,
}

/// <summary>
/// Names a topic: <c>kind.home.space.key</c>, for example <c>case.north-harbour.open.0192…</c>. Home and space are fixed at birth.
/// The home is an institution, or <c>network</c> for clinicians and communities, which belong to no single one; the key is 32 hexadecimal digits, for an
/// institution its own name. Nothing has two names.
/// </summary>
[JsonConverter(typeof(TextId<TopicId>))]
public readonly record struct TopicId : IParsable<TopicId>
{
    /// <summary>The longest text that can name a topic.</summary>
    public const int LengthMax = 100;

    private readonly string? text;

    private TopicId(string text, TopicKind kind, InstitutionId home, Space space)
    {
        this.text = text;
        Kind = kind;
        Home = home;
        Space = space;
    }

    /// <summary>What kind of topic this is.</summary>
    public TopicKind Kind { get; }

    /// <summary>The institution it belongs to, or <see cref="InstitutionId.Network"/>.</summary>
    public InstitutionId Home { get; }

    /// <summary>Whether it is open or privileged.</summary>
    public Space Space { get; }

    /// <summary>The last part of the name.</summary>
    public string Key => text is null ? "" : text[(text.LastIndexOf('.') + 1)..];

    /// <summary>A case of this institution.</summary>
    public static TopicId Case(InstitutionId home, Guid key) => Of(TopicKind.Case, home, Space.Open, key.ToString("n"));

    /// <summary>A rounds session of this institution.</summary>
    public static TopicId Rounds(InstitutionId home, Guid key) => Of(TopicKind.Rounds, home, Space.Open, key.ToString("n"));

    /// <summary>A panel of this institution.</summary>
    public static TopicId Panel(InstitutionId home, Guid key) => Of(TopicKind.Panel, home, Space.Open, key.ToString("n"));

    /// <summary>A ballot of this topic.</summary>
    public static TopicId BallotOf(TopicId owner, Guid key) => Of(TopicKind.Ballot, owner.Home, owner.Space, key.ToString("n"));

    /// <summary>The ballot by which the questions of this session are voted on.</summary>
    public static TopicId VotesOf(TopicId rounds) => Of(TopicKind.Ballot, rounds.Home, rounds.Space, rounds.Key);

    /// <summary>Who attends this session.</summary>
    public static TopicId AttendanceOf(TopicId rounds) => Of(TopicKind.Attendance, rounds.Home, rounds.Space, rounds.Key);

    /// <summary>What the names of all topics of this kind and home begin with.</summary>
    public static string PrefixOf(TopicKind kind, InstitutionId home) => $"{Lower(kind)}.{home}.";

    internal static TopicId Of(TopicKind kind, InstitutionId home, Space space, string key) =>
        new($"{Lower(kind)}.{home}.{(space == Space.Open ? "open" : "privileged")}.{key}", kind, home, space);

    static TopicId IParsable<TopicId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<TopicId>.TryParse(string? s, IFormatProvider? provider, out TopicId result) => TryParse(s, out result);

    /// <summary>Reads an id from its text.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static TopicId Parse(string s) =>
        TryParse(s, out var id) ? id : throw new FormatException("This does not name a topic.");

    /// <summary>Reads an id from its text; false when it is not one.</summary>
    public static bool TryParse(string? s, out TopicId result)
    {
        result = default;
        if (s is null || s.Length > LengthMax || s.Split('.') is not [var kindText, var homeText, var spaceText, var key])
        {
            return false;
        }
        if (KindOf(kindText) is not { } kind || SpaceOf(spaceText) is not { } space || !InstitutionId.TryParse(homeText, out var home))
        {
            return false;
        }
        // One name each: the key alone says who or which community it is, so with another home it would be a second history of the same.
        var isIts = kind switch
        {
            TopicKind.Institution => space == SocialQI.Space.Open && key == homeText,
            TopicKind.Clinician or TopicKind.Community => space == SocialQI.Space.Open && home == InstitutionId.Network && IsKey(key),
            _ => IsKey(key),
        };
        result = isIts ? new TopicId(s, kind, home, space) : default;
        return isIts;
    }

    /// <inheritdoc/>
    public override string ToString() => text ?? "";

    private static bool IsKey(string key) => key.Length == 32 && key.All(char.IsAsciiHexDigitLower);

    private static string Lower(TopicKind kind) => kind switch
    {
        TopicKind.Institution => "institution",
        TopicKind.Clinician => "clinician",
        TopicKind.Community => "community",
        TopicKind.Rounds => "rounds",
        TopicKind.Ballot => "ballot",
        TopicKind.Attendance => "attendance",
        TopicKind.Panel => "panel",
        _ => "case",
    };

    private static TopicKind? KindOf(string text) => text switch
    {
        "institution" => TopicKind.Institution,
        "clinician" => TopicKind.Clinician,
        "community" => TopicKind.Community,
        "case" => TopicKind.Case,
        "rounds" => TopicKind.Rounds,
        "ballot" => TopicKind.Ballot,
        "attendance" => TopicKind.Attendance,
        "panel" => TopicKind.Panel,
        _ => null,
    };

    private static Space? SpaceOf(string text) => text switch { "open" => SocialQI.Space.Open, "privileged" => SocialQI.Space.Privileged, _ => null };
}
