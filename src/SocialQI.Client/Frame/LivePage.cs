using Microsoft.AspNetCore.Components;
using SocialQI.Client.Live;

namespace SocialQI.Client.Frame;

/// <summary>A component that shows what is live: drawn anew when something moves, at most once per <see cref="Repaint.Between"/>.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    [Inject] protected Rounds Rounds { get; set; } = null!;

    [Inject] protected Names Names { get; set; } = null!;

    [Inject] protected TimeProvider Time { get; set; } = null!;

    protected Repaint Repaint { get; private set; } = null!;

    protected override void OnInitialized()
    {
        Repaint = new Repaint(() => InvokeAsync(StateHasChanged), Time);
        Rounds.Changed += Repaint.Ask;
        Names.Changed += Repaint.Ask;
    }

    public virtual void Dispose()
    {
        Rounds.Changed -= Repaint.Ask;
        Names.Changed -= Repaint.Ask;
        Repaint.Dispose();
        GC.SuppressFinalize(this);
    }
}
