using System.Runtime.InteropServices;

namespace Summit.Engine;

/// <summary>A record as the columns of its row hold it.</summary>
internal readonly record struct StoredRecord(long Version, string Type, byte[] Data, long At, byte[] Actor, byte[] Command)
{
    public static StoredRecord Of(JournalRecord record) => new(
        record.Version, record.Type, Bytes(record.Data), record.At.ToUnixTimeMilliseconds(), Bytes(record.By), Bytes(record.Command));

    public JournalRecord ToRecord() => new(
        Version, Type, Data, DateTimeOffset.FromUnixTimeMilliseconds(At), new Guid(Actor, bigEndian: true), new Guid(Command, bigEndian: true));

    // Big-endian, as a UUID is written: version 7 then sorts by time, and the index grows at its end.
    public static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    public static byte[] Bytes(ReadOnlyMemory<byte> data) =>
        MemoryMarshal.TryGetArray(data, out var part) && part.Array is { } whole && whole.Length == part.Count ? whole : data.ToArray();
}
