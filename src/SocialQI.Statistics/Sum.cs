namespace SocialQI.Statistics;

/// <summary>Sums to the same last bit, in whatever order the terms come.</summary>
internal static class Sum
{
    /// <summary>Sorted, then summed with Neumaier's compensation (Z angew Math Mech 1974;54:39).</summary>
    public static double Of(IEnumerable<double> terms)
    {
        var sorted = terms.ToArray();
        Array.Sort(sorted);
        double sum = 0, lost = 0;
        foreach (var term in sorted)
        {
            var next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
        }
        return sum + lost;
    }
}
