namespace SocialQI.Storage.Inspecting;

/// <summary>Something of a database that is not as it should be.</summary>
/// <param name="Name">Its name, for scripts.</param>
/// <param name="IsGrave">Whether the service does not start with it, or breaks a promise.</param>
/// <param name="Words">What is so, and what to do.</param>
public sealed record Ailment(string Name, bool IsGrave, string Words);

/// <summary>What a look at a database came to, without changing it.</summary>
/// <param name="Schema">Its schema's version; 0 where there is none yet.</param>
/// <param name="Known">The newest version that this program knows.</param>
/// <param name="Position">The position of its last event.</param>
/// <param name="Ailments">What is not as it should be.</param>
/// <param name="Silos">The silos that its table of members says are alive.</param>
public sealed record Inspection(int Schema, int Known, long Position, IReadOnlyList<Ailment> Ailments, IReadOnlyList<MemberSilo> Silos);

/// <summary>A silo as the table of members has it.</summary>
/// <param name="Address">Where the others find it.</param>
/// <param name="Port">Its port.</param>
/// <param name="Name">Its host.</param>
/// <param name="SaidAlive">When it last said that it is alive.</param>
public sealed record MemberSilo(string Address, int Port, string Name, DateTimeOffset SaidAlive);
