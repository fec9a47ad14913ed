namespace SocialQI.Storage;

/// <summary>A local account. What it is called and whose it is never changes; the rest is what its owner proves to come in by it.</summary>
/// <param name="User">The sign-in name, lower case.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="Institution">Which institution answers for it.</param>
public sealed record Account(string User, ClinicianId Person, InstitutionId? Institution)
{
    /// <summary>By ASP.NET Core Identity; null until one was chosen.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Another with every change of what is proven.</summary>
    public string Stamp { get; set; } = "";

    /// <summary>What an authenticator app makes its codes from, encrypted.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>Whether a code is asked for after the password.</summary>
    public bool NeedsCode { get; set; }

    /// <summary>The digest of the code that was used last; it is not taken twice.</summary>
    public string? LastCode { get; set; }

    /// <summary>Digests of the codes that each replace an authenticator's once, joined by spaces.</summary>
    public string RecoveryCodes { get; set; } = "";

    /// <summary>How often in a row the proof failed.</summary>
    public int Failures { get; set; }

    /// <summary>Until when nothing is tried; null: it is.</summary>
    public Moment? LockedUntil { get; set; }
}

/// <summary>A key that a device holds for an account.</summary>
/// <param name="Id">Its credential id.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="PublicKey">What its answers are checked with.</param>
/// <param name="Created">When it was made.</param>
/// <param name="SignCount">The device's count of its answers.</param>
/// <param name="Transports">How the browser reaches it, joined by commas.</param>
/// <param name="IsVerified">Whether the device made sure of the person.</param>
/// <param name="IsEligible">Whether it may be kept in a backup.</param>
/// <param name="IsBackedUp">Whether it is.</param>
/// <param name="Attestation">What the device said of itself when it was made.</param>
/// <param name="ClientData">What the browser said then.</param>
public sealed record Passkey(
    byte[] Id, string Name, byte[] PublicKey, Moment Created, long SignCount, string Transports, bool IsVerified, bool IsEligible, bool IsBackedUp,
    byte[] Attestation, byte[] ClientData);

/// <summary>What a link that may be used once is for: founding the first institution, or, with an account, choosing its password.</summary>
public sealed record OneTimeLink(string Purpose, string? Account);
