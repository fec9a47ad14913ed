using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SocialQI.Server.Auditing;

/// <summary>A file that lines are added to and nothing else. For one process; a line that was broken off by a crash is left behind, and the next begins a new one.</summary>
internal sealed class CheckpointFile : IDisposable
{
    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x80000;
    private const int OwnersOnly = 0x180;
    private const int ReadAtOnce = 1024 * 1024;

    private readonly FileStream folderLock;
    private readonly FileStream file;

    /// <exception cref="IOException">Another process has it.</exception>
    public CheckpointFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        folderLock = new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        file = Open(path);
        (Last, IsBrokenOff) = LastLine(path);
    }

    /// <summary>The last whole line; null when there is none.</summary>
    public string? Last { get; private set; }

    private bool IsBrokenOff { get; set; }

    /// <summary>Returns once the line is on the disk.</summary>
    public void Add(string line)
    {
        file.Write(Encoding.UTF8.GetBytes((IsBrokenOff ? "\n" : "") + line + "\n"));
        file.Flush(flushToDisk: true);
        (Last, IsBrokenOff) = (line, false);
    }

    public void Dispose()
    {
        file.Dispose();
        folderLock.Dispose();
    }

    // The framework's own way to append opens a file for writing anywhere, which a file that was made append-only refuses.
    private static FileStream Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        }
        var handle = OpenFile(Encoding.UTF8.GetBytes(path + '\0'), WriteOnly | Create | Append | CloseOnExec, OwnersOnly);
        return handle >= 0
            ? new(new SafeFileHandle(handle, ownsHandle: true), FileAccess.Write, bufferSize: 0)
            : throw new IOException($"{path} cannot be opened to append to it (error {Marshal.GetLastPInvokeError()}).");
    }

    /// <summary>The last whole line of a file, and whether something after it was broken off. Also while a process adds to it.</summary>
    public static (string? Line, bool IsBrokenOff) LastLine(string path)
    {
        using var reading = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        for (long back = ReadAtOnce; ; back *= 2)
        {
            var from = Math.Max(0, reading.Length - back);
            reading.Position = from;
            var bytes = new byte[reading.Length - from];
            reading.ReadExactly(bytes);
            var end = Array.LastIndexOf(bytes, (byte)'\n');
            var begin = end > 0 ? Array.LastIndexOf(bytes, (byte)'\n', end - 1) : -1;
            if (begin >= 0 || from == 0)
            {
                return (end < 0 ? null : Encoding.UTF8.GetString(bytes, begin + 1, end - begin - 1), bytes.Length > 0 && end != bytes.Length - 1);
            }
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFile(byte[] path, int flags, int mode);
}
