using System.Text.RegularExpressions;
using System.Xml.Linq;
using SocialQI.Cases;
using Xunit;

namespace SocialQI.Architecture.Tests;

/// <summary>The words on the screen: each page or component has a resource beside it, which holds what it says and nothing else.</summary>
public sealed partial class SpeakingFromResources
{
    private static readonly HashSet<string> Vocabulary = [.. typeof(Command).Assembly.GetExportedTypes().Where(t => t.IsEnum).SelectMany(Enum.GetNames)];

    [Fact]
    public void Finds_every_text_that_is_asked_for() => Assert.Empty(Resources().SelectMany(r => Missing(r.Name, r.Page, r.Keys)));

    [Fact]
    public void Keeps_no_text_that_nobody_asks_for() => Assert.Empty(Resources().SelectMany(r => Unused(r.Name, r.Page + r.Speakers, r.Keys)));

    [Fact]
    public void Is_done_by_whoever_asks_for_texts() =>
        Assert.DoesNotContain(
            Tree.Files.Where(f => f.EndsWith(".razor", StringComparison.Ordinal) && Asks().IsMatch(Tree.Text(f))),
            f => !File.Exists(Path.Combine(Tree.Root, Path.ChangeExtension(f, ".resx"))));

    [Fact]
    public void Is_missed_where_it_is_not_done()
    {
        Assert.Equal(["A: Title"], Missing("A", """<h1>@T["Title"]</h1>""", []));
        Assert.Equal(["A: Title"], Missing("A", """<h1>@T["Title", count]</h1>""", ["Other"]));
        Assert.Equal(["A: Other"], Unused("A", """<h1>@T["Title"]</h1>""", ["Title", "Other"]));
        Assert.Empty(Unused("A", """private static readonly string[] All = ["Title"];""", ["Title"]));
        Assert.Equal(["A: Hunt"], Unused("A", """@T["Hint" + kind]""", ["HintHistory", "Hunt"]));
        Assert.Equal(["A: Fancy"], Unused("A", """@T[kind.ToString()]""", [nameof(ContributionKind.Evidence), "Fancy"]));
    }

    private static IEnumerable<(string Name, string Page, string Speakers, string[] Keys)> Resources() =>
        Tree.Files.Where(f => f.EndsWith(".resx", StringComparison.Ordinal)).Select(f => (f, PageOf(f), SpeakersOf(f), Keys(f)));

    private static string PageOf(string resource) => string.Concat(
        new[] { ".razor", ".razor.cs", ".cs" }.Select(end => Path.ChangeExtension(resource, end)).Where(f => File.Exists(Path.Combine(Tree.Root, f))).Select(Tree.Text));

    // Whoever says for a page what it has to say.
    private static string SpeakersOf(string resource) =>
        string.Concat(Tree.Sources.Select(Tree.Text).Where(text => text.Contains($"IStringLocalizer<{Path.GetFileNameWithoutExtension(resource)}>", StringComparison.Ordinal)));

    private static string[] Keys(string resource) =>
        [.. XDocument.Parse(Tree.Text(resource)).Root!.Elements("data").Select(d => (string)d.Attribute("name")!)];

    private static IEnumerable<string> Missing(string name, string code, string[] keys) =>
        Asked().Matches(code).Select(m => m.Groups[1].Value).Distinct().Except(keys).Select(key => $"{name}: {key}");

    private static IEnumerable<string> Unused(string name, string code, string[] keys) =>
        keys.Where(key => !code.Contains($"\"{key}\"", StringComparison.Ordinal) && !IsPutTogether(code, key)).Select(key => $"{name}: {key}");

    // A key may end in a value of the vocabulary, or be one.
    private static bool IsPutTogether(string code, string key) =>
        Beginning().Matches(code).Any(m => key.StartsWith(m.Groups[1].Value, StringComparison.Ordinal) && Vocabulary.Contains(key[m.Groups[1].Length..]))
        || (code.Contains(".ToString()]", StringComparison.Ordinal) && Vocabulary.Contains(key));

    [GeneratedRegex("""\b(?:T|texts)\["(\w+)"[\],]""")]
    private static partial Regex Asked();

    [GeneratedRegex("""\["(\w+)" \+ """)]
    private static partial Regex Beginning();

    [GeneratedRegex(@"@inject IStringLocalizer<")]
    private static partial Regex Asks();
}
