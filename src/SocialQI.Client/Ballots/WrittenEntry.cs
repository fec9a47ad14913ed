using SocialQI.Ballots;

namespace SocialQI.Client.Ballots;

/// <summary>An entry while it is being made: what stands in the fields.</summary>
public sealed class WrittenEntry(BallotTerms terms)
{
    private readonly List<int> chosen = [];
    private readonly Dictionary<int, int> ratings = [], confidence = [];

    public BallotTerms Terms => terms;

    public string Text { get; set; } = "";

    /// <summary>The options chosen; of a ranking, the best first.</summary>
    public IReadOnlyList<int> Chosen => chosen;

    public bool IsEmpty => terms.Kind switch
    {
        BallotKind.Text => string.IsNullOrWhiteSpace(Text),
        BallotKind.Scale => ratings.Count == 0,
        _ => chosen.Count == 0,
    };

    /// <summary>As it is sent.</summary>
    public Entry Entry => terms.Kind switch
    {
        BallotKind.Text => new(Text: Text.ReplaceLineEndings(" ").Trim()),
        BallotKind.Scale => new([.. ratings.OrderBy(r => r.Key).Select(r => new Choice(r.Key, r.Value, ConfidenceOf(r.Key)))]),
        BallotKind.MultipleChoice => new([.. chosen.Order().Select(o => new Choice(o, null, ConfidenceOf(o)))]),
        _ => new([.. chosen.Select(o => new Choice(o, null, ConfidenceOf(o)))]),
    };

    public bool Has(int option) => chosen.Contains(option);

    public int? RatingOf(int option) => ratings.TryGetValue(option, out var rating) ? rating : null;

    public int? ConfidenceOf(int option) => confidence.TryGetValue(option, out var percent) ? percent : null;

    /// <summary>Of a single choice, instead of any other; else on and off.</summary>
    public void Choose(int option)
    {
        if (terms.Kind == BallotKind.SingleChoice)
        {
            chosen.Clear();
        }
        if (!chosen.Remove(option))
        {
            chosen.Add(option);
        }
    }

    /// <summary>One place up or down in a ranking.</summary>
    public void Move(int option, int by)
    {
        var (from, to) = (chosen.IndexOf(option), chosen.IndexOf(option) + by);
        if (from >= 0 && to >= 0 && to < chosen.Count)
        {
            (chosen[from], chosen[to]) = (chosen[to], chosen[from]);
        }
    }

    public void Rate(int option, int rating) => ratings[option] = Math.Clamp(rating, BallotTerms.ScaleMin, BallotTerms.ScaleMax);

    public void Unrate(int option) => ratings.Remove(option);

    public void Say(int option, int? percent)
    {
        confidence.Remove(option);
        if (percent is { } sure)
        {
            confidence[option] = Math.Clamp(sure, 0, Entry.ConfidenceMax);
        }
    }

    /// <summary>Begins with what was entered before.</summary>
    public void Take(Entry entry)
    {
        chosen.Clear();
        ratings.Clear();
        confidence.Clear();
        Text = entry.Text ?? "";
        foreach (var choice in entry.Choices.OrEmpty())
        {
            Say(choice.Option, choice.Confidence);
            if (choice.Value is { } rating)
            {
                ratings[choice.Option] = rating;
            }
            else
            {
                chosen.Add(choice.Option);
            }
        }
    }

    /// <summary>How options are named beside their words: A, B, C …</summary>
    public static string Letter(int option) => ((char)('A' + option)).ToString();
}
