using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;

namespace SocialQI.Client.Frame.Languages;

/// <summary>Where the words on the screen come from: one resource beside each page or component, in the language of the moment.</summary>
public static class Texts
{
    /// <summary>The cookie in which a browser keeps its language.</summary>
    public const string Cookie = "language";

    /// <summary>The languages that there are. The first is what others fall back to.</summary>
    public static readonly CultureInfo[] Languages = [new("en"), new(PseudoLanguage.Accented), new(PseudoLanguage.Mirrored)];

    public static IServiceCollection AddTexts(this IServiceCollection services)
    {
        services.AddLocalization();
        services.TryAddSingleton<ResourceManagerStringLocalizerFactory>();
        services.Replace(ServiceDescriptor.Singleton<IStringLocalizerFactory, Factory>());
        return services.AddSingleton<Words>().AddSingleton<Clock>().AddSingleton<Panels.RoundNames>();
    }

    /// <summary>Which way a language is written.</summary>
    public static string DirectionOf(CultureInfo language) =>
        language.TextInfo.IsRightToLeft || language.Name.Equals(PseudoLanguage.Mirrored, StringComparison.OrdinalIgnoreCase) ? "rtl" : "ltr";

    private sealed class Factory(ResourceManagerStringLocalizerFactory resources) : IStringLocalizerFactory
    {
        public IStringLocalizer Create(Type resourceSource) => new Localizer(resources.Create(resourceSource));

        public IStringLocalizer Create(string baseName, string location) => new Localizer(resources.Create(baseName, location));
    }

    private sealed class Localizer(IStringLocalizer texts) : IStringLocalizer
    {
        public LocalizedString this[string name] => Strange(texts[name]);

        public LocalizedString this[string name, params object[] arguments] =>
            PseudoLanguage.IsCurrent
                ? new(name, string.Format(CultureInfo.CurrentCulture, PseudoLanguage.Of(texts[name].Value), arguments), texts[name].ResourceNotFound)
                : texts[name, arguments];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => texts.GetAllStrings(includeParentCultures).Select(Strange);

        private static LocalizedString Strange(LocalizedString text) =>
            PseudoLanguage.IsCurrent && !text.ResourceNotFound ? new(text.Name, PseudoLanguage.Of(text.Value), false) : text;
    }
}
