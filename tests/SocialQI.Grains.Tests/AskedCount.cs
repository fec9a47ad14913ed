using SocialQI.Grains.Topics;

namespace SocialQI.Grains.Tests;

/// <summary>Counts the commands that a topic's grain has taken, whether or not it has answered: calls overtake each other on the way.</summary>
internal sealed class AskedCount : IIncomingGrainCallFilter
{
    private readonly Lock gate = new();
    private readonly Dictionary<GrainId, int> counts = [];
    private readonly List<(GrainId Grain, int Count, TaskCompletionSource Reached)> awaited = [];

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var answering = context.Invoke();
        if (context.InterfaceMethod?.Name == nameof(ITopicGrain.Ask))
        {
            Count(context.TargetId);
        }
        await answering;
    }

    /// <summary>Ends when so many have come.</summary>
    public Task Reaches(IAddressable grain, int count)
    {
        lock (gate)
        {
            if (counts.GetValueOrDefault(grain.GetGrainId()) >= count)
            {
                return Task.CompletedTask;
            }
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            awaited.Add((grain.GetGrainId(), count, reached));
            return reached.Task;
        }
    }

    private void Count(GrainId grain)
    {
        lock (gate)
        {
            var count = counts[grain] = counts.GetValueOrDefault(grain) + 1;
            foreach (var reached in awaited.Where(a => a.Grain == grain && a.Count <= count).ToList())
            {
                awaited.Remove(reached);
                reached.Reached.SetResult();
            }
        }
    }
}
