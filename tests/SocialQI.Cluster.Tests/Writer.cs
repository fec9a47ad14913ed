using System.Diagnostics;
using SocialQI.Cases;
using SocialQI.Wire;

namespace SocialQI.Cluster.Tests;

/// <summary>Writes lines into a topic, each with its own id as often as it takes to get an answer.</summary>
internal sealed class Writer(string name, TopicId topic, Line line, Recorder recorder, Stopwatches watches)
{
    private int lines;

    public string Name => name;

    public TopicId Topic => topic;

    /// <summary>Writes the next line; null when it gave up on the answer.</summary>
    /// <param name="givesUp">Whether it asks once only, and leaves the outcome unknown if there is no answer.</param>
    public Task<Answer?> Write(bool givesUp = false)
    {
        var text = $"{name}, line {++lines}.";
        return Ask(text, new PostContribution(ContributionKind.Comment, text), givesUp);
    }

    /// <summary>Writes what the rules refuse.</summary>
    public Task<Answer?> WriteNonsense()
    {
        var text = $"{name}, nonsense {++lines}.";
        return Ask(text, new PostContribution(ContributionKind.Fact, text), givesUp: false);
    }

    private async Task<Answer?> Ask(string text, Command command, bool givesUp)
    {
        var id = Guid.CreateVersion7();
        recorder.Add(new Asked(name, topic.ToString(), id, text));
        var since = Stopwatch.GetTimestamp();
        var isSmooth = true;
        while (true)
        {
            var asked = Stopwatch.GetTimestamp();
            var answer = await line.Send(topic, id, Person.Encoded(command));
            watches.Answered(answer is not null, asked);
            isSmooth &= answer is not null;
            if (answer is null or { Refusal.Code: "outcome-unknown" or "not-now" or "busy" or "slow-down" })
            {
                if (answer is not null)
                {
                    watches.Outage(topic, answer.Refusal!.Code);
                }
                if (givesUp)
                {
                    return null;
                }
                await line.Pause();
                continue;
            }
            recorder.Add(answer.Refusal is null ? new Acknowledged(id, answer.Last) : new Refused(id));
            if (answer.Refusal is null)
            {
                watches.Acknowledged(topic, answer.Last, since, isSmooth);
            }
            return answer;
        }
    }
}
