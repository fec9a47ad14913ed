using System.Text.Json.Serialization;

namespace SocialQI;

/// <summary>Why a command was not done: a value, not an exception. The code is for programs and never changes; the words are for the person who asked.</summary>
/// <param name="Code">Kebab case, stable.</param>
/// <param name="Say">One or two sentences: what is so, and what to do.</param>
public sealed record Refusal(string Code, string Say)
{
    /// <summary>Whether the same may be asked again in a moment: it passes by itself, and nothing was done.</summary>
    [JsonIgnore]
    public bool IsPassing => Code is "busy" or "not-now" or "slow-down" or "not-audited";

    /// <summary>The topic does not exist, or the person may not follow it: one answer to both.</summary>
    public static readonly Refusal NotThere = new("not-there", "There is nothing here, or it is not open to you.");

    /// <summary>Something of this name exists already.</summary>
    public static readonly Refusal AlreadyThere = new("already-there", "This exists already.");

    /// <summary>The person's role does not allow it.</summary>
    public static readonly Refusal NotAllowed = new("not-allowed", "Your role does not allow this here.");

    /// <summary>The person has no current affiliation to act under.</summary>
    public static readonly Refusal NoAffiliation = new("no-affiliation", "You act for no institution at the moment. Choose one, or ask its administrator.");

    /// <summary>The topic's home is not the institution the person acts for.</summary>
    public static readonly Refusal WrongHome = new("wrong-home", "This belongs to another institution than the one you act for.");

    /// <summary>The command is for another kind of topic.</summary>
    public static readonly Refusal WrongKind = new("wrong-kind-of-topic", "This cannot be done to this kind of topic.");

    /// <summary>The bytes are not a command.</summary>
    public static readonly Refusal Malformed = new("malformed", "This could not be read as a command.");

    /// <summary>A command id was used before for something else.</summary>
    public static readonly Refusal CommandIdReused = new("command-id-reused", "This command's id was used before with other content.");

    /// <summary>A command id must be a UUID, made by the client.</summary>
    public static readonly Refusal MalformedCommandId = new("malformed-command-id", "A command needs an id of its own, a UUID.");

    /// <summary>More commands wait for this topic than it holds.</summary>
    public static readonly Refusal Busy = new("busy", "Too much is happening here at once. Nothing was lost; try again in a moment.");

    /// <summary>The disk is full; nothing was taken.</summary>
    public static readonly Refusal StorageFull = new("storage-full", "The service cannot keep anything at the moment, so nothing was taken. Your text is still here.");

    /// <summary>It is not known whether the command was done; asking again with the same id is safe.</summary>
    public static readonly Refusal OutcomeUnknown = new("outcome-unknown", "We do not know yet whether this arrived. It is being asked again and will count once.");

    /// <summary>The rights of the person could not be checked.</summary>
    public static readonly Refusal NotNow = new("not-now", "Who may see what cannot be checked at the moment. Nothing was lost; try again in a moment.");

    /// <summary>What was asked for could not be recorded, and so was not given.</summary>
    public static readonly Refusal NotAudited =
        new("not-audited", "What is read here is recorded, and that is not possible at the moment, so nothing is shown. Nothing was lost; try again in a moment.");

    /// <summary>Too many asks in a short time.</summary>
    public static readonly Refusal SlowDown = new("slow-down", "Slow down for a moment. Nothing was lost.");

    /// <summary>A text is missing.</summary>
    public static Refusal Empty(string what) => new("empty", $"The {what} is empty.");

    /// <summary>A text is over its limit.</summary>
    public static Refusal TooLong(string what, int max) => new("too-long", $"The {what} is longer than {max:n0} characters.");

    /// <summary>A text has control characters or characters that reorder what is read.</summary>
    public static Refusal BadCharacters(string what) =>
        new("bad-characters", $"The {what} has characters that cannot be shown, or that change the direction of the text around them.");

    /// <summary>A value is outside its range.</summary>
    public static Refusal OutOfRange(string what, long min, long max) => new("out-of-range", $"The {what} is outside {min:n0} to {max:n0}.");

    /// <summary>A list is over its limit.</summary>
    public static Refusal TooMany(string what, int max) => new("too-many", $"There can be at most {max:n0} {what}.");

    /// <summary>A value is not what it should be.</summary>
    public static Refusal NotA(string what) => new("not-a-" + what.Replace(' ', '-'), $"This is not a {what}.");
}
