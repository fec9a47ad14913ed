using SocialQI.Storage.Sql;

namespace SocialQI.Storage;

/// <summary>A database with a journal: its own positions, epoch and tail.</summary>
public sealed class Store : IAsyncDisposable
{
    private readonly Func<Task> applyOrleansScript;
    private readonly Func<Task>? scrubOrleans;

    internal Store(IDatabase database, GroupCommit commits, string epoch, TimeProvider clock, Func<Task> applyOrleansScript, Func<Task>? scrubOrleans = null)
    {
        Journal = new SqlJournal(database, commits, epoch);
        Tables = new SqlTables(database, clock);
        Images = new(database, clock);
        Terminologies = new(database, clock);
        Sessions = new(database, clock);
        Accounts = new(database, clock);
        Tokens = new(database, clock);
        Calendars = new(database, clock);
        Providers = new(database);
        Identities = new(database, clock);
        Audit = new(database, clock);
        Heads = new(database);
        Acts = new(database);
        this.applyOrleansScript = applyOrleansScript;
        this.scrubOrleans = scrubOrleans;
    }

    // The same, with a journal that stands before its own, and other tables beside it.
    internal Store(Store store, IJournal journal, Func<Task> scrubOrleans, ITables? tables = null)
    {
        Journal = journal;
        (Tables, Images, Terminologies) = (tables ?? store.Tables, store.Images, store.Terminologies);
        (Sessions, Accounts, Tokens, Calendars) = (store.Sessions, store.Accounts, store.Tokens, store.Calendars);
        (Providers, Identities) = (store.Providers, store.Identities);
        (Audit, Heads, Acts) = (store.Audit, store.Heads, store.Acts);
        applyOrleansScript = store.applyOrleansScript;
        this.scrubOrleans = scrubOrleans;
    }

    public IJournal Journal { get; }

    /// <summary>Of the process that writes here, where others could take its place; null where it is the only one.</summary>
    public Pulse? Pulse { get; init; }

    public ITables Tables { get; }

    public KeptImages Images { get; }

    public Terminologies Terminologies { get; }

    public Sessions Sessions { get; }

    public KeptAccounts Accounts { get; }

    public MachineTokens Tokens { get; }

    public KeptCalendars Calendars { get; }

    public KeptProviders Providers { get; }

    public KeptIdentities Identities { get; }

    public Audit.AuditLog Audit { get; }

    public Audit.StoreHeads Heads { get; }

    public Audit.AuditReading Acts { get; }

    /// <summary>Makes, or brings up to date, what the Orleans ADO.NET providers need. Harmless when done before.</summary>
    public Task ApplyOrleansScript() => applyOrleansScript();

    /// <summary>What Orleans has deleted from its tables leaves the disk at once, where the database does not see to that in its own time.</summary>
    public Task ScrubOrleans() => scrubOrleans?.Invoke() ?? Task.CompletedTask;

    /// <summary>Commits what waits, then lets the database go.</summary>
    public async ValueTask DisposeAsync()
    {
        await Audit.DisposeAsync();
        await Journal.DisposeAsync();
    }
}

/// <summary>Which store holds what. Today one holds everything that is open.</summary>
public sealed class Stores(Store open) : IAsyncDisposable
{
    /// <summary>Where people, institutions and communities are, and the tables beside the journal.</summary>
    public Store Default => open;

    /// <summary>The store of a home's topics.</summary>
    /// <exception cref="NotSupportedException">Privileged spaces are not served yet.</exception>
    public Store Of(InstitutionId home, Space space) =>
        space == Space.Open ? open : throw new NotSupportedException($"The privileged space of {home} is not served yet.");

    /// <summary>The store of a topic.</summary>
    /// <exception cref="NotSupportedException">It is in a privileged space.</exception>
    public Store Of(TopicId topic) => Of(topic.Home, topic.Space);

    public ValueTask DisposeAsync() => open.DisposeAsync();
}
