using System.Text;
using SocialQI.Cases;
using SocialQI.Grains.Topics;
using SocialQI.Wire;
using Xunit;
using static SocialQI.Grains.Tests.LiveTopic;

namespace SocialQI.Grains.Tests;

/// <summary>A text that must not be anywhere any more: in what the grain shows, in its snapshot, in a file.</summary>
public sealed class RedactingATopicsText : IAsyncLifetime
{
    private const string Name = "Johanna Doe, born 3 May";
    private TestStore store = null!;
    private Silos silos = null!;

    public async ValueTask InitializeAsync()
    {
        store = await TestStore.Open();
        silos = await Silos.Start(store);
    }

    public async ValueTask DisposeAsync()
    {
        await silos.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Takes_it_out_of_what_is_shown_and_kept()
    {
        var (live, number) = await WithSnapshotThatNamesHer();
        var cleared = silos.Snapshots.Cleared(live.Topic);

        await Redact(live, number);
        await cleared.Within("the end of the snapshot");

        await IsGone(live);
    }

    [Fact]
    public async Task Takes_it_out_of_a_snapshot_that_was_being_written()
    {
        var live = await Open(silos);
        var number = (await live.Say(Name)).First;
        var write = silos.Snapshots.HoldsWrite(live.Topic);
        await Say(live, 200);
        await write.Reached.Within("the writing of the snapshot");

        await Redact(live, number);
        var (written, cleared) = (silos.Snapshots.Written(live.Topic), silos.Snapshots.Cleared(live.Topic));
        write.LetGo();
        await written.Within("the snapshot");
        await cleared.Within("the end of the snapshot");

        await IsGone(live);
    }

    [Fact]
    public async Task Takes_it_out_of_a_snapshot_that_was_about_to_be_written_when_it_was_cleared()
    {
        // The clearing finds the old snapshot, waits, and finds that it was written again meanwhile.
        var (live, number) = await WithSnapshotThatNamesHer();
        var clear = silos.Snapshots.HoldsClear(live.Topic);
        await Redact(live, number);
        await clear.Reached.Within("the clearing of the snapshot");
        await silos.Keeper.Write(live.Topic, await StillNamingHer(live, number));
        var cleared = silos.Snapshots.Cleared(live.Topic);

        clear.LetGo();
        await cleared.Within("the end of the snapshot");

        await IsGone(live);
    }

    [Fact]
    public async Task Takes_it_out_though_the_storage_fails_at_first()
    {
        var (live, number) = await WithSnapshotThatNamesHer();
        silos.Snapshots.FailsToClear(live.Topic);
        silos.Snapshots.FailsToClear(live.Topic);
        var cleared = silos.Snapshots.Cleared(live.Topic);

        await Redact(live, number);
        await cleared.Within("the end of the snapshot");

        await IsGone(live);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Takes_it_out_though_the_journal_did_not_say_that_it_was_done(bool itKnowsThatItDoesNotKnow)
    {
        var (live, number) = await WithSnapshotThatNamesHer();
        var cleared = silos.Snapshots.Cleared(live.Topic);
        live.Trouble.Fails(Step.AfterCommit, itKnowsThatItDoesNotKnow ? Trouble.Unknown() : null);

        Assert.Null((await live.AskUntilKnown(new RedactText(number, RedactionGround.Identifiers), Guid.CreateVersion7(), Chief)).Refusal);
        await cleared.Within("the end of the snapshot");

        await IsGone(live);
    }

    [Fact]
    public async Task Takes_it_out_of_a_snapshot_that_a_lost_process_left_behind()
    {
        var (live, number) = await WithSnapshotThatNamesHer();
        var cleared = silos.Snapshots.Cleared(live.Topic);
        await Redact(live, number);
        await cleared.Within("the end of the snapshot");
        await live.Deactivate();
        await silos.Keeper.Write(live.Topic, await StillNamingHer(live, number));

        await live.Shown();

        await IsGone(live);
    }

    [Fact]
    public async Task Takes_it_out_of_a_snapshot_that_another_activation_still_writes()
    {
        var (live, number) = await WithSnapshotThatNamesHer();
        await using var others = await Silos.Start(store);
        var other = new LiveTopic(others, live.Topic);
        await other.Shown();
        var write = others.Snapshots.HoldsRead(live.Topic);
        await Say(other, 200);
        await write.Reached.Within("the other's writing");
        var cleared = silos.Snapshots.Cleared(live.Topic);
        await Redact(live, number);
        await cleared.Within("the end of the snapshot");

        var (written, clearedAgain) = (others.Snapshots.Written(live.Topic), others.Snapshots.Cleared(live.Topic));
        write.LetGo();
        await written.Within("the other's snapshot");
        await clearedAgain.Within("the end of the other's snapshot");

        await IsGone(live);
    }

    [Fact]
    public async Task Leaves_the_rest_as_it_was()
    {
        var (live, number) = await WithSnapshotThatNamesHer();

        await Redact(live, number);

        Assert.Equal(201, (await live.Shown()).Contributions);
        Assert.Equal((await live.Number()) + 1, (await live.Must(Saying("After that"))).First);
        await live.AgreesWithJournal();
    }

    private async Task<(LiveTopic Live, long Number)> WithSnapshotThatNamesHer()
    {
        var live = await Open(silos);
        await Say(live, 100);
        var number = (await live.Say(Name)).First;
        var written = silos.Snapshots.Written(live.Topic);
        await Say(live, 100);
        await written.Within("the snapshot");
        Assert.True(Names(await silos.Keeper.Read(live.Topic, live.Real.Epoch)));
        return (live, number);
    }

    private static async Task Say(LiveTopic live, int times) =>
        await Task.WhenAll(Enumerable.Range(0, times).Select(i => live.Must(Saying($"Remark {i}"))));

    private static Task<Answer> Redact(LiveTopic live, long number) => live.Must(new RedactText(number, RedactionGround.Identifiers), by: Chief);

    // A snapshot of the number before the redaction, as an activation that knew nothing of it would have made it.
    private static async Task<Snapshot> StillNamingHer(LiveTopic live, long number)
    {
        var rules = new CaseRules();
        var events = (await live.Events()).SkipLast(1).ToList();
        var state = events.Aggregate(rules.New(live.Topic), (s, e) => rules.After(s, e.Number == number
            ? e.Decode() with { Event = new ContributionPosted(ContributionKind.Comment, Name, null, null, [], null, null) }
            : e.Decode()));
        return new Snapshot(live.Real.Epoch, events[^1].Number, events[^1].Hash, rules.Freeze(state));
    }

    private static bool Names(Snapshot? snapshot) => snapshot is not null && snapshot.State.Span.IndexOf(Encoding.UTF8.GetBytes(Name)) >= 0;

    private async Task IsGone(LiveTopic live)
    {
        await live.AgreesWithJournal();
        Assert.DoesNotContain(Name, Encoding.UTF8.GetString((await live.Grain.Show()).State), StringComparison.Ordinal);
        Assert.False(Names(await silos.Keeper.Read(live.Topic, live.Real.Epoch)));
        while (true)
        {
            var scrubbed = store.Scrubbed();
            if (await WhatNamesHer() is not { } file)
            {
                return;
            }
            await scrubbed.Within($"{file} to be scrubbed");
        }
    }

    private async Task<string?> WhatNamesHer()
    {
        try
        {
            foreach (var file in System.IO.Directory.GetFiles(store.Folder, "orleans.db*"))
            {
                if (!await Lacks(file))
                {
                    return Path.GetFileName(file);
                }
            }
            return null;
        }
        catch (FileNotFoundException)
        {
            // With the last connection the log goes into the database, of which that was not read yet.
            return await WhatNamesHer();
        }
    }

    private static async Task<bool> Lacks(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Stop);
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.UTF8.GetBytes(Name)) < 0;
    }
}
