using System.Collections.Concurrent;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>
/// Hosts one living aggregate: decides its commands one after another, stages their events, and answers when they are durable.
/// It does not wait between commands: each is decided on a state that already holds the events staged before it, and all
/// answers, refusals included, stand behind those events. Thread-safe: any thread sends; the work itself is done by one pool
/// thread at a time.
/// </summary>
public sealed partial class Cell : IThreadPoolWorkItem
{
    /// <summary>Commands accepted and not yet answered. At 30,000 durable commands a second the last waits 0.14 s; more callers are refused, not queued.</summary>
    public const int MaxUnderWay = 4_096;

    /// <summary>How often a command is decided anew when another activation was faster. Two activations at once last for moments.</summary>
    private const int MaxAttempts = 3;

    private const int Asleep = 0;
    private const int Running = 1;
    private const int Called = 2;

    private static readonly Task<Reply> Closed = Task.FromResult(Reply.Refused(EngineFaults.Stopping));

    private readonly CellHost _host;
    private readonly CellUse _use = new(MaxUnderWay);
    private readonly ConcurrentQueue<Pending> _mailbox = new();
    private int _calls;

    internal Cell(AggregateId id, AggregateKind kind, CellHost host)
    {
        Id = id;
        Kind = kind;
        _host = host;
        Feed = host.CreateFeed(id);
        LastUsed = host.Time.GetTimestamp();
    }

    public AggregateId Id { get; }

    /// <summary>What it publishes. Followers that should keep the cell awake <see cref="TryHold"/> it.</summary>
    public Feed Feed { get; }

    internal AggregateKind Kind { get; }

    /// <summary>When it last had work, as <see cref="TimeProvider.GetTimestamp"/> counts.</summary>
    internal long LastUsed { get; private set; }

    /// <summary>Nothing was ever written to it: it is not worth keeping.</summary>
    internal bool IsBlank => Feed.Head == 0;

    /// <summary>Hands a command in, see <see cref="IEngine.SendAsync"/>.</summary>
    /// <returns>False if the cell is closed: it takes nothing any more, another has to be made.</returns>
    public bool TrySend(CommandEnvelope command, out Task<Reply> reply)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Id == Guid.Empty)
        {
            Meters.Commands.Add(1);
            reply = Task.FromResult(Refused(EngineFaults.NoCommandId));
            return true;
        }

        switch (_use.TryEnter())
        {
            case Entry.Closed:
                reply = Closed;
                return false;
            case Entry.Full:
                Meters.Commands.Add(1);
                reply = Task.FromResult(Refused(EngineFaults.Busy));
                return true;
        }

        var pending = new Pending(command);
        _mailbox.Enqueue(pending);
        Call();
        reply = pending.Task;
        return true;
    }

    /// <summary>Keeps the cell from sleeping: for who follows <see cref="Feed"/>. Undone by <see cref="Release"/>.</summary>
    /// <returns>False if the cell is closed.</returns>
    public bool TryHold() => _use.TryHold();

    public void Release() => _use.Release();

    /// <summary>Closes the cell if nobody uses it, and saves a snapshot if that saves work.</summary>
    /// <returns>Whether it is closed.</returns>
    public async Task<bool> TrySleepAsync(CancellationToken cancellationToken)
    {
        if (!_use.TryClose())
        {
            return false;
        }

        await SnapshotAsync(cancellationToken);
        return true;
    }

    /// <summary>Takes nothing new, answers what was accepted, ends the followers, saves a snapshot if that saves work.</summary>
    /// <param name="cancellationToken">Gives up the snapshot, nothing else.</param>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _use.CloseAsync();
        Feed.Complete();
        await SnapshotAsync(cancellationToken);
    }

    /// <summary>The cell's turn: what was loaded, what became durable, what was sent.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        LastUsed = _host.Time.GetTimestamp();
        do
        {
            Interlocked.Exchange(ref _calls, Running);
            TakeLoaded();
            Settle();
            while (_mailbox.TryDequeue(out var pending))
            {
                Take(pending);
            }

            LoadIfNeeded();
        }
        while (Interlocked.CompareExchange(ref _calls, Asleep, Running) != Running);
    }

    private async Task SnapshotAsync(CancellationToken cancellationToken)
    {
        // Closed and unused: the state is nobody's but ours now.
        if (_state is { } state)
        {
            await _host.Snapshotter.SaveAsync(state, _snapshotAt, cancellationToken);
        }

        Log.Asleep(_host.CellLog, Id);
    }

    private static Reply Refused(Fault fault)
    {
        Meters.Faults.Add(1, new KeyValuePair<string, object?>("code", fault.Code));
        return Reply.Refused(fault);
    }

    private void Call()
    {
        if (Interlocked.Exchange(ref _calls, Called) == Asleep)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
