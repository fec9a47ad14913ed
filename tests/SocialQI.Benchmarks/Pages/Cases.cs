using System.Diagnostics;
using SocialQI.Tests;

namespace SocialQI.Benchmarks.Pages;

/// <summary>Reading and writing in a case that is long, and in one where much happens.</summary>
internal static class Cases
{
    private const int LongAs = 10_000;
    private const int Burst = 500;
    private const int BackTo = 2_000;
    private const int WhileAt = 20;
    private const string Newest = "[data-testid=contribution]:last-of-type";
    private const string Text = "Temperature 39.4 °C, lactate 3.1 mmol/L, still no focus; cultures from both arms, first dose given.";

    public static async Task Measure(Published published, ServerProcess server, int rounds, List<Measured> table)
    {
        List<double> open = [], burst = [], shown = [], frame = [], busy = [], grown = [], typing = [];
        using var longOne = await LongCase.Begin(server, "Forty days of fever");
        await longOne.Say(LongAs, Text);
        for (var round = 0; round < rounds; round++)
        {
            await using var reader = await Reader.Arrive(published, server, "imani.cole");
            await reader.Open("inbox", "main h1");
            open.Add(await Open(reader, longOne));
            await reader.Watch();
            var (longest, task, growth) = await ScrollBack(reader);
            frame.Add(longest);
            busy.Add(task);
            grown.Add(growth);

            using var much = await LongCase.Begin(server, $"Much happens at once, {round}");
            await using var other = await Reader.Arrive(published, server, "ines.falkner");
            await other.Open(much.Path, "[data-testid=say]");
            await other.Watch();
            var (held, taken) = await BurstOf(other, much);
            burst.Add(held);
            shown.Add(taken);
            typing.Add(await TypeMeanwhile(other, much));
        }
        table.Add(new("pages.open", $"opening a case of {LongAs} contributions", open, "ms"));
        table.Add(new("pages.burst.task", $"{Burst} events in a burst: longest task", burst, "ms"));
        table.Add(new("pages.burst.shown", $"{Burst} events in a burst: until all are shown", shown, "ms"));
        table.Add(new("pages.scroll.frame", $"scrolling back {BackTo} contributions: 99 of 100 frames within", frame, "ms"));
        table.Add(new("pages.scroll.task", $"scrolling back {BackTo} contributions: longest task of the page (0: none over 50 ms)", busy, "ms"));
        table.Add(new("pages.scroll.nodes", $"scrolling back {BackTo} contributions: elements at the end for each at the beginning", grown, "×"));
        table.Add(new("pages.typing", $"a key in the composer while {WhileAt} events/s arrive: 95 of 100 drawn within", typing, "ms"));
    }

    // Within the program, as a click on a link in it does.
    private static async Task<double> Open(Reader reader, LongCase it)
    {
        var begun = Stopwatch.GetTimestamp();
        await reader.Page.EvaluateAsync("path => Blazor.navigateTo(path)", it.Path);
        await reader.Shows("[data-testid=contribution]");
        await reader.Shows("[data-testid=say]");
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static async Task<(double Task, double Taken)> BurstOf(Reader reader, LongCase it)
    {
        await reader.WatchAnew();
        var begun = Stopwatch.GetTimestamp();
        await it.Say(Burst, "Everything at once, number");
        await reader.Page.WaitForFunctionAsync($"() => document.querySelector('[data-testid=timeline]').dataset.total === '{Burst}'");
        var taken = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return ((await reader.Kept("tasks")).Append(0).Max(), taken);
    }

    private static async Task<(double Frame, double Task, double Growth)> ScrollBack(Reader reader)
    {
        const string elements = "() => document.querySelectorAll('main *').length";
        const string oldest = "() => Number(document.querySelector('[data-testid=contribution]')?.dataset.number ?? 0)";
        var before = await reader.Page.EvaluateAsync<double>(elements);
        var from = await reader.Page.EvaluateAsync<double>(oldest);
        await reader.WatchAnew();
        await reader.Page.Mouse.MoveAsync(600, 500);
        for (var step = 0; step < 4_000 && from - await reader.Page.EvaluateAsync<double>(oldest) < BackTo; step++)
        {
            await reader.Page.Mouse.WheelAsync(0, -1_200);
        }
        return ((await reader.Kept("frames")).Percentile(0.99), (await reader.Kept("tasks")).Append(0).Max(), await reader.Page.EvaluateAsync<double>(elements) / before);
    }

    private static async Task<double> TypeMeanwhile(Reader reader, LongCase it)
    {
        using var stop = new CancellationTokenSource();
        var meanwhile = it.SayOn(WhileAt, stop.Token);
        await reader.Page.FocusAsync("[data-testid=say]");
        await reader.WatchAnew();
        await reader.Page.Keyboard.TypeAsync("Is anybody sure that this is not the line? It has been in for nine days.", new() { Delay = 80 });
        var typed = await reader.Kept("typed");
        await stop.CancelAsync();
        await meanwhile;
        // Keys that were drawn within 16 ms are not kept by the browser: they count as that.
        return typed.Concat(Enumerable.Repeat(16.0, Math.Max(0, 71 - typed.Length))).Percentile(0.95);
    }
}
