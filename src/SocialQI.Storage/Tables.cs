using System.Collections.Immutable;
using SocialQI.Cases;
using SocialQI.Wire;

namespace SocialQI.Storage;

/// <summary>The tables beside the journal: who holds what, who may follow what, what is due, and the lists people read.</summary>
public interface ITables
{
    /// <summary>A person's passport and the position at which it is true.</summary>
    ValueTask<Passport> Passport(ClinicianId person, CancellationToken stop);

    /// <summary>The keys that open a topic; empty when it does not exist.</summary>
    ValueTask<ImmutableArray<string>> AudienceOf(TopicId topic, CancellationToken stop);

    /// <summary>The heads of those of the given topics that one of the keys opens.</summary>
    ValueTask<IReadOnlyList<TopicHead>> Heads(IReadOnlyCollection<TopicId> topics, IReadOnlyCollection<string> keys, CancellationToken stop);

    /// <summary>Plans whose time has come, earliest first.</summary>
    ValueTask<IReadOnlyList<PlannedCommand>> Due(Moment now, int shard, int shards, int max, CancellationToken stop);

    /// <summary>How far a reader of the tail has come; 0 when it has never read.</summary>
    ValueTask<long> TailPosition(string reader, CancellationToken stop);

    /// <summary>Keeps how far a reader of the tail has come.</summary>
    ValueTask KeepTailPosition(string reader, long position, CancellationToken stop);

    /// <summary>Puts lines in place of those of the same key, and keeps how far the list's reader has come, in one transaction.</summary>
    ValueTask KeepLists(string reader, long position, ListRows rows, CancellationToken stop);

    /// <summary>Cases that one of the keys opens, last moved first.</summary>
    ValueTask<IReadOnlyList<CaseLine>> Cases(IReadOnlyCollection<string> keys, int skip, int take, CancellationToken stop);

    /// <summary>Communities by name.</summary>
    ValueTask<IReadOnlyList<CommunityLine>> Communities(ClinicianId reader, int skip, int take, CancellationToken stop);

    /// <summary>Members of a community, moderators first.</summary>
    ValueTask<IReadOnlyList<MemberLine>> Members(CommunityId community, int skip, int take, CancellationToken stop);

    /// <summary>Institutions by name.</summary>
    ValueTask<IReadOnlyList<InstitutionLine>> Institutions(int skip, int take, CancellationToken stop);

    /// <summary>What the directory knows of people.</summary>
    ValueTask<IReadOnlyList<DirectoryEntry>> Directory(IReadOnlyCollection<ClinicianId> people, CancellationToken stop);

    /// <summary>People whose name contains a text, by name.</summary>
    ValueTask<IReadOnlyList<DirectoryEntry>> SearchDirectory(string text, int take, CancellationToken stop);

    /// <summary>How far a person has read topics, as contribution counts.</summary>
    ValueTask<IReadOnlyDictionary<TopicId, long>> ReadPositions(ClinicianId person, IReadOnlyCollection<TopicId> topics, CancellationToken stop);

    /// <summary>A person has read this many contributions of a topic; merged by max.</summary>
    ValueTask KeepReadPosition(ClinicianId person, TopicId topic, long contributions, CancellationToken stop);

    /// <summary>An account by sign-in name; null when there is none.</summary>
    ValueTask<Account?> Account(string user, CancellationToken stop);

    /// <summary>Makes an account, or gives it another password.</summary>
    ValueTask KeepAccount(Account account, CancellationToken stop);

    /// <summary>The keys that protect cookies, as XML.</summary>
    IReadOnlyList<string> ProtectionKeys();

    /// <summary>Keeps one more of them.</summary>
    void KeepProtectionKey(string name, string xml);
}

/// <summary>A plan whose time has come.</summary>
public sealed record PlannedCommand(TopicId Topic, string Key, Moment At);

/// <summary>A local account.</summary>
/// <param name="User">The sign-in name, lower case.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="PasswordHash">By ASP.NET Core Identity.</param>
public sealed record Account(string User, ClinicianId Person, string PasswordHash);

/// <summary>Lines for the lists, read from the tail.</summary>
public sealed record ListRows(
    IReadOnlyList<CaseRow> Cases, IReadOnlyList<CommunityRow> Communities, IReadOnlyList<InstitutionLine> Institutions, IReadOnlyList<PersonRow> People);

/// <summary>A case's line; nulls leave what was there.</summary>
public sealed record CaseRow(TopicId Topic, Moment Moved, ClinicianId? Author, CaseWords? Words, CaseStage? Stage, bool? IsHallway);

/// <summary>What a case's line says: always written together, so that a condition can also go away.</summary>
public sealed record CaseWords(string Title, string Question, Condition? Condition);

/// <summary>A community's line.</summary>
public sealed record CommunityRow(CommunityId Community, string Name, string Purpose);

/// <summary>A person's line.</summary>
public sealed record PersonRow(ClinicianId Person, string Name, string Specialty, Clinicians.Grade Grade, long Version);
