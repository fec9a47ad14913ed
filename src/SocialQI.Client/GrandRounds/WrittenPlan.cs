using System.Globalization;
using SocialQI.Cases;
using SocialQI.Client.Cases.Identifying;
using SocialQI.GrandRounds;

namespace SocialQI.Client.GrandRounds;

/// <summary>A part of the agenda while it is being written.</summary>
public sealed class WrittenPart
{
    public Guid Key { get; } = Guid.NewGuid();

    public string Title { get; set; } = "";

    public ClinicianId? Presenter { get; set; }

    public int Minutes { get; set; } = 15;

    public TopicId? Case { get; set; }
}

/// <summary>A plan while it is being written: what stands in the fields.</summary>
public sealed class WrittenPlan
{
    /// <summary>How long a session lasts that nobody said otherwise of.</summary>
    private const int UsualMinutes = 60;

    public string Title { get; set; } = "";

    public string About { get; set; } = "";

    /// <summary>By the clocks on the wall in <see cref="Zone"/>, as a field for dates and times writes it.</summary>
    public string Local { get; set; } = "";

    public string Zone { get; set; } = "";

    public int Minutes { get; set; } = UsualMinutes;

    public Visibility Visibility { get; set; } = new(VisibilityKind.Network, [], []);

    public List<ClinicianId> Moderators { get; } = [];

    public List<InstitutionId> Hosts { get; } = [];

    public List<WrittenPart> Parts { get; } = [];

    public string Room { get; set; } = "";

    public bool Repeats { get; set; }

    public int Weeks { get; set; } = 4;

    public int Times { get; set; } = 6;

    /// <summary>Everything that others would read, by the name of its field.</summary>
    public IEnumerable<(string Field, string Text)> Texts => [("title", Title), ("about", About), .. Parts.Select((p, i) => (i.ToString(CultureInfo.InvariantCulture), p.Title))];

    /// <summary>Whether others than the home's people see it.</summary>
    public bool LeavesHome => Visibility.Kind != VisibilityKind.Institution || Hosts.Count > 0;

    /// <summary>When each part begins: one after the other.</summary>
    public int FromOf(WrittenPart part) => Parts.TakeWhile(p => p != part).Sum(p => p.Minutes);

    public RoundsPlan Plan(ClinicianId me) => new(
        Title.Trim(),
        About.Trim(),
        Local.Length > 16 ? Local[..16] : Local,
        Zone.Trim(),
        Minutes,
        Visibility,
        [.. Moderators],
        [.. Hosts],
        [.. Parts.Select(p => new AgendaItem(p.Title.Trim(), p.Presenter ?? me, FromOf(p), p.Minutes, p.Case))],
        string.IsNullOrWhiteSpace(Room) ? null : Room.Trim());

    public Repeat? Repeat => Repeats ? new(Weeks, Times) : null;

    public void Take(RoundsPlan plan)
    {
        (Title, About, Local, Zone, Minutes, Visibility, Room) = (plan.Title, plan.About, plan.Local, plan.Zone, plan.Minutes, plan.Visibility, plan.Room ?? "");
        Visibility = Visibility with { Communities = Visibility.Communities.OrEmpty(), Clinicians = Visibility.Clinicians.OrEmpty() };
        Set(Moderators, plan.Moderators.OrEmpty());
        Set(Hosts, plan.Hosts.OrEmpty());
        Set(Parts, plan.Agenda.OrEmpty().Select(a => new WrittenPart { Title = a.Title, Presenter = a.Presenter, Minutes = a.Minutes, Case = a.Case }));
    }

    public void TakeOut(MarkedWord word)
    {
        switch (word.Field)
        {
            case "title": Title = word.TakenOutOf(Title); break;
            case "about": About = word.TakenOutOf(About); break;
            default: var part = Parts[int.Parse(word.Field, CultureInfo.InvariantCulture)]; part.Title = word.TakenOutOf(part.Title); break;
        }
    }

    private static void Set<T>(List<T> list, IEnumerable<T> to)
    {
        list.Clear();
        list.AddRange(to);
    }
}
