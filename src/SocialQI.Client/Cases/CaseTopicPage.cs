using Microsoft.AspNetCore.Components;
using SocialQI.Client.Frame;
using SocialQI.Client.Live;
using SocialQI.Wire;

namespace SocialQI.Client.Cases;

/// <summary>A page of a case beside the case itself: it follows the case its address names, and draws anew when that moves.</summary>
public abstract class CaseTopicPage : LivePage
{
    private TopicId topic;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public required string Name { get; set; }

    protected TopicId Topic => topic;

    /// <summary>The case; null until it is asked for.</summary>
    protected OpenTopic? Open { get; private set; }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Rounds.Moved += OnMoved;
    }

    protected override void OnParametersSet()
    {
        if (Open is not null && topic.ToString() == Name)
        {
            return;
        }
        Leave();
        if (TopicId.TryParse(Name, out topic) && topic.Kind == TopicKind.Case)
        {
            Open = Rounds.Open(topic);
        }
        else
        {
            Navigation.NavigateTo("nothing-here", replace: true);
        }
    }

    public override void Dispose()
    {
        Rounds.Moved -= OnMoved;
        Leave();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task<Answer> Send(Command command) => Rounds.Send(topic, command);

    private void OnMoved(TopicId moved)
    {
        if (moved == topic)
        {
            Repaint.Ask();
        }
    }

    private void Leave()
    {
        if (Open is not null)
        {
            Rounds.Leave(topic);
            Open = null;
        }
    }
}
