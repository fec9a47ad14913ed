namespace SocialQI.Storage;

/// <summary>That somebody is signed in.</summary>
/// <param name="Id">The cookie names it.</param>
/// <param name="Person">Who.</param>
/// <param name="Institution">By whose account; null for one that no institution answers for.</param>
/// <param name="Way">How: <c>password</c>, <c>passkey</c>, or the key of an institution's provider.</param>
/// <param name="Begun">When.</param>
/// <param name="Seen">When the person last did something, or a little before.</param>
/// <param name="Agent">What the browser calls itself.</param>
/// <param name="Origin">The network address it came from.</param>
/// <param name="Ended">When it ended; null while it lasts.</param>
/// <param name="Reason">Why it ended.</param>
public sealed record Session(
    Guid Id, ClinicianId Person, InstitutionId? Institution, string Way, Moment Begun, Moment Seen, string Agent, string Origin,
    Moment? Ended = null, SessionEnd? Reason = null)
{
    /// <summary>How much of what a browser calls itself is kept.</summary>
    public const int AgentLengthMax = 200;
}

/// <summary>Why a session ended.</summary>
public enum SessionEnd
{
    /// <summary>The person signed out there.</summary>
    SignedOut,

    /// <summary>The person ended it from elsewhere.</summary>
    EndedElsewhere,

    /// <summary>Nothing was done for too long.</summary>
    Idle,

    /// <summary>It had lasted as long as one may.</summary>
    TooOld,

    /// <summary>The person signed in at so many other places.</summary>
    GaveWay,

    /// <summary>The account may not be used any more.</summary>
    Closed,

    /// <summary>The password, or what stands beside it, became another.</summary>
    Changed,
}

/// <summary>Which sessions are to end: those that fit all that is given.</summary>
/// <param name="Person">Of whom; always given but for one that is named by its id.</param>
/// <param name="Id">This one.</param>
/// <param name="But">All but this one.</param>
/// <param name="Institution">Those by this institution's accounts.</param>
/// <param name="SeenUntil">Only where nothing was done after this moment.</param>
public sealed record SessionsEnding(ClinicianId? Person = null, Guid? Id = null, Guid? But = null, InstitutionId? Institution = null, Moment? SeenUntil = null);

/// <summary>A session as read, and the number of the last end that had been committed then.</summary>
public sealed record SessionRead(Session? Session, long Change);

/// <summary>The sessions that ended after a number, and the number up to which that is so.</summary>
public sealed record SessionsEnded(IReadOnlyList<Guid> Ids, long Change);
