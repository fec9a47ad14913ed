using SocialQI.Clinicians;
using SocialQI.Grains.Keeping;
using SocialQI.Grains.Topics;
using SocialQI.Institutions;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn;

/// <summary>An institution with its first administrator.</summary>
internal sealed record Setup(InstitutionId Institution, string InstitutionName, string User, string Name, string Password);

/// <summary>Founds an institution with its first administrator, who makes everything else.</summary>
internal sealed class Founding(LocalAccounts accounts, OneTimeLinks links, Stores stores, IGrainFactory grains, TimeProvider clock)
{
    /// <summary>Why it was not done; null when it was.</summary>
    public async Task<Refusal?> Run(Setup setup, CancellationToken stop)
    {
        if (LocalAccounts.Refuse(setup.Password) is { } tooShort)
        {
            return tooShort;
        }
        if (setup.User.Trim().Length is 0 or > LocalAccounts.UserLengthMax)
        {
            return Refusal.OutOfRange("user name's length", 1, LocalAccounts.UserLengthMax);
        }
        if (await accounts.Find(setup.User) is not null)
        {
            return Refusal.AlreadyThere;
        }
        // All ids are derived, so that what was refused or interrupted half-way is done to its end by asking again.
        var id = DerivedId.Of("setup", setup.Institution, setup.User);
        var person = new ClinicianId(id);
        var now = Moment.Of(clock.GetUtcNow());
        var isFounded = await stores.Default.Journal.Done(setup.Institution.Topic, id, stop) is not null;
        if (!isFounded && (await grains.Ask(setup.Institution.Topic, id, new FoundInstitution(setup.InstitutionName), Passport.OfOperator, now)).Refusal is { } no)
        {
            return no;
        }
        var register = new RegisterClinician(setup.Name, "Administration", Grade.Other, setup.Institution, InstitutionRole.Administrator);
        if ((await grains.Ask(person.Topic, id, register, Passport.OfOperator, now)).Refusal is { } refused)
        {
            return refused;
        }
        await accounts.Keep(new(LocalAccounts.Normal(setup.User), person, setup.Institution), setup.Password);
        // Whoever still has the link that an empty service printed comes too late.
        await links.Forget(OneTimeLinks.Found, stop);
        return null;
    }
}
