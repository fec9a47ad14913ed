using Microsoft.Playwright;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Browser.Tests;

/// <summary>
/// What visitors do and see. Whoever arrived leaves at the end, and no page may have complained: no error in a console, no request to elsewhere.
/// When a story fails, what its visitors saw is kept in artifacts/browser.
/// </summary>
public abstract class Story(House house) : IAsyncLifetime
{
    private readonly List<Visitor> visitors = [];

    protected House House => house;

    /// <summary>The service that is visited.</summary>
    protected virtual ServerProcess Service => house.Service;

    /// <summary>By which address.</summary>
    protected virtual Uri Address => Service.Address;

    protected async Task<Visitor> Arrive(BrowserNewContextOptions? how = null)
    {
        var visitor = await Visitor.Arrive(house.Browser, Address, how);
        lock (visitors)
        {
            visitors.Add(visitor);
        }
        return visitor;
    }

    /// <summary>Somebody who is signed in and has opened a page.</summary>
    protected async Task<Visitor> Arrive(string user, string path, BrowserNewContextOptions? how = null) =>
        await (await (await Arrive(how)).SignedIn(user)).At(path);

    /// <summary>Imani Cole of North Harbour and Ines Falkner of Thornmere, each before the same page.</summary>
    protected async Task<(Visitor Imani, Visitor Ines)> BothArrive(string path)
    {
        var (imani, ines) = (Arrive("imani.cole", path), Arrive("ines.falkner", path));
        return (await imani, await ines);
    }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            await KeepPictures();
        }
        var complaints = visitors.SelectMany(v => v.Complaints()).ToArray();
        foreach (var visitor in visitors)
        {
            await visitor.DisposeAsync();
        }
        Assert.True(complaints.Length == 0, "Pages complained:\n" + string.Join('\n', complaints));
    }

    protected static ILocatorAssertions Expect(ILocator what) => Assertions.Expect(what);

    protected static IPageAssertions Expect(IPage page) => Assertions.Expect(page);

    private async Task KeepPictures()
    {
        var folder = Path.Combine(ServerProcess.Root, "artifacts/browser");
        Directory.CreateDirectory(folder);
        foreach (var (place, visitor) in visitors.Index())
        {
            var name = $"{GetType().Name}.{TestContext.Current.TestMethod?.MethodName}.{place}.png";
            await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
        }
    }
}
