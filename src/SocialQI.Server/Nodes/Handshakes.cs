using System.Net;

namespace SocialQI.Server.Nodes;

/// <summary>How many strangers may be at the door at once, in all and from one address: a handshake costs before anything is known of whoever asks for it.</summary>
internal sealed class Handshakes
{
    public const int Max = 128;
    public const int MaxOfOneAddress = 16;

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, int> begun = [];
    private int all;

    public bool TryBegin(IPAddress from)
    {
        lock (gate)
        {
            var its = begun.GetValueOrDefault(from);
            if (all == Max || its == MaxOfOneAddress)
            {
                return false;
            }
            (all, begun[from]) = (all + 1, its + 1);
            return true;
        }
    }

    public void End(IPAddress from)
    {
        lock (gate)
        {
            all--;
            if (--begun[from] == 0)
            {
                begun.Remove(from);
            }
        }
    }
}
