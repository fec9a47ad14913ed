namespace SocialQI.Server.Import;

/// <summary>What one resource says once only its coded parts are left. Its date is still absolute: <see cref="CaseDraft"/> turns it into a day.</summary>
/// <param name="Resource">The FHIR type it came from.</param>
/// <param name="Part">Where it belongs.</param>
/// <param name="On">Null when it is not dated.</param>
/// <param name="Text">One line.</param>
/// <param name="Code">What it is about, to find the latest of several.</param>
/// <param name="TellsAge">An age or a span of years, which may not be told of everybody.</param>
/// <param name="Line">Where it stands in the file.</param>
internal sealed record Statement(string Resource, Part Part, FhirDay? On, string Text, string Code, bool TellsAge = false, int? Line = null);

/// <summary>What a statement is; in the order in which a history is told.</summary>
internal enum Part
{
    ActiveCondition,
    PastCondition,
    Allergy,
    Medication,
    Procedure,
    Immunization,
    Social,
    VitalSign,
    Result,
    Report,
}

/// <summary>A condition that may become the case's own.</summary>
internal sealed record KnownCondition(Phrase Phrase, bool IsActive, FhirDay? On);

/// <summary>An encounter that took place.</summary>
internal sealed record Visit(
    FhirDay Start, bool IsAcute, string Setting, IReadOnlyList<Phrase> Kinds, IReadOnlyList<Phrase> Reasons, IReadOnlyList<string> ConditionKeys);
