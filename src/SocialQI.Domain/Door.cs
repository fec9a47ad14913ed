namespace SocialQI;

/// <summary>Who may come through a door of the service.</summary>
public enum Who
{
    /// <summary>Everybody, also who is not signed in.</summary>
    Anybody,

    /// <summary>Whoever is signed in; what they get is theirs alone or everybody's.</summary>
    SignedIn,

    /// <summary>Whoever <see cref="Access.MaySee"/> lets follow the topic.</summary>
    MaySeeTopic,

    /// <summary>The topic's rules decide on the command, with the passport of who asks.</summary>
    RulesDecide,

    /// <summary>Whoever may see the topic and wrote what is hidden there, or reviews it: <see cref="Cases.Moderating.MayRead"/>.</summary>
    ReviewsHidden,

    /// <summary>Whoever administers the institution that is named.</summary>
    Administers,

    /// <summary>The privacy officers of the institution that is named.</summary>
    KeepsPrivacy,

    /// <summary>The operator on this machine, by the key in the data folder.</summary>
    Operator,

    /// <summary>Who watches over the process: from this machine, or from a network that the operator named.</summary>
    Watches,

    /// <summary>Other processes of this cluster; the gateway asked before.</summary>
    Cluster,
}

/// <summary>States the rule of a door: an endpoint, a hub method, a grain method, a verb. A door without one does not pass the tests.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class DoorAttribute(Who who) : Attribute
{
    public Who Who { get; } = who;
}
