using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SocialQI.Architecture.Tests;

/// <summary>A method as the symbols know it.</summary>
/// <param name="Name">With its type.</param>
/// <param name="File">The name of its source file.</param>
/// <param name="Lines">From its first statement to its last.</param>
internal sealed record CompiledMethod(string Name, string File, int Lines);

/// <summary>What a compiled assembly says of itself, read without loading it: no word in a comment can hide or feign anything.</summary>
internal static class CompiledCode
{
    /// <summary>Everything outside itself that an assembly names: types as <c>Namespace.Type</c>, members as <c>Namespace.Type.Member</c>.</summary>
    public static IReadOnlySet<string> References(string assembly) => Read(assembly, metadata =>
    {
        var names = metadata.TypeReferences.Select(t => Name(metadata, t)).ToHashSet();
        foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference).Where(m => m.Parent.Kind == HandleKind.TypeReference))
        {
            names.Add(Name(metadata, (TypeReferenceHandle)member.Parent) + "." + metadata.GetString(member.Name));
        }
        return names;
    });

    /// <summary>The names of all types and members that an assembly defines.</summary>
    public static IReadOnlySet<string> Definitions(string assembly) => Read(assembly, metadata => new HashSet<string>(
    [
        .. metadata.TypeDefinitions.Select(t => metadata.GetString(metadata.GetTypeDefinition(t).Name).Split('`')[0]),
        .. metadata.MethodDefinitions.Select(m => metadata.GetString(metadata.GetMethodDefinition(m).Name)),
        .. metadata.FieldDefinitions.Select(f => metadata.GetString(metadata.GetFieldDefinition(f).Name)),
        .. metadata.PropertyDefinitions.Select(p => metadata.GetString(metadata.GetPropertyDefinition(p).Name)),
    ]));

    /// <summary>Every method with a body that was written by hand.</summary>
    public static IReadOnlyList<CompiledMethod> Methods(string assembly) => Read(assembly, metadata =>
    {
        using var file = File.OpenRead(Path.ChangeExtension(assembly, ".pdb"));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(file);
        var symbols = provider.GetMetadataReader();
        return metadata.MethodDefinitions.Select(m => Method(metadata, symbols, m)).OfType<CompiledMethod>().ToList();
    });

    private static CompiledMethod? Method(MetadataReader metadata, MetadataReader symbols, MethodDefinitionHandle handle)
    {
        var points = symbols.GetMethodDebugInformation(handle).GetSequencePoints().Where(p => !p.IsHidden).ToList();
        if (points.Count == 0)
        {
            return null;
        }
        var file = symbols.GetString(symbols.GetDocument(points[0].Document).Name).Replace('\\', '/');
        var method = metadata.GetMethodDefinition(handle);
        var name = Written(metadata, metadata.GetTypeDefinition(method.GetDeclaringType()), metadata.GetString(method.Name));
        // A constructor's lines are those of the initializers too, wherever they stand; what a component renders is written by its compiler.
        return file.Contains("/obj/", StringComparison.Ordinal) || name.EndsWith("ctor", StringComparison.Ordinal) || name.Contains("BuildRenderTree", StringComparison.Ordinal)
            ? null
            : new(name, Path.GetFileName(file), points.Max(p => p.EndLine) - points.Min(p => p.StartLine) + 1);
    }

    // The compiler puts the body of an async method or an iterator into a type of its own, which it names after the method.
    private static string Written(MetadataReader metadata, TypeDefinition type, string method)
    {
        var name = metadata.GetString(type.Name).Split('`')[0];
        return type.IsNested && name.StartsWith('<') && name.IndexOf('>') is > 1 and var end
            ? Written(metadata, metadata.GetTypeDefinition(type.GetDeclaringType()), name[1..end])
            : name + "." + method;
    }

    private static T Read<T>(string assembly, Func<MetadataReader, T> read)
    {
        using var program = new PEReader(File.OpenRead(assembly));
        return read(program.GetMetadataReader());
    }

    private static string Name(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name).Split('`')[0];
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? Name(metadata, (TypeReferenceHandle)type.ResolutionScope) + "." + name
            : metadata.GetString(type.Namespace) + "." + name;
    }
}
