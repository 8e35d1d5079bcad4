using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Summit.Engine;

/// <summary>
/// CRC-32C over everything a row says, its stream included, so that a flipped bit or a row in the wrong place is noticed.
/// Against accidents, not against people.
/// </summary>
internal static class Checksum
{
    public static uint OfRecord(string kind, ReadOnlySpan<byte> key, in StoredRecord row)
    {
        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, row.Version);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], row.At);
        var crc = Add(uint.MaxValue, numbers);
        crc = Add(crc, key);
        crc = Add(crc, row.Actor);
        crc = Add(crc, row.Command);
        crc = AddText(crc, kind);
        crc = AddText(crc, row.Type);
        return ~Add(crc, row.Data);
    }

    public static uint OfSnapshot(string kind, ReadOnlySpan<byte> key, long version, string format, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, version);
        var crc = Add(uint.MaxValue, number);
        crc = Add(crc, key);
        crc = AddText(crc, kind);
        crc = AddText(crc, format);
        return ~Add(crc, data);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }

    // The closing zero keeps "ab" + "c" from looking like "a" + "bc".
    private static uint AddText(uint crc, string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var bytes = length <= 256 ? stackalloc byte[length] : new byte[length];
        crc = Add(crc, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        return BitOperations.Crc32C(crc, (byte)0);
    }
}
