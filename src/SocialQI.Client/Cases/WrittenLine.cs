using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Client.Cases.Identifying;
using SocialQI.Client.Live;

namespace SocialQI.Client.Cases;

/// <summary>A contribution while it is being written.</summary>
public sealed class WrittenLine
{
    private const char Between = '\u001f';

    private readonly Dictionary<ClinicianId, string> picked = [];

    public ContributionKind Kind { get; set; }

    public string Text { get; set; } = "";

    public Contribution? ReplyTo { get; set; }

    public EvidenceKind EvidenceKind { get; set; }

    public string Reference { get; set; } = "";

    public string Supports { get; set; } = "";

    public int Day { get; set; }

    /// <summary>Those who were picked and still stand in the text: whoever deletes a name takes the mention back.</summary>
    public IEnumerable<KeyValuePair<ClinicianId, string>> Mentions => picked.Where(p => Text.Contains("@" + p.Value, StringComparison.Ordinal));

    /// <summary>Their names, a line each, as a text that is set wants them.</summary>
    public string Mentioned(ClinicianId? me) => string.Join('\n', Mentions.Select(m => (m.Key == me ? "*" : "") + m.Value));

    public void Mention(ClinicianId who, string name) => picked[who] = name;

    /// <summary>Why it would be refused anyway; null when it can be sent.</summary>
    public Refusal? Problem() =>
        PlainText.RefuseProse("text", Text, Contribution.TextLengthMax)
        ?? (Mentions.Count() > Contribution.MentionsMax ? Refusal.TooLong("list of those mentioned", Contribution.MentionsMax) : null)
        ?? (Kind == ContributionKind.Evidence
            ? PlainText.RefuseLine("reference", Reference, Evidence.ReferenceLengthMax) ?? PlainText.RefuseProse("statement of what it supports", Supports, Evidence.SupportsLengthMax)
            : null);

    public Command ToCommand(ImmutableArray<CaseImage> images, Attestation? attestation = null) => Kind == ContributionKind.Fact
        ? new AddFact(Day, Text.Trim(), images, attestation)
        : new PostContribution(Kind, Text.Trim(), ReplyTo?.Number, [.. Mentions.Select(m => m.Key)], Cited, images, attestation);

    /// <summary>All that others would read, by the name of its field. Colleagues who are mentioned are no identifiers.</summary>
    public IEnumerable<(string Field, string Text)> Texts(ImmutableArray<CaseImage> images) =>
    [
        ("text", Text), ("supports", Kind == ContributionKind.Evidence ? Supports : ""), .. images.OrEmpty().Select(i => ("image", i.Alt)),
    ];

    /// <summary>Takes marked words out of the field they stand in; an image's are its own field's.</summary>
    public void TakeOut(MarkedWord word) =>
        (Text, Supports) = (word.Field == "text" ? word.TakenOutOf(Text) : Text, word.Field == "supports" ? word.TakenOutOf(Supports) : Supports);

    public Evidence? Cited => Kind == ContributionKind.Evidence ? new Evidence(EvidenceKind, Reference.Trim(), Supports.Trim()) : null;

    public Dictionary<string, string> ToFields() => new()
    {
        ["text"] = Text,
        ["reference"] = Reference,
        ["supports"] = Supports,
        ["kind"] = Text.Length > 0 ? Kind.ToString() : "",
        ["mentions"] = string.Join('\n', Mentions.Select(m => m.Key.ToString() + Between + m.Value)),
    };

    public void Take(Dictionary<string, string> kept)
    {
        (Text, Reference, Supports) = (kept.GetValueOrDefault("text", Text), kept.GetValueOrDefault("reference", ""), kept.GetValueOrDefault("supports", ""));
        Kind = Enum.TryParse<ContributionKind>(kept.GetValueOrDefault("kind"), out var was) && was != ContributionKind.Answer ? was : Kind;
        foreach (var mention in kept.GetValueOrDefault("mentions", "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (mention.Split(Between) is [var id, var name] && ClinicianId.TryParse(id, out var who))
            {
                picked[who] = name;
            }
        }
    }

    /// <summary>Takes back what was not sent, to write it otherwise.</summary>
    public void TakeUp(Command command, TopicFeed feed, Names names)
    {
        switch (command)
        {
            case PostContribution post:
                (Kind, Text) = (post.Contribution, post.Text);
                ReplyTo = post.ReplyTo is { } to ? feed.State?.Case?.Find(to) ?? feed.Older.All.FirstOrDefault(c => c.Number == to) : null;
                (EvidenceKind, Reference, Supports) = post.Evidence is { } evidence ? (evidence.Kind, evidence.Reference, evidence.Supports) : (default, "", "");
                foreach (var who in post.Mentions.OrEmpty())
                {
                    picked[who] = names.NameOf(who);
                }
                break;
            case AddFact fact:
                (Kind, Text, Day) = (ContributionKind.Fact, fact.Text, fact.Day);
                break;
        }
    }

    /// <summary>Empties it, but for the day: the next fact is often of the same.</summary>
    public void Clear()
    {
        (Text, Reference, Supports, ReplyTo, Kind) = ("", "", "", null, ContributionKind.Comment);
        picked.Clear();
    }
}
