using System.Text.RegularExpressions;
using Xunit;

namespace SocialQI.Architecture.Tests;

/// <summary>What a reader may count on: files and methods that fit on a screen, names of the field, nothing half done, nothing of the machine it was written on.</summary>
public sealed partial class KeepingTheHouseTidy
{
    private const int SourceLinesMax = 200;
    private const int TestLinesMax = 400;
    private const int MethodLinesMax = 40;

    /// <summary>Files that are longer, and why that is better than two files. A file that has become short leaves this list.</summary>
    private static readonly Dictionary<string, string> LongFiles = new()
    {
        ["src/SocialQI.Server/Gateway/Connection.cs"] = "all of it holds one lock",
        ["src/SocialQI.Server/Gateway/TopicRelay.cs"] = "all of it holds one of two locks, taken in one order",
    };

    private static readonly string[] SaysNothing = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Base", "Common", "Impl", "Dto"];

    [Fact]
    public void Keeps_files_short() => Assert.Empty(LongOnes(Tree.Sources, SourceLinesMax).Concat(LongOnes(Tree.Tests, TestLinesMax)).Except(LongFiles.Keys));

    [Fact]
    public void Lists_no_file_as_long_that_is_short() => Assert.Empty(LongFiles.Keys.Except(LongOnes(Tree.Sources, SourceLinesMax)));

    [Fact]
    public void Keeps_methods_short() => Assert.Empty(Tree.Projects.SelectMany(p => LongOnes(CompiledCode.Methods(Tree.Built(p)))));

    [Fact]
    public void Has_no_regions() => Assert.Empty(Matching(Code(), Region()));

    [Fact]
    public void Leaves_nothing_to_be_done() => Assert.Empty(Matching(Code(), Unfinished()));

    [Fact]
    public void Names_types_by_what_they_are() => Assert.Empty(Code().SelectMany(f => Empty(Tree.Text(f))));

    [Fact]
    public void Gives_a_reason_for_every_silenced_warning() => Assert.Empty(Code().SelectMany(f => Unreasoned(f, Tree.Text(f))));

    [Fact]
    public void Names_no_registry_and_no_machine() => Assert.Empty(Matching(Tree.Files.Except(Matching(Tree.Files, Binary(), f => f)), Elsewhere()));

    [Fact]
    public void Is_missed_where_it_is_not_done()
    {
        Assert.Equal(["Long.cs"], TooLong("Long.cs", new string('\n', SourceLinesMax) + "}", SourceLinesMax));
        Assert.Empty(TooLong("Short.cs", new string('\n', SourceLinesMax - 1) + "}\n", SourceLinesMax));
        Assert.Equal(["Guilty.Long"], LongOnes(CompiledCode.Methods(typeof(Guilty).Assembly.Location)));
        Assert.Matches(Region(), "class A\n{\n    #" + "region Fields\n");
        Assert.Matches(Unfinished(), "// TO" + "DO: later");
        Assert.Matches(Unfinished(), "/* FIX" + "ME */");
        Assert.Equal(["CaseManager", "JsonUtils", "GrainBase", "ContributionDto"], Empty("class Case" + "Manager; static class Json" + "Utils; abstract record Grain" + "Base; record struct Contribution" + "Dto;"));
        Assert.Empty(Empty("class Database; interface ICommonwealth; enum Basement"));
        Assert.Equal(["A.cs: CA1031"], Unreasoned("A.cs", "#pragma warning disable " + "CA1031\n#pragma warning disable CA1848 // The hub logs once.\n#pragma warning restore CA1031"));
        Assert.Matches(Elsewhere(), "https://api.nu" + "get.org/v3/index.json");
        Assert.Matches(Elsewhere(), "cd /ho" + "me/ada/socialqi");
        Assert.DoesNotMatch(Elsewhere(), "network/homes, /usr/lib/postgresql");
    }

    private static IEnumerable<string> TooLong(string file, string text, int max) => text.TrimEnd('\n').Split('\n').Length > max ? [file] : [];

    private static IEnumerable<string> LongOnes(IEnumerable<string> files, int max) => files.SelectMany(f => TooLong(f, Tree.Text(f), max));

    private static IEnumerable<string> LongOnes(IEnumerable<CompiledMethod> methods) =>
        methods.Where(m => m.Lines > MethodLinesMax).Select(m => m.Name).Distinct();

    private static IEnumerable<string> Empty(string text) =>
        TypeName().Matches(text).Select(m => m.Groups[1].Value).Where(name => Word().Matches(name).Any(w => SaysNothing.Contains(w.Value)));

    private static IEnumerable<string> Unreasoned(string file, string text) =>
        Pragma().Matches(text).Where(m => !m.Groups[2].Value.Contains("//", StringComparison.Ordinal)).Select(m => $"{file}: {m.Groups[1].Value}");

    private static IEnumerable<string> Code() => Tree.Sources.Concat(Tree.Tests);

    private static IEnumerable<string> Matching(IEnumerable<string> files, Regex pattern, Func<string, string>? where = null) =>
        files.Where(f => pattern.IsMatch((where ?? Tree.Text)(f)));

    [GeneratedRegex(@"^\s*#region", RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum)\s+([A-Z]\w*)")]
    private static partial Regex TypeName();

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[ \t]*#pragma warning disable (\w+)(.*)$", RegexOptions.Multiline)]
    private static partial Regex Pragma();

    [GeneratedRegex(@"nuget" + @"\.org|npm" + @"js|pypi" + @"\.org|crates" + @"\.io|/wo" + "rk/|/ho" + "me/|/ro" + "ot/|/Us" + @"ers/|[A-Z]:\\Us" + "ers")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"\.(png|jpg|ico|woff2|db|dll)$")]
    private static partial Regex Binary();

    private static class Guilty
    {
        public static int Long()
        {
            var lines = 0;
            lines++;





































            lines++;
            lines++;
            lines++;
            lines++;
            return lines;
        }
    }
}
