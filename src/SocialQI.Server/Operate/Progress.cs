using System.Globalization;
using Spectre.Console;

namespace SocialQI.Server.Operate;

/// <summary>How far a verb has come: a bar where somebody watches, a line for each tenth where the output goes into a file.</summary>
internal static class Progress
{
    /// <summary>Does the work, which tells how much is done of how much.</summary>
    public static async Task<T> Of<T>(string what, Func<Action<long, long>, Task<T>> work)
    {
        if (Console.IsOutputRedirected)
        {
            return await work(Lines(what));
        }
        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async bars =>
            {
                var bar = bars.AddTask(Markup.Escape(what));
                var result = await work((done, total) => (bar.MaxValue, bar.Value) = (Math.Max(1, total), total == 0 ? 1 : done));
                bar.StopTask();
                return result;
            });
    }

    private static Action<long, long> Lines(string what)
    {
        var told = -1L;
        return (done, total) =>
        {
            var tenth = total == 0 ? 10 : Math.Min(10, done * 10 / total);
            if (tenth > told)
            {
                told = tenth;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {done} of {total}"));
            }
        };
    }
}
