using Summit.Engine;

namespace Summit.Contracts;

/// <summary>Follows one aggregate in the background and keeps all it saw.</summary>
public sealed class Follower : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly List<Recorded> _seen = [];
    private readonly Task _reading;
    private (long Seq, TaskCompletionSource Reached)? _awaited;

    public Follower(IAsyncEnumerable<FeedBatch> batches) => _reading = Task.Run(() => ReadAsync(batches));

    public IReadOnlyList<Recorded> Seen
    {
        get
        {
            lock (_gate)
            {
                return [.. _seen];
            }
        }
    }

    /// <summary>The numbers seen, in the order they came.</summary>
    public IEnumerable<long> Numbers => Seen.Select(recorded => recorded.Context.Seq);

    /// <summary>The amounts seen, in the order they came.</summary>
    public IEnumerable<long> Amounts => Seen.Select(recorded => recorded.Event).OfType<Added>().Select(added => added.Amount);

    /// <summary>Ends when the followed stream ends by itself.</summary>
    public Task Completion => _reading;

    /// <summary>Waits until the event of that number was seen.</summary>
    public async Task<Follower> SawAsync(long seq)
    {
        Task reached;
        lock (_gate)
        {
            if (_seen.Count > 0 && _seen[^1].Context.Seq >= seq)
            {
                return this;
            }

            _awaited = (seq, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            reached = _awaited.Value.Reached.Task;
        }

        await (await Task.WhenAny(reached, _reading).Soon($"event {seq} at a follower"));
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_cancel.IsCancellationRequested)
        {
            await _cancel.CancelAsync();
            await _reading.Soon("the end of a cancelled follower");
            _cancel.Dispose();
        }
    }

    private async Task ReadAsync(IAsyncEnumerable<FeedBatch> batches)
    {
        try
        {
            await foreach (var batch in batches.WithCancellation(_cancel.Token))
            {
                lock (_gate)
                {
                    _seen.AddRange(batch.Events);
                    if (_awaited is { } awaited && batch.Last >= awaited.Seq)
                    {
                        awaited.Reached.TrySetResult();
                    }
                }
            }
        }
        catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
        {
            // That is how a follower leaves.
        }
    }
}
