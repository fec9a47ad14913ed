using Npgsql;
using SocialQI.Storage.Postgres;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public sealed class LosingTheConnection(PrivatePostgres postgres) : StoreContract(new PostgresTestDatabase(postgres))
{
    private const string WritersBackend = "from pg_stat_activity where datname = current_database() and query like 'select append_events(%'";

    private const string EveryOtherBackend = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

    [Fact]
    public async Task In_the_middle_of_the_work_loses_nothing_and_does_nothing_twice()
    {
        var chains = Enumerable.Range(0, 20).Select(_ => OfCase()).ToArray();
        var unknown = 0;
        var isOver = false;
        var writing = chains.Select(chain => Task.Run(
            async () =>
            {
                while (!Volatile.Read(ref isOver))
                {
                    var append = chain.Next(Said("Once"));
                    if (!await Once(append))
                    {
                        Interlocked.Increment(ref unknown);
                    }
                    chain.Advance(append);
                }
            },
            Stop)).ToArray();

        var killed = 0L;
        while (killed < 20)
        {
            var before = await Journal.Position(Stop);
            killed += await Count($"select count(*) filter (where pg_terminate_backend(pid)) {WritersBackend}");
            while (await Journal.Position(Stop) < before + 200)
            {
            }
        }
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(writing);

        Assert.True(unknown > 0);
        Assert.Equal(chains.Sum(c => c.Number), await Journal.Position(Stop));
        Assert.Equal(chains.Sum(c => c.Number), await Count("select count(distinct command) from event"));
        Assert.All(chains, chain => Assert.Equal(chain.Number, Journal.Head(chain.Topic, Stop).AsTask().GetAwaiter().GetResult()!.Number));
    }

    [Fact]
    public async Task While_nothing_happened_costs_one_answer_at_most()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started());
        Assert.Equal(1, await Count($"select count(*) filter (where pg_terminate_backend(pid)) {WritersBackend}"));

        var append = chain.Next(Said("Once"));
        await Once(append);
        chain.Advance(append);

        await chain.Commit(Journal, Said("Next"));
        Assert.Equal(3, await Journal.Position(Stop));
    }

    [Fact]
    public async Task Of_the_whole_pool_is_not_noticed_by_readers()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started());
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Journal.Position(Stop).AsTask()));
        Assert.True(await Count($"select count(*) filter (where pg_terminate_backend(pid)) {EveryOtherBackend}") > 2);

        var read = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Journal.Position(Stop).AsTask()));

        Assert.All(read, position => Assert.Equal(1, position));
    }

    [Fact]
    public async Task Before_anything_was_sent_says_that_nothing_was_written()
    {
        await using var nowhere = PostgresStore.Source("Host=127.0.0.1;Port=1");
        await using var commit = new GroupCommit(new PostgresBatches(nowhere), "nowhere");

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await commit.Append(OfCase().Next(Said("Never"))));
    }

    [Fact]
    public async Task Behind_another_writer_that_hangs_says_so_in_time_and_is_over_with_it()
    {
        var chain = OfCase();
        await chain.Commit(Journal, Started());
        await using (var hanging = await Database.Connect())
        {
            await using var hold = hanging.CreateCommand();
            hold.CommandText = "begin; select position from store for update";
            await hold.ExecuteNonQueryAsync(Stop);

            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Journal.Append(chain.Next(Said("Too long"))));
        }
        await chain.Commit(Journal, Said("Now"));
    }

    [Fact]
    public async Task Is_not_what_an_error_at_the_commit_is()
    {
        await Run(
            """
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'at the commit'; end $$;
            create constraint trigger late after insert on event deferrable initially deferred for each row when (new.kind = 'case-closed') execute function refuse();
            """);
        var (good, bad) = (OfCase(), OfCase());

        var refused = Journal.Append(bad.Next(new Cases.CaseClosed("Learned"))).AsTask();
        await good.Commit(Journal, Started());

        await Assert.ThrowsAsync<PostgresException>(() => refused);
        Assert.Null(await Journal.Head(bad.Topic, Stop));
        await good.Commit(Journal, Said("Next"));
    }

    // As a grain does it: after an unknown outcome it asks whether the command was done. True when the outcome was known at once.
    private async Task<bool> Once(Append append)
    {
        var isKnown = true;
        while (true)
        {
            try
            {
                Assert.Equal(AppendOutcome.Committed, await Journal.Append(append));
                return isKnown;
            }
            catch (Exception e) when (e is OutcomeUnknownException or StoreUnavailableException)
            {
                isKnown = false;
                if (await Journal.Done(append.Topic, append.Commands[0].Id, Stop) is not null)
                {
                    return isKnown;
                }
            }
        }
    }
}
