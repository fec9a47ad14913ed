using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using SocialQI.Storage;

namespace SocialQI.Server.SignIn;

/// <summary>The keys that protect cookies live in the database, so that every gateway reads the cookies of every other.</summary>
internal sealed class ProtectionKeys(Stores stores) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. stores.Default.Tables.ProtectionKeys().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        stores.Default.Tables.KeepProtectionKey(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
