using System.Diagnostics;

namespace SocialQI.Cluster.Tests.Faults;

/// <summary>A disk of a few GiB in a file, so that it can be filled; without root a plain folder that cannot. Unmounted and deleted when disposed.</summary>
public sealed class Disk : IDisposable
{
    private const long Bytes = 4L * 1024 * 1024 * 1024;
    private const long Grain = 64 * 1024;

    private readonly string image = Path.GetTempFileName();

    public Disk()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }
        using (var file = File.OpenWrite(image))
        {
            file.SetLength(Bytes);
        }
        Run("mkfs.ext4", "-q", "-F", "-m", "0", image);
        Run("mount", "-o", "loop", image, Folder);
        IsMounted = true;
        Run("chmod", "755", Folder);
    }

    /// <summary>Where it is seen.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("socialqi-disk-").FullName;

    public bool IsMounted { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        var left = new DriveInfo(Folder).AvailableFreeSpace;
        while (left > Grain)
        {
            try
            {
                Run("fallocate", "-o", (File.Exists(Filler) ? new FileInfo(Filler).Length : 0).ToString(System.Globalization.CultureInfo.InvariantCulture), "-l", left.ToString(System.Globalization.CultureInfo.InvariantCulture), Filler);
                left = new DriveInfo(Folder).AvailableFreeSpace;
            }
            catch (InvalidOperationException)
            {
                // Somebody else took some of it meanwhile.
                left /= 2;
            }
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        if (IsMounted)
        {
            Run("umount", Folder);
        }
        Directory.Delete(Folder, recursive: true);
        File.Delete(image);
    }

    private static void Run(string program, params string[] words)
    {
        using var run = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        var said = run.StandardError.ReadToEnd();
        run.WaitForExit();
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', words)} failed: {said}");
        }
    }
}
