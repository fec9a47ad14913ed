using System.Text;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using SocialQI.Cases;
using SocialQI.Client.Live;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class HidingAContribution : Screen
{
    private static readonly Envelope Hidden = Of(4, Ben, new ContributionHidden(3, HidingReason.Identifiers));

    [Fact]
    public async Task Takes_its_words_from_the_screen_at_once_and_says_why()
    {
        History.Add(Said(3, "Mrs Tull again."));
        var page = ShowCase();
        page.WaitForAssertion(() => Assert.Contains("Mrs Tull", page.Find("#n3").TextContent, StringComparison.Ordinal));
        await Happens(page, Hidden);
        page.WaitForAssertion(() => Assert.Contains("Hidden: may tell who the patient is.", page.Find("#n3 [data-testid=hidden]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Mrs Tull", page.Markup, StringComparison.Ordinal);
        // Ben wrote it, and Ada keeps no order here.
        Assert.Empty(page.FindAll("#n3 [data-testid=look]"));
    }

    [Fact]
    public async Task Shows_it_to_its_author_who_does_not_restore_it()
    {
        History.AddRange([Said(3, "Mrs Tull again.", Ada), Hidden]);
        var page = ShowCase();
        await Click(page, "#n3 [data-testid=look]");
        page.WaitForAssertion(() => Assert.Contains("Mrs Tull again.", page.Find("#n3 [data-testid=hidden-text]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#n3 [data-testid=restore]"));
    }

    [Fact]
    public async Task Is_asked_for_by_whoever_sees_it()
    {
        History.Add(Said(3, "Mrs Tull again."));
        var page = ShowCase();
        await Click(page, "#n3 [data-testid=card-menu]");
        Assert.Empty(page.FindAll("#n3 [data-testid=hide]"));
        Assert.Empty(page.FindAll("#n3 [data-testid=mute]"));
        await Click(page, "#n3 [data-testid=report]");
        await page.InvokeAsync(() => Services.GetRequiredService<SocialQI.Client.Frame.Confirming>().Answer(true));
        page.WaitForState(() => Sent.Count > 0);
        Assert.Equal(new ReportIdentifiers(3), Assert.Single(Sent));
    }

    [Fact]
    public void Leaves_its_words_nowhere_in_what_the_browser_keeps_and_asks_for_them_when_it_is_restored()
    {
        var feed = Feed(Started, Opened, Said(3, "Mrs Tull again."));
        feed.Arrived([Hidden]);
        Assert.Equal([""], feed.State!.Case.Texts());
        Assert.Equal(Need.Nothing, feed.Need);

        feed.Arrived([Of(5, Ada, new ContributionRestored(3))]);
        Assert.Equal([""], feed.State!.Case.Texts());
        Assert.Equal(Need.Open, feed.Need);
        feed.Asking();
        feed.Opened(AsOpened(Fold(Started, Opened, Said(3, "Mrs Tull again."), Hidden, Of(5, Ada, new ContributionRestored(3)))));
        Assert.Equal(["Mrs Tull again."], feed.State!.Case.Texts());
        Assert.Equal((5L, Need.Follow), (feed.Last, feed.Need));
    }

    protected override string? Asked(string path, string query) => path.EndsWith("/contributions/3/hidden", StringComparison.Ordinal)
        ? Encoding.UTF8.GetString(Json.Encode(new HiddenText(Fold(Started, Opened, Said(3, "Mrs Tull again.", Ada)).Recent[0], [new(3, default, "Mrs Tull again.")])))
        : base.Asked(path, query);
}
