using System.Text;
using System.Text.Json;
using SocialQI.Cases;

namespace SocialQI.Client.Cases.Images;

/// <summary>An image beside what is being written: a file on its way to the case, or kept there already.</summary>
/// <param name="key">Names it between here and the script that holds the file.</param>
/// <param name="name">What the file is called; null when it was kept before.</param>
public sealed class Attached(int key, string? name)
{
    private const int Ok = 200, TooManyRequests = 429, FirstOfOurFaults = 500;

    public int Key => key;

    public string? Name => name;

    /// <summary>How much of it was sent.</summary>
    public int Percent { get; set; }

    /// <summary>What the case keeps, once it does.</summary>
    public KeptImage? Kept { get; set; }

    /// <summary>Why it is not kept.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Whether sending it again may help.</summary>
    public bool CanRetry { get; private set; }

    public string Alt { get; set; } = "";

    public bool IsOnItsWay => Kept is null && Refusal is null;

    /// <summary>The image as a contribution shows it.</summary>
    public CaseImage? Shown => Kept is { } kept ? new(kept.Hash, kept.Width, kept.Height, kept.Type, Alt.Trim()) : null;

    public void Refuse(Refusal why, bool canRetry) => (Refusal, CanRetry) = (why, canRetry);

    public void Again() => (Refusal, CanRetry, Percent) = (null, false, 0);

    /// <summary>The service's answer; a status of 0 is none.</summary>
    public void Answered(int status, string body, Refusal noAnswer)
    {
        if (status == Ok)
        {
            Kept = Json.Decode<KeptImage>(Encoding.UTF8.GetBytes(body));
        }
        else
        {
            Refuse(Reason(body) ?? noAnswer, status is 0 or TooManyRequests or >= FirstOfOurFaults);
        }
    }

    // A refusal comes as problem+json; what stands between here and the service may answer otherwise.
    private static Refusal? Reason(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return new(problem.RootElement.GetProperty("title").GetString()!, problem.RootElement.GetProperty("detail").GetString()!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
