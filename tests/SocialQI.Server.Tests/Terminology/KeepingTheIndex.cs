using SocialQI.Server.Terminology;
using SocialQI.Storage;
using SocialQI.Storage.Sqlite;
using Xunit;

namespace SocialQI.Server.Tests.Terminology;

/// <summary>What a process answers follows what is current in the store, whichever process loaded it.</summary>
public sealed class KeepingTheIndex : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("socialqi-index-").FullName;
    private Store store = null!;
    private Terms terms = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        store = await SqliteStore.Open(folder);
        terms = new Terms(new Stores(store));
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Begins_with_the_starter_list()
    {
        Assert.Null(terms.Index);
        Assert.Equal(LoadOutcome.Loaded, await terms.Begin(Stop));
        await terms.CatchUp(Stop);
        Assert.Equal("D76.1", terms.Index!.Find("HLH", 5)[0].Code);
    }

    [Fact]
    public async Task At_a_second_start_loads_nothing_again()
    {
        await terms.Begin(Stop);
        Assert.Equal(LoadOutcome.Unchanged, await new Terms(new Stores(store)).Begin(Stop));
    }

    [Fact]
    public async Task Takes_up_what_another_process_loaded()
    {
        await terms.Begin(Stop);
        await terms.CatchUp(Stop);

        await Loaded("2026", new Concept("D76.1", "Hemophagocytic lymphohistiocytosis", []));
        await terms.CatchUp(Stop);

        Assert.Equal(new("D76.1", "Hemophagocytic lymphohistiocytosis", "HLH"), Assert.Single(terms.Index!.Find("HLH", 5)));
        Assert.Empty(terms.Index.Find("heart attack", 5));
    }

    [Fact]
    public async Task Takes_up_that_an_older_version_was_chosen()
    {
        await Loaded("2025", new Concept("I10", "High pressure", []));
        await Loaded("2026", new Concept("I10", "Essential hypertension", []));
        await terms.CatchUp(Stop);
        Assert.Equal("Essential hypertension", terms.Index!.Find("I10", 5)[0].Title);

        await store.Terminologies.Choose(TerminologyFile.IcdTenCm, "2025", Stop);
        await terms.CatchUp(Stop);
        Assert.Equal("High pressure", terms.Index.Find("I10", 5)[0].Title);
    }

    [Fact]
    public async Task Makes_it_anew_only_when_there_is_news()
    {
        await terms.Begin(Stop);
        await terms.CatchUp(Stop);
        var index = terms.Index;
        await terms.CatchUp(Stop);
        Assert.Same(index, terms.Index);
    }

    [Fact]
    public async Task Of_two_systems_shows_the_words_of_the_newer_for_a_code_of_both()
    {
        await store.Terminologies.Load(new("icd-10", "2019", [new("I10", "Older words", []), new("I15.9", "Secondary hypertension", [])], null, false), _ => Task.CompletedTask, Stop);
        await Loaded("2026", new Concept("I10", "Newer words", []));
        await terms.CatchUp(Stop);
        Assert.Equal(["Newer words", "Secondary hypertension"], terms.Index!.Find("I1", 5).Select(l => l.Title).Order());
    }

    private ValueTask<LoadOutcome> Loaded(string version, Concept concept) =>
        store.Terminologies.Load(new(TerminologyFile.IcdTenCm, version, [concept], null, false), _ => Task.CompletedTask, Stop);
}
