using SocialQI.Server.Terminology;
using Xunit;

namespace SocialQI.Server.Tests.Terminology;

/// <summary>Spellings that are one word to whoever searches.</summary>
public sealed class WritingTheSameWord
{
    [Theory]
    [InlineData("haemorrhage", "Hemorrhage")]
    [InlineData("oedema", "edema")]
    [InlineData("Œdème", "edeme")]
    [InlineData("tumours", "tumors")]
    [InlineData("sulphonamide", "sulfonamide")]
    [InlineData("necrotising", "necrotizing")]
    [InlineData("hospitalisation", "hospitalization")]
    [InlineData("goitre", "goiter")]
    [InlineData("Sjögren's", "sjogrens")]
    [InlineData("cancer of the lung", "cancer lung")]
    public void Here_and_over_there_is_the_same(string one, string other) => Assert.Equal(Spelling.Words(other), Spelling.Words(one));

    [Theory]
    [InlineData("hepatitis A", "hepatitis")]
    [InlineData("type 1", "type 2")]
    public void That_tells_apart_stays_apart(string one, string other) => Assert.NotEqual(Spelling.Words(other), Spelling.Words(one));

    [Fact]
    public void Leaves_the_beginning_of_a_word_its_beginning() =>
        Assert.StartsWith(Spelling.Words("dis")[0], Spelling.Words("disease")[0], StringComparison.Ordinal);
}
