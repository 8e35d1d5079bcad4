using System.Threading.Tasks.Sources;

namespace Summit.Server.Live;

/// <summary>What one follower waits on between two turns, the same object over and over: a wait costs no allocation.</summary>
internal sealed class Waiter : IValueTaskSource, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<bool> _core;
    private int _armed;

    /// <summary>Completes with the next <see cref="Release"/>. To be awaited once after each <see cref="Arm"/>.</summary>
    public ValueTask Released => new(this, _core.Version);

    /// <summary>Begins a wait. Not before the last one has been awaited.</summary>
    public void Arm()
    {
        _core.Reset();
        Volatile.Write(ref _armed, 1);
    }

    /// <summary>Until disposed, a cancel ends the wait; not from within whoever cancels, who may hold on to many.</summary>
    public CancellationTokenRegistration ReleaseOn(CancellationToken cancellationToken) => cancellationToken.UnsafeRegister(
        static waiter => ThreadPool.UnsafeQueueUserWorkItem((Waiter)waiter!, preferLocal: false), this);

    /// <summary>Ends the wait, if there is one. What waited goes on before this returns.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _armed, 0) == 1)
        {
            _core.SetResult(true);
        }
    }

    void IThreadPoolWorkItem.Execute() => Release();

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}

/// <summary>All who wait for a room's next turn.</summary>
/// <remarks>Not thread-safe but for <see cref="Count"/>; its room calls it under the room's lock.</remarks>
internal sealed class Waiters
{
    /// <summary>
    /// Woken by one work item, one after the other. Alone, each would cost a trip through the pool's queue, which is a good part of
    /// what a frame costs; all in one, a large hall would wait for one core.
    /// </summary>
    private const int AtOnce = 32;

    private List<Waiter> _waiting = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Begins a wait that ends with the next <see cref="Wake"/>.</summary>
    public void Add(Waiter waiter)
    {
        waiter.Arm();
        _waiting.Add(waiter);
        Volatile.Write(ref _count, _waiting.Count);
    }

    /// <summary>Lets all go on, on other threads.</summary>
    public void Wake()
    {
        var woken = _waiting;
        (_waiting, _count) = (new List<Waiter>(woken.Count), 0);
        for (var from = 0; from < woken.Count; from += AtOnce)
        {
            ThreadPool.UnsafeQueueUserWorkItem(new Some(woken, from), preferLocal: false);
        }
    }

    private sealed class Some(List<Waiter> woken, int from) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            for (var i = from; i < Math.Min(woken.Count, from + AtOnce); i++)
            {
                woken[i].Release();
            }
        }
    }
}
