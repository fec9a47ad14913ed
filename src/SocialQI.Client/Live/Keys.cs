namespace SocialQI.Client.Live;

/// <summary>
/// What keys do where nobody is typing. Named as they are pressed, one after the other: <c>j</c>, <c>g h</c>, <c>?</c>, <c>Escape</c>, and
/// <c>Ctrl k</c>, which works while typing too (Cmd counts as Ctrl). Whoever asked last is the one who is told.
/// </summary>
public sealed class Keys
{
    private readonly List<(string Key, Func<Task> Act)> asked = [];

    public Keys(Browser browser) => browser.Pressed += Press;

    /// <summary>From now on, until disposed.</summary>
    public IDisposable On(string key, Func<Task> act)
    {
        var entry = (key, act);
        asked.Add(entry);
        return new Asked(() => asked.Remove(entry));
    }

    private async Task<bool> Press(string key)
    {
        var at = asked.FindLastIndex(a => a.Key == key);
        if (at >= 0)
        {
            await asked[at].Act();
        }
        return at >= 0;
    }

    private sealed class Asked(Action forget) : IDisposable
    {
        public void Dispose() => forget();
    }
}
