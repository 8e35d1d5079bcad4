using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Summit.Domain;

namespace Summit.Engine.Orleans;

/// <summary>The engine of any number of servers: cells live as grains, each on one of them.</summary>
internal sealed class OrleansEngine(
    CellHost host, IGrainFactory grains, ISiloStatusOracle membership, Leases leases, TimeProvider time, ILogger<OrleansEngine> log)
    : IEngine, IGatherings, ILifecycleParticipant<ISiloLifecycle>, ISiloStatusListener
{
    /// <summary>What a stop waits for the last events of cells on other servers: one of them may hang.</summary>
    private static readonly TimeSpan LastEvents = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<AggregateId, Line> _lines = new();
    private readonly Dictionary<AggregateId, Following> _followings = [];
    private volatile bool _stopping;

    /// <inheritdoc/>
    public Task<Reply> SendAsync(AggregateId to, CommandEnvelope command, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Reply>(cancellationToken);
        }

        while (!_stopping)
        {
            var line = _lines.GetOrAdd(to, static (to, engine) => engine.CreateLine(to), this);
            if (line.TrySend(command, Forget, out var reply))
            {
                return cancellationToken.CanBeCanceled ? reply.WaitAsync(cancellationToken) : reply;
            }

            Forget(line);
        }

        return Task.FromResult(Reply.Refused(EngineFaults.Stopping));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedBatch> FollowAsync(
        AggregateId of, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Join(of) is not { } following)
        {
            yield break;
        }

        try
        {
            await foreach (var batch in following.Feed.ReadAsync(after, cancellationToken))
            {
                yield return batch;
            }
        }
        finally
        {
            Leave(of, following);
        }
    }

    /// <inheritdoc/>
    public async Task<Together?> TellAsync(AggregateId at, Share share, CancellationToken cancellationToken)
    {
        if (_stopping)
        {
            return null;
        }

        try
        {
            return (await Cell(at).TellAsync(share.AsImmutable()).WaitAsync(cancellationToken)).Value;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotTold(log, at, e);
            return null;
        }
    }

    /// <summary>The last thing a silo starts and the first it stops: the grains are all there still, and answer what was accepted.</summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe<OrleansEngine>(ServiceLifecycleStage.Active, StartAsync, StopAsync);

    /// <summary>Cells of a lost server will live elsewhere: those followed here are to be found now, not at the next renewal.</summary>
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead)
        {
            lock (_followings)
            {
                foreach (var following in _followings.Values)
                {
                    following.Renew();
                }
            }
        }
    }

    private Task StartAsync(CancellationToken cancellationToken)
    {
        membership.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        await Task.WhenAll(_lines.Values.Select(line => line.Completion))
            .WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Following[] followings;
        lock (_followings)
        {
            followings = [.. _followings.Values];
            _followings.Clear();
        }

        await Task.WhenAll(followings.Select(following => following.DisposeAsync().AsTask()))
            .WaitAsync(LastEvents, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Array.ForEach(followings, following => following.Feed.Complete());
    }

    private Line CreateLine(AggregateId to) => new(to, Cell(to), time, log);

    private void Forget(Line line) => _lines.TryRemove(new KeyValuePair<AggregateId, Line>(line.To, line));

    private ICellGrain Cell(AggregateId id) => grains.GetGrain<ICellGrain>(GrainId.Parse(id.ToString(), CultureInfo.InvariantCulture));

    private Following? Join(AggregateId of)
    {
        lock (_followings)
        {
            if (_stopping)
            {
                return null;
            }

            if (!_followings.TryGetValue(of, out var following))
            {
                following = new Following(of, host.CreateFeed(of), Cell(of), grains, leases, log);
                _followings.Add(of, following);
            }

            following.Users++;
            return following;
        }
    }

    private void Leave(AggregateId of, Following following)
    {
        lock (_followings)
        {
            if (--following.Users == 0 && _followings.Remove(of))
            {
                // Nobody waits for it: the cell may live on a server that hangs.
                _ = following.DisposeAsync().AsTask();
            }
        }
    }
}
