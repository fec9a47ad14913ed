using SocialQI.Client.Live;

namespace SocialQI.Client.Frame;

/// <summary>What the pages look like in this browser.</summary>
public sealed class Look(Browser browser)
{
    public const string System = "system", Light = "light", Dark = "dark";
    public const string Comfortable = "comfortable", Compact = "compact";

    public event Action? Changed;

    public string Theme { get; private set; } = System;

    public string Density { get; private set; } = Comfortable;

    /// <summary>Learns what was chosen before; the document came with it.</summary>
    public async Task Begin()
    {
        if ((await browser.Look()).Split('.') is [var theme, var density])
        {
            (Theme, Density) = (theme, density);
            Changed?.Invoke();
        }
    }

    public async Task Choose(string theme, string density)
    {
        (Theme, Density) = (theme, density);
        await browser.Appear(theme, density);
        Changed?.Invoke();
    }

    /// <summary>From light to dark and back, whatever the system prefers.</summary>
    public async Task Switch() => await Choose(await browser.IsDark() ? Light : Dark, Density);
}
