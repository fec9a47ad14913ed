namespace SocialQI.Storage;

/// <summary>A folder that is its owner's only, whatever the habits of the machine: case histories and keys lie in it.</summary>
public static class OwnersFolder
{
    /// <summary>Makes it where there is none; one that is there stays as it is.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
