using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Summit.Domain;

namespace Summit.Engine.Orleans;

/// <summary>
/// What this server knows of one cell that somebody here follows: a feed, filled by the cell wherever it lives. The
/// subscription is renewed in time, and at once when the cell moves or a server is lost. After each renewal, and after each that
/// failed, readers ask the journal for what may have been missed.
/// </summary>
internal sealed class Following : IFeedObserver, IAsyncDisposable
{
    private readonly AggregateId _of;
    private readonly ICellGrain _cell;
    private readonly IGrainFactory _grains;
    private readonly Leases _leases;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _renew = new(0, 1);
    private readonly Task _running;

    public Following(AggregateId of, Feed feed, ICellGrain cell, IGrainFactory grains, Leases leases, ILogger log)
    {
        _of = of;
        Feed = feed;
        _cell = cell;
        _grains = grains;
        _leases = leases;
        _log = log;
        _running = Task.Run(RunAsync);
    }

    public Feed Feed { get; }

    /// <summary>Followers on this server; guarded by who holds the followings.</summary>
    public int Users { get; set; }

    /// <summary>Renews the subscription now.</summary>
    public void Renew()
    {
        lock (_renew)
        {
            if (_renew.CurrentCount == 0)
            {
                _renew.Release();
            }
        }
    }

    /// <summary>Ends the subscription, which brings what is durable by now, then the readers. Never fails; to be called once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        Feed.Complete();
        _ending.Dispose();
        _renew.Dispose();
    }

    public Task PublishAsync(Immutable<FeedBatch?> batch)
    {
        if (batch.Value is { } known)
        {
            Feed.Publish(known);
        }
        else
        {
            // The readers meet the event in the journal, and say which it is.
            Feed.Recheck();
        }

        return Task.CompletedTask;
    }

    public Task MovedAsync()
    {
        Renew();
        return Task.CompletedTask;
    }

    private async Task RunAsync()
    {
        var self = _grains.CreateObjectReference<IFeedObserver>(this);
        while (!_ending.IsCancellationRequested)
        {
            var next = _leases.Renewal;
            try
            {
                if (!await _cell.SubscribeAsync(self, Feed.Head))
                {
                    next = Leases.AfterFailure;
                }
            }
            catch (Exception e)
            {
                Log.NotRenewed(_log, _of, e);
                next = Leases.AfterFailure;
            }

            Feed.Recheck();
            await ((Task)_renew.WaitAsync(next, _ending.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await LeaveAsync(self);
    }

    private async Task LeaveAsync(IFeedObserver self)
    {
        try
        {
            await _cell.UnsubscribeAsync(self);
        }
        catch (Exception e)
        {
            Log.NotUnsubscribed(_log, _of, e);
        }

        // Only now: a publication that finds no observer is logged as an error by the runtime.
        _grains.DeleteObjectReference<IFeedObserver>(self);
    }
}
