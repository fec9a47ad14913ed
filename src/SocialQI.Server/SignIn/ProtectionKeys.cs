using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using SocialQI.Server.Operate;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn;

/// <summary>The keys that protect cookies live in the database, encrypted, so that every gateway reads the cookies of every other.</summary>
internal sealed class ProtectionKeys(Stores stores) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. stores.Default.Tables.ProtectionKeys().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        stores.Default.Tables.KeepProtectionKey(friendlyName, element.ToString(SaveOptions.DisableFormatting));

    public static void Add(IServiceCollection services, ServiceOptions options)
    {
        var certificate = KeyCertificate.In(options.KeyFile);
        services.AddDataProtection().SetApplicationName("SocialQI").ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        services.AddOptions<KeyManagementOptions>().Configure<Stores>((o, stores) => o.XmlRepository = new ProtectionKeys(stores));
    }

    /// <summary>Makes a key where there is none, and makes sure that this process can read those there are.</summary>
    /// <exception cref="ForeignKeysException">Another process made them with another certificate: each would refuse the other's cookies.</exception>
    public static void RefuseForeign(IServiceProvider services)
    {
        foreach (var key in services.GetRequiredService<IKeyManager>().GetAllKeys())
        {
            try
            {
                key.CreateEncryptor();
            }
            catch (Exception e) when (e is CryptographicException or InvalidOperationException)
            {
                throw new ForeignKeysException(services.GetRequiredService<ServiceOptions>().KeyFile, e);
            }
        }
    }
}

/// <summary>The keys in the database were encrypted for another certificate.</summary>
public sealed class ForeignKeysException(string file, Exception inner)
    : Exception($"The keys in the database are not encrypted for the certificate in {file}. Give every gateway the same file (SocialQI:KeyCertificate).", inner);
