using System.Collections.Immutable;

namespace SocialQI.Wire;

/// <summary>How one signs in by an account of one's own here.</summary>
/// <param name="User">The sign-in name.</param>
/// <param name="NeedsCode">Whether a code of an authenticator app follows the password.</param>
/// <param name="RecoveryCodesLeft">How many codes are left that each replace the app once.</param>
/// <param name="Passkeys">The keys that devices hold, the oldest first.</param>
public sealed record OwnAccount(string User, bool NeedsCode, int RecoveryCodesLeft, ImmutableArray<PasskeyLine> Passkeys);

/// <summary>A key that a device holds.</summary>
/// <param name="Id">Names it, to forget it.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Created">When it was made.</param>
public sealed record PasskeyLine(string Id, string Name, Moment Created);

/// <summary>One's password, or a code of one's authenticator app, once more.</summary>
public sealed record Proof(string Secret);

/// <summary>What an authenticator app makes its codes from.</summary>
/// <param name="Key">To type.</param>
/// <param name="Uri">The same as an address that such apps open.</param>
public sealed record AuthenticatorKey(string Key, string Uri);

/// <summary>Codes that each replace an authenticator app once.</summary>
public sealed record RecoveryCodes(ImmutableArray<string> Codes);
