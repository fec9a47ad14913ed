namespace SocialQI.Client.Live;

/// <summary>
/// Draws a component at most once per 50 ms, however much arrives: the first ask at once, the others together. One render for each of 500 events
/// would freeze the page for seconds.
/// </summary>
public sealed class Repaint(Func<Task> draw, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private long? last;
    private bool isWaiting, isOver;

    public void Ask()
    {
        if (!isWaiting && !isOver)
        {
            isWaiting = true;
            _ = Draw();
        }
    }

    public void Dispose() => isOver = true;

    private async Task Draw()
    {
        if (last is { } before && time.GetElapsedTime(before) is var since && since < Between)
        {
            await Task.Delay(Between - since, time);
        }
        isWaiting = false;
        last = time.GetTimestamp();
        if (!isOver)
        {
            await draw();
        }
    }
}
