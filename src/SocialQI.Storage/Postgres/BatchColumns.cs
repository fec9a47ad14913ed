using NpgsqlTypes;
using SocialQI.Storage.Sql;

namespace SocialQI.Storage.Postgres;

/// <summary>The rows of a batch, each with its topic.</summary>
internal sealed class BatchRows
{
    public BatchRows(IReadOnlyList<Append> batch)
    {
        Appends = [.. batch.Select(a => (a.Topic.ToString(), a))];
        Commands = [.. Appends.SelectMany(a => a.Append.Commands, (a, c) => (a.Topic, c))];
        Events = [.. Appends.SelectMany(a => a.Append.Events, (a, e) => (a.Topic, e))];
    }

    public (string Topic, Append Append)[] Appends { get; }

    public (string Topic, DoneCommand Command)[] Commands { get; }

    public (string Topic, NewEvent Event)[] Events { get; }

    public (string Topic, PassportRow Row)[] Passports =>
        [.. Events.SelectMany(e => e.Event.Rows.Passports.OrEmpty(), (e, row) => (e.Topic, row))];

    // An audience replaces the one before: of several in an append only the last is left, with a null where it is nobody.
    public (string Topic, string? Key)[] Audience =>
    [
        .. from a in Appends
           let last = a.Append.Events.LastOrDefault(e => !e.Rows.Audience.IsDefault)
           where last is not null
           from key in last.Rows.Audience.Cast<string?>().DefaultIfEmpty()
           select (a.Topic, key),
    ];

    // The last word on each plan.
    public (string Topic, DueRow Row, int Shard)[] Due =>
    [
        .. from a in Appends
           from plans in a.Append.Events.SelectMany(e => e.Rows.Due.OrEmpty()).GroupBy(row => row.Key)
           select (a.Topic, plans.Last(), DueShard.Of(a.Append.Topic)),
    ];

    public (string Topic, long Number, string Hash)[] ImageUses =>
        [.. Events.SelectMany(e => e.Event.Rows.Images.OrEmpty(), (e, hash) => (e.Topic, e.Event.Number, hash.ToString()))];

    public (string Topic, long Number)[] Withdrawals =>
        [.. Events.Where(e => e.Event.Rows.Withdraws is not null).Select(e => (e.Topic, e.Event.Rows.Withdraws!.Value))];

    /// <summary>1 where it is hidden, 0 where it is restored.</summary>
    public (string Topic, long Number, int Hidden)[] Hidings =>
    [
        .. from e in Events
           let number = e.Event.Rows.Hides ?? e.Event.Rows.Restores
           where number is not null
           select (e.Topic, number.Value, e.Event.Rows.Hides is null ? 0 : 1),
    ];

    public (string Topic, long Number)[] Redactions =>
        [.. Events.Where(e => e.Event.Rows.Redacts is not null).Select(e => (e.Topic, e.Event.Rows.Redacts!.Value))];
}

/// <summary>A batch as the parameters of <c>append_events</c>, in the order in which it names them.</summary>
internal static class BatchColumns
{
    /// <summary>What each parameter is a list of.</summary>
    public static readonly NpgsqlDbType[] Types =
    [
        NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bytea, NpgsqlDbType.Bigint,
        NpgsqlDbType.Text, NpgsqlDbType.Uuid, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bytea,
        NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Text, NpgsqlDbType.Integer, NpgsqlDbType.Uuid, NpgsqlDbType.Text, NpgsqlDbType.Bigint,
        NpgsqlDbType.Uuid, NpgsqlDbType.Bigint, NpgsqlDbType.Bytea, NpgsqlDbType.Bytea, NpgsqlDbType.Bytea, NpgsqlDbType.Bytea,
        NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint,
        NpgsqlDbType.Text, NpgsqlDbType.Text,
        NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Integer,
        NpgsqlDbType.Text, NpgsqlDbType.Bigint,
        NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Text,
        NpgsqlDbType.Text, NpgsqlDbType.Bigint,
        NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Integer,
    ];

    public static object[] Of(IReadOnlyList<Append> batch)
    {
        var rows = new BatchRows(batch);
        return
        [
            .. Appends(rows.Appends),
            .. Commands(rows.Commands),
            .. Events(rows.Events),
            .. Passports(rows.Passports),
            .. Audience(rows.Audience),
            .. Due(rows.Due),
            .. Numbers(rows.Redactions),
            .. ImageUses(rows.ImageUses),
            .. Numbers(rows.Withdrawals),
            .. Hidings(rows.Hidings),
        ];
    }

    private static object[] Appends((string Topic, Append Append)[] rows) =>
    [
        List(rows, r => r.Topic),
        List(rows, r => r.Append.Expected),
        List(rows, r => r.Append.Events[^1].Number),
        List(rows, r => r.Append.Events[^1].Seal.Hash),
        List(rows, r => r.Append.Events.Sum(e => (long)e.Rows.Contributions)),
    ];

    private static object[] Commands((string Topic, DoneCommand Command)[] rows) =>
    [
        List(rows, r => r.Topic),
        List(rows, r => r.Command.Id),
        List(rows, r => r.Command.First),
        List(rows, r => r.Command.Last),
        List(rows, r => r.Command.Digest),
    ];

    private static object[] Events((string Topic, NewEvent Event)[] rows) =>
    [
        List(rows, r => r.Topic),
        List(rows, r => r.Event.Number),
        List(rows, r => r.Event.Kind),
        List(rows, r => r.Event.Version),
        List(rows, r => r.Event.By.Value),
        List(rows, r => r.Event.For?.ToString()),
        List(rows, r => r.Event.At.Micros),
        List(rows, r => r.Event.Command),
        List(rows, r => r.Event.Re),
        List(rows, r => r.Event.Seal.Digest),
        List(rows, r => r.Event.Seal.Hash),
        List(rows, r => r.Event.Seal.Salt),
        List(rows, r => r.Event.Payload),
    ];

    private static object[] Passports((string Topic, PassportRow Row)[] rows) =>
    [
        List(rows, r => r.Topic),
        List(rows, r => r.Row.Holder),
        List(rows, r => r.Row.Holds),
        List(rows, r => r.Row.As),
        List(rows, r => r.Row.From.Micros),
        List(rows, r => r.Row.Until?.Micros),
    ];

    private static object[] Hidings((string Topic, long Number, int Hidden)[] rows) => [List(rows, r => r.Topic), List(rows, r => r.Number), List(rows, r => r.Hidden)];

    private static object[] Audience((string Topic, string? Key)[] rows) => [List(rows, r => r.Topic), List(rows, r => r.Key)];

    private static object[] Due((string Topic, DueRow Row, int Shard)[] rows) =>
        [List(rows, r => r.Topic), List(rows, r => r.Row.Key), List(rows, r => r.Row.At?.Micros), List(rows, r => r.Shard)];

    private static object[] ImageUses((string Topic, long Number, string Hash)[] rows) => [List(rows, r => r.Topic), List(rows, r => r.Number), List(rows, r => r.Hash)];

    private static object[] Numbers((string Topic, long Number)[] rows) => [List(rows, r => r.Topic), List(rows, r => r.Number)];

    private static T[] List<TRow, T>(TRow[] rows, Converter<TRow, T> value) => Array.ConvertAll(rows, value);
}
