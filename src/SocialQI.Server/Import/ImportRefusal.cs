using System.Globalization;

namespace SocialQI.Server.Import;

/// <summary>Why a bundle was not taken.</summary>
/// <param name="Code">Kebab case, stable.</param>
/// <param name="Message">For the person who asked. Says where, never what stood there: it may end up in a log or a screenshot.</param>
public sealed record ImportRefusal(string Code, string Message)
{
    public static readonly ImportRefusal TooLarge = new("too-large",
        string.Create(CultureInfo.InvariantCulture, $"The file is larger than {BundleBytes.LengthMax / 1024 / 1024} MB. Export one stay, not the whole record."));

    public static readonly ImportRefusal Empty = new("not-a-bundle", "The file is empty.");

    public static readonly ImportRefusal Packed = new("not-a-bundle", "The file is compressed. Unpack it and send the JSON inside.");

    public static readonly ImportRefusal NotJson = new("not-a-bundle", "The file is not JSON. FHIR in XML is not read; export JSON.");

    public static readonly ImportRefusal NotABundle = new("not-a-bundle", "The file is JSON but not a FHIR Bundle: its resourceType must be Bundle.");

    public static readonly ImportRefusal EmptyBundle = new("empty-bundle", "The Bundle holds no resource.");

    public static readonly ImportRefusal TooManyResources = new("too-many-resources", string.Create(CultureInfo.InvariantCulture,
        $"The Bundle holds more than {BundleOutline.ResourcesMax:n0} resources. Export one stay, not the whole record."));

    public static readonly ImportRefusal MoreThanOnePatient = new("more-than-one-patient", "The Bundle is about more than one patient. A case is about one.");

    public static readonly ImportRefusal NoEncounter = new("no-encounter",
        "The Bundle holds no encounter that took place and has a start date, so there is no day 0 to count from.");

    public static ImportRefusal Malformed(long line, long position, string path) =>
        new("malformed-json", string.Create(CultureInfo.InvariantCulture, $"The JSON breaks off being JSON at line {line}, byte {position}, in {path}."));

    public static ImportRefusal TooDeep(string path) =>
        new("too-deep", string.Create(CultureInfo.InvariantCulture, $"The JSON is nested deeper than {JsonPlace.DepthMax} levels, in {path}."));

    public static ImportRefusal NotFhir(string path, string rule) => new("wrong-fhir", $"This is not valid FHIR R4: {path} ({rule}).");
}
