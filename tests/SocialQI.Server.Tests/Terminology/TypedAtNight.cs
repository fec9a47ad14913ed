namespace SocialQI.Server.Tests.Terminology;

/// <summary>What a tired clinician types, and the code that must then stand first.</summary>
internal static class TypedAtNight
{
    public const string Table = """
        PE | I26.99
        MI | I21.9
        COPD | J44.9
        DKA | E10.10
        CAP | J18.9
        DVT | I82.409
        AKI | N17.9
        GERD | K21.9
        GORD | K21.9
        ICH | I61.9
        VT | I47.20
        CHF | I50.9
        hfpef | I50.30
        TLS | E88.3
        CMV | B25.9
        PJP | B59
        HUS | D59.31
        HIT | D75.829
        ESRD | N18.6
        HE | K76.82
        PID | N73.9
        JIA | M08.90
        PMR | M35.3
        GCA | M31.6
        MND | G12.21
        kidney stone | N20.0
        blood poisoning | A41.9
        flu | J10.1
        chest infection | J18.9
        bowel cancer | C18.9
        hay fever | J30.9
        low sodium | E87.1
        high potassium | E87.5
        low platelets | D69.6
        glandular fever | B27.90
        brain swelling | G93.6
        broken heart syndrome | I51.81
        middle ear infection | H66.90
        temporal arteritis | M31.6
        sick headache | G43.909
        failure heart | I50.9
        embolism pulmonary | I26.99
        vein thrombosis deep | I82.409
        cirrhosis liver | K74.60
        cancer of the pancreas | C25.9
        colic ureteric | N23
        dissection aortic | I71.00
        sclerosis multiple | G35.D
        fibrosis cystic | E84.9
        failure respiratory acute | J96.00
        stenosis of the aorta valve | I35.0
        gravis myasthenia | G70.00
        meningitis bacterial | G00.9
        pneumonai | J18.9
        celulitis | L03.90
        pancreattis | K85.90
        astma | J45.909
        asthsma | J45.909
        hyponatrmia | E87.1
        migrane | G43.909
        epilepsi | G40.909
        mengitis bacterial | G00.9
        sarcodosis | D86.9
        diverticulits | K57.32
        cholecistitis | K81.0
        psorasis | L40.0
        hypercalcemai | E83.52
        osteomyelits | M86.9
        endometrosis | N80.9
        alzhiemer | G30.9
        gulliain barre | G61.0
        tuberculsis pulmonary | A15.0
        cerebral edema | G93.6
        cerebral oedema | G93.6
        papilledema | H47.10
        anemia | D64.9
        anaemia | D64.9
        hemophilia a | D66
        haemophilia A | D66
        leukaemia chronic myeloid | C92.10
        hyperkalemia | E87.5
        hyperlipidemia | E78.5
        celiac | K90.0
        goiter multinodular | E04.2
        cerebral ischemia transient | G45.9
        neuroendocrine tumor | C7A.00
        hypogly | E16.2
        appendi | K35.80
        pneumoth | J93.9
        thyroiditis hashi | E06.3
        guill | G61.0
        necrotising fasc | M72.6
        polycystic ov | E28.2
        giant cell art | M31.6
        Addison | E27.1
        Cushing's | E24.9
        Graves' disease | E05.00
        Wegener | M31.30
        Sjogrens | M35.00
        Wilson's disease | E83.01
        Bell's palsy | G51.0
        Lou Gehrig | G12.21
        Conn | E26.01
        hashimotos | E06.3
        Budd Chiari | I82.0
        Kaposi | C46.9
        """;
}
