using System.Buffers.Text;
using System.Security.Cryptography;
using Summit.Domain;
using Summit.Server.Conferences;

namespace Summit.Server.People;

/// <summary>The part of a personal link behind the <c>#</c>: whose it is, so that nothing has to be searched, and 256 random bits.</summary>
public static class PersonalSecret
{
    private const int IdLength = 16;
    private const int Length = IdLength + 32;

    public static string New(ParticipantId person)
    {
        Span<byte> bytes = stackalloc byte[Length];
        person.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes[IdLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Whose it says it is; null for what is no personal secret.</summary>
    public static ParticipantId? PersonOf(string secret)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return secret is { Length: Length / 3 * 4 } && Base64Url.IsValid(secret) && Base64Url.TryDecodeFromChars(secret, bytes, out var written) && written == Length
            ? new ParticipantId(new Guid(bytes[..IdLength], bigEndian: true))
            : null;
    }

    /// <summary>What is stored in its place.</summary>
    public static string Hash(string secret) => RoleSecret.Hash(secret);
}
