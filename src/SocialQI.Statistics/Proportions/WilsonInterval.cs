namespace SocialQI.Statistics.Proportions;

/// <summary>
/// An interval for a share that is right also for few cases and for shares near 0 and 1. Sources: Wilson EB. Probable inference, the law of succession, and statistical
/// inference. J Am Stat Assoc 1927;22:209; Newcombe RG. Two-sided confidence intervals for the single proportion. Stat Med 1998;17:857.
/// </summary>
/// <param name="Successes">Of <paramref name="Trials"/>.</param>
/// <param name="Trials">n, 1 or more.</param>
/// <param name="Confidence">The share of such intervals that hold the truth.</param>
/// <param name="Share">p̂ = successes/n.</param>
/// <param name="Low">0 to the share; exactly 0 without successes.</param>
/// <param name="High">From the share to 1; exactly 1 without failures.</param>
public sealed record WilsonInterval(int Successes, int Trials, double Confidence, double Share, double Low, double High)
{
    /// <summary>What is usual.</summary>
    public const double ConfidenceDefault = .95;

    /// <summary>The least confidence of an interval.</summary>
    public const double ConfidenceMin = .5;

    /// <summary>The most confidence of an interval.</summary>
    public const double ConfidenceMax = .999999;

    /// <summary>(p̂ + z²/2n ± z√(p̂(1 − p̂)/n + z²/4n²))/(1 + z²/n), z the normal quantile of the confidence (1.959964 for .95), without a continuity correction.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">0 to <see cref="Limits.CountMax"/>.</param>
    /// <param name="confidence"><see cref="ConfidenceMin"/> to <see cref="ConfidenceMax"/>.</param>
    /// <returns>Null without trials.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number or the confidence is out of range.</exception>
    public static WilsonInterval? Of(int successes, int trials, double confidence = ConfidenceDefault)
    {
        Given.Within(trials, 0, Limits.CountMax);
        Given.Within(successes, 0, trials);
        Given.Within(confidence, ConfidenceMin, ConfidenceMax);
        if (trials == 0)
        {
            return null;
        }
        var z = Z(confidence);
        // The upper end is the lower end of the failures: so both are right to the same bit.
        return new(successes, trials, confidence, (double)successes / trials, Lower(successes, trials, z), 1 - Lower(trials - successes, trials, z));
    }

    /// <summary>The lower end of the 95 % interval of those in favour, 0 to 1: what is voted on is at least as good. For ranking.</summary>
    /// <param name="up">In favour, 0 or more.</param>
    /// <param name="down">Against, 0 or more; together at most <see cref="Limits.CountMax"/>.</param>
    /// <returns>0 where nobody voted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double LowerBound(int up, int down)
    {
        Given.Within(up, 0, Limits.CountMax);
        Given.Within(down, 0, Limits.CountMax - up);
        return Of(up, up + down)?.Low ?? 0;
    }

    internal static double Z(double confidence) => Distributions.NormalQuantile((1 + confidence) / 2);

    private static double Lower(double successes, double trials, double z)
    {
        if (successes == 0)
        {
            return 0;
        }
        var share = successes / trials;
        var spread = z * Math.Sqrt((share * (1 - share) / trials) + (z * z / (4 * trials * trials)));
        return Math.Clamp((share + (z * z / (2 * trials)) - spread) / (1 + (z * z / trials)), 0, share);
    }
}
