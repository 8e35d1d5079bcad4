using Summit.Domain;
using Summit.Engine;

namespace Summit.Contracts;

/// <summary>A journal in front of another that a test can hold, break and count.</summary>
public sealed class GatedJournal(IJournal inner) : IJournal
{
    private readonly Lock _gate = new();
    private readonly List<int> _commits = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _arrivals = [];
    private readonly List<(AggregateId Stream, TaskCompletionSource<Snapshot> Saved)> _snapshots = [];
    private TaskCompletionSource? _held;
    private int _arrived;

    /// <summary>Commits fail before they reach the store.</summary>
    public bool CommitsFail { get; set; }

    /// <summary>Commits reach the store, but their answer is lost.</summary>
    public bool AnswersAreLost { get; set; }

    public bool ReadsFail { get; set; }

    /// <summary>Called before each commit, by one writer at a time.</summary>
    public Action? BeforeCommit { get; set; }

    /// <summary>Asked before each read of records; what it returns is waited for.</summary>
    public Func<AggregateId, long, Task>? BeforeRead { get; set; }

    /// <summary>Reads of records so far.</summary>
    public int Reads { get; private set; }

    /// <summary>The number of events in each commit so far, those that failed included.</summary>
    public IReadOnlyList<int> Commits
    {
        get
        {
            lock (_gate)
            {
                return [.. _commits];
            }
        }
    }

    /// <summary>From now on commits wait until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Release()
    {
        TaskCompletionSource? held;
        lock (_gate)
        {
            (held, _held) = (_held, null);
        }

        held?.SetResult();
    }

    /// <summary>Releases after somebody else has written to the store, past the gate.</summary>
    public async Task ReleaseAfterAsync(Append others)
    {
        Assert.Equal([true], await inner.AppendAsync([others], CancellationToken.None));
        Release();
    }

    /// <summary>Completes when the <paramref name="count"/>-th commit, counted from the beginning, has arrived at the gate.</summary>
    public Task ArrivedAsync(int count)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_arrived >= count)
            {
                reached.SetResult();
            }

            _arrivals.Add((count, reached));
            return reached.Task;
        }
    }

    /// <summary>Completes with the next snapshot saved for the stream.</summary>
    public Task<Snapshot> NextSnapshotAsync(AggregateId stream)
    {
        lock (_gate)
        {
            var saved = new TaskCompletionSource<Snapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
            _snapshots.Add((stream, saved));
            return saved.Task;
        }
    }

    public async Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<Append> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        BeforeCommit?.Invoke();
        Task? held;
        lock (_gate)
        {
            _commits.Add(batch.Sum(append => append.Records.Count));
            _arrived++;
            foreach (var (_, reached) in _arrivals.Where(arrival => arrival.Count == _arrived))
            {
                reached.TrySetResult();
            }

            held = _held?.Task;
        }

        if (held is not null)
        {
            await held;
        }

        if (CommitsFail)
        {
            throw new JournalUnavailableException("The test says the disk is full.");
        }

        var kept = await inner.AppendAsync(batch, cancellationToken);
        return AnswersAreLost ? throw new JournalUnavailableException("The test says the line broke.") : kept;
    }

    public async Task<IReadOnlyList<JournalRecord>> ReadAsync(
        AggregateId stream, long after, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Reads++;
        }

        if (BeforeRead is { } before)
        {
            await before(stream, after);
        }

        FailIfTold();
        return await inner.ReadAsync(stream, after, limit, cancellationToken);
    }

    public Task<IReadOnlyList<StreamHead>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public Task<Snapshot?> LoadSnapshotAsync(AggregateId stream, CancellationToken cancellationToken)
    {
        FailIfTold();
        return inner.LoadSnapshotAsync(stream, cancellationToken);
    }

    public async Task SaveSnapshotAsync(AggregateId stream, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await inner.SaveSnapshotAsync(stream, snapshot, cancellationToken);
        lock (_gate)
        {
            foreach (var (_, saved) in _snapshots.Where(asked => asked.Stream == stream))
            {
                saved.TrySetResult(snapshot);
            }
        }
    }

    public Task RewriteAsync(AggregateId stream, IReadOnlyList<JournalRecord> records, CancellationToken cancellationToken) =>
        inner.RewriteAsync(stream, records, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void FailIfTold()
    {
        if (ReadsFail)
        {
            throw new JournalUnavailableException("The test says the disk is gone.");
        }
    }
}
