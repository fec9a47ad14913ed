using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>A list read in pages, for as long as somebody asks for more.</summary>
public abstract class Pages
{
    public bool IsLoaded { get; protected set; }

    public bool HasMore => Next is not null;

    /// <summary>Why there is nothing to be had; null where there is.</summary>
    public Refusal? Refusal { get; protected set; }

    public bool IsUnreachable { get; protected set; }

    protected string? Next { get; set; }

    public Task Again() => Ask(null);

    public Task More() => Ask(Next);

    protected abstract Task Ask(string? after);
}

/// <summary>The same with its lines. Only the last question counts, however late another is answered.</summary>
public sealed class Pages<T>(Action changed) : Pages
{
    private Func<string?, Task<Listed<T>>>? ask;
    private int question;

    public IReadOnlyList<T> Lines { get; private set; } = [];

    /// <summary>Asks from the beginning. What was shown stays until there is an answer.</summary>
    public Task Show(Func<string?, Task<Listed<T>>> ask)
    {
        this.ask = ask;
        return Ask(null);
    }

    /// <summary>Shows nothing, and waits for no answer.</summary>
    public void Clear()
    {
        question++;
        (Lines, Next, IsLoaded, Refusal, IsUnreachable) = ([], null, false, null, false);
    }

    protected override async Task Ask(string? after)
    {
        var mine = ++question;
        try
        {
            var page = await ask!(after);
            if (mine == question)
            {
                (Lines, Next, Refusal) = (after is null ? page.Lines : [.. Lines, .. page.Lines], page.Next, page.Refusal);
                (IsLoaded, IsUnreachable) = (true, false);
            }
        }
        catch (HttpRequestException)
        {
            IsUnreachable |= mine == question;
        }
        changed();
    }
}
