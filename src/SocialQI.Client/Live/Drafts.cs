using System.Text.Json;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>A command on its way, as it is kept for a reload.</summary>
public sealed record KeptSending(Guid Id, string Topic, JsonElement Command, long At, long After, string? Code, string? Say);

/// <summary>
/// Keeps in this tab what was written and is not yet in a topic's history: unsent texts, and commands without an answer. They survive a reload and a sign-in,
/// belong to one person, and go when the tab closes or the person signs out. On a shared machine nothing is kept.
/// </summary>
public sealed class Drafts(Browser browser, Rounds rounds, SharedMachine shared)
{
    private string owner = "";
    private string kept = "";

    /// <summary>Takes up what this person left unsent, and from now on keeps what changes.</summary>
    public async Task Begin(Me me)
    {
        owner = me.Id.ToString();
        foreach (var was in Read(await browser.Kept(Key("outbox"))))
        {
            rounds.Outbox.Add(was);
            _ = rounds.Sender.Pump(was.Topic);
        }
        rounds.Outbox.Changed += () => _ = KeepOutbox();
    }

    public async Task Keep(string what, Dictionary<string, string> fields)
    {
        var written = fields.Values.Any(v => !string.IsNullOrWhiteSpace(v)) && !await shared.Is();
        await browser.Keep(Key(what), written ? JsonSerializer.Serialize(fields, ClientJson.Default.DictionaryStringString) : null);
    }

    public async Task<Dictionary<string, string>> Kept(string what) =>
        await browser.Kept(Key(what)) is { Length: > 0 } json ? JsonSerializer.Deserialize(json, ClientJson.Default.DictionaryStringString)! : [];

    public Task Forget(string what) => browser.Keep(Key(what), null);

    private async Task KeepOutbox()
    {
        var all = rounds.Outbox.ToKeep.Select(s => new KeptSending(
            s.Id, s.Topic.ToString(), JsonSerializer.SerializeToElement(s.Command, Json.Context.Command), s.At.Micros, s.After, s.Refusal?.Code, s.Refusal?.Say)).ToArray();
        var json = all.Length == 0 ? "" : JsonSerializer.Serialize(all, ClientJson.Default.KeptSendingArray);
        if (json != kept)
        {
            kept = json;
            await browser.Keep(Key("outbox"), await shared.Is() ? null : json);
        }
    }

    private static IEnumerable<Sending> Read(string? json)
    {
        foreach (var was in string.IsNullOrEmpty(json) ? [] : JsonSerializer.Deserialize(json, ClientJson.Default.KeptSendingArray)!)
        {
            // A command that this version of the program cannot read any more is not sent as something else.
            if (was.Command.Deserialize(Json.Context.Command) is { } command)
            {
                var refusal = was.Code is { } code ? new Refusal(code, was.Say ?? "") : null;
                var stage = refusal is null ? SendStage.Unsure : SendStage.Refused;
                yield return new Sending(was.Id, TopicId.Parse(was.Topic), command, new Moment(was.At), was.After, stage, refusal);
            }
        }
    }

    private string Key(string what) => $"socialqi.{owner}.{what}";
}
