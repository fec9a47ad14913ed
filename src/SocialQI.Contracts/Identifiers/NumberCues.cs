using System.Collections.Frozen;

namespace SocialQI.Identifiers;

/// <summary>Words after which a number names somebody.</summary>
/// <param name="Kind">What it is then.</param>
/// <param name="Phrase">The words and marks.</param>
/// <param name="DigitsMin">So many digits at least.</param>
/// <param name="IsEnough">Whether the number may follow at once; else a word such as "number" or "id" stands between.</param>
internal sealed record NumberCue(IdentifierKind Kind, string[] Phrase, int DigitsMin, bool IsEnough);

internal static class NumberCues
{
    /// <summary>By their first word, the longest first.</summary>
    public static readonly FrozenDictionary<string, NumberCue[]> ByFirst = All()
        .GroupBy(c => c.Phrase[0]).ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(c => c.Phrase.Length).ToArray());

    /// <summary>Words that say: here comes a number.</summary>
    public static readonly FrozenSet<string> NumberWords = Vocabulary.Words(
        "number numbers no nos nr num # id ids identifier identification ident nº n° № numéro numero número nummer code pin template hash tag uid");

    /// <summary>What may stand between such words and the number.</summary>
    public static readonly FrozenSet<string> Fillers = Vocabulary.Words(": . - = ( [ ' \" * / is was are of reads a the");

    private static IEnumerable<NumberCue> All() =>
    [
        .. Of(IdentifierKind.Record, 4, true, "mrn|mr #|mr # :|med rec|ur number|ur no|m . r . n|m r n|hrn|urn|uhid|accession|medical record|hospital record|patient record|record number|record no|accession number|fallnummer|fall - nr|patientennummer|aufnahmenummer"
            + "|numéro de dossier|número de historia|historia clínica|nhc|encounter|ippp|ipp|nip"),
        .. Of(IdentifierKind.Record, 2, false, "patient|pt|hospital|hosp|unit|unit record|chart|case|case file|file|record|visit|specimen|sample|lab|laboratory|study|subject|participant|admission|registration|episode"
            + "|order|requisition|referral|donor|screening|protocol|inpatient|outpatient|clinic|slide|block|biopsy|request|trial|dossier|radiology|pathology|histology|exam|examination|procedure|x - ray|person|client|resident|path report|pathology report|report"),
        .. Of(IdentifierKind.National, 4, true, "ssn|s . s . n|ss #|ss no|social security|social|nino|national insurance|national identity|national id|nhs|chi number|chi no|h & c|hcn|sécurité sociale|securité sociale|ahv|avs|ahv - nr|oasi|bsn|burgerservicenummer"
            + "|codice fiscale|dni|nie|nif|personnummer|personnr|fødselsnummer|cpr - nr|cpr nr|cpr number|cpr no|aadhaar|aadhar|tax id|tin|itin|steuer - id|passport|pesel|curp|cpf|nric|hkid|sozialversicherungsnummer|sv - nr|identity card|id card"),
        .. Of(IdentifierKind.National, 9, true, "sin|cpr|chi|tfn|inn"),
        .. Of(IdentifierKind.National, 4, false, "ni|national|government|sin|immigration|visa|alien|ihi"),
        .. Of(IdentifierKind.Insurance, 4, true, "mbi|hicn|medicare beneficiary|health plan beneficiary|medicaid|medicare|subscriber|versichertennummer|versicherten - nr|versichertennr|versicherungsnummer|versicherungsnr|krankenversicherungsnummer|kvnr|kvnr .|blue cross|blue shield|aetna|cigna|humana|krankenkassennummer|numéro d'assuré|numero d'assuré"),
        .. Of(IdentifierKind.Insurance, 3, false, "insurance|insurance policy|policy|policyholder|member|membership|group|health plan|plan|beneficiary|payer|payor|claim|authorization|authorisation|prior authorization|auth|health card|insurance card|insured|coverage|enrollee|ehic|hmo|ppo|bcbs|ohip"),
        .. Of(IdentifierKind.Account, 5, true, "account|bank account|acct|a / c|iban|bic|credit card|debit card|card|sort code|routing|licence|license|driver's licence|driver's license|drivers license|drivers licence|driving licence|driving license|medical licence|medical license"
            + "|birth certificate|death certificate|certificate|marriage certificate|dea|npi|gmc|nmc|nmc pin|invoice|bill|receipt|führerschein|führerscheinnummer|konto|kontonummer|kundennummer|rechnungsnummer|firearm licence|firearm license|nursing licence|nursing license|pilot's license|pilot's licence"),
        .. Of(IdentifierKind.Account, 2, false, "account|acct|billing|licence|license|licensure|medical licence|medical license|certificate|birth certificate|death certificate|permit|dea|npi|gmc|nmc|invoice|customer|card|credit card|routing|driver's license|driver's licence|drivers license|driving licence|driving license|credential|board certification|pharmacy licence|pharmacy license|payment|transaction|guarantor"),
        .. Of(IdentifierKind.Vehicle, 2, true, "licence plate|license plate|licence plates|license plates|number plate|number plates|registration plate|plate|plates|vehicle registration|vehicle reg|car registration|car reg|reg|vehicle tag|tag|kennzeichen|plaque d'immatriculation|immatriculation|matrícula|kenteken|nummernschild"
            + "|vehicle id|vehicle identification|vehicle identifier|vehicle"),
        .. Of(IdentifierKind.Vehicle, 5, true, "vin|fahrgestellnummer|chassis"),
        .. Of(IdentifierKind.Device, 3, true, "serial|s / n|sn :|sn #|lot|batch|udi|udi - di|udi - pi|gtin|imei|iccid|meid|mac address|mac|seriennummer|serien - nr|chargennummer|charge|device identifier|lot / serial|serial / lot|numéro de série|número de serie"),
        .. Of(IdentifierKind.Device, 2, false, "device|implant|equipment|pacemaker|model|ref|catalog|catalogue|part|pump|sensor|prosthesis|asset|generator|lead|unit serial|transmitter|ventilator|icd device|icd generator|stent|machine"),
        .. Of(IdentifierKind.Biometric, 2, true, "fingerprint|finger print|thumbprint|voiceprint|voice print|retina scan|retinal scan|retina|retinal|iris scan|iris code|iris|face id|faceprint|face print|facial recognition|palm print|palmprint|biometric|hand geometry|handprint|dna profile|gait profile|vein scan|fingerabdruck"),
    ];

    private static IEnumerable<NumberCue> Of(IdentifierKind kind, int digitsMin, bool isEnough, string phrases) =>
        phrases.Split('|').Select(p => new NumberCue(kind, p.Split(' '), digitsMin, isEnough));
}
