using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using Hl7.Fhir.Validation;

namespace SocialQI.Server.Import;

/// <summary>
/// Turns a FHIR R4 Bundle into the text of a draft case, by allow-list:
/// <list type="number">
/// <item><see cref="BundleBytes"/> receives at most 50 MB and unpacks nothing.</item>
/// <item><see cref="BundleOutline"/> proves the JSON and finds the resources.</item>
/// <item>One resource at a time is read, judged by <see cref="Admission"/>, and leaves at most a <see cref="Statement"/> in the <see cref="Chart"/>.</item>
/// <item><see cref="Codings"/> and <see cref="Units"/> are the only ways by which a file's own words come in; <see cref="Displays"/> guards them.</item>
/// <item><see cref="CaseDraft"/> and <see cref="Timeline"/> turn dates into days and write the sections.</item>
/// </list>
/// The whole of a file is held while it is read: the caller limits how many are read at once.
/// </summary>
public static class BundleReader
{
    // What is not FHIR's is not read, so it may be there; the bytes of a photograph need not be decoded to be left out.
    private static readonly FhirJsonDeserializer Deserializer = new(new DeserializerSettings().UsingMode(DeserializationMode.NoOverflow)
        .Enforcing([FhirJsonException.UNEXPECTED_PRIMITIVE_VALUE_FOR_NON_PRIMITIVE_CODE, FhirJsonException.UNEXPECTED_OBJECT_VALUE_FOR_PRIMITIVE_CODE])
        .Ignoring([CodedValidationException.UNKNOWN_ELEMENT_CODE, CodedValidationException.INVALID_BASE64_VALUE_CODE]));

    // Names only: whatever else is wrong with these is no reason to refuse a case.
    private static readonly FhirJsonDeserializer Lenient = new(new DeserializerSettings().UsingMode(DeserializationMode.Ostrich));

    /// <summary>Reads to the end, or to the first reason not to. The stream is not closed.</summary>
    public static async Task<ImportResult> Read(Stream bundle, long? declaredLength, CancellationToken stop)
    {
        var (json, refusal) = await BundleBytes.Read(bundle, declaredLength, stop);
        return refusal is null ? Read(json, (_, _) => { }, stop) : new ImportResult.Refused(refusal);
    }

    /// <summary>Reads what was received; <paramref name="progress"/> is told how many resources of how many were read.</summary>
    internal static ImportResult Read(ReadOnlyMemory<byte> json, Action<int, int> progress, CancellationToken stop)
    {
        if (BundleOutline.Read(json.Span, out var resources) is { } malformed)
        {
            return new ImportResult.Refused(malformed);
        }

        if (resources.Count(slice => slice.Type == "Patient") > 1)
        {
            return new ImportResult.Refused(ImportRefusal.MoreThanOnePatient);
        }

        var leftOut = new Tally();
        var people = PeopleIn(json, resources, stop);
        var chart = new Chart(new Codings(new Displays(people, leftOut), leftOut), leftOut);
        return Fill(chart, json, resources, leftOut, progress, stop) is { } wrong ? new ImportResult.Refused(wrong)
            : chart.IsAboutSeveral ? new ImportResult.Refused(ImportRefusal.MoreThanOnePatient)
            : chart.Visits.Count == 0 ? new ImportResult.Refused(ImportRefusal.NoEncounter)
            : new ImportResult.Drafted(new CaseDraft(chart, leftOut).Write());
    }

    private static ImportRefusal? Fill(
        Chart chart, ReadOnlyMemory<byte> json, IReadOnlyList<ResourceSlice> resources, Tally leftOut, Action<int, int> progress, CancellationToken stop)
    {
        var lines = LinesOf(json, resources);
        var read = 0;
        foreach (var slice in resources.Where(slice => !Admission.IsRead(slice.Type)))
        {
            leftOut.Line = lines.GetValueOrDefault(slice.Start);
            leftOut.Add("resource type " + (ModelInfo.IsKnownResource(slice.Type) ? slice.Type : "unknown"));
        }

        foreach (var slice in resources.Where(slice => Admission.IsRead(slice.Type)).OrderBy(slice => Admission.Order(slice.Type)))
        {
            stop.ThrowIfCancellationRequested();
            progress(++read, resources.Count);
            leftOut.Line = lines.GetValueOrDefault(slice.Start);
            var bytes = json.Span.Slice(slice.Start, slice.Length);
            UnreadParts.Count(bytes, leftOut);
            var reader = new Utf8JsonReader(bytes);
            if (!Deserializer.TryDeserializeResource(ref reader, out var resource, out var wrongs) || resource?.TypeName != slice.Type)
            {
                return Wrong(slice, wrongs.FirstOrDefault());
            }

            if (Take(chart, slice, resource) is { } wrong)
            {
                return wrong;
            }
        }

        leftOut.Line = null;
        return null;
    }

    // Where each resource begins. A file without line breaks is one line, which helps nobody.
    private static Dictionary<int, int?> LinesOf(ReadOnlyMemory<byte> json, IReadOnlyList<ResourceSlice> resources)
    {
        var lines = new Dictionary<int, int?>();
        var (line, at) = (1, 0);
        foreach (var slice in resources)
        {
            line += json.Span[at..slice.Start].Count((byte)'\n');
            at = slice.Start;
            lines[at] = line;
        }

        return line < resources.Count ? [] : lines;
    }

    // The SDK's properties throw when they hold what their type cannot; the settings above let none through that is known.
    private static ImportRefusal? Take(Chart chart, ResourceSlice slice, Resource resource)
    {
        try
        {
            chart.Take(slice, resource);
            return null;
        }
        catch (CodedValidationException wrong)
        {
            return Wrong(slice, wrong);
        }
    }

    private static KnownPeople PeopleIn(ReadOnlyMemory<byte> json, IReadOnlyList<ResourceSlice> resources, CancellationToken stop)
    {
        var people = new KnownPeople();
        foreach (var slice in resources.Where(slice => slice.Type is "Patient" or "RelatedPerson" or "Practitioner"))
        {
            stop.ThrowIfCancellationRequested();
            var reader = new Utf8JsonReader(json.Span.Slice(slice.Start, slice.Length));
            Lenient.TryDeserializeResource(ref reader, out var person, out _);
            if (person is not null)
            {
                Learn(people, person);
            }
        }

        return people;
    }

    private static void Learn(KnownPeople people, Resource person)
    {
        try
        {
            people.Learn(person);
        }
        catch (CodedValidationException)
        {
            // A name that is no name: what was learned before it stays, and a patient like this is refused later.
        }
    }

    // The SDK's own messages quote the value; only its code and path are repeated.
    private static ImportRefusal Wrong(ResourceSlice slice, CodedException? wrong) => ImportRefusal.NotFhir(
        FhirNames.Within($"Bundle.entry[{slice.Entry}].resource", (wrong as ExtendedCodedException)?.InstancePath),
        wrong?.ErrorCode ?? "resourceType");
}
