using System.CommandLine;

namespace SocialQI.Benchmarks;

/// <summary>How large a measurement is.</summary>
/// <param name="Topics">Cases written to, side by side.</param>
/// <param name="Followers">Connections that follow each topic.</param>
/// <param name="Rate">Commands per second over all topics; 0: as fast as they are answered.</param>
/// <param name="Writers">Who write at the same time.</param>
/// <param name="Seconds">How long each measurement lasts.</param>
internal sealed record Sizes(int Topics, int Followers, int Rate, int Writers, int Seconds)
{
    private const int CountMax = 100_000;

    /// <summary>A command that takes these sizes as options.</summary>
    public static System.CommandLine.Command Verb(string name, string description, Sizes defaults, Func<Sizes, Task<int>> run)
    {
        var topics = Option("--topics", "Cases written to, side by side.", defaults.Topics, 1);
        var followers = Option("--followers", "Connections that follow each topic.", defaults.Followers, 0);
        var rate = Option("--rate", "Commands per second over all topics; 0: as fast as they are answered.", defaults.Rate, 0);
        var writers = Option("--writers", "Who write at the same time.", defaults.Writers, 1);
        var seconds = Option("--seconds", "How long each measurement lasts.", defaults.Seconds, 1);
        var command = new System.CommandLine.Command(name, description) { topics, followers, rate, writers, seconds };
        command.SetAction(parsed => run(new(
            parsed.GetValue(topics), parsed.GetValue(followers), parsed.GetValue(rate), parsed.GetValue(writers), parsed.GetValue(seconds))));
        return command;
    }

    /// <summary>A command that is repeated, and takes the median.</summary>
    public static System.CommandLine.Command RoundsVerb(string name, string description, Func<int, Task<int>> run)
    {
        var rounds = Option("--rounds", "How often each is measured; the median counts.", 5, 1);
        var command = new System.CommandLine.Command(name, description) { rounds };
        command.SetAction(parsed => run(parsed.GetValue(rounds)));
        return command;
    }

    private static Option<int> Option(string name, string description, int byDefault, int min)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < min || value > CountMax))
            {
                result.AddError($"{name} is {min} to {CountMax}.");
            }
        });
        return option;
    }
}
