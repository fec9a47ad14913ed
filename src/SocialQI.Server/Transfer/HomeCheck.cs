using System.Security.Cryptography;
using SocialQI.Server.Auditing;
using SocialQI.Server.Backups;
using SocialQI.Storage;
using SocialQI.Storage.Transfer;

namespace SocialQI.Server.Transfer;

/// <summary>What a file of a home was found to hold.</summary>
/// <param name="Opening">Whose it is.</param>
/// <param name="Ending">How much.</param>
/// <param name="People">Who belongs to it or wrote in it.</param>
/// <param name="Audiences">The keys that open each topic in the end.</param>
internal sealed record CheckedHome(HomeOpening Opening, HomeEnding Ending, IReadOnlyList<CarriedPerson> People, IReadOnlyDictionary<TopicId, string[]> Audiences);

/// <summary>Reads a file of a home once, before anything is taken from it: that it is whole, signed by whom it should be, and every topic's chain unbroken.</summary>
internal sealed class HomeCheck
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<TopicId, string[]> audiences = [];
    private HomeOpening? opening;
    private HomeEnding? ending;
    private List<CarriedPerson> people = [];
    private (TopicId Topic, long Number, byte[] Hash, string[] Audience)? open;
    private (int Topics, long Events, int Images, long Acts) counted;

    /// <exception cref="SealException">It is not what was exported.</exception>
    public static CheckedHome Run(string file, RSA key, string publicKey)
    {
        var check = new HomeCheck();
        foreach (var (name, bytes) in HomeFile.Entries(file, key))
        {
            check.Take(name, bytes, publicKey);
        }
        return check is { opening: { } opening, ending: { } ending }
            ? new(opening, ending, check.people, check.audiences)
            : throw new SealException("The file ends before its end.");
    }

    private void Take(string name, byte[] bytes, string publicKey)
    {
        if (ending is not null || (opening is null) != (name == HomeFile.Opening))
        {
            throw new SealException("The entries of this file are not in their order.");
        }
        if (name == HomeFile.End)
        {
            End(HomeFile.Read<HomeEnding>(bytes), publicKey);
            return;
        }
        HomeWriting.Summed(hash, name, bytes);
        switch (name)
        {
            case HomeFile.Opening:
                opening = HomeFile.Read<HomeOpening>(bytes);
                Must(opening is { Format: HomeFile.Format } && opening.Home != InstitutionId.Network, "This file is of a form that this program does not know.");
                break;
            case HomeFile.People:
                people = HomeFile.Read<List<CarriedPerson>>(bytes);
                break;
            case var _ when name.StartsWith(HomeFile.Image, StringComparison.Ordinal):
                Take(HomeFile.Read<HomeImage>(bytes));
                break;
            case var _ when name.StartsWith(HomeFile.Events, StringComparison.Ordinal):
                Take(HomeFile.Read<HomePiece>(bytes));
                break;
            case var _ when name.StartsWith(HomeFile.Acts, StringComparison.Ordinal):
                counted.Acts += HomeFile.Read<List<System.Text.Json.JsonElement>>(bytes).Count;
                break;
            default:
                throw new SealException($"This file holds {name}, which no file of a home holds.");
        }
    }

    private void Take(HomeImage it)
    {
        Must(IsOurs(it.Topic) && Convert.ToHexStringLower(SHA256.HashData(it.Image.Bytes)) == it.Image.Hash, $"An image of {it.Topic} is another.");
        counted.Images++;
    }

    private void Take(HomePiece piece)
    {
        Must(IsOurs(piece.Topic), $"{piece.Topic} is no topic of {opening!.Home}.");
        var (topic, number, before, audience) = open ?? (piece.Topic, 0, Sealing.Start, []);
        Must(topic == piece.Topic && !audiences.ContainsKey(topic), $"The events of {topic} are not in their order.");
        foreach (var it in piece.Events)
        {
            if (it.Fault(topic, number, before) is { } fault)
            {
                throw new SealException($"{topic}: {fault}.");
            }
            (number, before) = (it.Number, it.Hash);
            audience = it.ToNew(topic).Rows.Audience is { IsDefault: false } keys ? [.. keys] : audience;
        }
        counted.Events += piece.Events.Count;
        open = (topic, number, before, audience);
        if (piece.IsLast)
        {
            audiences.Add(topic, audience);
            counted.Topics++;
            open = null;
        }
    }

    private void End(HomeEnding it, string publicKey)
    {
        Must(open is null && counted == (it.Topics, it.Events, it.Images, it.Acts) && people.Count == it.People, "The file does not hold as much as it says.");
        Must(CheckpointKey.Verifies(publicKey, it.Signed(hash.GetCurrentHash()), it.Signature), "The file is not signed by the network whose key was given.");
        ending = it;
    }

    private bool IsOurs(TopicId topic) => topic.Home == opening!.Home && topic.Space == Space.Open;

    private static void Must(bool so, string otherwise)
    {
        if (!so)
        {
            throw new SealException(otherwise);
        }
    }
}
