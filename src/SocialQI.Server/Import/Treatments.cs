using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>Reads what was done, given, reported or not tolerated: the code, and a word of ours for its state. Never a dose instruction: it is free text.</summary>
internal sealed class Treatments(Codings codings, Tally leftOut)
{
    private const int ReactionsMax = 5;

    private readonly Dictionary<string, Phrase> medications = [];

    public void Learn(ResourceSlice slice, Medication medication)
    {
        if (codings.Say(medication.Code) is { } phrase)
        {
            foreach (var key in References.KeysOf(slice, medication))
            {
                medications.TryAdd(key, phrase);
            }
        }
    }

    /// <returns>Null, counted, when nothing coded is left of it.</returns>
    public Statement? Say(Resource resource)
    {
        var said = resource switch
        {
            Procedure procedure => Say(Part.Procedure, codings.Say(procedure.Code), FhirDay.Of(procedure.Performed), "Procedure", Under(procedure.Status)),
            MedicationRequest request => Say(Part.Medication, Drug(request.Medication), FhirDay.Of(request.AuthoredOn), "Medication ordered",
                request.Status is MedicationRequest.MedicationrequestStatus.Stopped ? ", stopped" : ""),
            MedicationStatement taken => Say(Part.Medication, Drug(taken.Medication), FhirDay.Of(taken.Effective), "Medication taken", ""),
            Immunization immunization => Say(Part.Immunization, codings.Say(immunization.VaccineCode), FhirDay.Of(immunization.Occurrence), "Immunization", ""),
            AllergyIntolerance allergy => Say(Part.Allergy, codings.Say(allergy.Code), null, "Allergy or intolerance", Reactions(allergy)),
            DiagnosticReport report => Say(Part.Report, codings.Say(report.Code), FhirDay.Of(report.Effective), "Report", Conclusions(report)),
            _ => null,
        };
        if (said is null)
        {
            leftOut.Add("resource without a known code");
        }

        return said is null ? null : said with { Resource = resource.TypeName };
    }

    private static Statement? Say(Part part, Phrase? phrase, FhirDay? on, string lead, string rest) =>
        phrase is null ? null : new Statement("", part, on, $"{lead}: {phrase.Text}{rest}", phrase.Code);

    private Phrase? Drug(DataType? medication) => medication switch
    {
        CodeableConcept concept => codings.Say(concept),
        ResourceReference reference => medications.Find(References.KeyOf(reference)),
        _ => null,
    };

    private static string Under(EventStatus? status) => status switch
    {
        EventStatus.InProgress => ", in progress",
        EventStatus.Stopped => ", stopped",
        EventStatus.OnHold => ", on hold",
        _ => "",
    };

    private string Reactions(AllergyIntolerance allergy)
    {
        var severe = allergy.Criticality is AllergyIntolerance.AllergyIntoleranceCriticality.High ? ", high criticality" : "";
        var reactions = codings.SayAll(allergy.Reaction.SelectMany(reaction => reaction.Manifestation)).Select(phrase => phrase.Text).Distinct().Take(ReactionsMax);
        var named = string.Join(", ", reactions);
        return severe + (named.Length == 0 ? "" : $", reaction: {named}");
    }

    private string Conclusions(DiagnosticReport report)
    {
        var named = string.Join(", ", codings.SayAll(report.ConclusionCode).Select(phrase => phrase.Text).Distinct());
        return named.Length == 0 ? "" : $": {named}";
    }
}
