using SocialQI.Storage;

namespace SocialQI.Grains.Topics;

/// <summary>The commands done lately, so that a retry is answered without asking the journal; older ones are looked up there.</summary>
internal sealed class DoneLately
{
    public const int Max = 1_000;

    private readonly Dictionary<Guid, DoneCommand> done = [];
    private readonly Queue<Guid> order = new();

    public DoneCommand? Find(Guid id) => done.GetValueOrDefault(id);

    public void Add(DoneCommand command)
    {
        if (!done.TryAdd(command.Id, command))
        {
            return;
        }
        order.Enqueue(command.Id);
        if (order.Count > Max)
        {
            done.Remove(order.Dequeue());
        }
    }
}
