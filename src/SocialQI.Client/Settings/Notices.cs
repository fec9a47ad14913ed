using SocialQI.Client.Live;
using SocialQI.Clinicians;

namespace SocialQI.Client.Settings;

/// <summary>What a notification is about.</summary>
public enum NoticeKind { New, Reply, Mention }

/// <summary>Something to tell while nobody looks. It has no word of a case: a notification is seen by whoever stands beside the screen.</summary>
/// <param name="Topic">Where it happened; a later notice of the same topic takes its place.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Count">How often.</param>
/// <param name="Path">Where a click leads.</param>
public sealed record Notice(TopicId Topic, NoticeKind Kind, long Count, string Path);

/// <summary>
/// Which notices are due while the page is hidden: by the level of their topic, not in quiet hours, and at most one for each topic within
/// <see cref="Between"/>; what comes meanwhile is told together. Only what is said to the person does not wait for what was merely new: the count
/// of a case often arrives before the mention in it. What is not told is not told later: it stands in the inbox and the counts.
/// </summary>
public sealed class Notices(TimeProvider time)
{
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly Dictionary<TopicId, long> seen = [];
    private readonly Dictionary<TopicId, DateTimeOffset> told = [], toldToMe = [];
    private readonly List<InboxLine> waiting = [];
    private long inbox;

    /// <summary>From here on something is new: the page was left, or has just begun.</summary>
    public void Begin(ClinicianState mine, IEnumerable<FollowedLine> followed)
    {
        seen.Clear();
        waiting.Clear();
        inbox = mine.Number;
        foreach (var line in followed)
        {
            seen[line.Topic] = line.Unread;
        }
    }

    /// <summary>What is to be told now; what it returns counts as told.</summary>
    public IReadOnlyList<Notice> Due(ClinicianState mine, IEnumerable<FollowedLine> followed)
    {
        var now = time.GetUtcNow();
        var isQuiet = IsQuiet(mine.Quiet, now, time.LocalTimeZone);
        waiting.AddRange(mine.Inbox.Where(l => l.Number > inbox && l.Number > mine.ReadThrough));
        inbox = mine.Number;
        waiting.RemoveAll(l => isQuiet || l.Number <= mine.ReadThrough || mine.LevelOf(l.Topic) == NotifyLevel.None);
        List<Notice> due = [.. waiting.GroupBy(l => l.Topic).Where(g => MayTell(toldToMe, g.Key, now)).Select(OfInbox)];
        waiting.RemoveAll(l => due.Any(d => d.Topic == l.Topic));
        due.ForEach(d => toldToMe[d.Topic] = now);
        foreach (var line in followed)
        {
            var before = seen.GetValueOrDefault(line.Topic);
            // In the same topic a mention is the greater news, and says enough.
            var isTold = isQuiet || mine.LevelOf(line.Topic) != NotifyLevel.All || due.Any(d => d.Topic == line.Topic);
            if (line.Unread > before && !isTold && MayTell(told, line.Topic, now))
            {
                due.Add(new(line.Topic, NoticeKind.New, line.Unread - before, line.Path));
                isTold = true;
            }
            // Read elsewhere counts down as well.
            seen[line.Topic] = isTold ? line.Unread : Math.Min(before, line.Unread);
        }
        due.ForEach(d => told[d.Topic] = now);
        return due;
    }

    /// <summary>Whether a moment is within quiet hours; in a zone that this browser does not know, by its own clock.</summary>
    public static bool IsQuiet(QuietHours? quiet, DateTimeOffset now, TimeZoneInfo local)
    {
        if (quiet is not { On: true })
        {
            return false;
        }
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(quiet.Zone, out var known) ? known : local;
        var minute = (int)TimeZoneInfo.ConvertTime(now, zone).TimeOfDay.TotalMinutes;
        return quiet.From < quiet.Until ? minute >= quiet.From && minute < quiet.Until : minute >= quiet.From || minute < quiet.Until;
    }

    private static Notice OfInbox(IGrouping<TopicId, InboxLine> lines) => new(
        lines.Key,
        lines.Any(l => l.Reason == MentionReason.Mention) ? NoticeKind.Mention : lines.Any(l => l.Reason == MentionReason.Reply) ? NoticeKind.Reply : NoticeKind.New,
        lines.Count(),
        $"case/{lines.Key}#n{lines.Last().Contribution}");

    private static bool MayTell(Dictionary<TopicId, DateTimeOffset> told, TopicId topic, DateTimeOffset now) => !told.TryGetValue(topic, out var last) || now - last >= Between;
}
