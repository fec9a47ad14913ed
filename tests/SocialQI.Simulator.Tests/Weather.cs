namespace SocialQI.Simulator.Tests;

/// <summary>How likely things are to go wrong, each time that they could.</summary>
internal sealed class Weather
{
    /// <summary>A message between processes, or its answer, is lost.</summary>
    public double Loses { get; private set; }

    /// <summary>A message takes up to two seconds, and others overtake it.</summary>
    public double Delays { get; private set; }

    /// <summary>A message comes twice.</summary>
    public double Duplicates { get; private set; }

    /// <summary>The database refuses: nothing was done.</summary>
    public double Refuses { get; private set; }

    /// <summary>What becomes of an append is not told.</summary>
    public double Conceals { get; private set; }

    /// <summary>From now on it is as chance has it.</summary>
    public void Turns(World world)
    {
        Loses = Some(world, 0.1);
        Delays = Some(world, 0.2);
        Duplicates = Some(world, 0.2);
        Refuses = Some(world, 0.1);
        Conceals = Some(world, 0.3);
    }

    /// <summary>From now on nothing goes wrong.</summary>
    public void Clears() => Loses = Delays = Duplicates = Refuses = Conceals = 0;

    private static double Some(World world, double most) => world.Chance(0.5) ? 0 : most * world.Fraction();
}
