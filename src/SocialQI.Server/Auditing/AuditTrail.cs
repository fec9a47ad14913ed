using System.Text.Json;
using SocialQI.Server.Gateway;
using SocialQI.Storage;
using SocialQI.Storage.Audit;

namespace SocialQI.Server.Auditing;

/// <summary>Who acts: a person, a machine or the operator, and from where.</summary>
/// <param name="Person">Null where it is none, or where nobody knows who it is.</param>
/// <param name="Machine">The name of a machine, or <see cref="AuditEntry.Operator"/>.</param>
/// <param name="Origin">The client's address.</param>
public readonly record struct Actor(ClinicianId? Person, string? Machine, string? Origin)
{
    public string Name => Person?.ToString() ?? Machine ?? AuditEntry.Nobody;
}

/// <summary>
/// Records what people do, as what and for whom, before they are given what they asked for. No audit, no access: what throws here is answered with
/// <see cref="Refusal.NotAudited"/>.
/// </summary>
public sealed class AuditTrail(Stores stores, Passports passports)
{
    /// <summary>Records an act; when it returns, the record is durable.</summary>
    /// <exception cref="NotAuditedException">It is not, or nobody knows.</exception>
    public async Task<AuditRef> Record(Actor actor, Act act)
    {
        var passport = actor.Person is { } person ? await PassportOf(person) : null;
        var acting = passport?.ActingAt(passports.Now);
        var record = await stores.Default.Audit.Record(new(act.Closes?.Home ?? acting ?? InstitutionId.Network, actor.Name, act.Name, act.Result)
        {
            For = acting,
            Role = acting is { } home && passport!.RoleAt(home, passports.Now) is { } role ? JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString()) : null,
            What = act.What,
            Topic = act.Topic,
            First = act.First,
            Last = act.Last,
            Count = act.Count,
            Purpose = act.Purpose ?? Acts.PurposeOf(act.Name, act.Topic),
            Origin = actor.Origin,
            Flag = act.Flag ?? (act.Topic is { } topic && passport?.HasBrokenAt(topic, passports.Now) == true ? AuditEntry.BreakGlass : null),
            Closes = act.Closes,
        });
        if (act is { Result: not (AuditEntry.Done or AuditEntry.Begun), Closes: null })
        {
            Telemetry.Refused(act.Result);
        }
        return record;
    }

    /// <summary>False when it could not be recorded: nothing may be given out.</summary>
    internal async Task<bool> TryRecord(Actor actor, Act act)
    {
        try
        {
            await Record(actor, act);
            return true;
        }
        catch (NotAuditedException)
        {
            Telemetry.Refused(Refusal.NotAudited.Code);
            return false;
        }
    }

    // While nobody can vouch for a passport its holder is refused everything, and that is recorded as what the table says of them.
    private async Task<Passport?> PassportOf(ClinicianId person)
    {
        try
        {
            return await passports.Of(person, CancellationToken.None) ?? await stores.Default.Tables.Passport(person, CancellationToken.None);
        }
        catch (Exception e) when (Outages.IsOutage(e))
        {
            throw new NotAuditedException(e);
        }
    }
}
