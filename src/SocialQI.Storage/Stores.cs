namespace SocialQI.Storage;

/// <summary>A database with a journal: its own positions, epoch and tail.</summary>
public sealed class Store : IAsyncDisposable
{
    private readonly Func<Task> applyOrleansScript;
    private readonly Func<Task>? scrubOrleans;

    internal Store(IJournal journal, ITables tables, KeptImages images, Sql.Terminologies terminologies, Sessions sessions, KeptAccounts accounts, KeptProviders providers, KeptIdentities identities, Audit.AuditLog audit, Audit.StoreHeads heads,
        Audit.AuditReading acts, Func<Task> applyOrleansScript, Func<Task>? scrubOrleans = null)
    {
        Journal = journal;
        Tables = tables;
        Images = images;
        Terminologies = terminologies;
        Sessions = sessions;
        Accounts = accounts;
        Providers = providers;
        Identities = identities;
        Audit = audit;
        Heads = heads;
        Acts = acts;
        this.applyOrleansScript = applyOrleansScript;
        this.scrubOrleans = scrubOrleans;
    }

    public IJournal Journal { get; }

    public ITables Tables { get; }

    public KeptImages Images { get; }

    public Sql.Terminologies Terminologies { get; }

    public Sessions Sessions { get; }

    public KeptAccounts Accounts { get; }

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
