using System.Runtime.InteropServices;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>What the generator needs of Linux: sockets that do not block, and epoll. One thread, no allocation per delivery.</summary>
internal static unsafe class Native
{
    public const int EpollIn = 1;
    public const int EpollOut = 4;
    public const int EpollError = 8;
    public const int EpollHangUp = 16;
    public const int Add = 1;
    public const int Delete = 2;
    public const int Modify = 3;
    public const int Again = 11;
    public const int Interrupted = 4;
    public const int NoSignal = 0x4000;

    private const int InProgress = 115;
    private const int Inet = 2;
    private const int StreamNonBlockingCloseOnExec = 1 | 0x800 | 0x80000;
    private const int SmallReceiveBuffer = 4096;

    public static int Error => Marshal.GetLastSystemError();

    [DllImport("libc", EntryPoint = "epoll_create1"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int EpollCreate(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int EpollControl(int epoll, int operation, int socket, EpollEvent* what);

    [DllImport("libc", EntryPoint = "epoll_wait"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int EpollWait(int epoll, EpollEvent* events, int max, int milliseconds);

    [DllImport("libc", EntryPoint = "recv"), SuppressGCTransition, DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint Receive(int socket, byte* buffer, nint length, int flags);

    [DllImport("libc", EntryPoint = "send"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint Send(int socket, byte* buffer, nint length, int flags);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Close(int socket);

    /// <summary>Loopback only, by construction.</summary>
    /// <param name="port">Of 127.0.0.1.</param>
    /// <param name="from">The last number of the address it comes from, 127.0.0.x: one address has too few ports for tens of thousands.</param>
    /// <param name="isSmall">Whether little fits into what it has received and nobody has read.</param>
    public static int ConnectLoopback(int port, int from, bool isSmall)
    {
        var socket = Socket(Inet, StreamNonBlockingCloseOnExec, 0);
        if (socket < 0)
        {
            throw new IOException($"No socket (errno {Error}): raise ulimit -n.");
        }
        var (one, small) = (1, SmallReceiveBuffer);
        _ = SetOption(socket, 6, 1, &one, sizeof(int));
        if (isSmall)
        {
            _ = SetOption(socket, 1, 8, &small, sizeof(int));
        }
        if (from > 1)
        {
            // The system chooses the port when it connects: then it has to be free for this pair of addresses only.
            _ = SetOption(socket, 0, 24, &one, sizeof(int));
            var source = Address((byte)from, 0);
            _ = Bind(socket, &source, sizeof(SocketAddress));
        }
        var target = Address(1, port);
        return Connect(socket, &target, sizeof(SocketAddress)) == 0 || Error == InProgress ? socket : throw new IOException($"Cannot connect (errno {Error}).");
    }

    private static SocketAddress Address(byte last, int port) =>
        new() { Family = Inet, Port = (ushort)(((port & 0xff) << 8) | (port >> 8)), Address = 127u | ((uint)last << 24) };

    [DllImport("libc", EntryPoint = "socket"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Socket(int domain, int type, int protocol);

    [DllImport("libc", EntryPoint = "connect"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Connect(int socket, SocketAddress* address, int length);

    [DllImport("libc", EntryPoint = "bind"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Bind(int socket, SocketAddress* address, int length);

    [DllImport("libc", EntryPoint = "setsockopt"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int socket, int level, int name, int* value, int length);

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct EpollEvent
    {
        public uint Events;
        public int Socket;
        public int Unused;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SocketAddress
    {
        public ushort Family;
        public ushort Port;
        public uint Address;
        public ulong Zero;
    }
}
