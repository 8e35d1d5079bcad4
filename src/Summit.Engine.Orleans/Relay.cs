using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Summit.Engine.Orleans;

/// <summary>
/// Publishes a cell's feed to one server for as long as its lease holds. One call is under way at a time; what becomes
/// durable meanwhile rides in the next, so a slow server costs nothing and delays nobody.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly CancellationTokenSource _lease;
    private readonly Feed _feed;
    private readonly IFeedObserver _observer;
    private readonly TimeSpan _length;
    private readonly ILogger _log;
    private long _published;

    /// <summary>Starts it with what comes after the present head of the feed.</summary>
    public Relay(Feed feed, IFeedObserver observer, TimeSpan length, ILogger log)
    {
        _feed = feed;
        _observer = observer;
        _length = length;
        _log = log;
        _published = feed.Head;
        _lease = new CancellationTokenSource(length);
        Completion = RunAsync();
    }

    /// <summary>When nothing is published any more. Never fails.</summary>
    public Task Completion { get; }

    /// <returns>False if the lease has ended.</returns>
    public bool TryRenew()
    {
        if (Completion.IsCompleted)
        {
            return false;
        }

        // In this order: a lease that ends at this very moment has ended.
        _lease.CancelAfter(_length);
        return !_lease.IsCancellationRequested;
    }

    /// <summary>Publishes what is durable by now, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Completion.IsCompleted)
        {
            await _lease.CancelAsync();
            await Completion;
        }

        var last = _feed.Head;
        await using var rest = _feed.ReadAsync(_published).GetAsyncEnumerator();
        while (_published < last && await rest.MoveNextAsync())
        {
            await PublishAsync(rest.Current);
        }
    }

    private async Task RunAsync()
    {
        OrleansMeters.Relays.Add(1);
        while (!_lease.IsCancellationRequested && !await TryPublishAsync())
        {
            await Task.Delay(Leases.AfterFailure, _lease.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        _lease.Dispose();
        OrleansMeters.Relays.Add(-1);
    }

    /// <returns>False if the observer or the journal could not be reached: to be tried again from where it was.</returns>
    private async Task<bool> TryPublishAsync()
    {
        try
        {
            await foreach (var batch in _feed.ReadAsync(_published, _lease.Token))
            {
                await PublishAsync(batch);
            }

            await _observer.MovedAsync();
            return true;
        }
        catch (OperationCanceledException) when (_lease.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception e)
        {
            Log.NotPublished(_log, _observer.GetGrainId(), e);
            return false;
        }
    }

    private async Task PublishAsync(FeedBatch batch)
    {
        await _observer.PublishAsync(batch.AsImmutable());
        _published = batch.Last;
    }
}
