using System.Collections.Frozen;

namespace SocialQI.Identifiers;

/// <summary>Words that several rules know.</summary>
internal static class Vocabulary
{
    /// <summary>After a number these say that it is a measurement.</summary>
    public static readonly FrozenSet<string> Units = Words("""
        mg mcg µg ug ng pg g kg lb lbs ml l dl µl ul mmol µmol umol nmol pmol mol meq units unit u iu mu mm cm m km nm bpm mmhg cmh kpa hz h hr hrs hour hours min mins minute minutes sec secs
        second seconds ms day days week weeks wk wks month months mo year years doses dose tablets tablet puffs drops gy cgy ppm x times beats cells copies percent kcal joules watts rpm
        fractions cycles cycle patients cases people beds litres liters steps metres meters ampoules vials capsules episodes lesions nodes
        """);

    /// <summary>Words that are no name, in whatever case they stand.</summary>
    public static readonly FrozenSet<string> Common = Words("""
        a an the this that these those and or but nor so yet if then than as at by for from in into of off on onto out over per to up upon with within without about above after again against
        all also although always am any anyone are aren't around back be became because been before began begins being below between both brought bring brings can cannot came come comes could
        did didn't do does doesn't doing done don't down during each either else even ever every everyone few first found gave get gets given gives go goes going gone good got had has hasn't
        have haven't having he her here hers herself him himself his how however i i'm is isn't it its itself just keep kept knew know known knows last later least left less let like likely
        long made make makes many may me might more most much must my myself near need needs never new next no none not nothing now often old once one only other others our own perhaps put
        rather really said same saw say says second see seems seen she should shows showed since some somebody someone soon still such sure take taken takes tell tells their them they thing
        think thinks third though thought through thus today together told too took tried try trying two under until us use used uses using very via wait waits want wanted wants was wasn't way
        we well went were what when where whether which while who whom whose why will wish wished wishes won't wonder would wrote yes yesterday you your
        accepted added admitted advised advises agreed agrees alert allergic already answered appeared appears arrived arrives asked asks assessed attended aware bed began believes boy brought
        called calling calls care cared careful changed changes checked clinic comfortable commenced complained complains complaint complaints completed concerned confirmed confused consent
        consented continued continues coughed day deaf declined declines decided denied denies described describes developed develops diagnosed died dies diet discharged discussed doctor doctors
        documented drinks drove eats ends expects explained experienced fell felt female feels fever finds followed followup gained girl going gone had happened happy headache health heard helped
        helps hip home hospital hopes ill improved improving increased information initially injured insisted informed intubated lady lives living lost lying male man mentioned mobile month more
        moved name night nil normal noted notes noticed now nurse nurses observed old operated ordered outside pain patient patients performed phoned pregnant prescribed present presented
        presenting presents presumably previously prior probably problem prone queried questions quiet quit ran rang ready received recalled recovered recovering refused refuses related remained
        remains reported reports requested requests resident responded returned returns review reviewed ring round rounds runs safe sat scored seemed sent several sick signed sister sits sleeping
        sleeps slept smoked smokes smoker spoke stable staff started starts stated states stayed stays stood stopped stops student students suddenly suffered suffers suggested suggests surgery
        swims symptomatic takes talked team texted thanks therefore tolerated tolerates tomorrow tonight transferred treated treatment tried twice undergoes underwent unwell unable unclear unchanged
        unresponsive unsteady vaccinated visited visits vomited vomits waited walked walks ward warned wakes weak week well which widow woke woman worked works worried worse wrote year young
        age aged baby child children infant newborn mother father husband wife son daughter brother uncle aunt cousin family friend neighbour neighbor partner relatives carer caregiver parents
        any both neither three four five six seven eight nine ten hundred half another
        """);

    public static FrozenSet<string> Words(string list) =>
        list.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
