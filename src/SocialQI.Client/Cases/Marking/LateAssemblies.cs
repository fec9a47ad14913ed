using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components.WebAssembly.Services;

namespace SocialQI.Client.Cases.Marking;

/// <summary>The assemblies that only texts with marks in them need. A first visit does not wait for them.</summary>
internal static class LateAssemblies
{
    private static readonly string[] All = ["System.Text.Encoding.CodePages.wasm", "AngleSharp.wasm", "AngleSharp.Css.wasm", "HtmlSanitizer.wasm", "Markdig.wasm"];

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "They are referenced from here, and trimmed with the rest.")]
    public static Func<Task> FetchBy(LazyAssemblyLoader loader) => () => loader.LoadAssembliesAsync(All);
}
