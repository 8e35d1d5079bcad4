using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Summit.Domain;

namespace Summit.Engine.Transfer;

/// <summary>
/// Reads a file of <see cref="JournalFile"/> and checks all that it says of itself. Until the enumeration has come to its end nothing of
/// it may be used for good: a file that was cut is only known by what is missing at the end.
/// </summary>
public sealed class JournalFileReader(Stream from)
{
    /// <summary>The longest event is a few hundred kilobytes; without a bound a file of another kind would be read into memory whole.</summary>
    private const int LongestLine = 16 * 1024 * 1024;

    private long _line;

    /// <summary>Known once the first record was asked for.</summary>
    public JournalFileHeader? Header { get; private set; }

    /// <summary>The records, stream by stream and each stream from its beginning on.</summary>
    /// <exception cref="JournalCorruptException">It is no such file, is damaged or was cut. The message names the line.</exception>
    public async IAsyncEnumerable<FiledRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var sum = IncrementalHash.CreateHash(LineWriter.Algorithm);
        var (streams, records, stream, version) = (0, 0L, default(AggregateId), 0L);
        var seen = new HashSet<AggregateId>();
        var ended = false;
        await foreach (var bytes in LinesAsync(cancellationToken))
        {
            if (ended)
            {
                throw Wrong("comes after the end");
            }

            using var line = Parse(bytes);
            var json = line.RootElement;
            if (Header is null)
            {
                Header = Read(json, ReadHeader);
            }
            else if (json.TryGetProperty("end", out _))
            {
                ended = true;
                var (count, whole) = Read(json, end => (end.GetProperty("end").GetInt64(), end.GetProperty("sha256").GetString()));
                if (count != records || Header.Records != records || Header.Streams != streams || whole != Convert.ToHexStringLower(sum.GetCurrentHash()))
                {
                    throw Wrong("says that lines before it are missing or were changed");
                }
            }
            else
            {
                var filed = Read(json, ReadRecord);
                if (filed.Stream != stream || records == 0)
                {
                    (stream, version) = (filed.Stream, 0);
                    streams++;
                    if (!seen.Add(stream))
                    {
                        throw Wrong($"goes on with {stream}, which had ended");
                    }
                }

                if (filed.Record.Version != ++version)
                {
                    throw Wrong($"should be version {version} of {stream}");
                }

                records++;
                yield return filed;
            }

            sum.AppendData(bytes);
            sum.AppendData("\n"u8);
        }

        if (!ended)
        {
            throw new JournalCorruptException($"The file ends after line {_line}; its last lines are missing.");
        }
    }

    private JournalFileHeader ReadHeader(JsonElement json)
    {
        if (json.GetProperty("summit").GetString() != "journal")
        {
            throw Wrong("does not begin a journal");
        }

        var format = json.GetProperty("format").GetInt32();
        return format == JournalFile.Format
            ? new JournalFileHeader(json.GetProperty("scope").GetString()!, json.GetProperty("streams").GetInt32(), json.GetProperty("records").GetInt64())
            : throw Wrong($"names format {format}, and this Summit knows {JournalFile.Format}");
    }

    private FiledRecord ReadRecord(JsonElement json)
    {
        var stream = AggregateId.Parse(json.GetProperty("stream").GetString()!);
        var record = new JournalRecord(
            json.GetProperty("version").GetInt64(),
            json.GetProperty("type").GetString()!,
            JsonMarshal.GetRawUtf8Value(json.GetProperty("data")).ToArray(),
            json.GetProperty("at").GetDateTimeOffset(),
            json.GetProperty("by").GetGuid(),
            json.GetProperty("command").GetGuid());
        return json.GetProperty("crc").GetString() == JournalFile.ChecksumOf(stream, record)
            ? new FiledRecord(stream, record)
            : throw Wrong("does not match its checksum");
    }

    private JsonDocument Parse(byte[] line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException e)
        {
            throw Wrong("is no JSON", e);
        }
    }

    private T Read<T>(JsonElement json, Func<JsonElement, T> read)
    {
        try
        {
            return read(json);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Wrong("is not what belongs there", e);
        }
    }

    private JournalCorruptException Wrong(string what, Exception? inner = null) => new($"Line {_line} {what}.", inner!);

    private async IAsyncEnumerable<byte[]> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(from, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                _line++;
                yield return rest.Slice(0, end).ToArray();
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > LongestLine || (read.IsCompleted && !rest.IsEmpty))
            {
                _line++;
                throw Wrong("does not end");
            }

            if (read.IsCompleted)
            {
                await pipe.CompleteAsync();
                yield break;
            }

            pipe.AdvanceTo(rest.Start, rest.End);
        }
    }
}

/// <summary>A record and where it belongs.</summary>
public readonly record struct FiledRecord(AggregateId Stream, JournalRecord Record);
