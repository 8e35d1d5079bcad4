using System.Globalization;
using System.Text.Json;
using Summit.Domain;

namespace Summit.Engine.Transfer;

/// <summary>
/// A journal, or a part of one, as a text file, to be carried from one store to another. Its first line says what is to come, then comes
/// a line of JSON for each record, stream by stream, and the last line proves that all of it came. Journals that hold the same give the
/// same file, byte by byte. Snapshots are not in it: they are made anew.
/// </summary>
public static class JournalFile
{
    /// <summary>Raised when the lines change their meaning; a reader refuses what it does not know.</summary>
    internal const int Format = 1;

    /// <summary>Records read in one go.</summary>
    private const int PageLength = 1_000;

    /// <summary>Writes these streams up to these versions. What is added to them meanwhile is not in the file.</summary>
    /// <param name="scope">What these streams are, for the reader: <c>all</c>, or the aggregate that they belong to.</param>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    /// <exception cref="JournalCorruptException">A record is damaged, or is no JSON. What has been written by then is no whole file.</exception>
    public static async Task WriteAsync(
        IJournal journal, string scope, IReadOnlyCollection<StreamHead> heads, Stream to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(heads);
        ArgumentNullException.ThrowIfNull(to);
        using var lines = new LineWriter(to);
        var records = heads.Sum(head => head.Version);
        await lines.WriteAsync(json => WriteHeader(json, new JournalFileHeader(scope, heads.Count, records)), cancellationToken);
        foreach (var (stream, last) in heads.OrderBy(head => head.Stream.Kind, StringComparer.Ordinal).ThenBy(head => head.Stream.Key))
        {
            for (var version = 0L; version < last;)
            {
                var page = await journal.ReadAsync(stream, version, (int)Math.Min(PageLength, last - version), cancellationToken);
                if (page.Count == 0)
                {
                    throw new JournalCorruptException($"{stream} ends at version {version}, and it was at {last} before.");
                }

                foreach (var record in page)
                {
                    await lines.WriteAsync(json => WriteRecord(json, stream, record), cancellationToken);
                }

                version = page[^1].Version;
            }
        }

        await lines.EndAsync(records, cancellationToken);
    }

    internal static string ChecksumOf(AggregateId stream, JournalRecord record) =>
        Checksum.OfRecord(stream.Kind, StoredRecord.Bytes(stream.Key), StoredRecord.Of(record)).ToString("x8", CultureInfo.InvariantCulture);

    private static void WriteHeader(Utf8JsonWriter json, JournalFileHeader header)
    {
        json.WriteString("summit", "journal");
        json.WriteNumber("format", Format);
        json.WriteString("scope", header.Scope);
        json.WriteNumber("streams", header.Streams);
        json.WriteNumber("records", header.Records);
    }

    private static void WriteRecord(Utf8JsonWriter json, AggregateId stream, JournalRecord record)
    {
        json.WriteString("stream", stream.ToString());
        json.WriteNumber("version", record.Version);
        json.WriteString("type", record.Type);
        json.WriteString("at", record.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        json.WriteString("by", record.By);
        json.WriteString("command", record.Command);
        json.WritePropertyName("data");
        try
        {
            // As it is, so that its checksum holds on the other side.
            json.WriteRawValue(record.Data.Span);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new JournalCorruptException($"{stream} version {record.Version} is no JSON.", e);
        }

        if (record.Data.Span.ContainsAny((byte)'\n', (byte)'\r'))
        {
            throw new JournalCorruptException($"{stream} version {record.Version} does not fit on a line.");
        }

        json.WriteString("crc", ChecksumOf(stream, record));
    }
}

/// <summary>What a file says that it holds.</summary>
public sealed record JournalFileHeader(string Scope, int Streams, long Records);
