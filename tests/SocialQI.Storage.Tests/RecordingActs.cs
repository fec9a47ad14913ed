using System.Data.Common;
using SocialQI.Storage.Audit;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Storage.Tests.Chain;

namespace SocialQI.Storage.Tests;

public abstract class RecordingActs(ITestDatabase database) : StoreContract(database)
{
    private static readonly InstitutionId Thornmere = InstitutionId.Parse("thornmere");

    [Fact]
    public async Task Puts_many_that_wait_into_one_chain_for_each_home()
    {
        var refs = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Store.Audit.Record(Opened(i % 2 == 0 ? Harbour : Thornmere))));

        Assert.Single(refs.Select(r => r.Writer).Distinct());
        foreach (var home in refs.GroupBy(r => r.Home))
        {
            Assert.Equal(Enumerable.Range(1, 250).Select(i => (long)i), home.Select(r => r.Number).Order());
        }
        Assert.Equal(500, await Count("select count(*) from audit"));
    }

    [Fact]
    public async Task Keeps_all_that_a_row_says()
    {
        var topic = TopicId.Case(Thornmere, Guid.NewGuid());
        var opening = await Store.Audit.Record(Opened(Harbour));
        await Store.Audit.Record(new(Harbour, Ada.ToString(), "follow", "ok")
        {
            Role = "trainee",
            For = Harbour,
            What = "cases",
            Topic = topic,
            First = 3,
            Last = 9,
            Count = 7,
            Purpose = Purpose.Education,
            Origin = "10.0.0.9",
            Flag = "break-glass",
            Closes = opening,
        });

        Assert.Equal(1, await Count(
            $"""
            select count(*) from audit where home = 'north-harbour' and number = 2 and at = {Noon.Micros} and who = '{Ada}' and role = 'trainee' and acting_for = 'north-harbour'
            and act = 'follow' and what = 'cases' and topic = '{topic}' and topic_home = 'thornmere' and first = 3 and last = 9 and count = 7
            and purpose = 'education' and origin = '10.0.0.9' and result = 'ok' and flag = 'break-glass' and closes = '{opening.Writer}.1'
            """));
    }

    [Fact]
    public async Task Begins_chains_of_its_own_with_every_process()
    {
        var first = await Store.Audit.Record(Opened(Harbour));
        var other = await (await OpenAnotherProcess()).Audit.Record(Opened(Harbour));

        Assert.NotEqual(first.Writer, other.Writer);
        Assert.Equal(1, other.Number);
    }

    [Fact]
    public async Task Leaves_rows_that_nobody_changes_or_deletes_by_mistake()
    {
        await Store.Audit.Record(Opened(Harbour));

        await Assert.ThrowsAnyAsync<DbException>(() => Run("update audit set result = 'ok'"));
        await Assert.ThrowsAnyAsync<DbException>(() => Run("delete from audit"));
        Assert.Equal(1, await Count("select count(*) from audit"));
    }

    [Fact]
    public async Task Fails_while_there_is_nothing_to_record_in_and_goes_on_by_itself()
    {
        var before = await Store.Audit.Record(Opened(Harbour));
        await Run("alter table audit rename to away");

        await Assert.ThrowsAsync<NotAuditedException>(() => Store.Audit.Record(Opened(Harbour)));
        await Run("alter table away rename to audit");

        // What failed may stand there all the same: the chain before is left as it is.
        var after = await Store.Audit.Record(Opened(Harbour));
        Assert.NotEqual(before.Writer, after.Writer);
        Assert.Equal(2, await Count("select count(*) from audit"));
    }

    [Fact]
    public async Task Refuses_texts_that_somebody_may_have_written() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Audit.Record(Opened(Harbour) with { What = "Fièvre" }));

    /// <summary>A store as another process has it, where the database serves several; the same one after a restart where it does not.</summary>
    protected abstract Task<Store> OpenAnotherProcess();

    private static AuditEntry Opened(InstitutionId home) => new(home, Ada.ToString(), "open", AuditEntry.Done) { For = home };

    public sealed class InSqlite() : RecordingActs(new SqliteTestDatabase())
    {
        protected override async Task<Store> OpenAnotherProcess()
        {
            await Store.DisposeAsync();
            return await OpenAnother();
        }
    }

    public sealed class InPostgres(PrivatePostgres postgres) : RecordingActs(new PostgresTestDatabase(postgres))
    {
        [Fact]
        public async Task Waits_for_a_locked_table_no_longer_than_it_says()
        {
            await using (var other = await Database.Connect())
            {
                await using var locking = other.CreateCommand();
                locking.CommandText = "begin; lock table audit in exclusive mode";
                await locking.ExecuteNonQueryAsync(Stop);
                await Assert.ThrowsAsync<NotAuditedException>(() => Store.Audit.Record(Opened(Harbour)));
            }
            await Store.Audit.Record(Opened(Harbour));
        }

        [Fact]
        public async Task Records_nothing_later_of_what_was_refused_meanwhile()
        {
            await using (var other = await Database.Connect())
            {
                await using var locking = other.CreateCommand();
                locking.CommandText = "begin; lock table audit in exclusive mode";
                await locking.ExecuteNonQueryAsync(Stop);
                // Of these the first hundred are being written, and the others wait behind them.
                var refused = await Task.WhenAll(Enumerable.Range(0, 300).Select(async _ => await Xunit.Record.ExceptionAsync(() => Store.Audit.Record(Opened(Harbour)))));
                Assert.All(refused, e => Assert.IsType<NotAuditedException>(e));
            }
            await Store.Audit.Record(Opened(Harbour));
            Assert.Equal(1, await Count("select count(*) from audit"));
        }

        [Fact]
        public async Task Has_no_right_to_change_its_rows() =>
            Assert.Equal(0, await Count(
                """
                select count(*) from pg_class c, aclexplode(c.relacl) a
                where c.relname = 'audit' and c.relnamespace = current_schema()::regnamespace and a.privilege_type not in ('SELECT', 'INSERT')
                """));

        protected override Task<Store> OpenAnotherProcess() => OpenAnother();
    }
}
