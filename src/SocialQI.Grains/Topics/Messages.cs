using SocialQI.Grains.FanOut;

namespace SocialQI.Grains.Topics;

/// <summary>A command on its way to its topic, stamped by the gateway.</summary>
/// <param name="Id">Made by the client.</param>
/// <param name="Command">As JSON.</param>
/// <param name="Passport">Of who asks, as JSON.</param>
/// <param name="At">Microseconds since 1970, by the gateway's clock.</param>
[GenerateSerializer, Immutable, Alias("asked")]
public sealed record Asked([property: Id(0)] Guid Id, [property: Id(1)] byte[] Command, [property: Id(2)] byte[] Passport, [property: Id(3)] long At);

/// <summary>The answer to a command.</summary>
[GenerateSerializer, Immutable, Alias("answered")]
public sealed record Answered([property: Id(0)] long First, [property: Id(1)] long Last, [property: Id(2)] string? Code, [property: Id(3)] string? Say)
{
    /// <summary>Whether it was done and changed nothing.</summary>
    [Id(4)]
    public bool IsUnchanged { get; init; }

    public static Answered No(Refusal refusal) => new(0, 0, refusal.Code, refusal.Say);

    public static Answered Yes(long first, long last) => new(first, last, null, null);

    public static Answered Unchanged(long number) => new(number, number, null, null) { IsUnchanged = true };

    public Wire.Answer ToAnswer() => new(First, Last, Code is null ? null : new Refusal(Code, Say ?? "")) { IsUnchanged = IsUnchanged };
}

/// <summary>A topic as it stands.</summary>
/// <param name="Number">Its last event.</param>
/// <param name="State">What everybody who may follow it sees, as JSON.</param>
/// <param name="Audience">The keys that open it; empty when it does not exist.</param>
[GenerateSerializer, Immutable, Alias("shown")]
public sealed record Shown([property: Id(0)] long Number, [property: Id(1)] byte[] State, [property: Id(2)] string[] Audience);

/// <summary>That a gateway follows a topic, for the people connected to it.</summary>
/// <param name="Gateway">A new id for every start of a gateway.</param>
/// <param name="Inbox">Where it hears; not used for the gateway in the grain's own process.</param>
/// <param name="Here">Who is there.</param>
[GenerateSerializer, Immutable, Alias("lease")]
public sealed record Lease([property: Id(0)] Guid Gateway, [property: Id(1)] IGatewayInbox Inbox, [property: Id(2)] PersonHere[] Here)
{
    /// <summary>How long a lease holds without renewal; gateways renew at a third of it.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(15);
}

/// <summary>Somebody who is there, and for which institution.</summary>
[GenerateSerializer, Immutable, Alias("here")]
public readonly record struct PersonHere([property: Id(0)] Guid Person, [property: Id(1)] string? Institution);

/// <summary>The answer to a lease.</summary>
/// <param name="Number">The topic's last event, so that a lost push is noticed.</param>
/// <param name="Presence">Who is there, as the JSON of a <see cref="Wire.TopicSignal"/>.</param>
[GenerateSerializer, Immutable, Alias("leased")]
public sealed record LeaseAnswer([property: Id(0)] long Number, [property: Id(1)] byte[] Presence);
