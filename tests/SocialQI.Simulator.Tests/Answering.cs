using System.Reflection;

namespace SocialQI.Simulator.Tests;

/// <summary>The few members of a framework's wide interface that a simulation needs; any other call fails.</summary>
public class Answering : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> answer = null!;

    /// <summary>An instance by what it answers; null: it has no such member.</summary>
    public static T By<T>(Func<MethodInfo, object?[], object?> answer) where T : class
    {
        var proxy = Create<T, Answering>();
        ((Answering)(object)proxy).answer = answer;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        answer(targetMethod!, args!) ?? throw new NotSupportedException($"{targetMethod!.DeclaringType}.{targetMethod.Name} is not simulated.");
}
