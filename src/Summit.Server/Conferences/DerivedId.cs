using System.Security.Cryptography;
using System.Text;

namespace Summit.Server.Conferences;

/// <summary>Ids for the steps of one request: the same request again sends the same commands again, and nothing happens twice.</summary>
public static class DerivedId
{
    /// <summary>A UUID version 8 out of SHA-256 of the id and the step's name. The same in, the same out, for ever.</summary>
    public static Guid Of(Guid of, string step)
    {
        Span<byte> input = stackalloc byte[16 + Encoding.UTF8.GetMaxByteCount(step.Length)];
        of.TryWriteBytes(input, bigEndian: true, out _);
        var length = 16 + Encoding.UTF8.GetBytes(step, input[16..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..length], hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
