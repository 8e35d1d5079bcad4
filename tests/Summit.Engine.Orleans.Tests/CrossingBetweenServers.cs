using System.Diagnostics.Metrics;
using Summit.Contracts;

namespace Summit.Engine.Orleans.Tests;

/// <summary>What no other servers may run beside in this process.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <remarks>Alone: the counters are those of the whole process.</remarks>
[Collection(nameof(Alone))]
public sealed class CrossingBetweenServers : SeveralServers
{
    private const int Batches = 20;

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(500)]
    public async Task A_batch_crosses_once_however_many_follow_on_the_other_server(int count)
    {
        await Send(Cluster.All[0], Add());
        var other = Cluster.NotHomeOf(Id);
        var followers = Enumerable.Range(0, count).Select(_ => Follow(other)).ToList();
        await AllSawAsync(followers, 1);
        // The first tells that the subscription stands: what comes before it may be read from the journal.
        await Send(Cluster.HomeOf(Id), Add());
        await AllSawAsync(followers, 2);
        using var counted = new Counted("summit.engine.crossings", "summit.engine.crossings.size");

        for (var seq = 3; seq < 3 + Batches; seq++)
        {
            await Send(Cluster.HomeOf(Id), Add());
            await AllSawAsync(followers, seq);
        }

        var size = (await StoredAsync())[^1].Data.Length;
        // The one that was read from the journal may have crossed only after the count began.
        Assert.InRange(counted.Sums[0], Batches, Batches + 1);
        Assert.Equal(counted.Sums[0] * size, counted.Sums[1]);
    }

    private static Task<Follower[]> AllSawAsync(List<Follower> followers, long seq) => Task.WhenAll(followers.Select(follower => follower.SawAsync(seq)));

    /// <summary>What some counters of the engine counted while this lived.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly string[] _names;
        private readonly long[] _sums;

        public Counted(params string[] names)
        {
            (_names, _sums) = (names, new long[names.Length]);
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Meters.Name && Array.IndexOf(_names, instrument.Name) >= 0)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Interlocked.Add(ref _sums[Array.IndexOf(_names, instrument.Name)], value));
            _listener.Start();
        }

        public long[] Sums => _sums;

        public void Dispose() => _listener.Dispose();
    }
}
