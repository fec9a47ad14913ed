using System.Text;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using SocialQI.Storage.Audit;
using SocialQI.Wire;

namespace SocialQI.Server.Auditing;

/// <summary>Acts as FHIR R4 AuditEvents, for an archive of audit records.</summary>
internal static class AuditFhir
{
    private const string Codes = "urn:socialqi:act";
    private const string Roles = "urn:socialqi:role";
    private const string Dicom = "http://dicom.nema.org/resources/ontology/DCM";
    private const string Reasons = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

    public static byte[] Of(IReadOnlyList<AuditLine> lines, IReadOnlyDictionary<string, string> names, InstitutionId institution, Moment now)
    {
        var bundle = new Bundle { Type = Bundle.BundleType.Collection, TimestampElement = new Instant(now.Time) };
        foreach (var line in lines)
        {
            bundle.Entry.Add(new() { FullUrl = "urn:uuid:" + Grains.Keeping.DerivedId.Of("audit", institution, line.Key), Resource = EventOf(line, names, institution) });
        }
        return Encoding.UTF8.GetBytes(new FhirJsonSerializer().SerializeToString(bundle));
    }

    private static AuditEvent EventOf(AuditLine line, IReadOnlyDictionary<string, string> names, InstitutionId institution) => new()
    {
        Type = TypeOf(line),
        Subtype = [new(Codes, line.Act, line.What is null ? line.Act : $"{line.Act}: {line.What}")],
        Action = ActionOf(line),
        Period = line.Ended is { } ended ? new Period(new FhirDateTime(line.At.Time), new FhirDateTime(ended.Time)) : null,
        RecordedElement = new(line.At.Time),
        Outcome = line.Result is AuditEntry.Done or AuditEntry.Begun or Viewings.Closed ? AuditEvent.AuditEventOutcome.N0 : AuditEvent.AuditEventOutcome.N4,
        OutcomeDesc = line.Result,
        PurposeOfEvent = [new CodeableConcept(Reasons, ReasonOf(line.Purpose))],
        Agent = [AgentOf(line, names)],
        Source = new() { Site = institution.ToString(), Observer = new() { Display = "SocialQI" } },
        Entity = line.Topic is { } topic ? [EntityOf(line, topic)] : [],
    };

    private static Coding TypeOf(AuditLine line) => line.Act switch
    {
        Acts.SignIn => new(Dicom, "110114", "User Authentication"),
        Acts.SignOut => new(Dicom, "110114", "User Authentication"),
        Acts.ReadAudit => new(Dicom, "110101", "Audit Log Used"),
        Acts.ExportAudit => new(Dicom, "110106", "Export"),
        Acts.Import => new(Dicom, "110107", "Import"),
        Acts.Search or Acts.ReadList or Acts.WatchHeads => new(Dicom, "110112", "Query"),
        Acts.Administer or Acts.Operate or Acts.ChangePassword => new(Dicom, "110100", "Application Activity"),
        _ => new(Dicom, "110110", "Patient Record"),
    };

    private static AuditEvent.AuditEventAction ActionOf(AuditLine line) =>
        line.IsWriting ? line.First == 1 ? AuditEvent.AuditEventAction.C : AuditEvent.AuditEventAction.U
        : line.Act is Acts.Open or Acts.Follow or Acts.ReadAudit || line.Act.StartsWith("read-", StringComparison.Ordinal) ? AuditEvent.AuditEventAction.R
        : AuditEvent.AuditEventAction.E;

    private static string ReasonOf(string purpose) => purpose switch { "education" => "TRAIN", "quality" => "HQUALIMP", "operations" => "HOPERAT", _ => "TREAT" };

    private static AuditEvent.AgentComponent AgentOf(AuditLine line, IReadOnlyDictionary<string, string> names) => new()
    {
        Requestor = true,
        Who = new() { Identifier = new(Codes.Replace("act", "person", StringComparison.Ordinal), line.Who), Display = names.GetValueOrDefault(line.Who) },
        Role = line.Role is null ? [] : [new CodeableConcept(Roles, line.Role)],
        Network = line.Origin is null ? null : new() { Address = line.Origin, Type = AuditEvent.AuditEventAgentNetworkType.N2 },
        Policy = line.Flag is null ? [] : ["urn:socialqi:flag:" + line.Flag],
    };

    private static AuditEvent.EntityComponent EntityOf(AuditLine line, TopicId topic) => new()
    {
        What = new() { Identifier = new("urn:socialqi:topic", topic.ToString()) },
        Type = new("http://terminology.hl7.org/CodeSystem/audit-entity-type", "2", "System Object"),
        Detail =
        [
            .. new (string Name, long? Value)[] { ("first", line.First), ("last", line.Last), ("count", line.Count) }.Where(d => d.Value is not null)
                .Select(d => new AuditEvent.DetailComponent { Type = d.Name, Value = new FhirString(d.Value!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)) }),
        ],
    };
}
