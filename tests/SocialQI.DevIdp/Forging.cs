using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SocialQI.DevIdp;

/// <summary>Makes a wrong token of a right one.</summary>
internal static class Forging
{
    private static readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public static string Forge(string token, Misbehaviour how, SecurityKey own)
    {
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(new JsonWebToken(token).EncodedPayload))!.AsObject();
        switch (how)
        {
            case Misbehaviour.WrongIssuer:
                claims["iss"] = "https://elsewhere.example/";
                break;
            case Misbehaviour.WrongNonce:
                claims["nonce"] = "639000000000000000.SomebodyElses";
                break;
            case Misbehaviour.NoNonce:
                claims.Remove("nonce");
                break;
            case Misbehaviour.WrongAudience:
                claims["aud"] = "another-service";
                break;
            case Misbehaviour.Expired:
                claims["exp"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds();
                claims["iat"] = DateTimeOffset.UtcNow.AddHours(-2).ToUnixTimeSeconds();
                claims.Remove("nbf");
                break;
            case Misbehaviour.ClockAhead or Misbehaviour.ClockBehind:
                var now = DateTimeOffset.UtcNow.AddMinutes(how == Misbehaviour.ClockAhead ? 10 : -10);
                claims["iat"] = now.ToUnixTimeSeconds();
                claims["nbf"] = now.ToUnixTimeSeconds();
                claims["exp"] = now.AddMinutes(5).ToUnixTimeSeconds();
                break;
        }
        using var foreign = RSA.Create(2048);
        var key = how switch
        {
            Misbehaviour.WrongSignature => new RsaSecurityKey(foreign.ExportParameters(includePrivateParameters: true)) { KeyId = own.KeyId },
            Misbehaviour.SignedBySecret => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Idp.Secret)) { KeyId = own.KeyId },
            _ => own,
        };
        var payload = claims.ToJsonString();
        return how == Misbehaviour.NotSigned ? handler.CreateToken(payload)
            : handler.CreateToken(payload, new SigningCredentials(key, key is SymmetricSecurityKey ? SecurityAlgorithms.HmacSha256 : SecurityAlgorithms.RsaSha256));
    }
}
