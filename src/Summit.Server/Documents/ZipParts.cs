using System.Buffers.Binary;
using System.IO.Compression;

namespace Summit.Server.Documents;

/// <summary>
/// How large the parts of a zip archive really become. <see cref="ZipArchive"/> reads a part as far as the archive says it goes; other
/// programs unpack all that is there, so that is what has to be counted.
/// </summary>
internal static class ZipParts
{
    private const int EndLength = 22;
    private const int CentralLength = 46;
    private const int LocalLength = 30;
    private const int Stored = 0;
    private const int Deflated = 8;

    /// <summary>The unpacked length of each part, in the order of the archive's directory; ends early once all together have more than <paramref name="most"/>.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or not as office programs write it.</exception>
    public static IEnumerable<long> Lengths(byte[] archive, long most)
    {
        var end = archive.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end + EndLength > archive.Length)
        {
            throw new InvalidDataException("There is no directory.");
        }

        var parts = BinaryPrimitives.ReadUInt16LittleEndian(archive.AsSpan(end + 10));
        var at = BinaryPrimitives.ReadUInt32LittleEndian(archive.AsSpan(end + 16));
        for (var left = most; parts > 0 && left >= 0; parts--)
        {
            var entry = Slice(archive, at, CentralLength);
            var method = BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]);
            var packed = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]);
            var local = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);
            var header = Slice(archive, local, LocalLength);
            var from = (long)local + LocalLength + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            at += (uint)(CentralLength + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]));
            Slice(archive, from, packed);
            var length = method switch
            {
                Stored => packed,
                Deflated => Unpacked(new MemoryStream(archive, (int)from, (int)packed, writable: false), left),
                _ => throw new InvalidDataException("No office program packs like this."),
            };
            left -= length;
            yield return length;
        }
    }

    private static long Unpacked(Stream packed, long most)
    {
        using var from = new DeflateStream(packed, CompressionMode.Decompress);
        var buffer = new byte[64 * 1024];
        var length = 0L;
        for (int read; length <= most && (read = from.Read(buffer)) > 0;)
        {
            length += read;
        }

        return length;
    }

    private static ReadOnlySpan<byte> Slice(byte[] archive, long at, long length) =>
        at + length <= archive.Length ? archive.AsSpan((int)at, (int)length) : throw new InvalidDataException("It ends in the middle.");
}
