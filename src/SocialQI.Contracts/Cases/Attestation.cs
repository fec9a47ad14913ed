namespace SocialQI.Cases;

/// <summary>
/// That its author has read a text and it identifies nobody: needed before others see a case, and for words that
/// <see cref="Identifiers.IdentifierDetector"/> marks in what is written where more than the home's people read.
/// </summary>
/// <param name="Kept">How many marked words were left on purpose.</param>
public sealed record Attestation(int Kept)
{
    /// <summary>The most words that can be left.</summary>
    public const int KeptMax = 10_000;
}

/// <summary>A command that may carry one.</summary>
public interface IAttested
{
    /// <summary>Null: nobody attests to anything.</summary>
    Attestation? Attestation { get; }
}
