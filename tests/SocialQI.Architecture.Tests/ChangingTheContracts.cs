using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace SocialQI.Architecture.Tests;

/// <summary>
/// The one public API as a text file, so that every change of it is seen in a review: <c>Contracts.approved.txt</c>. A change that is meant is approved
/// by putting the received file, which stands beside the test's program, in its place.
/// </summary>
public sealed class ChangingTheContracts
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What the compiler adds to a record says nothing that the word record does not.
    private static readonly HashSet<string> OfEveryRecord = ["Equals", "GetHashCode", "ToString", "Deconstruct", "<Clone>$", "op_Equality", "op_Inequality"];

    [Fact]
    public void Is_seen()
    {
        var received = Surface(typeof(Command).Assembly.GetExportedTypes());
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "Contracts.received.txt"), received);
        var approved = File.ReadAllLines(Path.Combine(Tree.Root, "tests/SocialQI.Architecture.Tests/Contracts.approved.txt"));
        Assert.Empty(received.Except(approved).Select(line => "+ " + line).Concat(approved.Except(received).Select(line => "- " + line)));
    }

    [Fact]
    public void In_a_name_a_type_or_a_limit_is_seen()
    {
        Assert.Equal(
            [
                "Guilty (class)", "Guilty.LengthMax: Int32 = 80", "Guilty.Name: String { get; }", "Guilty.Take(Int64, IEnumerable<ClinicianId>): Nullable<Moment>", "Guilty..ctor()",
            ],
            Surface([typeof(Guilty)]).Order(StringComparer.Ordinal).OrderBy(l => l.Contains(".ctor", StringComparison.Ordinal)));
    }

    private static List<string> Surface(IEnumerable<Type> types) =>
    [
        .. types.Where(t => !t.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute))).SelectMany(t => Lines(t).Prepend($"{Name(t)} ({Kind(t)})")).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Lines(Type type) =>
        from member in type.IsEnum ? type.GetFields(BindingFlags.Public | BindingFlags.Static) : type.GetMembers(Public)
        where !OfEveryRecord.Contains(member.Name) && !member.IsDefined(typeof(CompilerGeneratedAttribute)) && Line(member) is not null
        select Name(type) + "." + Line(member);

    private static string? Line(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } field => $"{field.Name}: {Name(field.FieldType)} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}",
        FieldInfo field => $"{field.Name}: {Name(field.FieldType)}",
        PropertyInfo property => $"{property.Name}: {Name(property.PropertyType)} {{ get;{(property.SetMethod is { IsPublic: true } ? " init;" : "")} }}",
        MethodInfo { IsSpecialName: true } method when !method.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo method => $"{method.Name}({Parameters(method)}): {Name(method.ReturnType)}",
        ConstructorInfo constructor => $".ctor({Parameters(constructor)})",
        _ => null,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType)));

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    private static string Kind(Type type) =>
        type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface"
        : (type.IsAbstract && type.IsSealed ? "static class" : type.GetMethod("<Clone>$") is not null ? "record" : "class")
            + (type.BaseType is { } parent && parent != typeof(object) ? " : " + Name(parent) : "");

    private sealed class Guilty
    {
        public const int LengthMax = 80;

        public string Name { get; } = "";

        public static Moment? Take(long number, IEnumerable<ClinicianId> whom) => whom.Any() ? new Moment(number) : null;
    }
}
