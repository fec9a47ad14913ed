using System.Reflection;
using SocialQI.Grains.Topics;
using SocialQI.Server.Gateway;
using Xunit;

namespace SocialQI.Server.Tests;

/// <summary>Closed by default: what a stranger could call has a stated rule, or this fails.</summary>
public sealed class StatingTheRuleOfADoor
{
    private interface IGuilty
    {
        Task Unruled();
    }

    [Fact]
    public void Is_done_for_every_method_of_the_hub() =>
        Assert.Empty(Unruled(typeof(RoundsHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => m.GetBaseDefinition() == m)));

    [Fact]
    public void Is_done_for_every_method_of_a_grain_or_an_observer() => Assert.Empty(Unruled(MethodsOf(typeof(ITopicGrain).Assembly.GetTypes())));

    [Fact]
    public void Is_missed_where_it_is_not_done() => Assert.Equal(["IGuilty.Unruled"], Unruled(typeof(IGuilty).GetMethods()));

    [Fact]
    public void Is_done_for_every_verb() =>
        Assert.Empty(typeof(RoundsHub).Assembly.GetTypes()
            .Where(t => t.Name.EndsWith("Verb", StringComparison.Ordinal) && t.GetCustomAttribute<DoorAttribute>() is null)
            .Select(t => t.Name));

    private static IEnumerable<MethodInfo> MethodsOf(IEnumerable<Type> types) =>
        types.Where(t => t.IsInterface && (typeof(IGrain).IsAssignableFrom(t) || typeof(IGrainObserver).IsAssignableFrom(t))).SelectMany(t => t.GetMethods());

    private static IEnumerable<string> Unruled(IEnumerable<MethodInfo> methods) =>
        methods.Where(m => m.GetCustomAttribute<DoorAttribute>() is null).Select(m => $"{m.DeclaringType!.Name}.{m.Name}");
}
