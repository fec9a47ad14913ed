using System.Collections.Immutable;

namespace SocialQI.Cases;

/// <summary>What decisions need of a contribution however old it is: 28 bytes.</summary>
/// <param name="Author">Who wrote it.</param>
/// <param name="Number">Its number.</param>
/// <param name="Thread">The first contribution of its thread; its own number where it began one.</param>
/// <param name="Marks">See <see cref="ContributionMarks"/>.</param>
public readonly record struct ContributionStub(Guid Author, int Number, int Thread, ContributionMarks Marks)
{
    public bool IsWithdrawn => Marks.HasFlag(ContributionMarks.Withdrawn);

    public bool IsFact => Marks.HasFlag(ContributionMarks.Fact);

    public bool IsQuestion => Marks.HasFlag(ContributionMarks.Question);

    /// <summary>How many images it shows, or showed before it was withdrawn.</summary>
    public int Images => (int)(Marks & ContributionMarks.Images) / ImageUnit;

    /// <summary>Whether it was hidden once and restored.</summary>
    public bool IsSettled => Marks.HasFlag(ContributionMarks.Settled);

    /// <summary>Without what only its payload says.</summary>
    public ContributionStub Redacted() => this with { Thread = Number, Marks = Marks & ~(ContributionMarks.Question | ContributionMarks.Images) };

    /// <summary>The same, showing so many images.</summary>
    public ContributionStub With(int images) => this with { Marks = (Marks & ~ContributionMarks.Images) | (ContributionMarks)(images * ImageUnit) };

    private const int ImageUnit = 0x10;
}

[Flags]
public enum ContributionMarks
{
    None = 0,
    Withdrawn = 1,
    Fact = 2,
    Question = 4,

    /// <summary>Hidden once, looked at and restored: it is not reported again.</summary>
    Settled = 8,

    /// <summary>The bits of a number up to <see cref="Contribution.ImagesMax"/>.</summary>
    Images = 0xF0,
}

/// <summary>
/// All contributions of a case by number, never changed in place: blocks of <see cref="BlockMax"/>, of which a change copies one.
/// (An ImmutableList would keep a node of 56 bytes for each; an array would be copied whole for every contribution.)
/// </summary>
public sealed class ContributionIndex
{
    private const int BlockMax = 256;

    private readonly ImmutableArray<ContributionStub[]> blocks;

    private ContributionIndex(ImmutableArray<ContributionStub[]> blocks, int images) => (this.blocks, Images) = (blocks, images);

    public static readonly ContributionIndex Empty = new([], 0);

    /// <summary>How many images all of them show, withdrawn ones too.</summary>
    public int Images { get; }

    public int Count => blocks.IsEmpty ? 0 : ((blocks.Length - 1) * BlockMax) + blocks[^1].Length;

    public static ContributionIndex Of(ReadOnlySpan<ContributionStub> stubs)
    {
        var blocks = ImmutableArray.CreateBuilder<ContributionStub[]>();
        var images = 0;
        for (var start = 0; start < stubs.Length; start += BlockMax)
        {
            blocks.Add(stubs[start..Math.Min(start + BlockMax, stubs.Length)].ToArray());
        }
        foreach (var stub in stubs)
        {
            images += stub.Images;
        }
        return new(blocks.ToImmutable(), images);
    }

    /// <summary>Adds the newest contribution: numbers only grow.</summary>
    public ContributionIndex Add(ContributionStub stub) =>
        blocks.IsEmpty || blocks[^1].Length == BlockMax
            ? new(blocks.Add([stub]), Images + stub.Images)
            : new(blocks.SetItem(blocks.Length - 1, [.. blocks[^1], stub]), Images + stub.Images);

    public ContributionStub? Find(long number)
    {
        var (block, at) = Where(number);
        return at < 0 ? null : blocks[block][at];
    }

    public ContributionIndex Mark(long number, ContributionMarks mark) => Change(number, stub => stub with { Marks = stub.Marks | mark });

    /// <summary>What only its payload said of a contribution is forgotten with it, so that a topic decides alike whether it was told the text or read it afresh.</summary>
    public ContributionIndex Redact(long number) => Change(number, stub => stub.Redacted());

    /// <summary>The contribution as it was once.</summary>
    public ContributionIndex Put(ContributionStub was) => Change(was.Number, _ => was);

    public ContributionStub[] ToArray() => [.. blocks.SelectMany(b => b)];

    private ContributionIndex Change(long number, Func<ContributionStub, ContributionStub> change)
    {
        var (block, at) = Where(number);
        if (at < 0)
        {
            return this;
        }
        var copy = (ContributionStub[])blocks[block].Clone();
        copy[at] = change(copy[at]);
        return new(blocks.SetItem(block, copy), Images + copy[at].Images - blocks[block][at].Images);
    }

    private (int Block, int At) Where(long number)
    {
        var block = blocks.Length - 1;
        int low = 0;
        while (low < block)
        {
            var middle = (low + block + 1) / 2;
            (low, block) = blocks[middle][0].Number <= number ? (middle, block) : (low, middle - 1);
        }
        // Cut to 32 bits a number far beyond the last would name one of the first.
        return block < 0 || number > int.MaxValue ? (0, -1) : (block, Array.BinarySearch(blocks[block], new ContributionStub(default, (int)number, 0, 0), ByNumber));
    }

    private static readonly Comparer<ContributionStub> ByNumber = Comparer<ContributionStub>.Create((a, b) => a.Number.CompareTo(b.Number));
}
