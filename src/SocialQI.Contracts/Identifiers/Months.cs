using System.Collections.Frozen;

namespace SocialQI.Identifiers;

/// <summary>The words dates are made of, in the languages a letter may come in.</summary>
internal static class Months
{
    private static readonly FrozenSet<string> names = Vocabulary.Words("""
        january february march april may june july august september october november december jan feb febr mar apr jun jul aug sep sept oct nov dec
        januar februar märz maerz mär mai juni juli oktober okt dezember dez jänner feber
        janvier février fevrier févr fév mars avril avr juin juillet juil août aout septembre octobre novembre décembre decembre déc
        enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic
        gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
        januari februari maart mrt mei augustus janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
        """);

    private static readonly FrozenSet<string> weekdays = Vocabulary.Words("""
        monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
        """);

    private static readonly FrozenSet<string> ordinals = Vocabulary.Words("st nd rd th er º");

    public static bool IsName(string word) => names.Contains(word);

    public static bool IsWeekday(string word) => weekdays.Contains(word);

    public static bool IsOrdinal(string word) => ordinals.Contains(word);

    /// <summary>Whether a word is a month here: may, march and their like are words of their own, OCT is an examination.</summary>
    public static bool IsMonth(Scanned text, int i) => IsName(text[i]) && (text[i] is not ("may" or "march" or "mar" or "mai" or "mars" or "mei" or "sept" or "ago" or "dic" or "ene" or "dec" or "jan" or "abr") || text.IsCapital(i));
}
