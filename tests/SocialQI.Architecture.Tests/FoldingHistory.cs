using System.Text;
using System.Text.Json.Nodes;
using SocialQI.Ballots;
using SocialQI.Cases;
using SocialQI.Clinicians;
using SocialQI.Communities;
using SocialQI.GrandRounds;
using SocialQI.Institutions;
using SocialQI.Panels;
using Xunit;

namespace SocialQI.Architecture.Tests;

/// <summary>
/// Golden histories, one or more for each kind of topic, and what they fold to, under the fold's version. A fold that gives another state than before needs
/// another <see cref="Folding.Version"/>, or old snapshots would be believed: it brings a new file of results, and the old one stays as it was.
/// </summary>
public sealed class FoldingHistory
{
    // These change nothing that is shown or decided on but the topic's number, and are meant to.
    private static readonly HashSet<string> ChangeNothing = [];

    public static TheoryData<string> Histories => [.. Directory.EnumerateFiles(Path.Combine(Tree.Golden, "histories"), "*.jsonl").Select(f => Path.GetFileNameWithoutExtension(f)!)];

    [Theory]
    [MemberData(nameof(Histories))]
    public void Gives_what_it_gave_in_this_version(string history)
    {
        var stored = Path.Combine(Tree.Golden, "histories", $"{history}.folded.{Folding.Version}.txt");
        Assert.True(File.Exists(stored), $"{stored} is missing: the fold's version has grown, so its results belong there.");
        Assert.Equal(File.ReadAllText(stored), Text(Fold(Read(history))[^1]));
    }

    [Fact]
    public void Has_something_of_every_kind() =>
        Assert.Equal(Sample.Declared<TopicEvent>().Order(StringComparer.Ordinal), AllEvents().Select(e => KindOf(e.Line)).Distinct().Order(StringComparer.Ordinal).Where(k => k != "case-dreamt"));

    [Fact]
    public void Shows_every_kind_of_event() => Assert.Empty(Sample.Declared<TopicEvent>().Except(Showing()).Except(ChangeNothing));

    [Fact]
    public void Lists_only_what_truly_changes_nothing() => Assert.Empty(ChangeNothing.Intersect(Showing()));

    [Fact]
    public void Leaves_what_a_newer_program_wrote_alone() => Assert.DoesNotContain("case-dreamt", Showing());

    [Fact]
    public void Of_another_history_gives_something_else()
    {
        var told = Read("told");
        var other = told.Select(line => line.Replace("Once, in spring.", "Twice, in spring.", StringComparison.Ordinal)).ToList();
        Assert.NotEqual(Text(Fold(told)[^1]), Text(Fold(other)[^1]));
        // Of this event only the index that decisions need remembers who wrote it once it is older than the window.
        var byAnother = told.Select(line => line.Replace("ada1\",\"for\":\"north-harbour\",\"d\":{\"day\"", "c1e0\",\"for\":\"north-harbour\",\"d\":{\"day\"", StringComparison.Ordinal)).ToList();
        Assert.NotEqual(Text(Fold(told)[^1]).Split('\n')[1], Text(Fold(byAnother)[^1]).Split('\n')[1]);
    }

    [Fact]
    public void Of_redacted_text_gives_what_telling_and_redacting_it_gave() => Assert.Equal(Text(Fold(Read("redacted"))[^1]), Text(Fold(Read("told"))[^1]));

    private static IEnumerable<string> Showing() => AllEvents().Where(e => Plain(e.Before) != Plain(e.After)).Select(e => KindOf(e.Line)).Distinct();

    private static IEnumerable<(string Line, byte[] Before, byte[] After)> AllEvents() => Histories.SelectMany(row =>
    {
        var lines = Read(row.Data);
        var states = Fold(lines);
        return lines.Select((line, index) => (line, states[index], states[index + 1]));
    });

    private static string[] Read(string history) => File.ReadAllLines(Path.Combine(Tree.Golden, "histories", history + ".jsonl"));

    /// <summary>The frozen states before the first event and after each.</summary>
    private static List<byte[]> Fold(IReadOnlyList<string> lines)
    {
        var events = lines.Select(line => EventCodec.Decode(Encoding.UTF8.GetBytes(line))).ToList();
        var key = new Guid(7, 0, 0, new byte[8]);
        return events[0].Event switch
        {
            InstitutionFounded => States(new InstitutionRules(), InstitutionId.Parse("north-harbour").Topic, events),
            ClinicianRegistered => States(new ClinicianRules(), new ClinicianId(key).Topic, events),
            BallotBegun => States(new BallotRules(), TopicId.BallotOf(InstitutionId.Parse("north-harbour").Topic, key), events),
            RoundsPlanned => States(new RoundsRules(), TopicId.Rounds(InstitutionId.Parse("north-harbour"), key), events),
            PanelPlanned => States(new PanelRules(), TopicId.Panel(InstitutionId.Parse("north-harbour"), key), events),
            AttendanceKept => States(new AttendanceRules(), TopicId.AttendanceOf(TopicId.Rounds(InstitutionId.Parse("north-harbour"), key)), events),
            CommunityFounded => States(new CommunityRules(), new CommunityId(key).Topic, events),
            _ => States(new CaseRules(), TopicId.Case(InstitutionId.Parse("north-harbour"), key), events),
        };
    }

    private static List<byte[]> States<TState>(ITopicRules<TState> rules, TopicId topic, IEnumerable<Envelope> events)
    {
        var states = new List<byte[]> { rules.Freeze(rules.New(topic)) };
        var state = rules.New(topic);
        foreach (var happened in events)
        {
            state = rules.After(state, happened);
            states.Add(rules.Freeze(state));
        }
        return states;
    }

    // What everybody sees, then what only decisions need.
    private static string Text(byte[] frozen)
    {
        var shown = BitConverter.ToInt32(frozen);
        return Encoding.UTF8.GetString(frozen, sizeof(int), shown) + "\n" + Convert.ToHexStringLower(frozen.AsSpan(sizeof(int) + shown)) + "\n";
    }

    private static string Plain(byte[] frozen)
    {
        var lines = Text(frozen).Split('\n');
        var shown = JsonNode.Parse(lines[0])!.AsObject();
        shown.Remove("number");
        return shown.ToJsonString() + lines[1];
    }

    private static string KindOf(string line) => JsonNode.Parse(line)!["k"]!.GetValue<string>();
}
