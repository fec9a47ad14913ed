using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>What is known here already need not wait for the next look: a case grows quiet, is closed, is followed no more.</summary>
public static class Fitting
{
    /// <summary>Whether a line belongs into a list so filtered. The condition is the service's to judge.</summary>
    public static bool Fits(this CaseFilter asked, CaseLine line, Rounds rounds, DateTimeOffset now) =>
        (asked.Community is not { } community || line.Communities.Contains(community))
        && (asked.Stage is not { } stage || line.Stage == stage)
        && (asked.Hallway is not { } hallway || line.IsHallway == hallway)
        && (!asked.Mine || line.Author == rounds.Me?.Id)
        && (!asked.Followed || rounds.Mine?.Follows.Contains(line.Topic) != false)
        && (!asked.Live || now - line.Moved.Time < TimeSpan.FromMinutes(CaseFilter.LiveMinutes));
}
