using SocialQI.Cases;

namespace SocialQI;

/// <summary>Free texts that name a diagnosis of the terminology.</summary>
internal static class Concepts
{
    /// <summary>The diagnosis with the code that its words stand for; as it is where it has one already, or they stand for none.</summary>
    public static Condition Named(this IReadOnlyDictionary<string, Condition> concepts, Condition diagnosis) =>
        diagnosis is { Code: null } ? concepts.GetValueOrDefault(diagnosis.Text, diagnosis) : diagnosis;
}
