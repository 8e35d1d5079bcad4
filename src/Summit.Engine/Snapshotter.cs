using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>
/// Saves snapshots behind the cells' backs: it folds the journal a second time, one aggregate after another, so that no
/// command ever waits for a large state to be written out.
/// </summary>
internal sealed class Snapshotter : IAsyncDisposable
{
    /// <summary>Events after the last snapshot that a start may have to read: about 20 ms of decoding.</summary>
    private const long Interval = 5_000;

    /// <summary>A snapshot of a long life is large. One for each twentieth of the life keeps what is written for one event constant.</summary>
    private const long Fraction = 20;

    /// <summary>Below this a snapshot at sleep saves less than it costs.</summary>
    private const long WorthSleeping = 500;

    /// <summary>
    /// After each snapshot it rests this many times as long as that took: a twentieth of the time goes into snapshots, however
    /// large they are, and the commits beside them keep their pace.
    /// </summary>
    private const int Rest = 19;

    private readonly Channel<Asked> _asked = Channel.CreateUnbounded<Asked>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<AggregateId, bool> _inLine = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly IJournal _journal;
    private readonly Codec _codec;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Task _loop;

    public Snapshotter(IJournal journal, Codec codec, TimeProvider time, ILogger<Snapshotter> log)
    {
        _journal = journal;
        _codec = codec;
        _time = time;
        _log = log;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Whether a living cell at <paramref name="version"/> should ask for one.</summary>
    public static bool IsDue(long version, long lastSnapshot) => version - lastSnapshot >= Math.Max(Interval, version / Fraction);

    /// <summary>Asks for a snapshot, some time soon. Asking again before that changes nothing.</summary>
    public void Ask(CellState state)
    {
        if (_inLine.TryAdd(state.Id, true))
        {
            _asked.Writer.TryWrite(new Asked(state.Id, state.Kind));
        }
    }

    /// <summary>Saves the state of a cell that goes to sleep, if that saves work.</summary>
    public async Task SaveAsync(CellState state, long lastSnapshot, CancellationToken cancellationToken)
    {
        if (state.Version - lastSnapshot >= WorthSleeping)
        {
            await TrySaveAsync(state, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _asked.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _loop;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var (id, kind) in _asked.Reader.ReadAllAsync(_stopping.Token))
            {
                _inLine.TryRemove(id, out _);
                var started = _time.GetTimestamp();
                await FoldAsync(id, kind);
                await Task.Delay(_time.GetElapsedTime(started) * Rest, _time, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The process stops; what was asked for is saved the next time.
        }
    }

    private async Task FoldAsync(AggregateId id, AggregateKind kind)
    {
        try
        {
            var state = await CellState.LoadAsync(id, kind, _journal, _codec, _log, _stopping.Token);
            await TrySaveAsync(state, _stopping.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.SnapshotFailed(_log, id, e);
        }
    }

    private async Task TrySaveAsync(CellState state, CancellationToken cancellationToken)
    {
        try
        {
            var snapshot = state.Save();
            await _journal.SaveSnapshotAsync(state.Id, snapshot, cancellationToken);
            Log.SnapshotSaved(_log, state.Id, snapshot.Version, snapshot.Data.Length);
        }
        catch (Exception e)
        {
            Log.SnapshotFailed(_log, state.Id, e);
        }
    }

    private readonly record struct Asked(AggregateId Id, AggregateKind Kind);
}
