namespace SocialQI.Statistics.Delphi;

/// <summary>
/// When a round's answers are consensus, when they are stable, and when to stop. Fixed before the first round: a rule chosen after the answers proves nothing
/// (Diamond IR, et al. J Clin Epidemiol 2014;67:401).
/// </summary>
/// <param name="ScaleMin">The lowest rating.</param>
/// <param name="ScaleMax">The highest rating, above the lowest.</param>
/// <param name="AgainstThrough">Ratings up to this one are against.</param>
/// <param name="ForFrom">Ratings from this one on are for; above <paramref name="AgainstThrough"/>.</param>
/// <param name="ShareMin">The share on one side that makes consensus, more than 0 and at most 1.</param>
/// <param name="OppositeBelow">The share on the other side must be below this, more than 0 and at most 1.</param>
/// <param name="CvChangeBelow">Stable where the coefficient of variation changed by less (Dajani JS, et al. Technol Forecast Soc Change 1979;13:83), more than 0.</param>
/// <param name="RoundsMax">The last round, 1 to <see cref="RoundsLimit"/>.</param>
/// <param name="IqrMax">Consensus also needs an interquartile range (type 7) of at most this many points; usual are 1 of 5 points and 2 of 9 or 10
/// (von der Gracht HA. Technol Forecast Soc Change 2012;79:1525). Null: not asked.</param>
/// <param name="MovedBelow">Stability also needs a smaller share of answers than this to have moved, <see cref="ScheibeChange"/> for instance. Null: not asked.</param>
public sealed record DelphiRule(
    int ScaleMin,
    int ScaleMax,
    int AgainstThrough,
    int ForFrom,
    double ShareMin,
    double OppositeBelow,
    double CvChangeBelow = DelphiRule.DajaniChange,
    int RoundsMax = 3,
    double? IqrMax = null,
    double? MovedBelow = null)
{
    /// <summary>The most rounds that a rule may ask for.</summary>
    public const int RoundsLimit = 20;

    /// <summary>The highest rating that a scale may have; its lowest is at least 0.</summary>
    public const int ScaleLimit = 100;

    /// <summary>Dajani's bound for a change of the coefficient of variation.</summary>
    public const double DajaniChange = .2;

    /// <summary>Scheibe's bound for the share of answers that changed (in: Linstone HA, Turoff M, eds. The Delphi Method, 1975).</summary>
    public const double ScheibeChange = .15;

    /// <summary>1 to 9; 70 % in 7–9 and less than 15 % in 1–3, or the other way round (Williamson PR, et al. COMET Handbook 1.0. Trials 2017;18 Suppl 3:280).</summary>
    public static DelphiRule Comet { get; } = new(1, 9, 3, 7, .7, .15);

    internal void Check()
    {
        Given.Within(ScaleMin, 0, ScaleLimit - 1);
        Given.Within(ScaleMax, ScaleMin + 1, ScaleLimit);
        Given.Within(AgainstThrough, ScaleMin - 1, ScaleMax);
        Given.Within(ForFrom, AgainstThrough + 1, ScaleMax + 1);
        Given.Within(ShareMin, double.Epsilon, 1);
        Given.Within(OppositeBelow, double.Epsilon, 1);
        Given.Within(CvChangeBelow, double.Epsilon, Limits.MagnitudeMax);
        Given.Within(RoundsMax, 1, RoundsLimit);
        Given.Within(IqrMax ?? 0, 0, ScaleLimit, nameof(IqrMax));
        Given.Within(MovedBelow ?? 1, double.Epsilon, 1, nameof(MovedBelow));
    }
}
