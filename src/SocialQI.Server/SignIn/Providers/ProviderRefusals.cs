using Microsoft.IdentityModel.Protocols.Configuration;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace SocialQI.Server.SignIn.Providers;

/// <summary>Why somebody does not come in by an institution's provider.</summary>
internal static class ProviderRefusals
{
    public static readonly Refusal NotOffered = new("no-such-provider", "This way to sign in is not offered any more. Choose your institution again.");

    public static readonly Refusal Down = new("provider-down", "Your institution’s sign-in does not answer at the moment. Others are not affected; try again in a few minutes.");

    public static readonly Refusal OutOfReach = new("issuer-out-of-reach", "The provider is at an address that this service does not connect to. The operator says which networks it may.");

    public static readonly Refusal NotBegunHere = new("not-begun-here", "This sign-in was not begun in this browser, took too long, or was used already. Begin again.");

    public static readonly Refusal SaidNo = new("provider-said-no", "Your institution’s sign-in did not let you through. Begin again, or ask its help desk.");

    public static readonly Refusal WrongIssuer = new("wrong-issuer", "The answer comes from somebody else than your institution’s provider, so nobody was signed in. Tell its administrator.");

    public static readonly Refusal WrongAudience = new("wrong-audience", "The answer was meant for another service, so nobody was signed in. Tell your institution’s administrator.");

    public static readonly Refusal WrongNonce = new("wrong-nonce", "The answer belongs to another sign-in, so nobody was signed in. Begin again.");

    public static readonly Refusal WrongSignature = new("wrong-signature", "The answer is not signed by your institution’s provider, so nobody was signed in. Tell its administrator.");

    public static readonly Refusal Expired = new("expired-answer", "The answer is not of this moment. Begin again; if it stays so, a clock at your institution is wrong.");

    public static readonly Refusal NotUnderstood = new("provider-not-understood", "Your institution’s sign-in answered in a way that is not understood here. Tell its administrator.");

    public static readonly Refusal AffiliationEnded = new("affiliation-ended", "You belong to this institution no more, so its sign-in leads nowhere. Ask its administrator.");

    public static readonly Refusal Closed = new("sign-in-closed", "Your account at this institution is closed. Ask its administrator.");

    public static readonly Refusal TakenByAnother = new("identity-taken", "This sign-in leads to somebody else already. Who has it removes it first.");

    public static readonly Refusal OtherSession = new("joined-elsewhere", "You are not signed in any more as who began this. Sign in, and begin again in your settings.");

    public static readonly Refusal SecretNeeded = new("secret-needed", "With another issuer the client secret has to be given anew: the one that is kept is for the issuer until now.");

    /// <summary>What is wrong with an answer, or with the way to it: what was first wrong is the innermost.</summary>
    public static Refusal Of(Exception failure) => Causes(failure).Reverse().Select(Named).FirstOrDefault(r => r is not null) ?? NotUnderstood;

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static Refusal? Named(Exception cause) => cause switch
    {
        OutOfReachException => OutOfReach,
        SecurityTokenInvalidIssuerException => WrongIssuer,
        SecurityTokenInvalidAudienceException => WrongAudience,
        SecurityTokenExpiredException or SecurityTokenNoExpirationException or SecurityTokenNotYetValidException or SecurityTokenInvalidLifetimeException => Expired,
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidAlgorithmException => WrongSignature,
        OpenIdConnectProtocolInvalidNonceException => WrongNonce,
        // A code that was used already.
        OpenIdConnectProtocolException used when used.Data["error"] is "invalid_grant" => NotBegunHere,
        InvalidConfigurationException => WrongIssuer,
        HttpRequestException or OperationCanceledException or IOException => Down,
        _ => null,
    };
}
