namespace SocialQI.Storage.Sql;

/// <summary>What must be so of a row, gathered with the values it is compared with. Values only ever come in as parameters.</summary>
internal sealed class Conditions
{
    private readonly List<string> all = [];
    private readonly List<(string Name, object? Value)> parameters = [];

    public Conditions Where(string sql, params IEnumerable<(string Name, object? Value)> with)
    {
        all.Add(sql);
        parameters.AddRange(with);
        return this;
    }

    /// <summary>That a column is like each of these patterns; the parameters are named after the first word.</summary>
    public Conditions Like(string name, string column, IReadOnlyList<string> patterns)
    {
        for (var i = 0; i < patterns.Count; i++)
        {
            Where($@"{column} like @{name}{i} escape '\'", ($"{name}{i}", patterns[i]));
        }
        return this;
    }

    /// <summary>Where to go on, and how far.</summary>
    public (string Name, object? Value)[] With(params IEnumerable<(string Name, object? Value)> more) => [.. parameters, .. more];

    public override string ToString() => all.Count == 0 ? "true" : string.Join(" and ", all);
}
