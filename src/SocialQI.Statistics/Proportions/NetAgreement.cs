namespace SocialQI.Statistics.Proportions;

/// <summary>By how much those who agree outnumber those who do not. It describes; it is no test of consensus.</summary>
/// <param name="Agree">How many agree.</param>
/// <param name="Neutral">How many do neither.</param>
/// <param name="Disagree">How many disagree.</param>
/// <param name="Net">(agree − disagree)/n, −1 to 1.</param>
/// <param name="Low">The lower end of its interval, −1 or more.</param>
/// <param name="High">The upper end, 1 or less.</param>
/// <param name="Agreeing">The interval of the share that agrees.</param>
/// <param name="Disagreeing">The interval of the share that disagrees.</param>
public sealed record NetAgreement(
    int Agree, int Neutral, int Disagree, double Net, double Low, double High, WilsonInterval Agreeing, WilsonInterval Disagreeing)
{
    /// <summary>How many answered; always shown with it.</summary>
    public int Answered => Agree + Neutral + Disagree;

    /// <summary>
    /// Net = pₐ − p_d of all answers. Its interval is made of Wilson's for both shares (l, u), squared and added, with their correlation
    /// ρ = −√(pₐp_d/((1 − pₐ)(1 − p_d))): low = net − √((pₐ−lₐ)² + (u_d−p_d)² − 2ρ(pₐ−lₐ)(u_d−p_d)), high likewise. Sources: Newcombe RG. Stat Med 1998;17:2635;
    /// Zou GY, Donner A. Stat Med 2008;27:1693. Without neutral answers it is 2 · Wilson − 1; where all say the same, ρ is taken as −1, the widest.
    /// </summary>
    /// <param name="agree">0 or more.</param>
    /// <param name="neutral">0 or more.</param>
    /// <param name="disagree">0 or more; all together at most <see cref="Limits.CountMax"/>.</param>
    /// <param name="confidence">Of all three intervals, <see cref="WilsonInterval.ConfidenceMin"/> to <see cref="WilsonInterval.ConfidenceMax"/>.</param>
    /// <returns>Null where nobody answered.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number or the confidence is out of range.</exception>
    public static NetAgreement? Of(int agree, int neutral, int disagree, double confidence = WilsonInterval.ConfidenceDefault)
    {
        Given.Within(agree, 0, Limits.CountMax);
        Given.Within(neutral, 0, Limits.CountMax - agree);
        Given.Within(disagree, 0, Limits.CountMax - agree - neutral);
        var all = agree + neutral + disagree;
        if (WilsonInterval.Of(agree, all, confidence) is not { } a || WilsonInterval.Of(disagree, all, confidence) is not { } d)
        {
            return null;
        }
        var net = (double)(agree - disagree) / all;
        var others = (double)(all - agree) * (all - disagree);
        var correlation = others == 0 ? -1 : -Math.Sqrt((double)agree * disagree / others);
        return new(
            agree, neutral, disagree, net,
            Math.Max(-1, net - Length(a.Share - a.Low, d.High - d.Share, correlation)),
            Math.Min(1, net + Length(a.High - a.Share, d.Share - d.Low, correlation)),
            a, d);
    }

    private static double Length(double one, double other, double correlation) =>
        Math.Sqrt(Math.Max(0, (one * one) + (other * other) - (2 * correlation * one * other)));
}
