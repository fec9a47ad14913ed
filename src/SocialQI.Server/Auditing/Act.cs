using SocialQI.Storage.Audit;

namespace SocialQI.Server.Auditing;

/// <summary>What somebody did, for the audit.</summary>
/// <param name="Name">One of <see cref="Acts"/>, or a name of a feature's own: kebab case.</param>
/// <param name="Result"><see cref="AuditEntry.Done"/>, or the code of the refusal.</param>
public sealed record Act(string Name, string Result = AuditEntry.Done)
{
    /// <summary>Which list, search, command or verb.</summary>
    public string? What { get; init; }

    /// <summary>What it was about.</summary>
    public TopicId? Topic { get; init; }

    public long? First { get; init; }

    public long? Last { get; init; }

    /// <summary>How many lines were given out.</summary>
    public long? Count { get; init; }

    /// <summary>Null: as is usual for such an act.</summary>
    public Purpose? Purpose { get; init; }

    /// <summary>What a reader of the audit should look at.</summary>
    public string? Flag { get; init; }

    /// <summary>The act that has ended with this.</summary>
    public AuditRef? Closes { get; init; }
}

/// <summary>Names of acts. They are on disk for good.</summary>
internal static class Acts
{
    public const string Open = "open";
    public const string Follow = "follow";
    public const string ReadOwn = "read-own";
    public const string ReadPage = "read-page";
    public const string ReadRevisions = "read-revisions";
    public const string ReadHidden = "read-hidden";
    public const string ReadCommand = "read-command";
    public const string ReadImage = "read-image";
    public const string ReadList = "read-list";
    public const string ReadPerson = "read-person";
    public const string WatchHeads = "watch-heads";
    public const string Search = "search";

    /// <summary>A command that left no event: refused, or nothing to change.</summary>
    public const string Command = "command";
    public const string SendImage = "send-image";
    public const string Import = "import";
    public const string MarkRead = "mark-read";
    public const string SignIn = "sign-in";
    public const string SignOut = "sign-out";
    public const string ChangePassword = "change-password";
    public const string Administer = "administer";
    public const string Operate = "operate";
    public const string Export = "export";
    public const string JoinRounds = "join-rounds";
    public const string ReadCalendar = "read-calendar";
    public const string ShareCalendar = "share-calendar";

    /// <summary>What is recorded of nobody but a machine that was not made for it.</summary>
    public const string Ask = "ask";
    public const string ReadAudit = "read-audit";
    public const string ExportAudit = "export-audit";

    /// <summary>Why such an act is done, where nobody says otherwise.</summary>
    public static Purpose PurposeOf(string act, TopicId? topic) => act switch
    {
        SignIn or SignOut or ChangePassword or Administer or Operate or ReadPerson => Purpose.Operations,
        ReadAudit or ExportAudit => Purpose.Quality,
        _ => AuditEntry.UsualPurpose(topic),
    };
}
