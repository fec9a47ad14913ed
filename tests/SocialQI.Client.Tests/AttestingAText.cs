using Bunit;
using SocialQI.Cases;
using SocialQI.Client.Cases;
using Xunit;
using static SocialQI.Client.Tests.Ward;

namespace SocialQI.Client.Tests;

public class AttestingAText : Screen
{
    private const string Telling = "Mrs Tull was seen on 14 March 2024.";

    private static Task Submit(IRenderedComponent<CasePage> page, string form) => Act(page, form, e => e.SubmitAsync());

    private static string Marks(IRenderedComponent<CasePage> page) => string.Join('|', page.FindAll("[data-testid=mark] mark").Select(m => m.TextContent));

    [Fact]
    public async Task Asks_about_marked_words_before_they_leave_home()
    {
        var page = ShowCase();
        await Type(page, "[data-testid=say]", Telling);
        await Submit(page, "[data-testid=composer]");
        page.WaitForAssertion(() => Assert.Equal("Mrs Tull|14 March 2024", Marks(page)));
        page.WaitForAssertion(() => Assert.Contains("Look at the marked words first", page.Find("[data-testid=composer] [data-testid=refusal]").TextContent, StringComparison.Ordinal));
        Assert.Empty(Sent);
    }

    [Fact]
    public async Task Marks_them_while_one_writes()
    {
        var page = ShowCase();
        await Type(page, "[data-testid=say]", Telling);
        page.WaitForAssertion(() => Assert.Equal("Mrs Tull|14 March 2024", Marks(page)));
        Assert.Contains("name", page.Find("[data-testid=mark]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_what_was_taken_out_and_what_was_said_to_be_none()
    {
        var page = ShowCase();
        await Type(page, "[data-testid=say]", Telling);
        page.WaitForAssertion(() => Assert.Equal("Mrs Tull|14 March 2024", Marks(page)));
        await Click(page, "[data-testid=mark]:last-child [data-testid=take-out]");
        page.WaitForAssertion(() => Assert.Equal("Mrs Tull", Marks(page)));
        await Click(page, "[data-testid=not-one]");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=marks]")));
        await Submit(page, "[data-testid=composer]");
        page.WaitForState(() => Sent.Count > 0);
        var sent = Assert.IsType<PostContribution>(Assert.Single(Sent));
        Assert.Equal(("Mrs Tull was seen on ….", new Attestation(1)), (sent.Text, sent.Attestation));
    }

    [Fact]
    public async Task Says_of_all_at_once_that_they_are_none()
    {
        var page = ShowCase();
        await Type(page, "[data-testid=say]", Telling);
        await Click(page, "[data-testid=none-of-these]");
        await Submit(page, "[data-testid=composer]");
        page.WaitForState(() => Sent.Count > 0);
        Assert.Equal(new Attestation(2), Assert.IsType<PostContribution>(Assert.Single(Sent)).Attestation);
    }

    [Fact]
    public async Task Asks_nothing_where_only_the_home_reads()
    {
        History[1] = Of(2, Ada, new CaseOpened(new Visibility(VisibilityKind.Institution), []));
        var page = ShowCase();
        await Type(page, "[data-testid=say]", Telling);
        await Submit(page, "[data-testid=composer]");
        page.WaitForState(() => Sent.Count > 0);
        Assert.Null(Assert.IsType<PostContribution>(Assert.Single(Sent)).Attestation);
    }

    [Fact]
    public async Task Opens_a_case_only_when_it_was_read_and_every_mark_looked_at()
    {
        History.RemoveAt(1);
        History[0] = Of(1, Ada, new CaseStarted("Fever of Mrs Tull", "Marrow tonight?", null, [new(SectionKind.Course, "Worse since 3/14/2024.")]));
        Reply = new(1, 1);
        var page = ShowCase();
        await Click(page, "[data-testid=open-case]");
        page.WaitForAssertion(() => Assert.Equal("Mrs Tull|3/14/2024", Marks(page)));
        await Submit(page, "[data-testid=audience-form]");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-testid=audience-form] [data-testid=refusal]")));
        Assert.Empty(Sent);

        await Click(page, "[data-testid=mark] [data-testid=take-out]");
        page.WaitForState(() => Sent.Count == 1);
        Assert.Equal("Fever of …", Assert.IsType<ReviseCase>(Sent[0]).Title);
        await Happens(page, Of(2, Ada, new CaseRevised("Fever of …", "Marrow tonight?", null)));
        page.WaitForAssertion(() => Assert.Equal("3/14/2024", Marks(page)));
        await Click(page, "[data-testid=not-one]");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=marks]")));
        await Submit(page, "[data-testid=audience-form]");
        page.WaitForAssertion(() => Assert.Contains("Say first that you have read it", page.Find("[data-testid=audience-form]").TextContent, StringComparison.Ordinal));

        await Act(page, "[data-testid=attest] input", e => e.ChangeAsync(true));
        await Submit(page, "[data-testid=audience-form]");
        page.WaitForState(() => Sent.Count == 2);
        Assert.Equal(new Attestation(1), Assert.IsType<OpenCase>(Sent[1]).Attestation);
    }

    [Fact]
    public async Task Asks_about_what_is_written_anew_too()
    {
        History.Add(Said(3, "Marrow at noon.", Ada));
        var page = ShowCase();
        await Click(page, "#n3 [data-testid=edit]");
        await Type(page, "[data-testid=edit-form] textarea", Telling);
        await Submit(page, "[data-testid=edit-form]");
        page.WaitForAssertion(() => Assert.Equal("Mrs Tull|14 March 2024", Marks(page)));
        Assert.Empty(Sent);
    }
}
