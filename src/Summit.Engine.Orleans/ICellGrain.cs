using Orleans.Concurrency;

namespace Summit.Engine.Orleans;

/// <summary>A cell, wherever in the cluster it lives. Its grain type is the kind, its key the key of the aggregate.</summary>
public interface ICellGrain : IGrain
{
    /// <summary>Hands commands to the cell in this order; completes when all are answered.</summary>
    /// <returns>An answer to each command, in the same order.</returns>
    Task<Immutable<Answer[]>> SendAsync(Immutable<CommandEnvelope[]> commands);

    /// <summary>
    /// From now on, and for the length of a lease, everything that becomes durable is published to the observer, in order.
    /// To be renewed by another call before the lease ends.
    /// </summary>
    /// <param name="known">A position known to exist: where to look for the end of the stream from.</param>
    /// <returns>False if the journal cannot be read there now: nothing is published, ask again. Its exception knows no way across.</returns>
    Task<bool> SubscribeAsync(IFeedObserver observer, long known);

    /// <summary>Publishes what is durable by now, then nothing more.</summary>
    Task UnsubscribeAsync(IFeedObserver observer);

    /// <summary>See <see cref="IGatherings.TellAsync"/>.</summary>
    Task<Immutable<Together?>> TellAsync(Immutable<Share> share);
}

/// <summary>What a server that follows a cell hears of it.</summary>
public interface IFeedObserver : IGrainObserver
{
    /// <summary>New durable events. The next ones come after this was answered; without an answer these come again.</summary>
    /// <param name="batch">Null where it arrives at a server of an older version, which does not know all of its events.</param>
    Task PublishAsync(Immutable<FeedBatch?> batch);

    /// <summary>The cell leaves this activation: subscribe again, wherever it lives now.</summary>
    [OneWay]
    Task MovedAsync();
}
