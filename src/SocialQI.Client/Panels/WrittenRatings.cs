using SocialQI.Ballots;
using SocialQI.Client.Cases.Identifying;
using SocialQI.Panels;

namespace SocialQI.Client.Panels;

/// <summary>One's ratings of a round while they are being made: what stands in the fields. They are entered together.</summary>
public sealed class WrittenRatings(PanelRound round, IReadOnlyCollection<int> recused)
{
    private readonly Dictionary<int, int> values = [];
    private readonly Dictionary<int, string> comments = [];

    public TopicId Ballot => round.Ballot;

    /// <summary>The statements that are one's own to rate, from 0.</summary>
    public IReadOnlyList<int> Asked { get; } = [.. round.Asked.Where(s => !recused.Contains(s))];

    /// <summary>Those that are not rated yet.</summary>
    public IReadOnlyList<int> Open => [.. Asked.Where(s => !values.ContainsKey(s))];

    /// <summary>Whether they differ from what was entered.</summary>
    public bool IsChanged { get; private set; }

    public IEnumerable<(string Field, string Text)> Texts => comments.Select(c => (Field(c.Key), c.Value));

    /// <summary>As they are sent: all of them.</summary>
    public Entry Entry => new([.. Asked.Where(values.ContainsKey).Select(s => new Choice(round.Asked.IndexOf(s), values[s], Comment: OrNothing(CommentOn(s))))]);

    public int? ValueOf(int statement) => values.TryGetValue(statement, out var value) ? value : null;

    public string CommentOn(int statement) => comments.GetValueOrDefault(statement, "");

    public void Rate(int statement, int value) => (values[statement], IsChanged) = (value, true);

    public void Comment(int statement, string text) => (comments[statement], IsChanged) = (text, true);

    public void TakeOut(MarkedWord word)
    {
        foreach (var statement in comments.Keys.Where(s => Field(s) == word.Field).ToList())
        {
            Comment(statement, word.TakenOutOf(comments[statement]));
        }
    }

    /// <summary>Begins with what was entered before.</summary>
    public void Take(Entry entry)
    {
        TakeUp(entry);
        IsChanged = false;
    }

    /// <summary>Goes on with what was not entered yet.</summary>
    public void TakeUp(Entry draft)
    {
        foreach (var choice in draft.Choices.OrEmpty().Where(c => c.Option >= 0 && c.Option < round.Asked.Length && Asked.Contains(round.Asked[c.Option])))
        {
            var statement = round.Asked[choice.Option];
            if (choice.Value is { } value)
            {
                values[statement] = value;
            }
            comments[statement] = choice.Comment ?? "";
        }
        IsChanged = true;
    }

    private static string Field(int statement) => statement.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? OrNothing(string text) => string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings(" ").Trim();
}
