using SocialQI.Clinicians;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class KeepingAnInbox
{
    private static readonly TopicId Noon = TopicId.Case(CaseHistory.NorthHarbour, new Guid(7, 0, 0, new byte[8]));

    private readonly History<ClinicianTopic> ben = new(new ClinicianRules(), CaseHistory.Ben.Person.Topic);

    public KeepingAnInbox() => Assert.Null(ben.Ask(
        Passport.OfOperator, new RegisterClinician("Ben Arroyo", "Cardiology", Grade.Fellow, CaseHistory.Thornmere, InstitutionRole.Clinician)));

    [Fact]
    public void Takes_mentions_from_the_service_alone()
    {
        var note = new NoteMention(Noon, 5, CaseHistory.Ada.Person, MentionReason.Mention);
        Assert.Equal(Refusal.NotThere, ben.Ask(CaseHistory.Ben, note));
        Assert.Equal(Refusal.NotThere, ben.Ask(CaseHistory.Ada, note));
        Assert.Null(ben.Ask(Passport.OfOperator, note));
        Assert.Equal((Noon, 5L, CaseHistory.Ada.Person), (ben.State.Shown.Inbox[0].Topic, ben.State.Shown.Inbox[0].Contribution, ben.State.Shown.Inbox[0].From));
    }

    [Fact]
    public void Holds_the_last_lines_only()
    {
        for (var i = 1; i <= ClinicianState.InboxMax + 3; i++)
        {
            ben.Ask(Passport.OfOperator, new NoteMention(Noon, i, CaseHistory.Ada.Person, MentionReason.Reply));
        }
        Assert.Equal((ClinicianState.InboxMax, 4L), (ben.State.Shown.Inbox.Length, ben.State.Shown.Inbox[0].Contribution));
    }

    [Fact]
    public void Is_read_forwards_only_and_not_beyond_its_end()
    {
        ben.Ask(Passport.OfOperator, new NoteMention(Noon, 5, CaseHistory.Ada.Person, MentionReason.Mention));
        Assert.Null(ben.Ask(CaseHistory.Ben, new ReadInbox(3)));
        Assert.Null(ben.Ask(CaseHistory.Ben, new ReadInbox(1)));
        Assert.Equal(3, ben.State.Shown.ReadThrough);
        Assert.Equal("out-of-range", ben.Ask(CaseHistory.Ben, new ReadInbox(99))?.Code);
    }

    [Fact]
    public void Stands_beside_what_is_followed_which_counts_once()
    {
        Assert.Null(ben.Ask(CaseHistory.Ben, new FollowTopic(Noon)));
        Assert.Null(ben.Ask(CaseHistory.Ben, new FollowTopic(Noon)));
        Assert.Equal([Noon], ben.State.Shown.Follows);
        Assert.Null(ben.Ask(CaseHistory.Ben, new UnfollowTopic(Noon)));
        Assert.Empty(ben.State.Shown.Follows);
    }
}
