using System.Diagnostics;
using System.Globalization;
using SocialQI.Tests;
using Xunit;

namespace SocialQI.Browser.Tests;

public class LosingTheServer(House house) : Story(house)
{
    private const string Before = "Before the outage, from the harbour";
    private const string OnTheWay = "On the way when the power went";
    private const string First = "Written offline, first";
    private const string Second = "Written offline, second";
    private const string AtThornmere = "Written offline at Thornmere";

    private static readonly string[] All = [Before, OnTheWay, First, Second, AtThornmere];

    private ServerProcess service = null!;

    /// <summary>One of its own: the others stay up.</summary>
    protected override ServerProcess Service => service;

    public override async ValueTask InitializeAsync() => service = await ServerProcess.StartNew(House.Program);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await service.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Says_so_keeps_what_is_written_and_loses_and_doubles_nothing_when_it_is_back()
    {
        var path = await House.Case("Stridor after extubation", at: service);
        var ines = await Arrive("ines.falkner", path);
        var imani = await (await (await (await Arrive()).LineThatMayFail()).SignedIn("imani.cole")).At(path);
        imani.Expected = ines.Expected = Visitor.AnOutage();
        await imani.Write(Before);
        await ines.Sees(Before);
        await imani.Mark();
        await ines.Mark();

        // This one gets through, but its writer is not told.
        imani.IsDeaf = true;
        await imani.Write(OnTheWay);
        await ines.Sees(OnTheWay);
        await service.Kill();
        imani.IsDeaf = false;
        await SaysSo(imani);
        await SaysSo(ines);
        await imani.Write(First);
        await imani.Write(Second);
        await ines.Write(AtThornmere);
        await Expect(imani.Sending.Filter(new() { HasText = Second })).ToContainTextAsync("Sending…");
        await Expect(ines.Sending.Filter(new() { HasText = AtThornmere })).ToContainTextAsync("Sending…");
        await Expect(imani.Said(Before)).ToBeVisibleAsync();

        await service.Start();
        var since = Stopwatch.StartNew();
        await IsBack(imani, "Ines Falkner");
        await IsBack(ines, "Imani Cole");
        Figures.Tell("browser.back.ms", since.ElapsedMilliseconds, "ms");

        var timeline = await imani.Timeline();
        Assert.Equal(All.Length, timeline.Length);
        Assert.Equal(timeline, await ines.Timeline());
        Assert.Equal(timeline, timeline.OrderBy(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)));
        Assert.Equal([First, Second], timeline.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).Where(text => text is First or Second));
        Assert.True(await imani.Stayed() && await ines.Stayed(), "A page was loaded again.");
    }

    private static async Task SaysSo(Visitor visitor)
    {
        await Expect(visitor.Page.GetByTestId("offline")).ToContainTextAsync("Offline");
        await Expect(visitor.Page.GetByTestId("line")).ToHaveTextAsync("Offline");
    }

    private static async Task IsBack(Visitor visitor, string seesThere)
    {
        await visitor.ComesUp();
        foreach (var text in All)
        {
            await visitor.Sees(text);
        }
        await Expect(visitor.Page.GetByTestId("offline")).ToHaveCountAsync(0);
        await Expect(visitor.Sending).ToHaveCountAsync(0);
        await Expect(visitor.Page.GetByTestId("not-sent")).ToHaveCountAsync(0);
        await Expect(visitor.Page.GetByTestId("here")).ToContainTextAsync(seesThere);
    }
}
