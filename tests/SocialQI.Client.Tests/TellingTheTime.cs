using Microsoft.Extensions.DependencyInjection;
using SocialQI.Client.Frame;
using SocialQI.Client.Frame.Languages;
using Xunit;

namespace SocialQI.Client.Tests;

public class TellingTheTime
{
    private static readonly Clock Clock = new ServiceCollection().AddLogging().AddTexts().BuildServiceProvider().GetRequiredService<Clock>();
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "now")]
    [InlineData(9, "9 min")]
    [InlineData(200, "3 h")]
    [InlineData(1_500, "yesterday")]
    [InlineData(60 * 24 * 5, "5 days")]
    [InlineData(60 * 24 * 30, "4 weeks")]
    public void In_a_list_it_is_how_long_ago(int minutes, string said) => Assert.Equal(said, Clock.Ago(Moment.Of(Noon.AddMinutes(-minutes)), Noon));

    [Theory]
    [InlineData(30, "11:30")]
    [InlineData(60 * 20, "yesterday 16:00")]
    [InlineData(60 * 24 * 5, "5 days ago")]
    public void In_a_timeline_it_is_never_a_date(int minutes, string said) => Assert.Equal(said, Clock.At(Moment.Of(Noon.AddMinutes(-minutes)), Noon, TimeZoneInfo.Utc));
}
