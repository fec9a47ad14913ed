using SocialQI.Wire;

namespace SocialQI.Client.Live;

/// <summary>
/// Who the ids are: people by the directory, asked in batches as they are first seen; institutions and communities as whole lists.
/// What is not known yet is null, and <see cref="Changed"/> tells when more is.
/// </summary>
public sealed class Names(Api api)
{
    private const int BatchMax = 50;

    /// <summary>How often it asks in vain before it leaves that to the return of the connection, each time after a longer <see cref="Pause"/>.</summary>
    private const int AttemptsMax = 6;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>What is first seen within this time is asked for together.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<ClinicianId, DirectoryEntry?> people = [];
    private readonly HashSet<ClinicianId> wanted = [];
    private Dictionary<InstitutionId, InstitutionLine> institutions = [];
    private Dictionary<CommunityId, CommunityLine> communities = [];
    private InstitutionId[] places = [];
    private bool isAsking;
    private Task refreshing = Task.CompletedTask;

    public event Action? Changed;

    /// <summary>Grows with each answer, so that a component can tell that there is news.</summary>
    public int Version { get; private set; }

    public IReadOnlyCollection<CommunityLine> Communities => communities.Values;

    public IReadOnlyCollection<InstitutionLine> Institutions => institutions.Values;

    public DirectoryEntry? Person(ClinicianId id)
    {
        if (!people.TryGetValue(id, out var entry))
        {
            people[id] = null;
            wanted.Add(id);
            _ = Ask();
        }
        return entry;
    }

    public string NameOf(ClinicianId id) => Person(id)?.Name ?? "…";

    public string NameOf(InstitutionId id) => institutions.GetValueOrDefault(id)?.Name ?? id.ToString();

    public string NameOf(CommunityId id) => communities.GetValueOrDefault(id)?.Name ?? "…";

    /// <summary>The place of an institution in the list of all, from 0: it chooses its mark, the same everywhere.</summary>
    public int PlaceOf(InstitutionId id) => Array.IndexOf(places, id);

    /// <summary>People met in a search are known from then on.</summary>
    public async Task<DirectoryEntry[]> Search(string text)
    {
        var found = await api.People(text);
        Learn(found);
        return found;
    }

    /// <summary>Reads institutions and communities, and whoever could not be asked for during an outage.</summary>
    public async Task Refresh()
    {
        if (!refreshing.IsCompleted)
        {
            await refreshing;
            return;
        }
        refreshing = Read();
        await refreshing;
        await Ask();
    }

    private async Task Read()
    {
        for (var attempt = 1; !await IsRead() && attempt < AttemptsMax; attempt++)
        {
            await Task.Delay(Pause * attempt);
        }
    }

    private async Task<bool> IsRead()
    {
        try
        {
            var (some, others) = (api.Institutions(), api.Communities());
            await Task.WhenAll(some, others);
            institutions = (await some).ToDictionary(i => i.Institution);
            places = [.. institutions.Keys.OrderBy(i => i.ToString(), StringComparer.Ordinal)];
            communities = (await others).ToDictionary(c => c.Community);
            return true;
        }
        catch (HttpRequestException)
        {
            // What is known stays.
            return false;
        }
        finally
        {
            Tell();
        }
    }

    private async Task Ask()
    {
        if (isAsking)
        {
            return;
        }
        isAsking = true;
        await Task.Delay(Gathering);
        for (var failed = 0; wanted.Count > 0 && failed < AttemptsMax;)
        {
            var batch = wanted.Take(BatchMax).ToArray();
            try
            {
                Learn(await api.People(batch));
                wanted.ExceptWith(batch);
            }
            catch (HttpRequestException)
            {
                // They stay wanted.
                await Task.Delay(Pause * ++failed);
            }
        }
        isAsking = false;
    }

    private void Learn(DirectoryEntry[] entries)
    {
        foreach (var entry in entries.Where(e => people.GetValueOrDefault(e.Id) is not { } known || known.Version < e.Version))
        {
            people[entry.Id] = entry;
        }
        Tell();
    }

    private void Tell()
    {
        Version++;
        Changed?.Invoke();
    }
}
