using System.CommandLine;
using SocialQI.Benchmarks;
using SocialQI.Benchmarks.FanOut;
using SocialQI.Benchmarks.GrandRounds;
using SocialQI.Benchmarks.Journal;
using SocialQI.Benchmarks.Latency;
using SocialQI.Benchmarks.Pages;
using SocialQI.Benchmarks.Pools;

var root = new RootCommand("Measures SocialQI against a baseline in the same run. After its table each benchmark prints one line a figure: figure NAME VALUE UNIT.")
{
    Sizes.Verb("journal", "Appends per second of group commit against one INSERT per event, on both databases; then loading short and long topics.", JournalBenchmark.Defaults, JournalBenchmark.Run),
    Sizes.Verb("latency", "From sending a command to its delivery to each follower, over the hub of a server process.", LatencyBenchmark.Defaults, LatencyBenchmark.Run),
    Sizes.RoundsVerb("pages", "What a person waits for, in Chromium on the published output: first and second visit, long cases, a burst, lists of a large network; and what axe finds.", PagesBenchmark.Run),
    RoundsBenchmark.Verb(),
    FanOutBenchmark.Verb(),
    CasesBenchmark.Verb(),
    IdleBenchmark.Verb(),
    SlowBenchmark.Verb(),
    Generator.Verb(),
    PoolsBenchmark.Verb(),
};
return await root.Parse(args).InvokeAsync();
