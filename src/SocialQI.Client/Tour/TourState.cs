namespace SocialQI.Client.Tour;

/// <summary>Where the person is in the tour; null while it is not shown.</summary>
public sealed class TourState
{
    public const int Steps = 5;

    public event Action? Changed;

    /// <summary>The step that is shown, from 1.</summary>
    public int? Step { get; private set; }

    /// <summary>Whether the person asked for it: then it may take the focus, and shows on any page.</summary>
    public bool IsAskedFor { get; private set; }

    /// <summary>It was taken or left since the page was loaded.</summary>
    public bool IsOver { get; private set; }

    public void Start() => Set(1, isAskedFor: true);

    /// <summary>Shows itself to who has not seen it.</summary>
    public void Offer()
    {
        if (Step is null && !IsOver)
        {
            Set(1, isAskedFor: false);
        }
    }

    /// <summary>It turns out that it was taken before: who did not ask for it is not bothered.</summary>
    public void Withdraw()
    {
        if (Step is not null && !IsAskedFor)
        {
            End();
        }
    }

    public void Go(int by) => Set(Math.Clamp((Step ?? 1) + by, 1, Steps), IsAskedFor);

    public void End()
    {
        IsOver = true;
        Set(null, isAskedFor: false);
    }

    private void Set(int? step, bool isAskedFor)
    {
        (Step, IsAskedFor) = (step, isAskedFor);
        Changed?.Invoke();
    }
}
