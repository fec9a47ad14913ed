using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SocialQI.Tests;

namespace SocialQI.Browser.Tests;

/// <summary>Somebody at a browser of their own. What its pages complain about is kept: a story ends well only when there is nothing.</summary>
public sealed partial class Visitor : IAsyncDisposable
{
    private const string TooWide = """
        width => {
          const page = document.documentElement;
          if (page.scrollWidth <= width) return [];
          const out = [...document.body.querySelectorAll('*')].filter(e => e.checkVisibility() && (e.getBoundingClientRect().right > width + 1 || e.getBoundingClientRect().left < -1));
          return [`${page.scrollWidth} wide`, ...out.slice(0, 4).map(e => e.outerHTML.slice(0, 120))];
        }
        """;

    private readonly IBrowserContext context;
    private readonly Uri home;
    private readonly List<string> complaints = [];

    private Visitor(IBrowserContext context, IPage page, Uri home)
    {
        (this.context, Page, this.home) = (context, page, home);
        context.Console += (_, message) => Complain(message.Type == "error", $"{message.Text} ({message.Location})");
        context.WebError += (_, error) => Complain(true, error.Error);
        context.Request += (_, request) => Complain(!IsOwn(new Uri(request.Url)), "asked elsewhere: " + request.Url);
        context.Response += (_, response) => Complain(response.Status >= 500, $"{response.Status} from {response.Url}");
    }

    public IPage Page { get; }

    /// <summary>What a page may complain about, because the story is about it.</summary>
    public Regex? Expected { get; set; }

    public ILocator Contributions => Page.GetByTestId("contribution");

    /// <summary>What stands at the end of the timeline while it is on its way.</summary>
    public ILocator Sending => Page.GetByTestId("sending");

    public ILocator Say => Page.GetByTestId("say");

    public ILocator Send => Page.GetByTestId("send");

    /// <summary>What Chromium prints about a request or a socket that does not get through.</summary>
    [GeneratedRegex(@"net::ERR_|^WebSocket connection to ")]
    public static partial Regex AnOutage();

    /// <summary>What Chromium prints when the program asks who is signed in, and nobody is.</summary>
    [GeneratedRegex(@"status of 401 .*/api/me\b")]
    public static partial Regex BeingSignedOut();

    public static async Task<Visitor> Arrive(IBrowser browser, Uri home, BrowserNewContextOptions? how)
    {
        var context = await browser.NewContextAsync(new(how ?? new()) { BaseURL = home.ToString() });
        context.SetDefaultTimeout(House.PatienceMs);
        return new Visitor(context, await context.NewPageAsync(), home);
    }

    /// <summary>Gets the cookie without the form, for stories that are not about signing in.</summary>
    public async Task<Visitor> SignedIn(string user)
    {
        var answer = await context.APIRequest.PostAsync("api/sign-in", new() { DataObject = new { user, password = House.Password } });
        await Expect(answer).ToBeOKAsync();
        return this;
    }

    /// <summary>While this is so, nothing that the service says arrives. Only for who has a <see cref="LineThatMayFail"/>.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>From the next page on, what the service says passes through our hands.</summary>
    public async Task<Visitor> LineThatMayFail()
    {
        await context.RouteWebSocketAsync(new Regex("/hub/"), page =>
        {
            var service = page.ConnectToServer();
            service.OnMessage(said =>
            {
                if (!IsDeaf && said.Text is { } text)
                {
                    page.Send(text);
                }
            });
        });
        return this;
    }

    /// <summary>Opens a page of the service; returns when the program runs and the line is up.</summary>
    public async Task<Visitor> At(string path)
    {
        await Page.GotoAsync(path);
        await ComesUp();
        return this;
    }

    /// <summary>From the next page on, the program speaks another language.</summary>
    public async Task<Visitor> Speaking(string language)
    {
        await context.AddCookiesAsync([new() { Name = "language", Value = Uri.EscapeDataString($"c=en|uic={language}"), Url = home.ToString() }]);
        return this;
    }

    /// <summary>Opens a page of the program and waits for what it is about.</summary>
    public async Task Opens(EveryPage page)
    {
        await At(page.Path);
        await Expect(Page.Locator(page.Shows).First).ToBeVisibleAsync();
        // Lists come after the page.
        await Expect(Page.Locator("main .skeleton, main [aria-busy=true]")).ToHaveCountAsync(0);
    }

    /// <summary>What is wider than the screen; nothing when the page is not.</summary>
    public Task<string[]> StandOut(int width) => Page.EvaluateAsync<string[]>(TooWide, width);

    /// <summary>The line is up, in any language.</summary>
    public Task ComesUp() => Expect(Page.GetByTestId("line")).ToHaveClassAsync(new Regex("state-ok"));

    /// <summary>Writes to the case that is open, by pointer.</summary>
    public async Task Write(string text)
    {
        await Say.FillAsync(text);
        await Send.ClickAsync();
    }

    /// <summary>The contribution with exactly this text.</summary>
    public ILocator Said(string text) => Contributions.Filter(new() { Has = Page.Locator(".text", new() { HasTextRegex = Exactly(text) }) });

    public Task Sees(string text) => Expect(Said(text)).ToHaveCountAsync(1);

    /// <summary>Number and text of every contribution, from top to bottom.</summary>
    public async Task<string[]> Timeline() =>
        await Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-testid=contribution]')].map(c => c.dataset.number + ' ' + c.querySelector('.text').innerText)");

    /// <summary>From now on the page remembers that it was not loaded again.</summary>
    public Task Mark() => Page.EvaluateAsync("() => { window.__stayed = true; }");

    public Task<bool> Stayed() => Page.EvaluateAsync<bool>("() => window.__stayed === true");

    /// <summary>What the pages complained about so far.</summary>
    public string[] Complaints()
    {
        lock (complaints)
        {
            return [.. complaints.Where(c => Expected?.IsMatch(c) != true)];
        }
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private static ILocatorAssertions Expect(ILocator what) => Assertions.Expect(what);

    private static IAPIResponseAssertions Expect(IAPIResponse answer) => Assertions.Expect(answer);

    private static Regex Exactly(string text) => new($@"^\s*{Regex.Escape(text)}\s*$");

    private bool IsOwn(Uri asked) => asked.Scheme is "data" or "blob" || asked.Authority == home.Authority;

    private void Complain(bool isOne, string what)
    {
        if (isOne)
        {
            lock (complaints)
            {
                complaints.Add(what);
            }
        }
    }
}
