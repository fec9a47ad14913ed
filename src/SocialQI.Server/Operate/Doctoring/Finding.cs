namespace SocialQI.Server.Operate.Doctoring;

/// <summary>How grave something is.</summary>
internal enum Gravity
{
    /// <summary>As it should be.</summary>
    Well,

    /// <summary>The service runs, and something will bite.</summary>
    Warning,

    /// <summary>The service does not start, or breaks a promise.</summary>
    Fault,
}

/// <summary>What was found of one thing.</summary>
/// <param name="Name">Its name, for scripts, as in <c>disk-full-soon</c>.</param>
/// <param name="Gravity">How grave it is.</param>
/// <param name="Words">What is so, and what to do about it. Nothing clinical, no secret.</param>
internal sealed record Finding(string Name, Gravity Gravity, string Words)
{
    public static Finding Well(string name, string words) => new(name, Gravity.Well, words);

    public static Finding Warning(string name, string words) => new(name, Gravity.Warning, words);

    public static Finding Fault(string name, string words) => new(name, Gravity.Fault, words);
}
