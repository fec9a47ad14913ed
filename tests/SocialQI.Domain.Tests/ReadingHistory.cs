using System.Text;
using Xunit;

namespace SocialQI.Domain.Tests;

public sealed class ReadingHistory
{
    [Fact]
    public void Of_a_newer_program_keeps_the_event_and_shows_it_as_unknown()
    {
        var history = CaseHistory.OfOpenCase();
        var envelope = EventCodec.Encode(3, "case-dreamt", 7, new Moment(5), CaseHistory.Ada.Person, null, null, "{\"x\":1}"u8.ToArray());
        var happened = EventCodec.Decode(envelope);
        Assert.Equal(new Unknown("case-dreamt", 7), happened.Event);
        Assert.Equal(history.State.Shown with { Number = 3 }, history.State.Shown.After(happened));
    }

    [Fact]
    public void With_an_unreadable_payload_loses_that_event_alone() =>
        Assert.IsType<Unknown>(EventCodec.DecodePayload("contribution-posted", 1, null, "{\"text\":[]}"u8.ToArray()));

    [Fact]
    public void Names_what_an_event_is_about_in_its_header_alone() => Assert.Equal(
        """{"number":3}""", Encoding.UTF8.GetString(EventCodec.EncodePayload(new Cases.ContributionWithdrawn(3))));

    [Fact]
    public void Writes_the_same_bytes_on_disk_and_wire()
    {
        var bytes = EventCodec.Encode(5, "case-closed", 1, new Moment(12), CaseHistory.Ada.Person, CaseHistory.NorthHarbour, null, "{\"learned\":\"µ\"}"u8.ToArray());
        Assert.Equal(
            """{"n":5,"k":"case-closed","v":1,"at":12,"by":"00000001000000000000000000000000","for":"north-harbour","d":{"learned":"µ"}}""", Encoding.UTF8.GetString(bytes));
    }
}
