using System.Text.Json;

namespace SocialQI.Server.Auditing;

/// <summary>Which command it was.</summary>
internal static class CommandName
{
    /// <summary>Its name; null where the bytes are no command: then nothing of them may be kept.</summary>
    public static string? Of(byte[] command)
    {
        if (Json.TryReadCommand(command) is null)
        {
            return null;
        }
        using var document = JsonDocument.Parse(command);
        return document.RootElement.GetProperty("k").GetString();
    }
}
