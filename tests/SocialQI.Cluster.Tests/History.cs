namespace SocialQI.Cluster.Tests;

/// <summary>Something that was seen to happen by somebody outside the service. A history is a list of them, in the order in which they were seen.</summary>
public abstract record Act;

/// <summary>A command was sent for the first time; sending the same again is no act.</summary>
/// <param name="Writer">Who wrote it.</param>
/// <param name="Topic">Where to.</param>
/// <param name="Command">Its id.</param>
/// <param name="Text">What the one event it asks for will say, different for every command.</param>
public sealed record Asked(string Writer, string Topic, Guid Command, string Text) : Act;

/// <summary>A command was said to be durable, with its number. One that is neither acknowledged nor refused is unknown: it may be there or not.</summary>
public sealed record Acknowledged(Guid Command, long Number) : Act;

/// <summary>A command was said to be refused.</summary>
public sealed record Refused(Guid Command) : Act;

/// <summary>A follower asked for everything after a number.</summary>
public sealed record Followed(string Follower, string Topic, long After) : Act;

/// <summary>An event reached a follower, with these very words.</summary>
public sealed record Heard(string Follower, string Topic, long Number, string Content) : Act;

/// <summary>A follower was told that it may follow no more; whatever comes until it follows again is not for it.</summary>
public sealed record LetGo(string Follower, string Topic) : Act;

/// <summary>Five seconds have passed since a follower lost the right to follow, whether or not anybody told it; nothing more is for it until it follows again.</summary>
public sealed record Barred(string Follower, string Topic) : Act;

/// <summary>Whoever wrote a command asks for it no more, and its outcome stays unknown.</summary>
public sealed record GaveUp(Guid Command) : Act;

/// <summary>What somebody made of a topic's events up to a number. What the journal's own events make is told like everybody else's.</summary>
/// <param name="Holder">Who.</param>
/// <param name="Topic">Of what.</param>
/// <param name="Number">After which event.</param>
/// <param name="Digest">Of all that it says; equal where it says the same.</param>
public sealed record Holds(string Holder, string Topic, long Number, string Digest) : Act;

/// <summary>Nothing was broken for so long that every command should have its answer by now, and every follower all events.</summary>
public sealed record Calm : Act;

/// <summary>A reader was shown the topic as it stood after a number; it began to read after everything that it did before.</summary>
public sealed record Read(string Reader, string Topic, long Number) : Act;

/// <summary>An event as the journal keeps it in the end.</summary>
/// <param name="Topic">Whose.</param>
/// <param name="Number">Its number.</param>
/// <param name="Command">Which command caused it.</param>
/// <param name="Content">The words in which it is sent to followers.</param>
public sealed record Kept(string Topic, long Number, Guid Command, string Content);

/// <summary>Gathers acts from many hands.</summary>
public sealed class Recorder
{
    private readonly List<Act> acts = [];

    /// <summary>What was seen so far.</summary>
    public IReadOnlyList<Act> Acts
    {
        get
        {
            lock (acts)
            {
                return [.. acts];
            }
        }
    }

    public void Add(Act act)
    {
        lock (acts)
        {
            acts.Add(act);
        }
    }
}
