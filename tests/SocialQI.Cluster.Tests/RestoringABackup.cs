using System.Security.Cryptography;
using SocialQI.Cases;
using SocialQI.Tests;
using Xunit;
using static SocialQI.Cluster.Tests.Verbs;

namespace SocialQI.Cluster.Tests;

/// <summary>A backup is taken while people write, the folder is lost, and the service goes on from the backup: as another epoch, and saying what is gone.</summary>
public sealed class RestoringABackup : IAsyncLifetime
{
    private readonly ServerProcess server = ServerProcess.New(null, "--SocialQI:Audit:Every", "00:00:00.2");
    private readonly string vault = Directory.CreateTempSubdirectory("socialqi-vault-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Sealed => Path.Combine(vault, "backup.sealed");

    private string Witness => Path.Combine(vault, "checkpoints.jsonl");

    private string Journal => Path.Combine(server.Data, "journal.db");

    public async ValueTask InitializeAsync()
    {
        using var key = RSA.Create(3072);
        await File.WriteAllTextAsync(Path.Combine(vault, "key.pub"), key.ExportSubjectPublicKeyInfoPem(), Stop);
        await File.WriteAllTextAsync(Path.Combine(vault, "key.pem"), key.ExportPkcs8PrivateKeyPem(), Stop);
        await server.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(vault, recursive: true);
    }

    [Fact]
    public async Task Keeps_what_it_had_begins_another_epoch_and_names_what_came_after()
    {
        using var imani = await Person.SignIn(server.Address, "imani.cole");
        var topic = await imani.Start(server.Address, new(VisibilityKind.Network));
        await Write(imani, topic, 20);
        await Succeeds(server.Verb("backup", Sealed, "--key", Path.Combine(vault, "key.pub")));
        var before = await imani.Open(server.Address, topic);
        var later = await imani.Start(server.Address, new(VisibilityKind.Network));
        await Write(imani, topic, 5);
        await LoseEverything();

        var said = await Restore("--checkpoints", Witness);
        Assert.Contains($"{topic}: numbers {before.Number + 1} to {before.Number + 5}", said, StringComparison.Ordinal);
        Assert.Contains($"{later}: numbers 1 to 1", said, StringComparison.Ordinal);
        Assert.DoesNotContain("ballot.", said, StringComparison.Ordinal);
        await server.Start();

        using var again = await Person.SignIn(server.Address, "imani.cole");
        var after = await again.Open(server.Address, topic);
        Assert.Equal(before.Number, after.Number);
        Assert.NotEqual(before.Epoch, after.Epoch);
        Assert.Equal(before.State!.Value.GetRawText(), after.State!.Value.GetRawText());
        Assert.NotNull((await imani.Open(server.Address, topic)).Refusal);
        await Write(again, topic, 1);
        Assert.Equal(0, await server.Stop());
        var verified = await Succeeds(server.Verb("audit", "verify"));
        Assert.Contains("Restored from a copy", verified, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_done_where_something_is_or_with_what_is_not_a_backup_and_leaves_nothing_behind()
    {
        await Succeeds(server.Verb("backup", Sealed, "--key", Path.Combine(vault, "key.pub")));
        Assert.Contains("left as it is", await Fails(server.Verb("backup", Sealed, "--key", Path.Combine(vault, "key.pub"))), StringComparison.Ordinal);
        Assert.Contains("left as it is", await Fails(server.Verb("restore", Sealed, "--key", Path.Combine(vault, "key.pem"))), StringComparison.Ordinal);
        await LoseEverything();

        var whole = await File.ReadAllBytesAsync(Sealed, Stop);
        await File.WriteAllBytesAsync(Sealed, whole[..(whole.Length / 2)], Stop);
        Assert.Contains("not whole, or was changed", await Fails(server.Verb("restore", Sealed, "--key", Path.Combine(vault, "key.pem"))), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(Sealed, whole, Stop);
        Assert.Contains("nothing was kept", await Restore("--dry-run"), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(server.Data));
        Assert.Single(Directory.EnumerateDirectories(Path.GetDirectoryName(server.Data)!, Path.GetFileName(server.Data) + "*"));
    }

    [Fact]
    public async Task Is_refused_where_a_checkpoint_saw_something_else_than_it_holds()
    {
        using var imani = await Person.SignIn(server.Address, "imani.cole");
        await Write(imani, await imani.Start(server.Address, new(VisibilityKind.Network)), 3);
        Assert.Equal(0, await server.Stop());
        File.Copy(Path.Combine(server.Data, "audit/checkpoints.jsonl"), Witness);
        JournalRows.ChangeSqlite(server.Data, "update event set at = at + 1 where position = (select max(position) from event)");
        await Succeeds(server.Verb("backup", Sealed, "--key", Path.Combine(vault, "key.pub")));
        Clear();

        Assert.Contains("not what was written", await Fails(server.Verb("restore", Sealed, "--key", Path.Combine(vault, "key.pem"), "--checkpoints", Witness)), StringComparison.Ordinal);

        Assert.Empty(Directory.EnumerateFileSystemEntries(server.Data));
    }

    [Fact]
    public async Task Has_to_be_done_before_its_copy_is_served()
    {
        Assert.Equal(0, await server.Stop());
        JournalRows.ChangeSqlite(server.Data, "update store set epoch = 'copy of ' || epoch");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(server.Start);

        Assert.Contains("Give the backup to the verb restore", refused.Message, StringComparison.Ordinal);
    }

    private async Task Write(Person person, TopicId topic, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await person.Do(server.Address, topic, new PostContribution(ContributionKind.Comment, $"Troponin of {topic.Key}, {i}"));
        }
    }

    // The witness is kept elsewhere, and has seen the last of it.
    private async Task LoseEverything()
    {
        Assert.Equal(0, await server.Stop());
        File.Copy(Path.Combine(server.Data, "audit/checkpoints.jsonl"), Witness);
        Clear();
    }

    private void Clear()
    {
        Assert.True(File.Exists(Journal));
        Directory.Delete(server.Data, recursive: true);
        Directory.CreateDirectory(server.Data);
    }

    private Task<string> Restore(params string[] more) => Succeeds(server.Verb(["restore", Sealed, "--key", Path.Combine(vault, "key.pem"), .. more]));
}
