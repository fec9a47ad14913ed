using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Sqlite;

/// <summary>Words in FTS5. Stems are letters and digits only, so that none of them can be an operator once it stands in quotes.</summary>
internal sealed class Fts5 : IWordIndex
{
    public string Texts => "search_words w join search_text t on t.id = w.rowid";

    public string? MadeAgain => "insert into search_words (search_words) values ('rebuild')";

    // In the order they were first written, which FTS5 gives without sorting: so it stops when there are enough.
    public string Newest => "w.rowid desc";

    public string Fit => "w.rank";

    public string Rank(string fit, string query) => fit;

    public string Has(string query) => $"w.search_words match {query}";

    public string Lacks(string query) => $"t.id not in (select n.rowid from search_words n where n.search_words match {query})";

    public string Kept(string words) => words;

    public object Words(IEnumerable<string> stems) => string.Join(' ', stems);

    public object All(IEnumerable<IReadOnlyList<string>> phrases) => Joined(" AND ", phrases);

    public object Any(IEnumerable<IReadOnlyList<string>> phrases) => Joined(" OR ", phrases);

    private static string Joined(string how, IEnumerable<IReadOnlyList<string>> phrases) => string.Join(how, phrases.Select(p => $"\"{string.Join(' ', p)}\""));
}
