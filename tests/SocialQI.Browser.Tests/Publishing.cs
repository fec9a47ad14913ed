using Xunit;

namespace SocialQI.Browser.Tests;

public class Publishing(House house)
{
    [Fact]
    public void Trims_the_program_without_a_warning()
    {
        Assert.Contains("Optimizing assemblies for size", house.PublishSaid, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\bIL\d{4}\b|: warning |Trim analysis", house.PublishSaid);
    }
}
