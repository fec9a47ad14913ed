using System.Text;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using SocialQI.Cases;
using SocialQI.Client.Cases;
using SocialQI.Client.Cases.Images;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

/// <summary>Images beside what is written, and in what was said. What the script does is done here by its name.</summary>
public class ShowingImages : Screen
{
    private static readonly KeptImage Film = new(ImageHash.Of(new byte[32]), ImageType.Jpeg, 1024, 768);
    private static readonly KeptImage Scan = new(ImageHash.Of([.. Enumerable.Repeat((byte)1, 32)]), ImageType.Png, 300, 900);

    [Fact]
    public async Task Sends_the_file_first_and_names_it_in_the_contribution()
    {
        var page = ShowCase();
        Assert.Equal($"api/topics/{Fever}/images", await Choose(page, 1));
        await Arrive(page, 1, Film);
        await Type(page, "[data-testid=alt]", "Chest film, day 1");
        await Write(page, "See the film.");
        page.WaitForState(() => Sent.Count > 0);
        var image = Assert.Single(Assert.IsType<PostContribution>(Assert.Single(Sent)).Images);
        Assert.Equal(new CaseImage(Film.Hash, 1024, 768, ImageType.Jpeg, "Chest film, day 1"), image);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=attachment]")));
        page.WaitForAssertion(() => Assert.EndsWith($"{Film.Hash}/thumb", page.Find("[data-testid=sending] img").GetAttribute("src"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_fact_of_an_author_too()
    {
        var page = ShowCase();
        await Choose(page, 1);
        await Arrive(page, 1, Scan);
        await Type(page, "[data-testid=alt]", "Rhythm strip");
        await Click(page, "[data-testid=kind-fact]");
        await Write(page, "In rhythm again.");
        page.WaitForState(() => Sent.Count > 0);
        Assert.Equal(Scan, Assert.Single(Assert.IsType<AddFact>(Assert.Single(Sent)).Images).Kept);
    }

    [Fact]
    public async Task Without_any_sends_none()
    {
        var page = ShowCase();
        await Write(page, "No film.");
        page.WaitForState(() => Sent.Count > 0);
        Assert.True(Assert.IsType<PostContribution>(Assert.Single(Sent)).Images.IsDefault);
    }

    [Fact]
    public async Task Is_not_sent_before_each_is_here_and_described()
    {
        var page = ShowCase();
        await Choose(page, 1);
        await Write(page, "See the film.");
        page.WaitForAssertion(() => Assert.Contains("still on its way", Why(page), StringComparison.Ordinal));
        await Arrive(page, 1, Film);
        page.WaitForAssertion(() => Assert.Empty(Why(page)));
        await Write(page, "See the film.");
        page.WaitForAssertion(() => Assert.Contains("Describe what each image shows", Why(page), StringComparison.Ordinal));
        Assert.Empty(Sent);
        await Type(page, "[data-testid=alt]", "Chest film");
        await Write(page, "See the film.");
        page.WaitForState(() => Sent.Count == 1);
    }

    [Fact]
    public async Task Shows_how_far_a_file_is()
    {
        var page = ShowCase();
        await Choose(page, 1);
        await page.InvokeAsync(() => Attachments(page).Progressed(1, 40));
        Assert.Equal("40", page.Find("[data-testid=attachment] progress").GetAttribute("value"));
    }

    [Fact]
    public async Task Refused_says_why_under_the_file_and_offers_no_vain_attempt()
    {
        var page = ShowCase();
        await Choose(page, 1);
        await page.InvokeAsync(() => Attachments(page).Arrived(1, 422, """{"type":"urn:socialqi:refusal:not-a-png-or-jpeg","title":"not-a-png-or-jpeg","status":422,"detail":"This is not a PNG or JPEG image."}"""));
        Assert.Contains("This is not a PNG or JPEG image.", page.Find("[data-testid=attachment] [data-testid=refusal]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=send-image-again]"));
        await Write(page, "See the film.");
        page.WaitForAssertion(() => Assert.Contains("not sent", Why(page), StringComparison.Ordinal));
        await Click(page, "[data-testid=remove-image]");
        await Write(page, "See no film.");
        page.WaitForState(() => Sent.Count == 1);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(503, """{"title":"not-now","detail":"Who may see what cannot be checked at the moment."}""")]
    public async Task That_did_not_arrive_waits_to_be_sent_again(int status, string body)
    {
        var page = ShowCase();
        await Choose(page, 1);
        await page.InvokeAsync(() => Attachments(page).Arrived(1, status, body));
        Assert.NotEmpty(page.Find("[data-testid=attachment] [data-testid=refusal]").TextContent);
        await Click(page, "[data-testid=send-image-again]");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("[data-testid=attachment] progress")));
        await Arrive(page, 1, Film);
        Assert.Single(page.FindAll("[data-testid=attachment] img"));
    }

    [Fact]
    public async Task Over_20_MB_is_refused_before_it_is_sent()
    {
        var page = ShowCase();
        Assert.Null(await Choose(page, 1, KeptImage.BytesMax + 1));
        Assert.Contains("at most 20 MB", page.Find("[data-testid=attachment] [data-testid=refusal]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_eleventh_is_not_taken()
    {
        var page = ShowCase();
        for (var key = 1; key <= Contribution.ImagesMax; key++)
        {
            Assert.NotNull(await Choose(page, key));
        }
        Assert.Null(await Choose(page, 11));
        Assert.Equal(Contribution.ImagesMax, page.FindAll("[data-testid=attachment]").Count);
        Assert.Contains("at most 10 images", Why(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_sent_comes_back_with_its_images()
    {
        Reply = Answer.No(new Refusal("not-like-this", "Not like this."));
        var page = ShowCase();
        await Choose(page, 1);
        await Arrive(page, 1, Film);
        await Type(page, "[data-testid=alt]", "Chest film");
        await Write(page, "Not as it should be.");
        await Click(page, "[data-testid=edit-unsent]");
        page.WaitForAssertion(() => Assert.Equal("Chest film", page.Find("[data-testid=alt]").GetAttribute("value")));
        Reply = null;
        await Write(page, "See the film.");
        page.WaitForState(() => Sent.Count == 2);
        Assert.Equal("Chest film", Assert.Single(((PostContribution)Sent[1]).Images).Alt);
    }

    [Fact]
    public void Has_its_size_before_its_bytes_and_a_name_for_who_cannot_see_it()
    {
        var page = ShowCase(Shown(3, Film, Scan));
        var images = page.FindAll("#n3 [data-testid=images] img");
        Assert.Equal([("1024", "768"), ("300", "900")], images.Select(i => (i.GetAttribute("width")!, i.GetAttribute("height")!)));
        Assert.Equal(["Film 0", "Film 1"], images.Select(i => i.GetAttribute("alt")));
        Assert.Equal($"api/topics/{Fever}/images/{Film.Hash}/thumb", images[0].GetAttribute("src"));
    }

    [Fact]
    public async Task Is_not_shown_once_it_is_withdrawn()
    {
        var page = ShowCase(Shown(3, Film));
        Assert.Single(page.FindAll("#n3 img"));
        await Happens(page, Of(4, Ben, new ContributionWithdrawn(3)));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#n3 img")));
    }

    [Fact]
    public async Task Opens_large_and_turns_to_the_next_and_closes()
    {
        var page = ShowCase(Shown(3, Film, Scan));
        await Click(page, "#n3 .shot");
        page.WaitForAssertion(() => Assert.Equal($"api/topics/{Fever}/images/{Film.Hash}", page.Find("[data-testid=lightbox] img").GetAttribute("src")));
        Assert.True(page.Find("[data-testid=previous-image]").HasAttribute("disabled"));
        await Click(page, "[data-testid=next-image]");
        page.WaitForAssertion(() => Assert.Contains("Film 1", page.Find("[data-testid=lightbox-alt]").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find("[data-testid=next-image]").HasAttribute("disabled"));
        await page.InvokeAsync(() => page.FindComponent<Lightbox>().Instance.Closed());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=lightbox]")));
    }

    private static Envelope Shown(long n, params KeptImage[] images) => Of(n, Ben, new ContributionPosted(
        ContributionKind.Comment, "See.", null, null, [], null, null, [.. images.Select((i, at) => new CaseImage(i.Hash, i.Width, i.Height, i.Type, $"Film {at}"))]));

    private static Attachments Attachments(IRenderedComponent<CasePage> page) => page.FindComponent<Attachments>().Instance;

    private static async Task<string?> Choose(IRenderedComponent<CasePage> page, int key, long size = 1_000)
    {
        string? address = null;
        page.WaitForElement("[data-testid=composer]");
        await page.InvokeAsync(() => address = Attachments(page).Chose(key, $"film{key}.jpg", size));
        return address;
    }

    private static Task Arrive(IRenderedComponent<CasePage> page, int key, KeptImage kept) =>
        page.InvokeAsync(() => Attachments(page).Arrived(key, 200, Encoding.UTF8.GetString(Json.Encode(kept))));

    private static async Task Write(IRenderedComponent<CasePage> page, string text)
    {
        await Type(page, "[data-testid=say]", text);
        await Act(page, "[data-testid=say]", e => e.KeyDownAsync(new KeyboardEventArgs { Key = "Enter", CtrlKey = true }));
    }

    private static string Why(IRenderedComponent<CasePage> page) => string.Concat(page.FindAll("[data-testid=composer] [data-testid=refusal]").Select(r => r.TextContent));

    private IRenderedComponent<CasePage> ShowCase(params Envelope[] said)
    {
        History.AddRange(said);
        return base.ShowCase();
    }
}
