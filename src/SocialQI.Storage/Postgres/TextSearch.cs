using System.Globalization;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Postgres;

/// <summary>Words in a tsvector. Stems are letters and digits only, so that none of them can end its quotes.</summary>
internal sealed class TextSearch : IWordIndex
{
    /// <summary>The last place of a word that a tsvector can tell from others.</summary>
    private const int PlaceMax = 16_383;

    public string Texts => "seen_text t";

    public string? MadeAgain => null;

    public string Newest => "t.at desc";

    public string Fit => "t.words";

    public string Rank(string fit, string query) => $"-ts_rank({fit}, {query}::tsquery)";

    public string Has(string query) => $"t.words @@ {query}::tsquery";

    public string Lacks(string query) => $"not t.words @@ {query}::tsquery";

    public string Kept(string words) => words + "::tsvector";

    public object Words(IEnumerable<string> stems) =>
        string.Join(' ', stems.Select((stem, i) => string.Create(CultureInfo.InvariantCulture, $"'{stem}':{Math.Min(i + 1, PlaceMax)}")));

    public object All(IEnumerable<IReadOnlyList<string>> phrases) => Joined(" & ", phrases);

    public object Any(IEnumerable<IReadOnlyList<string>> phrases) => Joined(" | ", phrases);

    private static string Joined(string how, IEnumerable<IReadOnlyList<string>> phrases) =>
        string.Join(how, phrases.Select(p => string.Join(" <-> ", p.Select(stem => $"'{stem}'"))));
}
