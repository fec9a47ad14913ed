using System.CommandLine;
using System.Diagnostics;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>A verb of many sizes, each an option, and a short form of it.</summary>
internal sealed class Sized
{
    private const string Pinned = "SOCIALQI_PINNED";

    private readonly System.CommandLine.Command verb;
    private readonly Option<bool> small = new("--short") { Description = "Two minutes at most." };

    private readonly Option<string[]> only = new("--scenarios") { Description = "These alone, by name.", AllowMultipleArgumentsPerToken = true };

    public Sized(string name, string description)
    {
        verb = new(name, description) { small, only };
        Seconds = Number("--seconds", "How long each window lasts.", 5);
        Windows = Number("--windows", "How many, of which the median counts.", 6);
    }

    public Option<double> Seconds { get; }

    public Option<double> Windows { get; }

    public Option<double> Number(string name, string description, double byDefault)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is < 0 or > 1_000_000)
            {
                result.AddError($"{name} is 0 to 1000000.");
            }
        });
        verb.Options.Add(option);
        return option;
    }

    public bool IsShort(ParseResult parsed) => parsed.GetValue(small);

    /// <summary>Whether a scenario was asked for.</summary>
    public bool Has(ParseResult parsed, string scenario) => parsed.GetValue(only) is not { Length: > 0 } some || some.Contains(scenario);

    public Lasting Lasting(ParseResult parsed) => IsShort(parsed) ? new(0.8, 6, 0.8, 4) : new(parsed.GetValue(Seconds), (int)parsed.GetValue(Windows), 3, 15);

    /// <summary>Runs it in a process that shares one core with everything that it starts; the generator has the other. Both go before other work, where that is let.</summary>
    public System.CommandLine.Command Runs(Func<ParseResult, Task> run)
    {
        verb.SetAction(async parsed =>
        {
            if (Environment.GetEnvironmentVariable(Pinned) is not null)
            {
                await run(parsed);
                return 0;
            }
            var again = new ProcessStartInfo("nice", ["-n", "-5", "taskset", "-c", "0", "dotnet", .. Environment.GetCommandLineArgs()]) { Environment = { [Pinned] = "1" } };
            using var process = Process.Start(again)!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        });
        return verb;
    }
}
