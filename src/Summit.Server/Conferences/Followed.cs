using Summit.Domain;
using Summit.Engine;

namespace Summit.Server.Conferences;

/// <summary>Something that is followed, whatever its kind.</summary>
internal interface IFollowed
{
    /// <summary>Completes once it no longer follows. Never faults.</summary>
    Task Ended { get; }

    /// <summary>Returns when the taker has seen event number <paramref name="seq"/>.</summary>
    /// <exception cref="InvalidOperationException">It will never: the stream cannot be read, or the server is stopping.</exception>
    Task ReachedAsync(long seq, CancellationToken cancellationToken);
}

/// <summary>One aggregate rebuilt from its feed, for reading, from its first event on. The taker sees it after each batch, one batch at a time.</summary>
internal sealed partial class Followed<T> : IFollowed
    where T : class, IAggregate<T>
{
    /// <summary>The store is away: long enough not to press it, short enough that nobody reloads a page meanwhile.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly AggregateId _id;
    private readonly IEngine _engine;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<T, FeedBatch> _take;
    private readonly T _state;
    private long _seq;
    private TaskCompletionSource _changed = New();

    public Followed(AggregateId id, IEngine engine, TimeProvider time, ILogger logger, Action<T, FeedBatch> take, CancellationToken stop)
    {
        (_id, _engine, _time, _logger, _take) = (id, engine, time, logger, take);
        _state = T.Create(id.Key);
        Ended = Task.Run(() => RunAsync(stop), CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task Ended { get; }

    /// <inheritdoc/>
    public async Task ReachedAsync(long seq, CancellationToken cancellationToken)
    {
        while (Next(seq) is { } next)
        {
            if (await Task.WhenAny(next, Ended).WaitAsync(cancellationToken) == Ended && Next(seq) is not null)
            {
                throw new InvalidOperationException($"{_id} is no longer followed and stands before {seq}.");
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task? Next(long seq)
    {
        lock (_gate)
        {
            return _seq >= seq ? null : _changed.Task;
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (!await FollowAsync(stop))
            {
                await Task.Delay(Pause, _time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server stops.
        }
        catch (Exception e)
        {
            // A damaged conference stays as far as it could be read; the others are not to suffer.
            LogBroken(_id, e);
        }
    }

    /// <summary>False: follow again from where it stands.</summary>
    private async Task<bool> FollowAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var batch in _engine.FollowAsync(_id, _seq, stop))
            {
                foreach (var (happened, context) in batch.Events)
                {
                    _state.Apply(happened, context);
                }

                _take(_state, batch);
                TaskCompletionSource changed;
                lock (_gate)
                {
                    _seq = batch.Last;
                    (changed, _changed) = (_changed, New());
                }

                changed.SetResult();
            }

            return true;
        }
        catch (JournalUnavailableException e)
        {
            LogUnavailable(_id, e.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Id} cannot be followed now: {Reason}. Trying again.")]
    private partial void LogUnavailable(AggregateId id, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Id} can no longer be followed.")]
    private partial void LogBroken(AggregateId id, Exception exception);
}
