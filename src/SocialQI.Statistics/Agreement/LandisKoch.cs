namespace SocialQI.Statistics.Agreement;

/// <summary>Words for a kappa; a convention without a reason, so show the number and its interval with it. Source: Landis JR, Koch GG. Biometrics 1977;33:159.</summary>
public enum LandisKoch
{
    /// <summary>Below 0.</summary>
    Poor,

    /// <summary>0 to .20.</summary>
    Slight,

    /// <summary>Above .20, to .40.</summary>
    Fair,

    /// <summary>Above .40, to .60.</summary>
    Moderate,

    /// <summary>Above .60, to .80.</summary>
    Substantial,

    /// <summary>Above .80.</summary>
    AlmostPerfect,
}

/// <summary>Finds the word.</summary>
public static class LandisKochWords
{
    // A kappa of .4 may come out as .4 and a last bit.
    private const double Slack = 1e-9;

    /// <summary>The word for a kappa. The table's gaps (.20 to .21 and so on) belong to the word above.</summary>
    /// <param name="kappa">At most 1; the ends of an interval have words too.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no kappa.</exception>
    public static LandisKoch Of(double kappa)
    {
        Given.Within(kappa, -Limits.MagnitudeMax, 1 + Slack);
        return kappa < -Slack ? LandisKoch.Poor
            : kappa <= .2 + Slack ? LandisKoch.Slight
            : kappa <= .4 + Slack ? LandisKoch.Fair
            : kappa <= .6 + Slack ? LandisKoch.Moderate
            : kappa <= .8 + Slack ? LandisKoch.Substantial
            : LandisKoch.AlmostPerfect;
    }
}
