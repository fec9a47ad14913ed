using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SocialQI.Cases;

namespace SocialQI.Communities;

/// <summary>Somebody invited, and until when.</summary>
public sealed record Invitation(ClinicianId Guest, Moment Until);

/// <summary>A community as it stands now. Its members are a list in the database, read in pages; here are their number and the moderators.</summary>
/// <param name="Number">The last event folded in; 0 when there is none.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Conditions">The conditions it is interested in.</param>
/// <param name="Members">How many there are, moderators included.</param>
/// <param name="Moderators">Who moderates.</param>
/// <param name="Invitations">Invitations that wait for an answer.</param>
/// <param name="Requests">Who asked to join and waits for an answer.</param>
public sealed record CommunityState(
    long Number,
    string Name,
    string Purpose,
    ImmutableArray<Condition> Conditions,
    int Members,
    ImmutableArray<ClinicianId> Moderators,
    ImmutableArray<Invitation> Invitations,
    ImmutableArray<ClinicianId> Requests)
{
    /// <summary>The longest name.</summary>
    public const int NameLengthMax = 80;

    /// <summary>The longest purpose.</summary>
    public const int PurposeLengthMax = 1_000;

    /// <summary>The most conditions of interest.</summary>
    public const int ConditionsMax = 50;

    /// <summary>The most members.</summary>
    public const int MembersMax = 20_000;

    /// <summary>The most moderators.</summary>
    public const int ModeratorsMax = 50;

    /// <summary>The most invitations, and the most requests, that can wait at once.</summary>
    public const int WaitingMax = 500;

    /// <summary>How long an invitation waits.</summary>
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(14);

    /// <summary>The most members that can be muted at once.</summary>
    public const int MutedMax = 100;

    /// <summary>Who may not write in cases that are open to it, until when; default when everybody may.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<Muting> Muted { get; init; }

    /// <summary>Before anything happened.</summary>
    public static readonly CommunityState None = new(0, "", "", [], 0, [], [], []);

    /// <summary>The community after this event.</summary>
    public CommunityState After(Envelope happened)
    {
        var next = this with { Number = happened.N };
        return happened.Event switch
        {
            CommunityFounded it => next with { Name = it.Name, Purpose = it.Purpose, Conditions = it.Conditions },
            CommunityRevised it => next with { Name = it.Name, Purpose = it.Purpose, Conditions = it.Conditions },
            ClinicianInvited invited => next with { Invitations = Uninvited(invited.Guest).Add(new(invited.Guest, invited.Until)) },
            InvitationDeclined declined => next with { Invitations = Uninvited(declined.Guest) },
            InvitationExpired expired => next with { Invitations = Uninvited(expired.Guest) },
            JoinRequested asked => next with { Requests = Requests.Remove(asked.Who).Add(asked.Who) },
            JoinDeclined declined => next with { Requests = Requests.Remove(declined.Who) },
            MemberJoined joined => next with
            {
                Members = Members + 1,
                Moderators = WithRole(joined.Who, joined.Role),
                Invitations = Uninvited(joined.Who),
                Requests = Requests.Remove(joined.Who),
            },
            MemberLeft left => next with { Members = Members - 1, Moderators = Moderators.Remove(left.Who) },
            MemberRemoved removed => next with { Members = Members - 1, Moderators = Moderators.Remove(removed.Who) },
            MemberMuted muted => next with { Muted = [.. Muted.OrEmpty().Where(m => m.Who != muted.Who && m.Until > happened.At), new(muted.Who, muted.Until)] },
            MemberUnmuted unmuted => next with { Muted = Unmuted(unmuted.Who) },
            MemberRoleChanged changed => next with { Moderators = WithRole(changed.Who, changed.Role) },
            _ => next,
        };
    }

    private ImmutableArray<Invitation> Uninvited(ClinicianId guest) => Invitations.RemoveAll(i => i.Guest == guest);

    private ImmutableArray<Muting> Unmuted(ClinicianId who) => HiddenFold.OrNone(Muted.OrEmpty().RemoveAll(m => m.Who == who));

    private ImmutableArray<ClinicianId> WithRole(ClinicianId who, CommunityRole role) =>
        role == CommunityRole.Moderator ? Moderators.Remove(who).Add(who) : Moderators.Remove(who);
}
