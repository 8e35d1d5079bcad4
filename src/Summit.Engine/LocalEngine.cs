using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>The engine of a single process: all cells live here. No package needed.</summary>
public sealed class LocalEngine : IEngine, IGatherings, IAsyncDisposable
{
    /// <summary>A cell without commands and followers sleeps after this long: longer than a coffee break in a quiet session.</summary>
    private static readonly TimeSpan SleepsAfter = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How often followers look for what somebody else wrote to the journal (a command given on the machine itself), and idle cells are
    /// looked for; also how long one that was only asked for and never written to stays.
    /// </summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    /// <summary>What a stop may spend on snapshots: they save work, and a stop has to be over in two seconds.</summary>
    private static readonly TimeSpan SnapshotsAtStop = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<AggregateId, Cell> _cells = new();
    private readonly ConcurrentDictionary<AggregateId, Gathering> _gatherings = new();
    private readonly CellHost _host;
    private readonly TimeProvider _time;
    private readonly ITimer _rounds;
    private readonly Func<AggregateId, Cell> _create;
    private volatile bool _stopping;
    private int _sweeping;

    /// <param name="journal">Stays the caller's to dispose, after the engine.</param>
    public LocalEngine(IJournal journal, AggregateKinds kinds, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _host = new CellHost(journal, kinds, time, loggers);
        _create = _host.CreateCell;
        _rounds = time.CreateTimer(static engine => _ = ((LocalEngine)engine!).SweepAsync(), this, Round, Round);
    }

    /// <summary>Cells awake now.</summary>
    public int Awake => _cells.Count;

    /// <summary>Events decided and not yet durable.</summary>
    public int Staged => _host.Writer.Staged;

    /// <inheritdoc/>
    public Task<Reply> SendAsync(AggregateId to, CommandEnvelope command, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Reply>(cancellationToken);
        }

        while (!_stopping)
        {
            var cell = _cells.GetOrAdd(to, _create);
            if (cell.TrySend(command, out var reply))
            {
                return cancellationToken.CanBeCanceled ? reply.WaitAsync(cancellationToken) : reply;
            }

            Forget(cell);
        }

        return Task.FromResult(Reply.Refused(EngineFaults.Stopping));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedBatch> FollowAsync(
        AggregateId of, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Hold(of) is not { } cell)
        {
            yield break;
        }

        try
        {
            await foreach (var batch in cell.Feed.ReadAsync(after, cancellationToken))
            {
                yield return batch;
            }
        }
        finally
        {
            cell.Release();
        }
    }

    /// <inheritdoc/>
    public Task<Together?> TellAsync(AggregateId at, Share share, CancellationToken cancellationToken) =>
        Task.FromResult(_gatherings.GetOrAdd(at, static (_, time) => new Gathering(time), _time).Take(share));

    /// <summary>Takes nothing new, answers what was accepted, ends the followers.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        await _rounds.DisposeAsync();
        using var limit = new CancellationTokenSource(SnapshotsAtStop, _time);
        // A cell that a racing send adds after this look is empty-handed: TrySend is refused by the closed writer.
        await Task.WhenAll(_cells.Values.Select(cell => cell.CloseAsync(limit.Token)));
        await _host.DisposeAsync();
    }

    private Cell? Hold(AggregateId id)
    {
        while (!_stopping)
        {
            var cell = _cells.GetOrAdd(id, _create);
            if (cell.TryHold())
            {
                return cell;
            }

            Forget(cell);
        }

        return null;
    }

    private void Forget(Cell cell) => _cells.TryRemove(new KeyValuePair<AggregateId, Cell>(cell.Id, cell));

    private async Task SweepAsync()
    {
        if (Interlocked.Exchange(ref _sweeping, 1) == 1)
        {
            return;
        }

        foreach (var cell in _cells.Values)
        {
            cell.Feed.Recheck();
            var idle = _time.GetElapsedTime(cell.LastUsed);
            if (idle >= (cell.IsBlank ? Round : SleepsAfter) && await cell.TrySleepAsync(CancellationToken.None))
            {
                Forget(cell);
            }
        }

        // Whoever tells something at this very moment is asked to tell it again.
        foreach (var over in _gatherings.Where(gathering => gathering.Value.IsOver))
        {
            _gatherings.TryRemove(over);
        }

        Volatile.Write(ref _sweeping, 0);
    }
}
