using Microsoft.FluentUI.AspNetCore.Components;
using SocialQI.Client.Live;

namespace SocialQI.Client.Frame;

/// <summary>What the pages look like in this browser. The library's components and ours follow the same choice.</summary>
public sealed class Look(Browser browser, IThemeService themes)
{
    public const string System = "system", Light = "light", Dark = "dark";
    public const string Comfortable = "comfortable", Compact = "compact";

    public event Action? Changed;

    public string Theme { get; private set; } = System;

    public string Density { get; private set; } = Comfortable;

    /// <summary>Takes up what was chosen before.</summary>
    public async Task Begin()
    {
        if ((await browser.Look())?.Split('.') is [var theme, var density])
        {
            await Choose(theme, density);
        }
    }

    public async Task Choose(string theme, string density)
    {
        (Theme, Density) = (theme, density);
        await browser.Appear(theme, density);
        await themes.SetThemeAsync(theme switch { Light => ThemeMode.Light, Dark => ThemeMode.Dark, _ => ThemeMode.System });
        Changed?.Invoke();
    }

    /// <summary>From light to dark and back, whatever the system prefers.</summary>
    public async Task Switch() => await Choose(await themes.IsDarkModeAsync() ? Light : Dark, Density);
}
