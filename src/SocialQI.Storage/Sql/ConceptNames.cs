using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SocialQI.Storage.Sql;

/// <summary>
/// What the current versions call their concepts, each name as a digest, so that 75,000 codes take about 10 MB. Made when it is first asked for, and anew
/// when other versions are current. A name that two concepts have names neither. A code of two systems is one concept, in the words of the system loaded last.
/// </summary>
internal sealed class ConceptNames(Terminologies kept, IDatabase database)
{
    /// <summary>A version's concepts.</summary>
    public const string Select = "select code, title, synonyms from concept where version = @version";

    private const int PageRows = 5_000;

    private readonly Lock only = new();
    private IReadOnlyList<long> madeOf = [];
    private Task<Index>? made;

    public static Concept ConceptAt(DbDataReader row) => new(row.GetString(0), row.GetString(1), [.. row.GetString(2).Split('\n', StringSplitOptions.RemoveEmptyEntries)]);

    /// <summary>What <see cref="Terminologies.Named"/> answers.</summary>
    public async ValueTask<IReadOnlyList<Concept?>> Of(IReadOnlyList<string> texts, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(texts.Count, Terminologies.NamedMax);
        // In the order of whose words are shown.
        var current = (await kept.Versions(stop)).Where(v => v.IsCurrent)
            .OrderBy(v => v.System == Terminologies.Starter).ThenByDescending(v => v.Loaded).ThenBy(v => v.Id).ToList();
        var index = await Made(current).WaitAsync(stop);
        var named = new List<Concept?>();
        foreach (var text in texts)
        {
            named.Add(index.Named(text) is var (version, code)
                ? await database.Read(c => c.First($"{Select} and code = @code", ConceptAt, stop, ("version", version), ("code", code)), stop) : null);
        }
        return named;
    }

    // Once for all who ask meanwhile, so it ends for none of them.
    private Task<Index> Made(List<TerminologyVersion> current)
    {
        lock (only)
        {
            var versions = current.ConvertAll(v => v.Id);
            if (made is null || made.IsFaulted || !madeOf.SequenceEqual(versions))
            {
                (madeOf, made) = (versions, Make(current));
            }
            return made;
        }
    }

    private async Task<Index> Make(List<TerminologyVersion> current)
    {
        var index = new Index();
        foreach (var version in current)
        {
            var after = "";
            while (await kept.Concepts(version.Id, after, PageRows, CancellationToken.None) is { Count: > 0 } page)
            {
                index.Take(version.Id, page, bringsOnlyNames: version.System == Terminologies.Starter && current.Count > 1);
                after = page[^1].Code;
            }
        }
        return index;
    }

    private sealed class Index
    {
        private readonly Dictionary<UInt128, string?> codes = [];
        private readonly Dictionary<string, long> versions = [];

        public void Take(long version, IEnumerable<Concept> concepts, bool bringsOnlyNames)
        {
            foreach (var concept in concepts.Where(c => !bringsOnlyNames || versions.ContainsKey(c.Code)))
            {
                versions.TryAdd(concept.Code, version);
                foreach (var name in concept.Synonyms.Prepend(concept.Title).Select(Digest).OfType<UInt128>())
                {
                    codes[name] = codes.TryGetValue(name, out var other) && other != concept.Code ? null : concept.Code;
                }
            }
        }

        public (long Version, string Code)? Named(string text) =>
            Digest(text) is { } name && codes.GetValueOrDefault(name) is { } code ? (versions[code], code) : null;

        // Without case, accents, spaces and punctuation; nothing else is forgiven. Null when nothing is left.
        private static UInt128? Digest(string text)
        {
            if (text.Length > Concept.TextLengthMax)
            {
                return null;
            }
            // Half characters are no Unicode and cannot be normalised.
            var whole = string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormKD);
            var telling = string.Concat(whole.EnumerateRunes().Where(Tells)).ToLowerInvariant();
            return telling.Length == 0 ? null : BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(telling)));
        }

        private static bool Tells(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark;
    }
}
