using SocialQI.Client.Live;

namespace SocialQI.Client.Frame;

/// <summary>Asks before what cannot be taken back.</summary>
public sealed class Confirming(Browser browser)
{
    public const string DialogId = "confirm";

    private TaskCompletionSource<bool> answer = new();

    public event Action? Changed;

    /// <summary>What is asked, or was last.</summary>
    public Asking? Asked { get; private set; }

    /// <returns>Whether the person said the verb, and not that they would rather not.</returns>
    public async Task<bool> Confirmed(string title, string what, string verb, string rather)
    {
        answer.TrySetResult(false);
        answer = new();
        Asked = new(title, what, verb, rather);
        Changed?.Invoke();
        // Drawn first: the browser gives the focus to what is there when a dialog opens.
        await Task.Yield();
        await browser.ShowDialog(DialogId);
        return await answer.Task;
    }

    public async Task Answer(bool yes)
    {
        answer.TrySetResult(yes);
        await browser.CloseDialog(DialogId);
    }

    /// <summary>The dialog is closed, by whatever: without an answer that is a no.</summary>
    public void Left() => answer.TrySetResult(false);
}

/// <summary>A question, and the names of its answers.</summary>
public sealed record Asking(string Title, string What, string Verb, string Rather);
