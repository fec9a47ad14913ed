using System.Collections.Immutable;

namespace SocialQI.Institutions;

/// <summary>Found an institution. The operator only.</summary>
public sealed record FoundInstitution(string Name) : InstitutionCommand;

/// <summary>Give it another name. Its administrators.</summary>
public sealed record RenameInstitution(string Name) : InstitutionCommand;

/// <summary>Set a policy on or off. Its administrators.</summary>
public sealed record SetPolicy(Policy Policy, bool On) : InstitutionCommand;

/// <summary>The institution joined the network.</summary>
public sealed record InstitutionFounded(string Name) : TopicEvent;

/// <summary>It is called so from now on.</summary>
public sealed record InstitutionRenamed(string Name) : TopicEvent;

/// <summary>The policy is on or off from now on.</summary>
public sealed record PolicySet(Policy Policy, bool On) : TopicEvent;

/// <summary>An institution as it stands now.</summary>
/// <param name="Number">The last event folded in; 0 when there is none.</param>
/// <param name="Name">What it is called.</param>
/// <param name="SwitchedOff">Policies that are off.</param>
public sealed record InstitutionState(long Number, string Name, ImmutableArray<Policy> SwitchedOff)
{
    /// <summary>The longest name.</summary>
    public const int NameLengthMax = 100;

    /// <summary>Before anything happened.</summary>
    public static readonly InstitutionState None = new(0, "", []);

    /// <summary>The institution after this event.</summary>
    public InstitutionState After(Envelope happened)
    {
        var next = this with { Number = happened.N };
        return happened.Event switch
        {
            InstitutionFounded founded => next with { Name = founded.Name },
            InstitutionRenamed renamed => next with { Name = renamed.Name },
            PolicySet { On: true } set => next with { SwitchedOff = SwitchedOff.Remove(set.Policy) },
            PolicySet set => next with { SwitchedOff = SwitchedOff.Remove(set.Policy).Add(set.Policy) },
            _ => next,
        };
    }
}
