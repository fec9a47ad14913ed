namespace SocialQI.Statistics.Pooling;

/// <summary>
/// What a majority is worth. Source: Condorcet. Essai sur l'application de l'analyse à la probabilité des décisions rendues à la pluralité des voix. 1785;
/// it holds for people who judge independently and equally well.
/// </summary>
public static class Majority
{
    /// <summary>P = Σ C(n,k) pᵏ(1 − p)ⁿ⁻ᵏ over k &gt; n/2: the chance that more than half are right, 0 to 1. With an even n a tie is not right.</summary>
    /// <param name="raters">n, 1 to <see cref="Limits.TrialsMax"/>.</param>
    /// <param name="accuracy">p, the chance that one is right, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number or the chance is out of range.</exception>
    public static double Accuracy(int raters, double accuracy)
    {
        Given.Within(raters, 1, Limits.TrialsMax);
        Given.Share(accuracy);
        return Distributions.BinomialUpper((raters / 2) + 1, raters, accuracy);
    }

    /// <summary>C(n,n/2) p^(n/2) (1 − p)^(n/2): the chance that as many are right as wrong; 0 for an odd n.</summary>
    /// <param name="raters">As for <see cref="Accuracy"/>.</param>
    /// <param name="accuracy">As for <see cref="Accuracy"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number or the chance is out of range.</exception>
    public static double Tie(int raters, double accuracy)
    {
        Given.Within(raters, 1, Limits.TrialsMax);
        Given.Share(accuracy);
        return raters % 2 == 1 ? 0
            : Math.Max(0, Distributions.BinomialUpper(raters / 2, raters, accuracy) - Distributions.BinomialUpper((raters / 2) + 1, raters, accuracy));
    }

    /// <summary>What pooling changes, ties decided by a coin: P + tie/2 − p, −.5 to .5. Below 0 it hurts, as it does with p &lt; .5 and more than two people.</summary>
    /// <param name="raters">As for <see cref="Accuracy"/>.</param>
    /// <param name="accuracy">As for <see cref="Accuracy"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number or the chance is out of range.</exception>
    public static double Gain(int raters, double accuracy) => Accuracy(raters, accuracy) + (Tie(raters, accuracy) / 2) - accuracy;
}

/// <summary>How good a rule is that tells the sick from the well.</summary>
/// <param name="Sensitivity">The share of the sick that it finds, 0 to 1.</param>
/// <param name="Specificity">The share of the well that it leaves alone, 0 to 1.</param>
public sealed record Discrimination(double Sensitivity, double Specificity)
{
    /// <summary>J = sensitivity + specificity − 1, −1 to 1; 0 is no better than chance. Source: Youden WJ. Index for rating diagnostic tests. Cancer 1950;3:32.</summary>
    public double YoudenJ => Sensitivity + Specificity - 1;

    /// <summary>How far two may be apart in J and still be called similar, as the discussion of Kurvers 2016 works with it.</summary>
    public const double SimilarWithin = .1;

    /// <summary>
    /// Whether pooling the two can be expected to beat the better one: |ΔJ| is at most <see cref="SimilarWithin"/>. Source: Kurvers RHJM, et al. Boosting medical
    /// diagnostics by pooling independent judgments. PNAS 2016;113:8777.
    /// </summary>
    /// <param name="other">The other one's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is not within 0 to 1.</exception>
    public bool IsSimilarTo(Discrimination other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Check();
        other.Check();
        // Shares such as .8 and .7 are .1 apart and a last bit.
        return Math.Abs(YoudenJ - other.YoudenJ) <= SimilarWithin + 1e-9;
    }

    private void Check()
    {
        Given.Share(Sensitivity);
        Given.Share(Specificity);
    }
}

/// <summary>Calling something present where at least k of n do.</summary>
public static class Quorum
{
    /// <summary>
    /// Sensitivity = 1 − F(k − 1; n, TPR), specificity = F(k − 1; n, FPR), F binomial. Source: Wolf M, Krause J, Carney PA, Bogart A, Kurvers RHJM.
    /// Collective intelligence meets medical decision-making: the collective outperforms the best radiologist. PLoS ONE 2015;10:e0134269. For people who judge independently.
    /// </summary>
    /// <param name="needed">k, 0 to n + 1; with 0 all are called positive, with n + 1 none.</param>
    /// <param name="raters">n, 1 to <see cref="Limits.TrialsMax"/>.</param>
    /// <param name="truePositiveRate">How often one is right about the sick, 0 to 1.</param>
    /// <param name="falsePositiveRate">How often one is wrong about the well, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number or a rate is out of range.</exception>
    public static Discrimination Of(int needed, int raters, double truePositiveRate, double falsePositiveRate)
    {
        Given.Within(raters, 1, Limits.TrialsMax);
        Given.Within(needed, 0, raters + 1);
        Given.Share(truePositiveRate);
        Given.Share(falsePositiveRate);
        // Fewer than k positive of n is more than n − k negative: so neither is one minus the other.
        return new(
            Distributions.BinomialUpper(needed, raters, truePositiveRate),
            Distributions.BinomialUpper(raters - needed + 1, raters, 1 - falsePositiveRate));
    }
}
