using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace SocialQI.Statistics;

/// <summary>The one place that asks the maths library: what it knows of distributions, with the ends closed where it has none.</summary>
internal static class Distributions
{
    /// <summary>The point below which <paramref name="share"/> of a standard normal distribution lies, 0 &lt; share &lt; 1.</summary>
    public static double NormalQuantile(double share) => Normal.InvCDF(0, 1, share);

    /// <summary>The chance of being at least as far from 0 as <paramref name="z"/>, on either side.</summary>
    public static double NormalTwoSided(double z) => Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Abs(z)));

    /// <summary>The chance of <paramref name="value"/> or more with this many degrees of freedom, at least 1.</summary>
    public static double ChiSquaredUpper(double value, int degrees) =>
        value <= 0 ? 1 : Math.Clamp(SpecialFunctions.GammaUpperRegularized(degrees / 2.0, value / 2), 0, 1);

    /// <summary>The chance of <paramref name="least"/> or more successes. As a beta function, for one minus a sum would lose small chances.</summary>
    public static double BinomialUpper(int least, int trials, double chance) =>
        least <= 0 ? 1
        : least > trials ? 0
        : Math.Clamp(SpecialFunctions.BetaRegularized(least, trials - least + 1, chance), 0, 1);
}
