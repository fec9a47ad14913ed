namespace SocialQI.Statistics.Scoring;

/// <summary>How surprising what happened was. Source: Good IJ. Rational decisions. J R Stat Soc B 1952;14:107. Less is better.</summary>
public static class LogScore
{
    /// <summary>The least chance that is believed of any forecast: nobody is surprised without end.</summary>
    public const double ShareMin = 1e-6;

    /// <summary>−ln f of what happened, f not below <see cref="ShareMin"/>: 0 (sure and right) to 13.8155, in nats.</summary>
    /// <param name="share">f, the chance that was given to what happened, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The chance is out of range.</exception>
    public static double Nats(double share)
    {
        Given.Share(share);
        return 0 - Math.Log(Math.Max(share, ShareMin));
    }

    /// <summary>−log₂ f of what happened: 0 to 19.9316, in bits.</summary>
    /// <param name="share">As for <see cref="Nats"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The chance is out of range.</exception>
    public static double Bits(double share)
    {
        Given.Share(share);
        return 0 - Math.Log2(Math.Max(share, ShareMin));
    }
}
