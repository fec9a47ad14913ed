using System.Collections.Immutable;

namespace SocialQI.Server.Pages;

/// <summary>A person of the demonstration network.</summary>
/// <param name="User">What they sign in as.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Place">Their institution's name.</param>
/// <param name="Role">Their field and role there, in words.</param>
public sealed record DemoSignIn(string User, string Name, string Place, string Role);

/// <summary>Who can be signed in with one click. Registered with <c>--demo</c> only; without it there is no such list.</summary>
/// <param name="People">Everyone, in the order they are offered.</param>
/// <param name="Password">The one password of all of them.</param>
public sealed record DemoSignIns(ImmutableArray<DemoSignIn> People, string Password);
