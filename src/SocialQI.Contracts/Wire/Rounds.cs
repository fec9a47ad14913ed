using SocialQI.GrandRounds;

namespace SocialQI.Wire;

/// <summary>A session as lists show it.</summary>
/// <param name="Rounds">Which.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="At">When it begins.</param>
/// <param name="Minutes">How long it lasts.</param>
/// <param name="Local">When by the clocks on the wall in <paramref name="Zone"/>.</param>
/// <param name="Zone">A name of the IANA time zone database.</param>
/// <param name="Series">The first of its series; null: it is single.</param>
/// <param name="IsMine">Whether who asks leads or presents in it.</param>
public sealed record RoundsLine(TopicId Rounds, string Title, RoundsStage Stage, Moment At, int Minutes, string Local, string Zone, TopicId? Series, bool IsMine);

/// <summary>The short code of a session that somebody types: six digits.</summary>
public sealed record JoinByCode(string Code);

/// <summary>The session that a code names.</summary>
public sealed record JoinedByCode(TopicId Rounds);

/// <summary>Where a person's own calendar is: whoever has the address reads times and links, nothing clinical. Shown once.</summary>
/// <param name="Address">An absolute address that ends in <c>.ics</c>.</param>
public sealed record CalendarFeed(string Address);
