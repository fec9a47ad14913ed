namespace SocialQI.Statistics.Pooling;

/// <summary>The answer of whoever is surest.</summary>
/// <param name="Answer">The label.</param>
/// <param name="Confidence">How sure they are.</param>
/// <param name="IsTied">Somebody just as sure says otherwise.</param>
public sealed record SurestAnswer(string Answer, double Confidence, bool IsTied)
{
    /// <summary>
    /// The group takes the answer of its most confident member. Sources: Koriat A. When are two heads better than one and why? Science 2012;336:360;
    /// Kurvers RHJM, et al. PNAS 2016;113:8777. Among those who are equally sure the commonest answer, then the first label (ordinal); the papers draw lots.
    /// </summary>
    /// <param name="answers">One a person, at most <see cref="Limits.RatersMax"/>; confidence 0 to 1; labels not blank, at most <see cref="Limits.LabelLengthMax"/> characters.</param>
    /// <returns>Null where nobody answered.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A confidence or the number of answers is out of range.</exception>
    /// <exception cref="ArgumentException">A label is blank or too long.</exception>
    public static SurestAnswer? Of(IReadOnlyList<(string Answer, double Confidence)> answers)
    {
        Given.Few(answers, Limits.RatersMax);
        foreach (var (answer, confidence) in answers)
        {
            Given.Label(answer, nameof(answers));
            Given.Share(confidence, nameof(answers));
        }
        if (answers.Count == 0)
        {
            return null;
        }
        var most = answers.Max(a => a.Confidence);
        var surest = answers.Where(a => a.Confidence == most).GroupBy(a => a.Answer, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).ToArray();
        return new(surest[0], most + 0.0, surest.Length > 1);
    }
}
