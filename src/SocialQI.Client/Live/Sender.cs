using System.Text.Json;
using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>
/// Carries what stands in the outbox to the hub: in order within a topic, each with its own id as often as it takes to get an answer.
/// An outage is waited for; only an answer ends it.
/// </summary>
/// <param name="outbox">What to send.</param>
/// <param name="send">Asks the hub; null when there was no answer.</param>
/// <param name="whenUp">Completes when there is a connection.</param>
/// <param name="pause">Waits before the next attempt, given how many failed before.</param>
public sealed class Sender(Outbox outbox, Func<TopicId, Guid, JsonElement, Task<Answer?>> send, Func<Task> whenUp, Func<int, Task> pause)
{
    /// <summary>How often "try again in a moment" is followed before it is shown.</summary>
    private const int PatientAttempts = 6;

    private readonly HashSet<TopicId> pumping = [];
    private readonly Dictionary<Guid, TaskCompletionSource<Answer>> waiting = [];

    public event Action<Sending, Answer>? Answered;

    /// <summary>Completes with the answer, after however many outages.</summary>
    public Task<Answer> Send(Sending sending)
    {
        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[sending.Id] = answer;
        outbox.Add(sending);
        _ = Pump(sending.Topic);
        return answer.Task;
    }

    /// <summary>Sends what waits in a topic, if that is not being done already.</summary>
    public async Task Pump(TopicId topic)
    {
        if (!pumping.Add(topic))
        {
            return;
        }
        var (attempt, mayBeThere) = (0, false);
        while (outbox.Next(topic) is { } next)
        {
            await whenUp();
            var answer = await send(next.Topic, next.Id, JsonSerializer.SerializeToElement(next.Command, Json.Context.Command));
            if (answer is null || (answer.Refusal is { } no && IsForLater(no, mayBeThere ? 0 : attempt)))
            {
                // Once it may have arrived, only the journal's own word on it is an answer.
                mayBeThere |= answer?.Refusal is null || answer.Refusal.Code == Refusal.OutcomeUnknown.Code;
                if (attempt > 0)
                {
                    outbox.BecameUnsure(next.Id);
                }
                await pause(attempt++);
                continue;
            }
            (attempt, mayBeThere) = (0, false);
            outbox.Answered(next.Id, answer);
            Answered?.Invoke(next, answer);
            if (waiting.Remove(next.Id, out var asked))
            {
                asked.SetResult(answer);
            }
        }
        pumping.Remove(topic);
    }

    private static bool IsForLater(Refusal no, int attempt) =>
        no.Code == Refusal.OutcomeUnknown.Code || (attempt < PatientAttempts && no.IsPassing);
}
