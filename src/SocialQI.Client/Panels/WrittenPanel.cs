using SocialQI.Cases;
using SocialQI.Client.Cases.Identifying;
using SocialQI.Panels;

namespace SocialQI.Client.Panels;

/// <summary>A panel's plan while it is being written: what stands in the fields.</summary>
public sealed class WrittenPanel
{
    public string Title { get; set; } = "";

    public string Question { get; set; } = "";

    /// <summary>One a line.</summary>
    public string Statements { get; set; } = "";

    public List<ClinicianId> Seats { get; } = [];

    public PanelStop StopsWhen { get; set; }

    public int Rounds { get; set; } = 3;

    public PercentilePlace Percentiles { get; set; }

    public bool AsksNecessity { get; set; }

    public Visibility Visibility { get; set; } = new(VisibilityKind.Institution, [], []);

    public IEnumerable<(string Field, string Text)> Texts => [("title", Title), ("question", Question), ("statements", Statements)];

    public PanelPlan Plan => new(
        Title.Trim(), Question.ReplaceLineEndings(" ").Trim(), [.. Statements.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        [.. Seats], new(StopsWhen, Rounds, Percentiles, AsksNecessity), Visibility);

    public void Take(PanelPlan plan)
    {
        (Title, Question, Statements) = (plan.Title, plan.Question, string.Join('\n', plan.Statements.OrEmpty()));
        (StopsWhen, Rounds, Percentiles, AsksNecessity) = (plan.Rule.StopsWhen, plan.Rule.Rounds, plan.Rule.Percentiles, plan.Rule.AsksNecessity);
        Visibility = plan.Visibility with { Communities = plan.Visibility.Communities.OrEmpty(), Clinicians = plan.Visibility.Clinicians.OrEmpty() };
        Seats.Clear();
        Seats.AddRange(plan.Seats.OrEmpty());
    }

    public void TakeOut(MarkedWord word)
    {
        switch (word.Field)
        {
            case "title": Title = word.TakenOutOf(Title); break;
            case "question": Question = word.TakenOutOf(Question); break;
            default: Statements = word.TakenOutOf(Statements); break;
        }
    }
}
