namespace SocialQI.Storage.Audit;

/// <summary>Why somebody did what they did.</summary>
public enum Purpose
{
    /// <summary>Care of the patient a case is about.</summary>
    Treatment,

    /// <summary>Learning.</summary>
    Education,

    /// <summary>Seeing to it that care is good and that rules are kept.</summary>
    Quality,

    /// <summary>Keeping the service running and its people in order.</summary>
    Operations,
}

/// <summary>An act to record. None of its texts is anything that a person wrote: neither clinical text nor what was searched for.</summary>
/// <param name="Home">Whose act it is: the institution acted for, or the network.</param>
/// <param name="Who">A person's id, or <see cref="Operator"/>, <see cref="Nobody"/>, or a machine by its own name.</param>
/// <param name="Act">What was done: kebab case.</param>
/// <param name="Result">What came of it: <see cref="Done"/>, <see cref="Begun"/>, or the code of the refusal.</param>
public sealed record AuditEntry(InstitutionId Home, string Who, string Act, string Result)
{
    /// <summary>Whoever has the operator's key.</summary>
    public const string Operator = "operator";

    /// <summary>Somebody who has not signed in.</summary>
    public const string Nobody = "nobody";

    /// <summary>The result of what was done.</summary>
    public const string Done = "ok";

    /// <summary>The result of what had only begun when it was recorded. How it ended stands in a row of its own.</summary>
    public const string Begun = "begun";

    /// <summary>The flag of an emergency, and of what somebody did in a case that they see in one.</summary>
    public const string BreakGlass = "break-glass";

    /// <summary>No text of a row is longer, but for a topic's name.</summary>
    public const int TextLengthMax = 80;

    /// <summary>As what: the role there.</summary>
    public string? Role { get; init; }

    /// <summary>Acting for whom.</summary>
    public InstitutionId? For { get; init; }

    /// <summary>Which list, search or verb.</summary>
    public string? What { get; init; }

    /// <summary>The topic it was about.</summary>
    public TopicId? Topic { get; init; }

    /// <summary>The first number of the topic that was given out, or from which it was followed.</summary>
    public long? First { get; init; }

    /// <summary>The last number of the topic that was given out.</summary>
    public long? Last { get; init; }

    /// <summary>How many lines were given out.</summary>
    public long? Count { get; init; }

    public Purpose Purpose { get; init; } = Purpose.Treatment;

    /// <summary>From where: the address of the client.</summary>
    public string? Origin { get; init; }

    /// <summary>What a reader should look at: <see cref="BreakGlass"/>.</summary>
    public string? Flag { get; init; }

    /// <summary>The row whose act ends with this one.</summary>
    public AuditRef? Closes { get; init; }

    /// <summary>Why something is done with a topic, where nobody says.</summary>
    public static Purpose UsualPurpose(TopicId? topic) => topic?.Kind switch
    {
        TopicKind.Community or TopicKind.Rounds or TopicKind.Attendance or TopicKind.Panel => Purpose.Education,
        TopicKind.Clinician or TopicKind.Institution => Purpose.Operations,
        _ => Purpose.Treatment,
    };

    internal IEnumerable<string?> Texts => [Who, Role, Act, What, Origin, Result, Flag];
}

/// <summary>Where a row stands.</summary>
/// <param name="Home">Whose chain.</param>
/// <param name="Writer">Which of its chains.</param>
/// <param name="Number">Which row of it.</param>
public sealed record AuditRef(InstitutionId Home, string Writer, long Number)
{
    internal string Place => $"{Writer}.{Number}";
}

/// <summary>An act could not be recorded: nobody may be given what they asked for.</summary>
public sealed class NotAuditedException(Exception? inner = null) : Exception("The act could not be recorded.", inner);
