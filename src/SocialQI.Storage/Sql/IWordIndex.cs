namespace SocialQI.Storage.Sql;

/// <summary>How a database keeps the words of texts and finds texts by them: FTS5 or a tsvector.</summary>
internal interface IWordIndex
{
    /// <summary>Where texts (<c>t</c>) stand together with what ranks them.</summary>
    string Texts { get; }

    /// <summary>The order, newest first, in which texts are found soonest.</summary>
    string Newest { get; }

    /// <summary>What of a text found by a query says how well it fits.</summary>
    string Fit { get; }

    /// <summary>How well it fits, of that and the query given as this parameter: the least fits best.</summary>
    string Rank(string fit, string query);

    /// <summary>Whether a text has what a query given as this parameter asks for.</summary>
    string Has(string query);

    /// <summary>Whether it has not.</summary>
    string Lacks(string query);

    /// <summary>What stands for words given as this parameter.</summary>
    string Kept(string words);

    /// <summary>The words of a text, in order, as the value of such a parameter.</summary>
    object Words(IEnumerable<string> stems);

    /// <summary>All of these phrases as the value of a query's parameter.</summary>
    object All(IEnumerable<IReadOnlyList<string>> phrases);

    /// <summary>Any of them.</summary>
    object Any(IEnumerable<IReadOnlyList<string>> phrases);

    /// <summary>Makes the index itself again from the texts; null where the database sees to that.</summary>
    string? MadeAgain { get; }
}
