namespace SocialQI.Client.Cases.Marking;

/// <summary>
/// Sets texts that have marks in them, each once per revision. What that takes is fetched when the first such text comes into view; until then, and
/// where it cannot be had, a text stands as it was typed.
/// </summary>
/// <param name="fetch">Fetches what is needed.</param>
public sealed class Typesetter(Func<Task> fetch)
{
    /// <summary>How many set texts are kept: more than any screen shows.</summary>
    public const int KeptMax = 400;

    private readonly Dictionary<(string Text, string Mentioned), string> kept = [];
    private readonly Queue<(string, string)> order = new();
    private Task? fetching;

    /// <summary>Whether a text can be set at once.</summary>
    public bool IsReady => fetching?.IsCompletedSuccessfully == true;

    /// <summary>How many texts were set, and not found among those kept.</summary>
    public int Settings { get; private set; }

    public async Task<bool> Fetch()
    {
        try
        {
            await (fetching ??= fetch());
            return true;
        }
#pragma warning disable CA1031 // The edge: whatever a fetch fails of, the text stands as it was typed, and the next one asks again.
        catch (Exception)
#pragma warning restore CA1031
        {
            fetching = null;
            return false;
        }
    }

    /// <summary>The text as HTML that is safe to show; null where it cannot be set.</summary>
    public string? Set(string text, string mentioned)
    {
        if (!IsReady)
        {
            return null;
        }
        if (!kept.TryGetValue((text, mentioned), out var html))
        {
            html = SetAnew(text, mentioned);
            kept[(text, mentioned)] = html;
            order.Enqueue((text, mentioned));
            if (order.Count > KeptMax)
            {
                kept.Remove(order.Dequeue());
            }
        }
        return html.Length == 0 ? null : html;
    }

    /// <summary>A text was destroyed: no copy of it stays here.</summary>
    public void Forget()
    {
        kept.Clear();
        order.Clear();
    }

    private string SetAnew(string text, string mentioned)
    {
        Settings++;
        try
        {
            return Typesetting.Set(text, mentioned);
        }
        catch (ArgumentException)
        {
            // Nested deeper than anybody reads.
            return "";
        }
    }
}
