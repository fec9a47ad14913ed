using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Xunit;

namespace SocialQI.Architecture.Tests;

/// <summary>Contracts, Statistics and Domain are given time and chance as values, wait for nothing and remember nothing.</summary>
public sealed class KeepingTheCorePure
{
    private static readonly string[] Members =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Environment.get_TickCount64", "System.Environment.get_TickCount",
    ];

    private static readonly string[] Types =
    [
        "System.Random", "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Security.Cryptography.RandomNumberGenerator", "System.Console",
        "System.IO.File", "System.Threading.Thread", "System.Threading.Timer",
    ];

    private static readonly string[] Namespaces = ["System.Threading.Tasks.", "System.Net.", "Microsoft.Extensions.", "Microsoft.AspNetCore.", "Orleans."];

    public static TheoryData<string> Core => ["SocialQI.Contracts", "SocialQI.Statistics", "SocialQI.Domain"];

    [Theory]
    [MemberData(nameof(Core))]
    public void Needs_no_clock_no_chance_no_task_and_no_log(string project) => Assert.Empty(Impurities(Tree.Built(project)));

    [Theory]
    [MemberData(nameof(Core))]
    public void Needs_no_static_that_changes(string project) => Assert.Empty(StaticsThatChange(Assembly.LoadFrom(Tree.Built(project)).GetTypes()));

    [Fact]
    public void Is_missed_where_a_clock_chance_or_a_task_is_used()
    {
        var found = Impurities(typeof(KeepingTheCorePure).Assembly.Location).ToList();
        Assert.Equal(Members.Concat(Types).Order(), found.Intersect(Members.Concat(Types)).Order());
        Assert.Contains("System.Threading.Tasks.Task", found);
    }

    [Fact]
    public void Is_missed_where_a_static_changes() =>
        Assert.Equal(["Guilty.Seen", "Guilty.Names", "Guilty.counter"], StaticsThatChange([typeof(Guilty)]));

    private static IEnumerable<string> Impurities(string assembly) => CompiledCode.References(assembly).Where(name =>
        Members.Contains(name) || Types.Contains(name) || Namespaces.Any(n => name.StartsWith(n, StringComparison.Ordinal))).Order(StringComparer.Ordinal);

    // A field that holds what can be changed in place changes as well as one that can be set.
    private static IEnumerable<string> StaticsThatChange(IEnumerable<Type> types) =>
        from type in types
        where !IsGenerated(type)
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where !field.IsLiteral && !field.IsDefined(typeof(CompilerGeneratedAttribute)) && (!field.IsInitOnly || CanChange(field.FieldType))
        select type.Name + "." + field.Name;

    private static bool CanChange(Type type) => type.IsArray
        || (type.Namespace is "System.Collections.Generic" or "System.Collections.Concurrent" && !type.IsInterface && !type.IsAssignableTo(typeof(System.Collections.IComparer)));

    private static bool IsGenerated(Type? type) => type is not null
        && (type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute)) || IsGenerated(type.DeclaringType));

    private static class Guilty
    {
        public static readonly List<string> Seen = [];

        public static readonly string[] Names = [];

        public static readonly string Fine = "";

        private static int counter;

        public static object[] Use()
        {
            using var timer = new Timer(_ => { });
            Console.Out.Flush();
            Thread.Yield();
            return
            [
                DateTime.Now, DateTime.UtcNow, DateTime.Today, DateTimeOffset.Now, DateTimeOffset.UtcNow, Guid.NewGuid(), Guid.CreateVersion7(),
                Environment.TickCount64, Environment.TickCount, Random.Shared, TimeProvider.System, Stopwatch.GetTimestamp(), RandomNumberGenerator.GetInt32(2),
                File.Exists(""), Task.CompletedTask, counter++,
            ];
        }
    }
}
