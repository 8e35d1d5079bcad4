using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Summit.Domain;

namespace Summit.Engine.Orleans;

/// <summary>Starts relays: what all cells of one server have in common about them.</summary>
public sealed class Relays(Leases leases, TimeProvider time, ILogger<Relays> log)
{
    internal Relay Start(Cell cell, IFeedObserver observer) => new(cell.Id, cell.Feed, observer, leases.Length, time, log);
}

/// <summary>
/// Publishes a cell's feed to one server for as long as its lease holds. One call is under way at a time; what becomes
/// durable meanwhile rides in the next, so a slow server costs nothing and delays nobody.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly AggregateId _of;
    private readonly Feed _feed;
    private readonly IFeedObserver _observer;
    private readonly TimeSpan _length;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _lease;
    private long _published;

    /// <summary>Starts it with what comes after the present head of the feed.</summary>
    public Relay(AggregateId of, Feed feed, IFeedObserver observer, TimeSpan length, TimeProvider time, ILogger log)
    {
        _of = of;
        _feed = feed;
        _observer = observer;
        _length = length;
        _time = time;
        _log = log;
        _published = feed.Head;
        _lease = new CancellationTokenSource(length, time);
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

    /// <summary>Publishes what is durable by now, then ends. Never fails: what is missing the follower finds in the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Completion.IsCompleted)
        {
            await _lease.CancelAsync();
            await Completion;
        }

        try
        {
            var last = _feed.Head;
            await using var rest = _feed.ReadAsync(_published).GetAsyncEnumerator();
            while (_published < last && await rest.MoveNextAsync())
            {
                await PublishAsync(rest.Current);
            }
        }
        catch (Exception e)
        {
            Log.LastNotPublished(_log, _of, e);
        }
    }

    private async Task RunAsync()
    {
        OrleansMeters.Relays.Add(1);
        while (!_lease.IsCancellationRequested && !await TryPublishAsync())
        {
            await Task.Delay(Leases.AfterFailure, _time, _lease.Token)
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
            Log.NotPublished(_log, _of, e);
            return false;
        }
    }

    private async Task PublishAsync(FeedBatch batch)
    {
        await _observer.PublishAsync(new Immutable<FeedBatch?>(batch));
        _published = batch.Last;
    }
}
