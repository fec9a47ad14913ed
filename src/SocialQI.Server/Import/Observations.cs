using System.Collections.Frozen;
using System.Globalization;
using Hl7.Fhir.Model;

namespace SocialQI.Server.Import;

/// <summary>Reads what was observed: coded question, coded or numeric answer.</summary>
internal sealed class Observations(Codings codings, Tally leftOut)
{
    private const int ComponentsMax = 50;
    private const decimal BareNumberMax = 9_999;

    // They ask for what Safe Harbor forbids to answer above 89: age, age at an event, age at death.
    private static readonly FrozenSet<string> AgeCodes = new[]
    {
        "30525-0", "29553-5", "21611-9", "21612-7", "63900-5", "35659-2", "35267-4", "39016-1", "42797-1", "64062-3", "72148-6", "67189-1",
    }.Select(code => "LOINC " + code).ToFrozenSet();

    private static readonly FrozenDictionary<string, string> Interpretations = new (string Code, string Words)[]
    {
        ("H", "high"), ("HH", "critically high"), ("HU", "significantly high"), ("L", "low"), ("LL", "critically low"), ("LU", "significantly low"),
        ("N", "normal"), ("A", "abnormal"), ("AA", "critically abnormal"), ("POS", "positive"), ("NEG", "negative"), ("IND", "indeterminate"),
        ("DET", "detected"), ("ND", "not detected"), ("S", "susceptible"), ("I", "intermediate"), ("R", "resistant"), ("NR", "non-reactive"), ("RR", "reactive"),
        ("U", "significant change up"), ("D", "significant change down"), ("B", "better"), ("W", "worse"), ("<", "below scale"), (">", "above scale"),
    }.ToFrozenDictionary(pair => pair.Code, pair => pair.Words);

    /// <returns>Null, counted, when nothing coded is left of it.</returns>
    public Statement? Say(Observation observation)
    {
        if (codings.Say(observation.Code) is not { } question)
        {
            leftOut.Add("resource without a known code");
            return null;
        }

        var answers = observation.Component.Take(ComponentsMax).Where(part => part.ModifierExtension.Count == 0)
            .Select(part => (Question: codings.Say(part.Code), Answer: Answer(part.Value), Note: Interpretation(part.Interpretation), part.Value))
            .Where(part => part is { Question: not null, Answer: not null })
            .ToList();
        var own = Answer(observation.Value);
        if (own is null && answers.Count == 0)
        {
            leftOut.Add("observation without a coded value");
            return null;
        }

        var parts = string.Join(", ", answers.Select(part => $"{part.Question!.Text} {part.Answer}{part.Note}"));
        var text = string.Join("; ", new[] { own + Interpretation(observation.Interpretation), parts }.Where(words => words.Length > 0));
        var tellsAge = TellsAge(question, observation.Value) || answers.Any(part => TellsAge(part.Question!, part.Value));
        return new Statement("Observation", PartOf(observation), FhirDay.Of(observation.Effective), $"{question.Text}: {text}", question.Code, tellsAge);
    }

    private static Part PartOf(Observation observation) =>
        observation.Category.Select(category => Codings.Of(category, "observation-category")).FirstOrDefault(code => code is not null) switch
        {
            "vital-signs" or "exam" => Part.VitalSign,
            "social-history" or "survey" => Part.Social,
            _ => Part.Result,
        };

    private string? Answer(DataType? value) => value switch
    {
        Quantity quantity => Number(quantity),
        CodeableConcept concept => codings.Say(concept)?.Text,
        Integer number => Bare(number.Value),
        FhirBoolean yes => yes.Value switch { true => "yes", false => "no", null => null },
        Hl7.Fhir.Model.Range { Low: { } low, High: { } high } => Number(low) is { } from && Number(high) is { } to ? $"{from} to {to}" : null,
        Ratio { Numerator: { } over, Denominator: { } under } => Number(over) is { } top && Number(under) is { } bottom ? $"{top} : {bottom}" : null,
        _ => null,
    };

    private string? Number(Quantity quantity)
    {
        if (quantity.Value is not { } value)
        {
            return null;
        }

        var unit = Units.Of(quantity);
        if (Units.InYears(value, unit ?? "") > Timeline.AgeMax)
        {
            leftOut.Add("ages over 89");
            return null;
        }

        if (unit is null)
        {
            leftOut.Add("unit outside UCUM");
        }

        var comparator = quantity.Comparator switch
        {
            Quantity.QuantityComparator.LessThan => "< ",
            Quantity.QuantityComparator.LessOrEqual => "<= ",
            Quantity.QuantityComparator.GreaterThan => "> ",
            Quantity.QuantityComparator.GreaterOrEqual => ">= ",
            _ => "",
        };
        var number = unit is null or "" ? Bare(value) : Rounded(value);
        return number is null ? null : comparator + number + (unit is null ? " (unit not recognised)" : unit is "" or "%" ? unit : " " + unit);
    }

    // Scores and counts are short; a long number without a unit may be somebody's.
    private string? Bare(decimal? value)
    {
        if (value is null || Math.Abs(value.Value) <= BareNumberMax)
        {
            return value is { } number ? Rounded(number) : null;
        }

        leftOut.Add("long number without a unit");
        return null;
    }

    // Before the point six digits at most, fewer than any record number has; behind it as many as make four, more than any instrument has.
    private static string Rounded(decimal value)
    {
        var exponent = value == 0 ? 0 : (int)Math.Floor(Math.Log10((double)Math.Abs(value)));
        var scale = 1m;
        for (var digits = exponent; digits > 5; digits--)
        {
            scale *= 10;
        }

        return (Math.Round(value / scale, Math.Clamp(3 - exponent, 0, 12)) * scale).ToString("0.############", CultureInfo.InvariantCulture);
    }

    private static string Interpretation(IEnumerable<CodeableConcept> concepts)
    {
        var words = concepts.Select(concept => Codings.Of(concept, "v3-ObservationInterpretation")).OfType<string>()
            .Select(code => Interpretations.GetValueOrDefault(code)).OfType<string>().Distinct().Take(3).ToList();
        return words.Count == 0 ? "" : $" ({string.Join(", ", words)})";
    }

    private static bool TellsAge(Phrase question, DataType? value) =>
        AgeCodes.Contains(question.Code)
        || question.Text.Split(' ', '-', ',', '(', ')', '[', ']', '/').Contains("age", StringComparer.OrdinalIgnoreCase)
        || (value is Quantity { Value: { } number } quantity && Units.InYears(number, Units.Of(quantity) ?? "") >= 1);
}
