using System.Security.Claims;
using SocialQI.Clinicians;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.Institutions;
using SocialQI.Server.Auditing;
using SocialQI.Server.Gateway;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn.Providers;

/// <summary>
/// Somebody has come back from their institution's provider. Who they are is their institution, its issuer and the subject there. The first time makes
/// them what the mapping says and no more; later times change nothing of that.
/// </summary>
internal sealed class Arriving(Stores stores, Rounds rounds, Entering entering)
{
    private KeptIdentities Identities => stores.Default.Identities;

    /// <summary>Signs them in. Null: done.</summary>
    public async Task<Refusal?> Enter(HttpContext http, Provider provider, ClaimsPrincipal who)
    {
        var stop = http.RequestAborted;
        if (SubjectOf(provider, who) is not { } subject)
        {
            return ProviderRefusals.NotUnderstood;
        }
        var person = (await Identities.Find(subject, stop))?.Person;
        if (person is null || (await rounds.Tables.Passport(person.Value, stop)).Grade is null)
        {
            // Also where it was interrupted after the first of the two steps.
            if (ClaimReading.Read(provider.Mapping, ClaimsOf(who), provider.Institution) is not { } register)
            {
                return ClaimReading.NoName;
            }
            person ??= await Identities.Keep(subject, new(Guid.CreateVersion7()), stop);
            if (await Register(person.Value, register) is { } refusal)
            {
                return refusal;
            }
        }
        http.Audit().Person = person;
        var passport = await rounds.Tables.Passport(person.Value, stop);
        return passport.RoleAt(provider.Institution, rounds.Passports.Now) is null ? ProviderRefusals.AffiliationEnded
            : await entering.Enter(http, person.Value, provider.Institution, provider.Id.ToString("N")) ? null
            : ProviderRefusals.Closed;
    }

    /// <summary>From now on this leads to who is signed in: the same session that began it, which is the other proof. Null: done.</summary>
    public async Task<Refusal?> Join(HttpContext http, Provider provider, ClaimsPrincipal who, Guid session)
    {
        var stop = http.RequestAborted;
        if (SignedIn.Session(http.User) != session || SignedIn.Person(http.User) is not { } me)
        {
            return ProviderRefusals.OtherSession;
        }
        if (SubjectOf(provider, who) is not { } subject)
        {
            return ProviderRefusals.NotUnderstood;
        }
        // The table forgets what has ended, the person's topic does not.
        var shown = Json.Decode<ClinicianState>((await rounds.Grains.Topic(me.Topic).Show()).State);
        var held = shown.Affiliations.FirstOrDefault(a => a.Institution == provider.Institution);
        if (held is not null && !held.HoldsAt(rounds.Passports.Now))
        {
            return ProviderRefusals.AffiliationEnded;
        }
        if (await Identities.Keep(subject, me, stop) != me)
        {
            return ProviderRefusals.TakenByAnother;
        }
        return held is not null ? null : await Grant(me, provider, ClaimReading.RoleIn(provider.Mapping, ClaimsOf(who)));
    }

    // Of two who come at once both ask for the same by the same id, or the second is told that it was done.
    private async Task<Refusal?> Register(ClinicianId person, RegisterClinician register)
    {
        var answer = await rounds.Grains.Ask(person.Topic, DerivedId.Of("first-sign-in", person), register, Passport.OfOperator, rounds.Passports.Now);
        return answer.Refusal is { } no && no.Code != Refusal.AlreadyThere.Code && no.Code != Refusal.CommandIdReused.Code ? no : null;
    }

    private async Task<Refusal?> Grant(ClinicianId person, Provider provider, InstitutionRole role)
    {
        var id = DerivedId.Of("join", person, provider.Institution);
        return (await rounds.Grains.Ask(person.Topic, id, new GrantAffiliation(provider.Institution, role), Passport.OfOperator, rounds.Passports.Now)).Refusal;
    }

    private static Subject? SubjectOf(Provider provider, ClaimsPrincipal who) =>
        who.FindFirst("sub")?.Value is { Length: > 0 and <= Subject.NameLengthMax } name && !name.Any(char.IsControl) ? new(provider.Institution, provider.Issuer, name) : null;

    private static Func<string, IReadOnlyList<string>> ClaimsOf(ClaimsPrincipal who) => claim => [.. who.FindAll(claim).Select(c => c.Value)];
}
