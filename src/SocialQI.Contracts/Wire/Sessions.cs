namespace SocialQI.Wire;

/// <summary>Somewhere that one is signed in.</summary>
/// <param name="Id">Names it, to end it.</param>
/// <param name="Way">How one came in: <c>password</c>, <c>passkey</c>, or the key of an institution's provider.</param>
/// <param name="Begun">Since when.</param>
/// <param name="Seen">When something was last done there, give or take half a minute.</param>
/// <param name="Agent">What the browser calls itself; at most 200 characters.</param>
/// <param name="Origin">The network address it came from.</param>
/// <param name="IsThis">Whether it is the one that asks.</param>
public sealed record SessionLine(Guid Id, string Way, Moment Begun, Moment Seen, string Agent, string Origin, bool IsThis);

/// <summary>Whether somebody may sign in by an institution's accounts. Closing ends at once what was begun by them.</summary>
public sealed record SignInSet(bool Closed);
