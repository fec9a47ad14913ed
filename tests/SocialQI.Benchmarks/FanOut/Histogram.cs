using System.Numerics;

namespace SocialQI.Benchmarks.FanOut;

/// <summary>Microseconds, in steps that grow with them: about 1.5 % wide.</summary>
internal sealed class Histogram
{
    private const int Steps = 64;
    private const int StepBits = 6;

    private readonly long[] counts = new long[Steps * 40];
    private long count;
    private long largest;

    public void Add(long microseconds)
    {
        microseconds = Math.Max(0, microseconds);
        largest = Math.Max(largest, microseconds);
        count++;
        counts[Index(microseconds)]++;
    }

    public void Clear()
    {
        Array.Clear(counts);
        (count, largest) = (0, 0);
    }

    /// <summary>In milliseconds; zero when nothing was counted.</summary>
    public double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(count * share);
        long seen = 0;
        for (var i = 0; count > 0 && i < counts.Length; i++)
        {
            seen += counts[i];
            if (seen >= wanted)
            {
                return Math.Min(Value(i), largest) / 1000.0;
            }
        }
        return largest / 1000.0;
    }

    private int Index(long value)
    {
        if (value < Steps)
        {
            return (int)value;
        }
        var power = BitOperations.Log2((ulong)value);
        return Math.Min(((power - StepBits + 1) * Steps) + (int)((value >> (power - StepBits)) - Steps), counts.Length - 1);
    }

    private static double Value(int index)
    {
        var (power, step) = ((index / Steps) + StepBits - 1, (index % Steps) + Steps);
        return index < Steps ? index : (step + 0.5) * Math.Pow(2, power - StepBits);
    }
}
