using SocialQI.Client.Frame;

namespace SocialQI.Client.Settings;

/// <summary>A component that shows or changes what is the person's own: drawn anew when their topic moves.</summary>
public abstract class OwnPage : LivePage
{
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Rounds.Moved += OnOwnMoved;
    }

    public override void Dispose()
    {
        Rounds.Moved -= OnOwnMoved;
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Asks one's own topic; null when it was done.</summary>
    protected async Task<Refusal?> Ask(ClinicianCommand command) =>
        Rounds.Me is { } me ? (await Rounds.Send(me.Id.Topic, command)).Refusal : Refusal.NotNow;

    private void OnOwnMoved(TopicId topic)
    {
        if (topic == Rounds.Me?.Id.Topic)
        {
            Repaint.Ask();
        }
    }
}
