using Summit.Domain;

namespace Summit.Engine.Transfer;

/// <summary>
/// Puts the records of a file into a journal. The file is read to its end and compared with what is there before anything is written,
/// so that it goes in whole or not at all. If the import is cut short, the same import again goes on where it stood.
/// </summary>
public sealed class JournalImport(IJournal journal, Codec codec)
{
    /// <summary>Records of one commit.</summary>
    private const int BatchLength = 500;

    /// <param name="open">Opens the file, from its beginning each time.</param>
    /// <exception cref="JournalCorruptException">The file is damaged, was cut, or holds what this Summit does not know: nothing was written.</exception>
    /// <exception cref="JournalConflictException">Streams of the file are in the journal already, and hold something else: nothing was written.</exception>
    /// <exception cref="JournalUnavailableException">The store went away; the same import again goes on.</exception>
    public async Task<ImportReport> RunAsync(Func<Stream> open, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(open);
        var (header, streams) = await VerifyAsync(open, cancellationToken);
        var there = (await journal.ListAsync(cancellationToken)).Where(head => streams.ContainsKey(head.Stream))
            .ToDictionary(head => head.Stream, head => head.Version);
        await CompareAsync(open, streams, there, cancellationToken);
        var written = await WriteAsync(open, there, cancellationToken);
        return new ImportReport(header, written);
    }

    private async Task<(JournalFileHeader Header, Dictionary<AggregateId, long> Streams)> VerifyAsync(Func<Stream> open, CancellationToken cancellationToken)
    {
        var streams = new Dictionary<AggregateId, long>();
        await using var file = open();
        var reader = new JournalFileReader(file);
        await foreach (var (stream, record) in reader.ReadAsync(cancellationToken))
        {
            // What this Summit cannot read would only be found out when somebody opens it.
            codec.Decode(stream, record);
            streams[stream] = record.Version;
        }

        return (reader.Header!, streams);
    }

    /// <summary>What is there already has to be the beginning of what the file holds: then it came from there.</summary>
    private async Task CompareAsync(
        Func<Stream> open, Dictionary<AggregateId, long> streams, Dictionary<AggregateId, long> there, CancellationToken cancellationToken)
    {
        foreach (var (stream, version) in there.Where(head => head.Value > streams[head.Key]))
        {
            throw new JournalConflictException($"{stream} is there already, and longer: {version} records.");
        }

        if (there.Count == 0)
        {
            return;
        }

        await using var file = open();
        var page = new Queue<JournalRecord>();
        await foreach (var (stream, record) in new JournalFileReader(file).ReadAsync(cancellationToken))
        {
            if (record.Version > there.GetValueOrDefault(stream))
            {
                continue;
            }

            if (page.Count == 0)
            {
                var rest = (int)Math.Min(BatchLength, there[stream] - record.Version + 1);
                page = new Queue<JournalRecord>(await journal.ReadAsync(stream, record.Version - 1, rest, cancellationToken));
            }

            if (JournalFile.ChecksumOf(stream, page.Dequeue()) != JournalFile.ChecksumOf(stream, record))
            {
                throw new JournalConflictException($"{stream} is there already, and differs from version {record.Version} on.");
            }
        }
    }

    private async Task<long> WriteAsync(Func<Stream> open, Dictionary<AggregateId, long> there, CancellationToken cancellationToken)
    {
        var written = 0L;
        var batch = new List<FiledRecord>();
        await using var file = open();
        await foreach (var filed in new JournalFileReader(file).ReadAsync(cancellationToken))
        {
            if (filed.Record.Version > there.GetValueOrDefault(filed.Stream))
            {
                batch.Add(filed);
            }

            if (batch.Count == BatchLength)
            {
                await AppendAsync(batch, cancellationToken);
                written += batch.Count;
                batch.Clear();
            }
        }

        await AppendAsync(batch, cancellationToken);
        return written + batch.Count;
    }

    private async Task AppendAsync(List<FiledRecord> batch, CancellationToken cancellationToken)
    {
        var appends = batch.GroupBy(filed => filed.Stream, filed => filed.Record)
            .Select(stream => new Append(stream.Key, stream.First().Version - 1, [.. stream])).ToList();
        var kept = await journal.AppendAsync(appends, cancellationToken);
        var lost = appends.Where((_, i) => !kept[i]).Select(append => append.Stream).ToList();
        if (lost.Count > 0)
        {
            throw new JournalConflictException($"Somebody else writes to {lost[0]}: stop all servers, then import again.");
        }
    }
}

/// <param name="Written">Records that were not there before.</param>
public sealed record ImportReport(JournalFileHeader Header, long Written);

/// <summary>What is to be written does not fit what is there.</summary>
public sealed class JournalConflictException : Exception
{
    public JournalConflictException()
    {
    }

    public JournalConflictException(string message)
        : base(message)
    {
    }

    public JournalConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
