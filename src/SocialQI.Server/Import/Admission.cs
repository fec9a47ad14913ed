using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>Which resources may speak at all: what was not done, was a mistake, or is changed by something not understood here may not.</summary>
internal static class Admission
{
    /// <summary>Patients and what others point at first, so that one pass is enough.</summary>
    private static readonly string[] InOrder =
    [
        "Patient", "Medication", "Condition", "Encounter", "Observation", "Procedure", "MedicationRequest", "MedicationStatement",
        "AllergyIntolerance", "Immunization", "DiagnosticReport",
    ];

    public static bool IsRead(string type) => Array.IndexOf(InOrder, type) >= 0;

    public static int Order(string type) => Array.IndexOf(InOrder, type);

    /// <returns>The reason, or null when the resource may speak.</returns>
    public static string? Refuse(Resource resource) =>
        resource.ImplicitRules is not null || resource is DomainResource { ModifierExtension.Count: > 0 } ? "changed by a modifier extension"
        : HappenedNot(resource) ? "entered in error or not done"
        : null;

    public static ResourceReference? SubjectOf(Resource resource) => resource switch
    {
        Encounter encounter => encounter.Subject,
        Condition condition => condition.Subject,
        Observation { Focus.Count: > 0 } observation => observation.Focus[0],
        Observation observation => observation.Subject,
        Procedure procedure => procedure.Subject,
        MedicationRequest request => request.Subject,
        MedicationStatement statement => statement.Subject,
        AllergyIntolerance allergy => allergy.Patient,
        Immunization immunization => immunization.Patient,
        DiagnosticReport report => report.Subject,
        _ => null,
    };

    private static bool HappenedNot(Resource resource) => resource switch
    {
        Encounter encounter => encounter.Status is Encounter.EncounterStatus.Planned or Encounter.EncounterStatus.Cancelled
            or Encounter.EncounterStatus.EnteredInError,
        Condition condition => Codings.Of(condition.VerificationStatus, "condition-ver-status") is "refuted" or "entered-in-error",
        Observation observation => observation.Status is ObservationStatus.Cancelled or ObservationStatus.EnteredInError,
        Procedure procedure => procedure.Status is EventStatus.NotDone or EventStatus.EnteredInError or EventStatus.Preparation,
        MedicationRequest request => request.DoNotPerform is true
            || request.Status is MedicationRequest.MedicationrequestStatus.EnteredInError or MedicationRequest.MedicationrequestStatus.Cancelled
                or MedicationRequest.MedicationrequestStatus.Draft
            || request.Intent is MedicationRequest.MedicationRequestIntent.Proposal or MedicationRequest.MedicationRequestIntent.Option,
        MedicationStatement statement => statement.Status is MedicationStatement.MedicationStatusCodes.EnteredInError
            or MedicationStatement.MedicationStatusCodes.NotTaken or MedicationStatement.MedicationStatusCodes.Intended,
        AllergyIntolerance allergy => Codings.Of(allergy.VerificationStatus, "allergyintolerance-verification") is "refuted" or "entered-in-error",
        Immunization immunization => immunization.Status is not Immunization.ImmunizationStatusCodes.Completed,
        DiagnosticReport report => report.Status is DiagnosticReport.DiagnosticReportStatus.Cancelled or DiagnosticReport.DiagnosticReportStatus.EnteredInError,
        _ => false,
    };
}
