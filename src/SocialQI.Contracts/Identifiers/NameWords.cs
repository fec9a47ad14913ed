using System.Collections.Frozen;

namespace SocialQI.Identifiers;

/// <summary>The words before names, and those that look like names in a clinical text.</summary>
internal static class NameWords
{
    public static readonly FrozenSet<string> Titles = Vocabulary.Words("""
        mr mrs ms miss mx dr prof professor doctor sister nurse sir dame lady lord rev reverend father fr capt captain sgt sergeant lt lieutenant col colonel judge matron midwife pastor rabbi imam
        herr frau fräulein mme mlle monsieur madame mademoiselle signor signora sig sra srta señor señora doktor schwester pfleger mevrouw mevr meneer dhr docteur dra dott dottore hr baby consultant registrar master
        """);

    /// <summary>After these a name may stand in small letters.</summary>
    public static readonly FrozenSet<string> PlainTitles = Vocabulary.Words("mr mrs ms dr prof professor mme mlle sra");

    /// <summary>Titles that are words of their own: who stands at their side must look like a name.</summary>
    public static readonly FrozenSet<string> Words = Vocabulary.Words("sister nurse father lady lord baby judge miss doctor consultant registrar matron midwife pastor col fr sig dame master");

    public static readonly FrozenSet<string> Kin = Vocabulary.Words("""
        husband wife son daughter mother father brother sister partner twin aunt uncle niece nephew cousin grandmother grandfather grandson granddaughter grandma grandpa mum mom dad spouse fiancé fiancée
        girlfriend boyfriend stepfather stepmother stepson stepdaughter carer caregiver caretaker guardian neighbour neighbor friend employer boss roommate flatmate son-in-law daughter-in-law landlord
        ehemann ehefrau tochter sohn mutter vater bruder schwester mari femme fille fils mère père
        """);

    public static readonly FrozenSet<string> Particles = Vocabulary.Words("van von der den de del della di da dos du la le las los bin bint ibn al el ten ter zu zur st ap mac mc y e");

    public static readonly FrozenSet<string> Degrees = Vocabulary.Words("med phil rer nat habil jur hc h c dent mult sr jr md phd");

    /// <summary>A name before one of these is a disease's, a sign's or a test's.</summary>
    public static readonly FrozenSet<string> Clinical = Vocabulary.Words("""
        disease syndrome lymphoma sign signs test criteria score scale index classification fracture palsy anaemia anemia thyroiditis carcinoma tumour tumor nodule node nodules sarcoma arthritis
        phenomenon reflex manoeuvre maneuver procedure operation tube catheter drain stain agar body bodies cell cells cyst hernia contracture chorea ataxia dystrophy encephalopathy
        encephalitis fever virus virology crisis triad tetrad law rule rules method formula equation point line lines space spots ulcer ulcers oesophagus esophagus diverticulum
        granulomatosis vasculitis purpura colitis hepatitis nephritis nephropathy cardiomyopathy syndrome's position incision repair graft flap shunt plate nail brace frame frames walker chart
        staging stage grade grading trial study protocol regimen diet device pump monitor holter positive negative block disorder gene mutation variant stool visual respiration breathing murmur pulse
        encephalomyelitis hypersensitivity nystagmus dementia aphasia area membrane glands cirrhosis
        """);

    /// <summary>Capitalised often enough, and no person.</summary>
    public static readonly FrozenSet<string> NoName = Vocabulary.Words("""
        imaging angiography angio venography spectroscopy elastography brain spine enterography urography scan scanner scanning findings severity jet relapse plaque plaques contin controlled
        analgesia health questionnaire reported outcome outcomes safety education centred centered information advice leaflet consent transport care services service liaison advocacy identification
        history education group groups blood demographics characteristics experience selection positioning records record preferences specific related facing management monitored rh group
        parkinson parkinson's alzheimer alzheimer's crohn crohn's hodgkin hodgkin's graves graves' hashimoto hashimoto's marfan marfan's huntington huntington's kawasaki lynch wilson wilson's down
        down's turner turner's raynaud raynaud's sjögren sjogren behçet behcet addison addison's cushing cushing's paget paget's charcot ehlers fabry gaucher meniere ménière guillain wegener wegener's
        gilbert gilbert's brugada barrett barrett's bell bell's still still's von covid influenza diabetes hypertension asthma epilepsy cancer stroke lupus psoriasis migraine tuberculosis
        cardiology neurology oncology haematology hematology nephrology urology gynaecology gynecology obstetrics paediatrics pediatrics psychiatry radiology pathology dermatology rheumatology
        endocrinology gastroenterology surgery medicine orthopaedics orthopedics ophthalmology anaesthesia anesthesia anaesthetics intensive emergency infectious respiratory pulmonology geriatrics
        physiotherapy microbiology palliative occupational social dietetics pharmacy icu itu ward team staff manager practitioner specialist led coordinator station call charge
        google house windermere intern surg rheum neurol oncol thorac i ii iii iv
        """);

    /// <summary>Of whom a relative may be: "mother Irish".</summary>
    public static readonly FrozenSet<string> Peoples = Vocabulary.Words("""
        irish english scottish welsh british german french italian spanish portuguese polish russian ukrainian turkish greek dutch belgian swiss austrian danish swedish norwegian finnish hungarian
        romanian bulgarian serbian croatian albanian american canadian mexican brazilian cuban caribbean jamaican haitian african nigerian ghanaian kenyan somali ethiopian egyptian moroccan algerian
        tunisian lebanese syrian iraqi iranian afghan pakistani indian bangladeshi nepalese chinese japanese korean vietnamese thai filipino filipina indonesian malaysian australian maori ashkenazi
        sephardic jewish muslim christian catholic hindu sikh buddhist caucasian hispanic latino latina white black asian european native aboriginal arab kurdish roma
        """);

    /// <summary>Given names common enough to say that the word after them is a surname.</summary>
    public static readonly FrozenSet<string> Given = Vocabulary.Words("""
        james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy edward jason
        jeffrey jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose henry adam douglas
        nathan peter zachary kyle walter ethan jeremy harold keith christian roger noah gerald carl terry sean arthur lawrence jesse dylan bryan joe jordan billy bruce albert willie gabriel logan
        alan juan wayne roy ralph randy eugene vincent russell louis philip bobby johnny bradley mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret
        sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen
        samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl
        hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana
        natalie brittany charlotte marie kayla alexis oliver harry charlie oscar leo theo freddie alfie archie amelia isla ava mia lily sophie ella florence jane anne claire fiona nigel colin graham
        ahmed mohammed muhammad mohamed ali omar fatima aisha hassan ibrahim yusuf priya rahul amit sanjay wei ming yuki hiroshi kenji hans klaus jürgen wolfgang ursula heike sabine pierre michel
        françois luca marco giulia sofia carlos miguel jorge luis ana lucia ivan olga natasha dmitri sergei
        """);
}
