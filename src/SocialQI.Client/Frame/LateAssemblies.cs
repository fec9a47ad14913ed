using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components.WebAssembly.Services;

namespace SocialQI.Client.Frame;

/// <summary>Assemblies that a first visit does not wait for: they are fetched when what needs them comes into view.</summary>
internal static class LateAssemblies
{
    /// <summary>What only texts with marks in them need.</summary>
    public static readonly string[] OfTexts = ["System.Text.Encoding.CodePages.wasm", "AngleSharp.wasm", "AngleSharp.Css.wasm", "HtmlSanitizer.wasm", "Markdig.wasm"];

    /// <summary>What only a <see cref="QrCode"/> needs.</summary>
    public static readonly string[] OfQrCodes = ["QRCoder.wasm"];

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "They are referenced from here, and trimmed with the rest.")]
    public static Func<Task> FetchBy(LazyAssemblyLoader loader, string[] assemblies) => () => loader.LoadAssembliesAsync(assemblies);
}
