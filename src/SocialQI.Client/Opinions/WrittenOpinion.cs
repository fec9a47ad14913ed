using SocialQI.Ballots;
using SocialQI.Cases;

namespace SocialQI.Client.Opinions;

/// <summary>An opinion while it is being made: what stands in the fields.</summary>
public sealed class WrittenOpinion(BallotTerms terms)
{
    private readonly List<Diagnosis> differential = [];

    public BallotTerms Terms => terms;

    /// <summary>The diagnoses, the likeliest first.</summary>
    public IReadOnlyList<Diagnosis> Differential => differential;

    /// <summary>The next step, where it is one on offer.</summary>
    public int? Step { get; private set; }

    /// <summary>Whether another next step than those on offer is named.</summary>
    public bool IsOtherStep { get; private set; } = terms.Options.OrEmpty().IsEmpty;

    public string OtherStep { get; set; } = "";

    public string Reasons { get; set; } = "";

    public string WouldChange { get; set; } = "";

    public bool IsEmpty => differential.Count == 0;

    public bool IsFull => differential.Count == Opinion.DiagnosesMax;

    /// <summary>What all confidences sum to, in percent.</summary>
    public int Given => differential.Sum(d => d.Confidence ?? 0);

    /// <summary>Everything in one's own words, by the name of its field.</summary>
    public IEnumerable<(string Field, string Text)> Texts =>
        differential.Where(d => d.Of.Code is null).Select((d, i) => ("diagnosis" + i, d.Of.Text)).Concat([("step", OtherStep), ("reasons", Reasons), ("change", WouldChange)]);

    /// <summary>As it is sent.</summary>
    public Entry Entry => new(
        Step is { } option && !IsOtherStep ? [new(option)] : default,
        IsOtherStep && OtherStep.ReplaceLineEndings(" ").Trim() is { Length: > 0 } other ? other : null,
        new([.. differential], OrNothing(Reasons), OrNothing(WouldChange)));

    /// <summary>Adds a diagnosis behind the others, unless it is among them.</summary>
    public bool Add(Condition condition)
    {
        var isNew = !IsFull && condition.Text.Trim().Length > 0 && differential.TrueForAll(d => Opinion.ConceptOf(d.Of) != Opinion.ConceptOf(condition));
        if (isNew)
        {
            differential.Add(new(condition with { Text = condition.Text.Trim() }));
        }
        return isNew;
    }

    public void Remove(int place) => differential.RemoveAt(place);

    /// <summary>One place up.</summary>
    public void Raise(int place) => (differential[place - 1], differential[place]) = (differential[place], differential[place - 1]);

    public void Say(int place, int? percent) =>
        differential[place] = differential[place] with { Confidence = percent is { } sure ? Math.Clamp(sure, 0, Entry.ConfidenceMax) : null };

    public void Choose(int? step) => (Step, IsOtherStep) = (step, step is null);

    /// <summary>Takes a marked word out of the field in which it stands.</summary>
    public void TakeOut(Cases.Identifying.MarkedWord word)
    {
        switch (word.Field)
        {
            case "step": OtherStep = word.TakenOutOf(OtherStep); break;
            case "reasons": Reasons = word.TakenOutOf(Reasons); break;
            case "change": WouldChange = word.TakenOutOf(WouldChange); break;
            default:
                var place = differential.FindIndex(d => d.Of.Code is null && word.TakenOutOf(d.Of.Text) != d.Of.Text);
                if (place >= 0)
                {
                    differential[place] = differential[place] with { Of = new(null, word.TakenOutOf(differential[place].Of.Text)) };
                }
                break;
        }
    }

    /// <summary>Begins with what was entered before.</summary>
    public void Take(Entry entry)
    {
        differential.Clear();
        differential.AddRange(entry.Opinion?.Differential.OrEmpty() ?? []);
        (Reasons, WouldChange, OtherStep) = (entry.Opinion?.Reasons ?? "", entry.Opinion?.WouldChange ?? "", entry.Text ?? "");
        (Step, IsOtherStep) = (entry.Choices.OrEmpty().FirstOrDefault()?.Option, entry.Text is not null || terms.Options.OrEmpty().IsEmpty);
    }

    private static string? OrNothing(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
