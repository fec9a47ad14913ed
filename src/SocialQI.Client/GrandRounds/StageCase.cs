using SocialQI.Client.Live;

namespace SocialQI.Client.GrandRounds;

/// <summary>The case on stage, opened as any case is: by the access of who looks. Another part lets go of it.</summary>
public sealed class StageCase(Rounds rounds) : IDisposable
{
    private TopicId? topic;

    public OpenTopic? Open { get; private set; }

    public void Show(TopicId? next)
    {
        if (next == topic)
        {
            return;
        }
        Dispose();
        topic = next;
        Open = next is { } shown ? rounds.Open(shown) : null;
    }

    /// <summary>Whether something that happened in this topic is seen here.</summary>
    public bool Is(TopicId moved) => moved == topic;

    public void Dispose()
    {
        if (topic is { } left)
        {
            rounds.Leave(left);
        }
        (topic, Open) = (null, null);
    }
}
