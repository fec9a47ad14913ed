using System.IO.Pipelines;
using System.Text;

namespace SocialQI.Server.Terminology;

/// <summary>
/// Reads a terminology as its publisher gives it out, recognised by what stands in it: the ICD-10-CM code file, its order file, or a FHIR R4 CodeSystem as
/// JSON. A bad line is told and the rest goes on. A code that a case's condition could not have (not of ICD-10's shape) is a bad line too.
/// </summary>
internal static class TerminologyFile
{
    /// <summary>The longest file.</summary>
    public const int LengthMax = 100 * 1024 * 1024;

    /// <summary>The most concepts of a file.</summary>
    public const int ConceptsMax = 500_000;

    /// <summary>What its own publisher calls the system of the code and order files.</summary>
    public const string IcdTenCm = "icd-10-cm";

    private const int LookAtOnce = 4096;

    private static readonly Refusal Unknown = new(
        "not-a-terminology", "The file is neither an ICD-10-CM code file, nor its order file, nor a FHIR CodeSystem as JSON. A compressed file is unpacked first.");

    /// <exception cref="TerminologyRefusedException">Nothing of it can be used.</exception>
    public static async Task<TerminologyContent> Read(Stream file, CancellationToken stop)
    {
        var reader = PipeReader.Create(file);
        var beginning = await reader.ReadAtLeastAsync(LookAtOnce, stop);
        var text = Encoding.UTF8.GetString(beginning.Buffer.Slice(0, Math.Min(LookAtOnce, beginning.Buffer.Length))).TrimStart('\uFEFF').TrimStart();
        reader.AdvanceTo(beginning.Buffer.Start);
        var content = text.StartsWith('{') ? await CodeSystemDocument.Read(reader.AsStream(), stop)
            : text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal) && text[0] is not ('<' or '[') ? await ReadLines(reader.AsStream(), stop)
            : throw new TerminologyRefusedException(Unknown);
        return content.Concepts.Count > 0 ? content : throw new TerminologyRefusedException(NothingIn(content));
    }

    private static Refusal NothingIn(TerminologyContent content) => content.Bad is { Count: > 0 and var count, Kept: [var first, ..], What: var what }
        ? new("nothing-usable", $"Not one {what} of the file could be used ({count:n0} were looked at). The first of them, {what} {first.Line:n0}: {first.Why}")
        : new("nothing-usable", "The file holds no concept that can be used for coding.");

    private static async Task<TerminologyContent> ReadLines(Stream file, CancellationToken stop)
    {
        var bad = new BadLines("line");
        var concepts = new Concepts(bad);
        using var reader = new StreamReader(file, Encoding.UTF8);
        bool? isOrderFile = null;
        for (var line = 1; await reader.ReadLineAsync(stop) is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }
            isOrderFile ??= OrderLine.Is(text);
            if (isOrderFile.Value)
            {
                OrderLine.Take(line, text, concepts, bad);
            }
            else
            {
                var trimmed = text.Trim();
                var end = trimmed.AsSpan().IndexOfAny(' ', '\t') is >= 0 and var blank ? blank : trimmed.Length;
                concepts.Take(line, trimmed[..end], trimmed[end..].Trim(), []);
            }
        }
        return new TerminologyContent(IcdTenCm, null, concepts.Taken, concepts.Headings, bad);
    }

    /// <summary>A line of fixed width: order number in columns 1 to 5, code 7 to 13, in 15 whether it is for coding, short title 17 to 76, long title from 78.</summary>
    private static class OrderLine
    {
        private const int Flag = 14;
        private const int Short = 16;
        private const int Long = 77;

        public static bool Is(string line) => line.Length > Short && line[..5].All(char.IsAsciiDigit) && line[5] == ' ' && line[Flag - 1] == ' ' && line[Flag] is '0' or '1';

        public static void Take(int line, string text, Concepts concepts, BadLines bad)
        {
            if (!Is(text))
            {
                bad.Add(line, "It has not the columns of the order file.");
            }
            else if (text[Flag] == '0')
            {
                concepts.Headings++;
            }
            else
            {
                var title = text.Length > Long ? text[Long..].Trim() : text[Short..].Trim();
                concepts.Take(line, text[6..13].Trim(), title, []);
            }
        }
    }
}
