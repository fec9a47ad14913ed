using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>
/// Machines that are namespaces of this one, on a bridge of their own, with addresses that nobody else can reach. What goes from one to another can be made to
/// vanish on the way, as by a switch that is broken. Takes root; all of it is gone when disposed, and what a run before left behind goes first.
/// </summary>
internal sealed class Network : IDisposable
{
    /// <summary>Where the database is.</summary>
    public const int Root = 1;

    private const string Prefix = "sqf";
    private const string Nowhere = "02:00:00:00:00:99";
    private const int NewNetwork = 0x40000000;

    private readonly string id = $"{Prefix}{Environment.ProcessId}";
    private readonly int subnet = Random.Shared.Next(1, 255);
    private readonly List<int> machines = [];
    private readonly List<(int Machine, int From)> parted = [];

    public Network()
    {
        foreach (var left in Directory.Exists("/run/netns") ? Directory.EnumerateFiles("/run/netns", $"{Prefix}*").Select(Path.GetFileName).ToList() : [])
        {
            if (!Directory.Exists($"/proc/{left![Prefix.Length..].Split('-')[0]}"))
            {
                Ip($"netns del {left}");
            }
        }
        Ip($"link add {id} type bridge");
        Ip($"addr add {Address(Root)}/24 dev {id}");
        Ip($"link set {id} up");
    }

    /// <summary>One more machine, by the last number of its address.</summary>
    public int Add()
    {
        var machine = Root + 1 + machines.Count;
        machines.Add(machine);
        Ip($"netns add {Name(machine)}");
        Ip($"link add {Veth(machine)} type veth peer name eth0 netns {Name(machine)}");
        Ip($"link set {Veth(machine)} master {id} up");
        Ip($"-n {Name(machine)} addr add {Address(machine)}/24 dev eth0");
        Ip($"-n {Name(machine)} link set eth0 up");
        Ip($"-n {Name(machine)} link set lo up");
        return machine;
    }

    public IPAddress Address(int machine) => IPAddress.Parse($"10.77.{subnet}.{machine}");

    /// <summary>The words by which a program begins that is to run there.</summary>
    public string[] Under(int machine) => ["ip", "netns", "exec", Name(machine)];

    /// <summary>From now on neither hears anything of the other.</summary>
    public void Part(int one, int other)
    {
        foreach (var (here, there) in ((int, int)[])[(one, other), (other, one)])
        {
            Ip($"{At(here)} neigh replace {Address(there)} lladdr {Nowhere} nud permanent dev {Device(here)}");
            parted.Add((here, there));
        }
    }

    /// <summary>All hear of each other again.</summary>
    public void Heal()
    {
        foreach (var (here, there) in parted)
        {
            Ip($"{At(here)} neigh del {Address(there)} dev {Device(here)}");
        }
        parted.Clear();
    }

    /// <summary>Connects to a port of a machine's own loopback, as somebody there would.</summary>
    public Task<Socket> Connect(int machine, int port)
    {
        var connected = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        // A thread of its own: it moves there, and a socket stays where it was made.
        new Thread(() =>
        {
            try
            {
                using var there = File.OpenHandle($"/run/netns/{Name(machine)}");
                if (MoveTo((int)there.DangerousGetHandle(), NewNetwork) != 0)
                {
                    throw new InvalidOperationException($"Could not go to {Name(machine)}: error {Marshal.GetLastPInvokeError()}.");
                }
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Connect(IPAddress.Loopback, port);
                connected.SetResult(socket);
            }
            catch (Exception e)
            {
                connected.SetException(e);
            }
        }).Start();
        return connected.Task;
    }

    public void Dispose()
    {
        foreach (var machine in machines)
        {
            Ip($"netns del {Name(machine)}");
        }
        Ip($"link del {id}");
    }

    private string Name(int machine) => $"{id}-{machine}";

    private string Veth(int machine) => $"{id}v{machine}";

    private string At(int machine) => machine == Root ? "" : $"-n {Name(machine)}";

    private string Device(int machine) => machine == Root ? id : "eth0";

    private static void Ip(string words)
    {
        using var run = Process.Start(new ProcessStartInfo("ip", words) { RedirectStandardError = true })!;
        var said = run.StandardError.ReadToEnd();
        run.WaitForExit();
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {words} failed; networks of their own take root: {said}");
        }
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MoveTo(int descriptor, int kind);
}
