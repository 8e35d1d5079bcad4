using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Summit.Server.Demonstrations;

/// <summary>Ids out of the keys of a script.</summary>
internal static class DemonstrationId
{
    /// <summary>The same name gives the same id for ever; in form a UUID v7 of the moment given.</summary>
    public static Guid Of(DateTimeOffset at, params IEnumerable<string> name)
    {
        Span<byte> bytes = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"demonstration/{string.Join('/', name)}"), bytes);
        // RFC 9562: 48 bits of Unix milliseconds, version 7, variant 10.
        BinaryPrimitives.WriteInt64BigEndian(bytes, (at.ToUnixTimeMilliseconds() << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]));
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16], bigEndian: true);
    }
}
