namespace SocialQI.Cases;

/// <summary>
/// See a case in an emergency that one could not see otherwise, for a time and without writing in it. A privacy officer of its home, or an attending there
/// whom an administrator has designated. Its followers see that it was done, by whom and why; the home's privacy officers and its author are told.
/// </summary>
/// <param name="Reason">Why: prose, at most <see cref="CaseState.ReasonLengthMax"/> characters.</param>
/// <param name="Minutes">For how long: 1 to <see cref="MinutesMax"/>.</param>
public sealed record BreakGlass(string Reason, int Minutes) : CaseCommand
{
    /// <summary>The longest.</summary>
    public const int MinutesMax = 60;
}

/// <summary>Who did it sees the case until then.</summary>
public sealed record GlassBroken(string Reason, Moment Until) : TopicEvent;

/// <summary>That somebody saw the case in an emergency.</summary>
/// <param name="Number">The event of it.</param>
/// <param name="Who">Who.</param>
/// <param name="For">The institution they acted for.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when.</param>
/// <param name="Reason">Why.</param>
public sealed record GlassShown(long Number, ClinicianId Who, InstitutionId? For, Moment At, Moment Until, Passage Reason);
