namespace SocialQI.Ballots;

/// <summary>Orders what is voted on: by how good it is at least, as far as its votes can tell.</summary>
public static class Wilson
{
    /// <summary>The quantile of the normal distribution for 95 percent.</summary>
    private const double Z = 1.959964;

    /// <summary>The lower end of Wilson's score interval of <paramref name="up"/> out of all votes, 0 to 1; 0 where nobody voted.</summary>
    public static double LowerBound(int up, int down)
    {
        double all = up + down;
        if (all <= 0)
        {
            return 0;
        }
        var share = up / all;
        var spread = Z * Math.Sqrt((share * (1 - share) / all) + (Z * Z / (4 * all * all)));
        return (share + (Z * Z / (2 * all)) - spread) / (1 + (Z * Z / all));
    }
}
