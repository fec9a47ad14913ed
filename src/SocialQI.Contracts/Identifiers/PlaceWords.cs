using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SocialQI.Identifiers;

/// <summary>The words of places: those of streets and towns, and those large enough to be told.</summary>
internal static class PlaceWords
{
    /// <summary>Street, whatever stands before it.</summary>
    public static readonly FrozenSet<string> Streets = Vocabulary.Words("street road lane avenue boulevard ave blvd rd drive crescent terrace mews");

    /// <summary>Street where a house number stands before it.</summary>
    public static readonly FrozenSet<string> StreetsWithNumber = Vocabulary.Words(
        "street st road rd lane ln avenue ave av drive dr court ct close way crescent terrace place pl square sq boulevard blvd row hill gardens mews quay highway hwy parkway pkwy walk grove park circle cir trail green rise view heights loop alley wharf parade yard");

    public static readonly FrozenSet<string> StreetsAbroad = Vocabulary.Words("rue avenue boulevard chemin impasse allée calle avenida plaza paseo via viale piazza corso quai route place rua largo");

    public static readonly ImmutableArray<string> StreetEndings = ["straße", "strasse", "gasse", "weg", "platz", "allee", "straat", "laan", "gatan", "vej", "str", "ufer", "damm"];

    /// <summary>After a place's own name.</summary>
    public static readonly FrozenSet<string> Regions = Vocabulary.Words("county township parish borough precinct district city village hamlet municipality shire canton");

    /// <summary>Before "of" and a place's own name.</summary>
    public static readonly FrozenSet<string> RegionsOf = Vocabulary.Words("county city town village township parish borough district municipality suburb hamlet hometown");

    /// <summary>Somebody lives, works or comes: what follows with "in" or "from" is where.</summary>
    public static readonly FrozenSet<string> Living = Vocabulary.Words("""
        lives live lived living resides resided residing resident residence moved born raised grew up works worked working comes came originally native visiting visited commutes commuted commuting
        stays stayed staying based relocated residing home house farm school clinic hospital practice office factory job employer emigrated immigrated migrated transferred referred transfer retrieved evacuated airlifted
        hails hailed travels travelled traveled driving drove flown teaches taught studies studied retired settled housed homeless camping holiday vacation originates domiciled is was wohnt wohnhaft lebt arbeitet habite vive vit réside geboren reside abita kommt
        outbreak cluster located teacher
        """);

    /// <summary>People, who come from somewhere.</summary>
    public static readonly FrozenSet<string> People = Vocabulary.Words("""
        man woman boy girl lady gentleman male female patient patients child family couple person teenager infant baby student pupil worker farmer teacher nurse miner fisherman sailor soldier veteran
        engineer driver carpenter plumber baker butcher builder mechanic labourer laborer welder electrician painter gardener cook chef waiter waitress clerk secretary lawyer priest vicar monk nun
        athlete runner cyclist swimmer shepherd rancher logger forester hunter trucker policeman policewoman firefighter paramedic doctor physician dentist pharmacist vet veterinarian musician artist
        writer retiree pensioner widow widower immigrant refugee migrant traveller traveler tourist prisoner resident villager neighbour neighbor colleague cousin uncle aunt husband wife mother father
        brother sister son daughter parents grandmother grandfather referral transfer he she who they reported reports originally old olds yo
        """);

    /// <summary>States, countries and larger: these may stand, and so may directions and what is no place.</summary>
    public static readonly FrozenSet<string> Large = Vocabulary.Words("""
        alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
        minnesota mississippi missouri montana nebraska nevada hampshire jersey mexico carolina dakota ohio oklahoma oregon pennsylvania rhode tennessee texas utah vermont virginia washington
        wisconsin wyoming england scotland wales ireland britain uk usa us america canada australia zealand germany france italy spain portugal austria switzerland belgium netherlands holland
        luxembourg denmark sweden norway finland iceland poland czechia czech hungary romania bulgaria greece turkey türkiye russia ukraine belarus moldova serbia croatia bosnia kosovo albania
        macedonia montenegro slovenia slovakia estonia latvia lithuania malta cyprus israel palestine gaza lebanon syria jordan iraq iran kuwait bahrain qatar oman yemen saudi arabia emirates egypt
        libya tunisia algeria morocco sudan ethiopia eritrea somalia djibouti kenya uganda tanzania rwanda burundi congo drc gabon cameroon nigeria niger chad mali senegal gambia guinea liberia
        ghana togo benin ivory mauritania angola zambia zimbabwe malawi mozambique namibia botswana lesotho eswatini madagascar mauritius afghanistan pakistan india nepal bhutan bangladesh lanka
        myanmar burma thailand laos cambodia vietnam malaysia singapore indonesia philippines china taiwan japan korea mongolia kazakhstan uzbekistan turkmenistan kyrgyzstan tajikistan georgia
        armenia azerbaijan brazil argentina chile peru bolivia paraguay uruguay ecuador colombia venezuela guyana suriname panama costa rica nicaragua honduras salvador guatemala belize cuba haiti
        jamaica trinidad dominican puerto bahamas barbados europe africa asia oceania antarctica caribbean mediterranean scandinavia balkans sahara sahel amazon pacific atlantic arctic bavaria
        saxony hesse quebec ontario alberta manitoba saskatchewan queensland victoria tasmania deutschland schweiz österreich frankreich italien spanien españa francia suisse allemagne italia
        north south east west northern southern eastern western central latin middle far new united republic sub-saharan sierra papua sri el the
        """);

    /// <summary>Capitalised where a place could stand, and none: parts of a hospital, groups, days.</summary>
    public static readonly FrozenSet<string> NoPlace = Vocabulary.Words("""
        cardiology neurology oncology haematology hematology nephrology urology gynaecology gynecology obstetrics paediatrics pediatrics psychiatry radiology pathology dermatology rheumatology
        endocrinology gastroenterology surgery medicine orthopaedics orthopedics ophthalmology anaesthesia anesthesia intensive emergency infectious respiratory pulmonology geriatrics theatre ward
        icu itu hdu ed er a&e ccu nicu picu outpatients outpatient clinic radiotherapy physiotherapy microbiology biochemistry genetics immunology virology triage recovery resus hospital rehab
        rehabilitation hospice home department dept unit bay bed room floor day week monday tuesday wednesday thursday friday saturday sunday it hr crohn's i who flat apt apartment suite
        """);

    public static readonly FrozenSet<string> StatesShort = Vocabulary.Words(
        "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr nsw vic qld");
}
