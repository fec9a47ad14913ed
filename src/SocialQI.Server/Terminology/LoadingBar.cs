using System.Globalization;
using Spectre.Console;

namespace SocialQI.Server.Terminology;

/// <summary>How far a load is: a bar where somebody looks, a line at each quarter where the output goes into a file.</summary>
internal static class LoadingBar
{
    private const int Quarters = 4;

    public static Task<int> Show(Func<Action<string, double>, Task<int>> work) => Console.IsOutputRedirected ? work(Plainly()) : AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
        .StartAsync(bars =>
        {
            var shown = new Dictionary<string, ProgressTask>();
            return work((what, share) =>
            {
                if (!shown.TryGetValue(what, out var bar))
                {
                    shown[what] = bar = bars.AddTask(what, maxValue: 1);
                }
                bar.Value = share;
            });
        });

    private static Action<string, double> Plainly()
    {
        var told = new Dictionary<string, int>();
        return (what, share) =>
        {
            var quarter = (int)(share * Quarters);
            if (quarter > told.GetValueOrDefault(what))
            {
                told[what] = quarter;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {100 * quarter / Quarters} %"));
            }
        };
    }
}
