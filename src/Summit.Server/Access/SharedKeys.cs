using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Summit.Engine;

namespace Summit.Server.Access;

/// <summary>
/// The keys that sign tokens, numbered, where all servers find them. Whoever makes a key does so because of those it has read: if
/// another server has meanwhile made the next one, that one holds, and is read right after this.
/// </summary>
internal sealed class SharedKeys(IAgreements agreements) : IXmlRepository
{
    private int _read;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var keys = new List<XElement>();
        while (agreements.Find(Name(keys.Count + 1)) is { } key)
        {
            keys.Add(XElement.Parse(key));
        }

        Volatile.Write(ref _read, keys.Count);
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName) =>
        agreements.Agree(Name(Volatile.Read(ref _read) + 1), element.ToString(SaveOptions.DisableFormatting));

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"key {number}");
}
