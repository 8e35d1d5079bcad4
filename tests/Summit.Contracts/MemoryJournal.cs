using Summit.Domain;
using Summit.Engine;

namespace Summit.Contracts;

/// <summary>A journal in memory: "durable" is what its store holds.</summary>
public sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate;
    private readonly Dictionary<AggregateId, List<JournalRecord>> _streams;
    private readonly Dictionary<AggregateId, Snapshot> _snapshots;
    private bool _closed;

    public MemoryJournal() => (_gate, _streams, _snapshots) = (new(), [], []);

    private MemoryJournal(MemoryJournal other) => (_gate, _streams, _snapshots) = (other._gate, other._streams, other._snapshots);

    /// <summary>One more journal on the same store, as another process would open it.</summary>
    public MemoryJournal OpenAnother() => new(this);

    public Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<Append> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Check(cancellationToken);
        foreach (var append in batch)
        {
            CheckRecords(append);
        }

        var kept = new bool[batch.Count];
        lock (_gate)
        {
            for (var i = 0; i < kept.Length; i++)
            {
                var stream = StreamOf(batch[i].Stream);
                kept[i] = stream.Count == batch[i].Expected;
                if (kept[i])
                {
                    stream.AddRange(batch[i].Records.Select(AsStored));
                }
            }
        }

        return Task.FromResult<IReadOnlyList<bool>>(kept);
    }

    public Task<IReadOnlyList<JournalRecord>> ReadAsync(AggregateId stream, long after, int limit, CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        lock (_gate)
        {
            var all = StreamOf(stream);
            var from = (int)Math.Min(after, all.Count);
            return Task.FromResult<IReadOnlyList<JournalRecord>>(all.GetRange(from, Math.Min(limit, all.Count - from)));
        }
    }

    public Task<IReadOnlyList<StreamHead>> ListAsync(CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<StreamHead>>(
                [.. _streams.Where(stream => stream.Value.Count > 0).Select(stream => new StreamHead(stream.Key, stream.Value.Count))]);
        }
    }

    public Task<Snapshot?> LoadSnapshotAsync(AggregateId stream, CancellationToken cancellationToken)
    {
        Check(cancellationToken);
        lock (_gate)
        {
            return Task.FromResult(_snapshots.GetValueOrDefault(stream));
        }
    }

    public Task SaveSnapshotAsync(AggregateId stream, Snapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Check(cancellationToken);
        lock (_gate)
        {
            if (!_snapshots.TryGetValue(stream, out var newest) || newest.Version <= snapshot.Version)
            {
                _snapshots[stream] = snapshot with { Data = snapshot.Data.ToArray() };
            }
        }

        return Task.CompletedTask;
    }

    public Task RewriteAsync(AggregateId stream, IReadOnlyList<JournalRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        Check(cancellationToken);
        lock (_gate)
        {
            var there = StreamOf(stream);
            var news = records.Select(AsStored).ToList();
            foreach (var record in news)
            {
                if (record.Version < 1 || record.Version > there.Count || there[(int)record.Version - 1] is var old && record != old with { Data = record.Data })
                {
                    throw new ArgumentException($"{stream} has no such version {record.Version}.");
                }
            }

            news.ForEach(record => there[(int)record.Version - 1] = record);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _closed = true;
        return ValueTask.CompletedTask;
    }

    private static JournalRecord AsStored(JournalRecord record)
    {
        var at = record.At.ToUniversalTime();
        return record with { Data = record.Data.ToArray(), At = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond)) };
    }

    private static void CheckRecords(Append append)
    {
        var version = append.Expected;
        if (append.Records.Count == 0 || append.Records.Any(record => record.Version != ++version || record.Type is null))
        {
            throw new ArgumentException($"An append to {append.Stream} is empty, nameless or not numbered from {append.Expected + 1} on.");
        }
    }

    private void Check(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private List<JournalRecord> StreamOf(AggregateId id)
    {
        if (!_streams.TryGetValue(id, out var stream))
        {
            _streams.Add(id, stream = []);
        }

        return stream;
    }
}
