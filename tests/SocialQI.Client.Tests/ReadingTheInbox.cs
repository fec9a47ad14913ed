using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.Home;
using SocialQI.Clinicians;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class ReadingTheInbox : ListScreen
{
    private static readonly InboxLine Early = new(2, default, Fever, 7, Ben, MentionReason.Mention), Late = new(3, default, TopicOf(1), 9, Ada, MentionReason.Reply);

    [Fact]
    public void Where_nothing_came_it_is_said_what_will_stand_here()
    {
        var page = Show();
        page.WaitForAssertion(() => Assert.Contains("When a colleague mentions you", page.Find("[data-testid=empty]").TextContent));
    }

    [Fact]
    public void Each_line_leads_to_its_contribution()
    {
        var page = Show(Early, Late);
        page.WaitForAssertion(() => Assert.Equal([$"case/{TopicOf(1)}#n9", $"case/{Fever}#n7"], page.FindAll(".go").Select(a => a.GetAttribute("href"))));
    }

    [Fact]
    public void A_late_action_leads_to_the_record_of_its_session()
    {
        var session = TopicId.Rounds(InstitutionId.Parse("north-harbour"), new Guid(9, 0, 0, new byte[8]));
        var page = Show(new InboxLine(4, default, session, 12, ClinicianId.Operator, MentionReason.Action));
        page.WaitForAssertion(() => Assert.Equal($"rounds/{session}/record", page.Find(".go").GetAttribute("href")));
        Assert.Contains("An action of yours is late", page.Find(".go").TextContent);
    }

    [Fact]
    public void A_seat_leads_to_where_its_entry_is_asked_for()
    {
        var panel = TopicId.Panel(InstitutionId.Parse("north-harbour"), new Guid(9, 0, 0, new byte[8]));
        var page = Show(new InboxLine(5, default, panel, 12, Ben, MentionReason.Seat), new InboxLine(4, default, Fever, 12, Ben, MentionReason.Seat));
        page.WaitForAssertion(() => Assert.Equal([$"panel/{panel}", $"case/{Fever}/opinions"], page.FindAll(".go").Select(a => a.GetAttribute("href"))));
        Assert.Contains("A panel", page.Find(".what").TextContent, StringComparison.Ordinal);
    }

    // Their words are asked for by name: one that is missing would be shown as its name.
    [Theory]
    [InlineData(typeof(InboxPage))]
    [InlineData(typeof(NeedsYou))]
    public void Every_reason_has_its_words(Type page)
    {
        var texts = Services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizerFactory>().Create(page);
        Assert.All(Enum.GetNames<MentionReason>(), reason => Assert.False(texts["Because" + reason].ResourceNotFound, reason));
    }

    [Fact]
    public void A_case_is_called_by_its_title()
    {
        Cases = new([Line(1, "Sodium 118")]);
        var page = Show(Late);
        page.WaitForAssertion(() => Assert.Contains("Sodium 118", page.Find(".what").TextContent));
    }

    [Fact]
    public async Task All_of_it_is_marked_up_to_the_last_line()
    {
        Reply = new Answer(4, 4);
        var page = Show(Early, Late);
        await Press(page, "[data-testid=read-all]");
        page.WaitForAssertion(() => Assert.Equal([new ReadInbox(3)], Sent));
    }

    [Fact]
    public async Task Who_opens_the_oldest_unread_line_has_read_it()
    {
        var page = Show(Early, Late);
        await page.InvokeAsync(() => { _ = page.FindAll(".go")[1].ClickAsync(); });
        page.WaitForAssertion(() => Assert.Equal([new ReadInbox(2)], Sent));
    }

    [Fact]
    public async Task Who_opens_a_later_one_has_not_read_those_before()
    {
        var page = Show(Early, Late);
        await Press(page, ".go");
        Assert.Empty(Sent);
    }

    private IRenderedComponent<InboxPage> Show(params InboxLine[] lines)
    {
        Mine = Mine with { Inbox = [.. lines] };
        Arrive();
        var page = Render<InboxPage>();
        page.WaitForAssertion(() => Assert.Equal(lines.Length, page.FindAll(".unread").Count));
        return page;
    }
}
