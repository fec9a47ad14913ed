using System.Globalization;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>What some processes and all that they started have taken: processor time in seconds, memory in MB.</summary>
internal readonly record struct Processes(double Cpu, double Resident, double Proportional)
{
    public static Processes Of(IReadOnlyCollection<int> roots)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var id) ? Taken(id) : null).OfType<(int Id, int Parent, double Cpu)>().ToList();
        var own = roots.ToHashSet();
        for (var grew = true; grew;)
        {
            grew = all.Where(p => own.Contains(p.Parent)).ToList().Exists(p => own.Add(p.Id));
        }
        var memory = own.Select(Memory).ToList();
        return new(all.Where(p => own.Contains(p.Id)).Sum(p => p.Cpu), memory.Sum(m => m.Resident), memory.Sum(m => m.Proportional));
    }

    // After the name in brackets, which may hold anything: state, parent, …, of which the 12th and 13th are user and system time in hundredths.
    private static (int, int, double)? Taken(int process) => Read($"/proc/{process}/stat") is { } stat && stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is var fields
        ? (process, int.Parse(fields[1], CultureInfo.InvariantCulture), (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / 100)
        : null;

    private static (double Resident, double Proportional) Memory(int process)
    {
        var lines = Read($"/proc/{process}/smaps_rollup")?.Split('\n') ?? [];
        return (Of("Rss:"), Of("Pss:"));

        double Of(string name) => lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024
            : 0;
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
