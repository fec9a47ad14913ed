namespace SocialQI.DevIdp;

/// <summary>What a provider does wrong when a test asks for it.</summary>
public enum Misbehaviour
{
    None,

    /// <summary>Its tokens name another issuer.</summary>
    WrongIssuer,

    /// <summary>Its tokens belong to another sign-in.</summary>
    WrongNonce,

    /// <summary>Its tokens belong to no sign-in.</summary>
    NoNonce,

    /// <summary>Its tokens are signed with a key that is not its own, under the name of its own.</summary>
    WrongSignature,

    /// <summary>Its tokens are not signed.</summary>
    NotSigned,

    /// <summary>Its tokens are signed with the client's secret, which is no signature of the provider's.</summary>
    SignedBySecret,

    /// <summary>Its tokens are for another service.</summary>
    WrongAudience,

    /// <summary>Its tokens ended an hour ago.</summary>
    Expired,

    /// <summary>Its clock is ten minutes ahead: its tokens begin in the future.</summary>
    ClockAhead,

    /// <summary>Its clock is ten minutes behind: its tokens have ended.</summary>
    ClockBehind,

    /// <summary>It says that it is another issuer.</summary>
    PretendsToBeAnother,

    /// <summary>It accepts connections and answers nothing.</summary>
    Slow,

    /// <summary>It breaks off.</summary>
    Down,

    /// <summary>It answers without end.</summary>
    Endless,

    /// <summary>It does not let anybody through.</summary>
    SaysNo,
}
