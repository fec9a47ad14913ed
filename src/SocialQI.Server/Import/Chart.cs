using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>What is known of the patient, resource by resource. Holds no resource: of fifty megabytes a few lines stay.</summary>
internal sealed class Chart(Codings codings, Tally leftOut)
{
    private readonly Observations observations = new(codings, leftOut);
    private readonly Treatments treatments = new(codings, leftOut);
    private readonly List<Statement> statements = [];
    private readonly List<Visit> visits = [];
    private readonly List<KnownCondition> conditions = [];
    private readonly Dictionary<string, KnownCondition> conditionsByKey = [];
    private readonly HashSet<string> patientKeys = [];
    private readonly HashSet<string> subjects = [];

    public bool HasPatient { get; private set; }

    public AdministrativeGender? Gender { get; private set; }

    public FhirDay? Birth { get; private set; }

    /// <summary>More than one person, when no patient says which is meant.</summary>
    public bool IsAboutSeveral => patientKeys.Count == 0 && subjects.Count > 1;

    public IReadOnlyList<Statement> Statements => statements;

    public IReadOnlyList<Visit> Visits => visits;

    public IReadOnlyList<KnownCondition> Conditions => conditions;

    public KnownCondition? ConditionOf(string key) => conditionsByKey.Find(key);

    public void Take(ResourceSlice slice, Resource resource)
    {
        if (resource is Patient patient)
        {
            Take(slice, patient);
        }
        else if (Admission.Refuse(resource) is { } reason)
        {
            leftOut.Add(reason);
        }
        else if (!IsAboutPatient(Admission.SubjectOf(resource)))
        {
            leftOut.Add("about somebody else");
        }
        else if (Say(slice, resource) is { } statement)
        {
            statements.Add(statement with { Line = leftOut.Line });
        }
    }

    private Statement? Say(ResourceSlice slice, Resource resource)
    {
        switch (resource)
        {
            case Encounter encounter:
                Take(encounter);
                return null;
            case Condition condition:
                return Take(slice, condition);
            case Medication medication:
                treatments.Learn(slice, medication);
                return null;
            case Observation observation:
                return observations.Say(observation);
            default:
                return treatments.Say(resource);
        }
    }

    private void Take(ResourceSlice slice, Patient patient)
    {
        HasPatient = true;
        Gender = patient.Gender;
        Birth = FhirDay.Of(patient.BirthDate);
        patientKeys.UnionWith(References.KeysOf(slice, patient));
    }

    private void Take(Encounter encounter)
    {
        if (FhirDay.Of(encounter.Period) is not { IsExact: true } start || encounter.Period?.Start is null)
        {
            leftOut.Add("encounter without a start date");
            return;
        }

        var (setting, acute) = Settings.Of(encounter.Class);
        var keys = encounter.Diagnosis.OrderBy(diagnosis => diagnosis.Rank ?? int.MaxValue).Select(diagnosis => diagnosis.Condition)
            .Concat(encounter.ReasonReference).Select(References.KeyOf).OfType<string>();
        visits.Add(new Visit(start, acute, setting, codings.SayAll(encounter.Type), codings.SayAll(encounter.ReasonCode), [.. keys.Take(Settings.ReasonsMax)]));
    }

    private Statement? Take(ResourceSlice slice, Condition condition)
    {
        if (codings.Say(condition.Code) is not { } phrase)
        {
            leftOut.Add("resource without a known code");
            return null;
        }

        var status = Codings.Of(condition.ClinicalStatus, "condition-clinical");
        var active = status is null or "active" or "recurrence" or "relapse";
        var suspected = Codings.Of(condition.VerificationStatus, "condition-ver-status") is "unconfirmed" or "provisional" or "differential";
        var on = FhirDay.Of(condition.Onset) ?? FhirDay.Of(condition.RecordedDate);
        var known = new KnownCondition(phrase, active, on);
        conditions.Add(known);
        foreach (var key in References.KeysOf(slice, condition))
        {
            conditionsByKey.TryAdd(key, known);
        }

        var code = phrase.Icd10 is { } icd10 ? $" [{icd10.Code}]" : "";
        var state = active ? "" : status is "remission" ? ", in remission" : ", resolved";
        var text = $"{(suspected ? "Suspected condition" : "Condition")}: {phrase.Text}{code}{state}";
        return new Statement("Condition", active ? Part.ActiveCondition : Part.PastCondition, on, text, phrase.Code);
    }

    private bool IsAboutPatient(ResourceReference? subject)
    {
        if (References.KeyOf(subject) is not { } key)
        {
            return true;
        }

        subjects.Add(key);
        return patientKeys.Count == 0 || patientKeys.Contains(key);
    }
}
