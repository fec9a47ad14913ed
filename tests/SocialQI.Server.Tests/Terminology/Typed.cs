namespace SocialQI.Server.Tests.Terminology;

/// <summary>What clinicians type: abbreviations, synonyms, other orders of the words, half words, British and American, and slips of the finger.</summary>
internal static class Typed
{
    public const string Table = """
        MI | I21.9
        heart attack | I21.9
        attack heart | I21.9
        hart attack | I21.9
        myocardial infarct | I21.9
        infarction myocardial acute | I21.9
        myocardail infarction | I21.9
        nstemi | I21.4
        STEMI | I21.3
        COPD | J44.9
        chronic obstructive pul | J44.9
        copd exac | J44.1
        DKA | E10.10
        ketoacidosis type 2 | E11.10
        PE | I26.99
        pulmonary embolus | I26.92
        lung clot | I26.99
        AF | I48.91
        afib | I48.91
        atrial fib | I48.91
        fibrillation atrial | I48.91
        atrial fibrilation | I48.91
        UTI | N39.0
        urinary infection | N39.0
        HLH | D76.1
        haemophagocytic | D76.1
        hemophagocytic lymphohistiocytosis | D76.1
        hemofagocytic | D76.1
        macrophage activation | D76.2
        ITP | D69.3
        TTP | M31.19
        sepsis | A41.9
        sespis | A41.9
        septic shock | R65.21
        SLE | M32.9
        lupus | M32.9
        lupus nephritis | M32.14
        pneumonia | J18.9
        neumonia | J18.9
        pnuemonia | J18.9
        walking pneumonia | J15.7
        diarrhea | R19.7
        diarrhoea | R19.7
        diarhea | R19.7
        anaemia iron | D50.9
        iron deficiency anemia | D50.9
        leukemia acute myeloid | C92.00
        acute myeloid leukaemia | C92.00
        AML | C92.00
        oesophagus cancer | C15.9
        esophageal cancer | C15.9
        cancer of the breast | C50.919
        breast ca | C50.919
        lung cancer | C34.90
        guillain barre | G61.0
        Guillain-Barré | G61.0
        gillain barre | G61.0
        GBS | G61.0
        crohns | K50.90
        Crohn's disease | K50.90
        chron disease | K50.90
        ulcerative colitis | K51.90
        appendicitis | K35.80
        apendicitis | K35.80
        appendecitis | K35.80
        stroke | I63.9
        TIA | G45.9
        SAH | I60.9
        subarachnoid hemorrhage | I60.9
        subaracnoid haemorrhage | I60.9
        preeclampsia | O14.90
        pre-eclampsia | O14.90
        HELLP | O14.20
        postpartum hemorrhage | O72.1
        PPH | O72.1
        ectopic | O00.90
        placental abruption | O45.90
        NEC | P77.9
        RDS | P22.0
        bronchiolitis | J21.9
        croup | J05.0
        kawasaki | M30.3
        kawasaky | M30.3
        febrile convulsion | R56.00
        Hirschsprung | Q43.1
        hirshsprung | Q43.1
        tetralogy | Q21.3
        schizophrenia | F20.9
        shizophrenia | F20.9
        PTSD | F43.10
        bipolar | F31.9
        delirium tremens | F10.231
        borderline personality | F60.3
        anorexia | F50.00
        hip fracture | S72.009A
        broken hip | S72.009A
        nec fasc | M72.6
        necrotizing fasciitis | M72.6
        anaphylaxis | T78.2XXA
        anaphilaxis | T78.2XXA
        paracetamol overdose | T39.1X1A
        snake bite | T63.001A
        C diff | A04.72
        clostridium difficile | A04.72
        kala azar | B55.0
        shingles | B02.9
        covid | U07.1
        T2DM | E11.9
        diabetes | E11.9
        diabetis | E11.9
        hypothyroid | E03.9
        hypertension | I10
        hypertention | I10
        NF1 | Q85.01
        DRESS | D72.12
        rhabdo | M62.82
        rhabdomyalysis | M62.82
        endocarditis | I33.0
        parkinsons | G20.A1
        MS | G35.D
        E11.65 | E11.65
        k358 | K35.80
        m3119 | M31.19
        """;
}
