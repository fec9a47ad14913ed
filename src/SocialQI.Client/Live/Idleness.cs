namespace SocialQI.Client.Live;

/// <summary>
/// Whether nothing was done on this page for as long as one stays signed in without. The service ends the session then; where it cannot be reached, nothing of
/// the page may stay on the screen all the same.
/// </summary>
public sealed class Idleness(Browser browser, Rounds rounds, TimeProvider time)
{
    private static readonly TimeSpan LookedAtEvery = TimeSpan.FromSeconds(10);

    // What is done is told at most so often.
    private static readonly TimeSpan ToldEvery = TimeSpan.FromSeconds(30);

    private DateTimeOffset last;

    /// <summary>It has been so long.</summary>
    public event Action? Over;

    public void Start()
    {
        last = time.GetUtcNow();
        browser.Active += () => last = time.GetUtcNow();
        _ = Watch();
    }

    // By the wall clock: a device that slept was idle too.
    private async Task Watch()
    {
        using var timer = new PeriodicTimer(LookedAtEvery, time);
        while (await timer.WaitForNextTickAsync())
        {
            if (rounds.Me is { IdleSeconds: > 0 and var seconds } && time.GetUtcNow() - last > TimeSpan.FromSeconds(seconds) + ToldEvery)
            {
                Over?.Invoke();
                return;
            }
        }
    }
}
