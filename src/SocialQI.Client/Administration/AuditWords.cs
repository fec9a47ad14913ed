using Microsoft.Extensions.Localization;
using SocialQI.Wire;

namespace SocialQI.Client.Administration;

/// <summary>What acts are called on the screen.</summary>
public sealed class AuditWords(IStringLocalizer<AuditWords> texts)
{
    // Acts of the record and their texts. What was written is named by its event.
    private static readonly Dictionary<string, string> Named = new()
    {
        ["open"] = "Opened",
        ["follow"] = "Followed",
        ["read-page"] = "ReadPage",
        ["read-own"] = "ReadOwn",
        ["read-revisions"] = "ReadRevisions",
        ["read-hidden"] = "ReadHidden",
        ["read-command"] = "ReadCommand",
        ["read-image"] = "ReadImage",
        ["read-list"] = "ReadList",
        ["read-person"] = "ReadPerson",
        ["watch-heads"] = "WatchedHeads",
        ["search"] = "Searched",
        ["command"] = "Commanded",
        ["send-image"] = "SentImage",
        ["import"] = "Imported",
        ["mark-read"] = "MarkedRead",
        ["sign-in"] = "SignedIn",
        ["sign-out"] = "SignedOut",
        ["change-password"] = "ChangedPassword",
        ["administer"] = "Administered",
        ["operate"] = "Operated",
        ["read-audit"] = "ReadAudit",
        ["export-audit"] = "ExportedAudit",
        ["join-rounds"] = "JoinedRounds",
        ["read-calendar"] = "ReadCalendar",
        ["share-calendar"] = "SharedCalendar",
    };

    /// <summary>The acts that can be looked for by name.</summary>
    public static IEnumerable<string> All => Named.Keys;

    public string Of(AuditLine line) => line.IsWriting ? texts["Wrote"] : Of(line.Act);

    public string Of(string act) => Named.TryGetValue(act, out var text) ? texts[text] : act;

    public string PurposeOf(AuditLine line) => line.Purpose switch
    {
        "education" => texts["Education"],
        "quality" => texts["Quality"],
        "operations" => texts["Operations"],
        _ => texts["Treatment"],
    };

    /// <summary>Null: it was done.</summary>
    public string? ResultOf(AuditLine line) => line.Result switch
    {
        "ok" => null,
        "begun" => texts["Begun"].Value,
        "closed" => texts["Closed"].Value,
        _ => texts["Refused"].Value,
    };

    /// <summary>Who it was, where that is no person.</summary>
    public string NobodysName(string who) => who switch { "operator" => texts["Operator"], "nobody" => texts["Nobody"], _ => who };
}
