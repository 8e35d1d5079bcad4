using System.Threading.Tasks.Sources;
using Summit.Server.Access;

namespace Summit.Server.Live;

/// <summary>
/// One browser's stream on a room. Told of a turn, it takes what is new for it and hands it on; it is asked again when that has gone
/// out. So a slow one misses turns and takes one merged frame later, and nobody waits for it.
/// </summary>
/// <remarks>
/// One object for the stream's whole life: a frame that all share costs it no allocation and no lock. Ends without an exception when
/// cancelled, when <paramref name="ended"/> is, or when the room closes.
/// </remarks>
/// <param name="connection">Whose stream it is: what a moderator handles is let go with it.</param>
/// <param name="since">The last event number the browser has.</param>
/// <param name="ended">Ends the stream from this side, with <paramref name="lastWord"/> if there is one.</param>
/// <param name="place">Given back at the end.</param>
internal sealed class Follower(
    Room room, Bearer bearer, string connection, long since, IDisposable? place, Func<Frame?> lastWord, CancellationToken ended)
    : IAsyncEnumerable<Frame>, IAsyncEnumerator<Frame>, IValueTaskSource<bool>, IThreadPoolWorkItem
{
    private const int Waiting = 0;
    private const int Running = 1;
    private const int Called = 2;

    private ManualResetValueTaskSourceCore<bool> _next;
    private int _calls = Running;
    private volatile bool _stopped;
    private bool _over;
    private CancellationToken _cancelled;
    private CancellationTokenRegistration _onCancel;
    private CancellationTokenRegistration _onEnd;

    public Frame Current { get; private set; } = null!;

    public Bearer Bearer => bearer;

    public string Connection => connection;

    public Audience Audience { get; } = Room.AudienceOf(bearer.Actor);

    /// <summary>The event number it has come to; the room moves it on.</summary>
    public long Since { get; set; } = since;

    /// <summary>The number of the last pulse it took.</summary>
    public long PulseSeen { get; set; }

    /// <summary>Who follows, from when the room has let them in.</summary>
    public Presence? Presence { get; set; }

    /// <summary>Whether it has nothing to do but to wait for the next turn.</summary>
    public bool IsWaiting => Volatile.Read(ref _calls) == Waiting;

    public IAsyncEnumerator<Frame> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        _cancelled = cancellationToken;
        return this;
    }

    public ValueTask<bool> MoveNextAsync()
    {
        if (Presence is null)
        {
            return EnterAsync();
        }

        do
        {
            Interlocked.Exchange(ref _calls, Running);
            if (Take() is { } taken)
            {
                room.Count(taken ? 1 : 0);
                return new ValueTask<bool>(taken);
            }

            _next.Reset();
        }
        while (Interlocked.CompareExchange(ref _calls, Waiting, Running) != Running);
        return new ValueTask<bool>(this, _next.Version);
    }

    /// <summary>Something may be new. If it waits, it takes that and goes on with it, on this thread; else it will look when it is asked.</summary>
    /// <returns>Whether it took a frame.</returns>
    public bool Wake()
    {
        if (Interlocked.Exchange(ref _calls, Called) != Waiting)
        {
            return false;
        }

        do
        {
            Interlocked.Exchange(ref _calls, Running);
            try
            {
                if (Take() is { } taken)
                {
                    _next.SetResult(taken);
                    return taken;
                }
            }
            catch (Exception e)
            {
                // Whoever wakes serves many; what went wrong is for the one who waits here.
                _next.SetException(e);
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _calls, Waiting, Running) != Running);
        return false;
    }

    public ValueTask DisposeAsync()
    {
        _onCancel.Unregister();
        _onEnd.Unregister();
        if (Presence is not null)
        {
            room.Leave(this);
        }

        place?.Dispose();
        return default;
    }

    void IThreadPoolWorkItem.Execute() => Wake();

    bool IValueTaskSource<bool>.GetResult(short token) => _next.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _next.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _next.OnCompleted(continuation, state, token, flags);

    private async ValueTask<bool> EnterAsync()
    {
        await room.CatchUpAsync(Since, _cancelled);
        Current = room.Enter(this);
        room.Count(1);
        _onCancel = _cancelled.UnsafeRegister(Stop, this);
        _onEnd = ended.UnsafeRegister(Stop, this);
        return true;
    }

    /// <summary>Not from within whoever cancels, who may hold on to many.</summary>
    private static void Stop(object? follower)
    {
        var stopped = (Follower)follower!;
        stopped._stopped = true;
        ThreadPool.UnsafeQueueUserWorkItem(stopped, preferLocal: false);
    }

    /// <summary>True: the next frame is <see cref="Current"/>. False: there will be no more. Null: not yet.</summary>
    private bool? Take()
    {
        if (_over || room.IsClosed || (_stopped && _cancelled.IsCancellationRequested))
        {
            return false;
        }

        var next = _stopped ? lastWord() : room.Next(this);
        _over = _stopped;
        Current = next ?? Current;
        return next is not null ? true : _over ? false : null;
    }
}
