using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Concurrency;
using Summit.Contracts;
using Summit.Domain;

namespace Summit.Engine.Orleans.Tests;

/// <summary>What a server that follows is told, and for how long.</summary>
public sealed class RelayingToAServer : IAsyncLifetime
{
    /// <summary>Of no end, next to the pause after a failure.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromDays(1);

    private readonly AggregateId _id = new(Tally.Kind, Guid.CreateVersion7());
    private readonly MemoryJournal _journal = new();
    private readonly ManualTime _time = new();
    private readonly Observer _observer = new();
    private CellHost _host = null!;
    private Feed _feed = null!;
    private Relay _relay = null!;

    public ValueTask InitializeAsync()
    {
        _host = new CellHost(_journal, Tally.Kinds, _time, NullLoggerFactory.Instance);
        _feed = _host.CreateFeed(_id);
        _feed.Advance(0);
        _relay = new Relay(_id, _feed, _observer, Lease, _time, NullLogger.Instance);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _observer.Answer();
        _feed.Complete();
        await _relay.Completion.Soon("the end of the relay");
        await _host.DisposeAsync();
        await _journal.DisposeAsync();
    }

    [Fact]
    public async Task What_becomes_durable_during_a_call_goes_together_in_the_next()
    {
        Publish(1);
        await _observer.CalledAsync(1);
        Publish(2);
        Publish(3);
        _observer.Answer();
        await _observer.CalledAsync(2);
        Assert.Equal([[1], [2, 3]], _observer.Calls);
    }

    [Fact]
    public async Task What_could_not_be_delivered_comes_again_and_nothing_is_left_out()
    {
        Publish(1);
        await _observer.CalledAsync(1);
        _observer.Refuse();
        Publish(2);
        // When the relay has come to its pause is not known: the clock moves until it takes effect.
        var again = _observer.CalledAsync(2);
        while (!again.IsCompleted)
        {
            _time.Advance(Leases.AfterFailure / 10);
            await Task.Yield();
        }

        await again;
        Assert.Equal([[1], [1, 2]], _observer.Calls);
    }

    [Fact]
    public async Task A_lease_that_is_not_renewed_ends()
    {
        Assert.False(_relay.Completion.IsCompleted);
        _time.Advance(Lease);
        await _relay.Completion.Soon("the end of the lease");
        Assert.False(_relay.TryRenew());
        Publish(1);
        Assert.Empty(_observer.Calls);
        Assert.False(_observer.Moved.IsCompleted);
    }

    [Fact]
    public async Task A_renewed_lease_goes_on()
    {
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(Lease / 2);
            Assert.True(_relay.TryRenew());
        }

        Publish(1);
        await _observer.CalledAsync(1);
        Assert.Equal([[1]], _observer.Calls);
    }

    [Fact]
    public async Task A_cell_that_leaves_says_so()
    {
        _feed.Complete();
        await _observer.Moved.Soon("word that the cell leaves");
        await _relay.Completion.Soon("the end of the relay");
    }

    [Fact]
    public async Task Who_ends_the_subscription_gets_what_is_durable_by_then()
    {
        Publish(1);
        await _observer.CalledAsync(1);
        Publish(2);
        var end = _relay.DisposeAsync().AsTask();
        _observer.Answer();
        await _observer.CalledAsync(2);
        _observer.Answer();
        await end.Soon("the end of the subscription");
        Assert.Equal([[1], [2]], _observer.Calls);
    }

    private void Publish(long seq) =>
        _feed.Publish(new FeedBatch([new Recorded(new Added(1), new EventContext(seq, _time.GetUtcNow(), default, Guid.CreateVersion7()))]));

    /// <summary>Keeps what it is told, and answers only when the test lets it.</summary>
    private sealed class Observer : IFeedObserver
    {
        private readonly Lock _gate = new();
        private readonly List<long[]> _calls = [];
        private readonly List<(int Count, TaskCompletionSource Reached)> _awaited = [];
        private readonly TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _answer = new();

        public IReadOnlyList<long[]> Calls
        {
            get
            {
                lock (_gate)
                {
                    return [.. _calls];
                }
            }
        }

        public Task Moved => _moved.Task;

        public Task CalledAsync(int count)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                if (_calls.Count >= count)
                {
                    reached.SetResult();
                }

                _awaited.Add((count, reached));
            }

            return reached.Task.Soon($"call {count}");
        }

        public void Answer() => Take().TrySetResult();

        public void Refuse() => Take().TrySetException(new TimeoutException("The test says the server hangs."));

        public Task PublishAsync(Immutable<FeedBatch?> batch)
        {
            lock (_gate)
            {
                _calls.Add([.. batch.Value!.Events.Select(recorded => recorded.Context.Seq)]);
                foreach (var (_, reached) in _awaited.Where(awaited => awaited.Count == _calls.Count))
                {
                    reached.TrySetResult();
                }

                return _answer.Task;
            }
        }

        public Task MovedAsync()
        {
            _moved.SetResult();
            return Task.CompletedTask;
        }

        private TaskCompletionSource Take()
        {
            lock (_gate)
            {
                var answer = _answer;
                _answer = new TaskCompletionSource();
                return answer;
            }
        }
    }
}
