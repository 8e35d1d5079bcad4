using System.Buffers.Binary;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Server.Conferences;

namespace Summit.Server.Registrations;

/// <summary>What is scanned or typed at the door: nine characters that follow from who it is, so that nobody has to keep them.</summary>
internal static class Ticket
{
    /// <summary>31 to the power of 9 is 26 million million: of 20,000 people two share one once in 130,000 conferences, and the door then shows both.</summary>
    private const int Length = 9;

    /// <summary>Capitals, digits and a colon alone: a code of these is the smallest that phones can read.</summary>
    private const string Mark = "SUMMIT:";

    public static string Of(ParticipantId person)
    {
        Span<byte> bytes = stackalloc byte[16];
        DerivedId.Of(person.Value, "ticket").TryWriteBytes(bytes);
        return string.Create(Length, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), static (code, rest) =>
        {
            foreach (ref var character in code)
            {
                (rest, var digit) = Math.DivRem(rest, (ulong)Lobby.CodeAlphabet.Length);
                character = Lobby.CodeAlphabet[(int)digit];
            }
        });
    }

    /// <summary>The text of the QR code.</summary>
    public static string Scanned(ParticipantId person) => Mark + Of(person);
}
