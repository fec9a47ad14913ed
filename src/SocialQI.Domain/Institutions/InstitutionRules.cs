using System.Collections.Immutable;

namespace SocialQI.Institutions;

/// <summary>An institution as its grain remembers it.</summary>
public sealed record InstitutionTopic(TopicId Topic, InstitutionState Shown);

/// <summary>What may be done to an institution.</summary>
public sealed class InstitutionRules : ITopicRules<InstitutionTopic>
{
    private static readonly ImmutableArray<string> Everybody = [Audience.Network];

    public InstitutionTopic New(TopicId topic) => new(topic, InstitutionState.None);

    public InstitutionTopic After(InstitutionTopic state, Envelope happened) => state with { Shown = state.Shown.After(happened) };

    public Decision Decide(InstitutionTopic state, Attributed asked) => asked.Command switch
    {
        not InstitutionCommand => Refusal.WrongKind,
        FoundInstitution found =>
            !asked.Passport.IsOperator ? Refusal.NotAllowed
            : state.Topic.Home == InstitutionId.Network ? Refusal.NotA("name for an institution")
            : state.Shown.Number > 0 ? Refusal.AlreadyThere
            : Named(found.Name, new InstitutionFounded(found.Name)),
        _ when state.Shown.Number == 0 || !Access.MaySee(asked.Passport, Everybody, asked.At) => Refusal.NotThere,
        _ when asked.Passport.RoleAt(state.Topic.Home, asked.At) != InstitutionRole.Administrator => Refusal.NotAllowed,
        RenameInstitution rename => rename.Name == state.Shown.Name ? Decision.NothingToDo : Named(rename.Name, new InstitutionRenamed(rename.Name)),
        SetPolicy set when !Enum.IsDefined(set.Policy) => Refusal.NotA("policy"),
        SetPolicy set => state.Shown.SwitchedOff.Contains(set.Policy) == !set.On ? Decision.NothingToDo : new PolicySet(set.Policy, set.On),
        _ => Refusal.WrongKind,
    };

    public long NumberOf(InstitutionTopic state) => state.Shown.Number;

    public IReadOnlyCollection<string> AudienceOf(InstitutionTopic state) => state.Shown.Number > 0 ? Everybody : [];

    public byte[] Show(InstitutionTopic state) => Json.Encode(state.Shown);

    public byte[] Freeze(InstitutionTopic state) => Frozen.Join<byte>(Show(state), []);

    public InstitutionTopic Thaw(TopicId topic, ReadOnlySpan<byte> frozen) => new(topic, Json.Decode<InstitutionState>(Frozen.Shown(frozen)));

    private static Decision Named(string name, TopicEvent happened) =>
        PlainText.RefuseLine("name", name, InstitutionState.NameLengthMax) is { } refusal ? refusal : happened;
}
