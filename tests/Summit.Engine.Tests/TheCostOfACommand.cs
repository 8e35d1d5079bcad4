using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Domain;

namespace Summit.Engine.Tests;

[CollectionDefinition(nameof(TheCostOfACommand), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What a command costs, in bytes, which unlike time does not depend on the machine's mood. Runs alone.</summary>
[Collection(nameof(TheCostOfACommand))]
public sealed class TheCostOfACommand
{
    private readonly AggregateId _id = new(Tally.Kind, Guid.CreateVersion7());
    private readonly Actor _actor = new(new ParticipantId(Guid.CreateVersion7()), Role.Participant, default, null, null);

    [Fact]
    public async Task Alone_in_its_commit_stays_under_1_080_bytes()
    {
        await using var engine = Start();
        await Send(engine, 1_000);
        Assert.InRange(await BytesFor(engine, 20_000, callers: 1), 100, 1_080);
    }

    [Fact]
    public async Task Beside_63_others_stays_under_800_bytes()
    {
        await using var engine = Start();
        await Send(engine, 1_000);
        Assert.InRange(await BytesFor(engine, 40_000, callers: 64), 100, 800);
    }

    [Fact]
    public async Task Does_not_grow_with_what_was_there_before()
    {
        await using var engine = Start();
        await Send(engine, 1_000);
        var young = await BytesFor(engine, 10_000, callers: 1);
        await Send(engine, 150_000);
        var old = await BytesFor(engine, 10_000, callers: 1);
        Assert.InRange(old, young * 0.5, young * 1.3);
    }

    [Fact]
    public async Task Is_counted()
    {
        var counted = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Meters.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (counted)
            {
                var name = tags.IsEmpty ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
                counted[name] = counted.GetValueOrDefault(name) + value;
            }
        });
        listener.Start();
        await using (var engine = Start())
        {
            await Send(engine, 10);
            Assert.NotNull((await engine.SendAsync(_id, Envelope(new Add(-100)), TestContext.Current.CancellationToken).Soon("a refusal")).Fault);
        }

        Assert.Equal(11, counted["summit.engine.commands"]);
        Assert.Equal(1, counted["summit.engine.faults tally.too-little"]);
        Assert.Equal(10, counted["summit.engine.commits"]);
        Assert.Equal(10, counted["summit.engine.commit.events"]);
        Assert.Equal(0, counted["summit.engine.queue"]);
    }

    private static LocalEngine Start() =>
        // Nobody moves the clock: no cell sleeps meanwhile.
        new(new NoJournal(), Tally.Kinds, new ManualTime(), NullLoggerFactory.Instance);

    private CommandEnvelope Envelope(ICommand command) => new(Guid.CreateVersion7(), _actor, command);

    private async Task Send(LocalEngine engine, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Null((await engine.SendAsync(_id, Envelope(new Add(1)), CancellationToken.None)).Fault);
        }
    }

    private async Task<double> BytesFor(LocalEngine engine, int count, int callers)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => Send(engine, count / callers))));
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)count;
    }

    /// <summary>Keeps nothing, so that only the engine is measured.</summary>
    private sealed class NoJournal : IJournal
    {
        public Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<Append> batch, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<bool>>([.. batch.Select(_ => true)]);

        public Task<IReadOnlyList<JournalRecord>> ReadAsync(AggregateId stream, long after, int limit, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<JournalRecord>>([]);

        public Task<IReadOnlyList<StreamHead>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StreamHead>>([]);

        public Task<Snapshot?> LoadSnapshotAsync(AggregateId stream, CancellationToken cancellationToken) => Task.FromResult<Snapshot?>(null);

        public Task SaveSnapshotAsync(AggregateId stream, Snapshot snapshot, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RewriteAsync(AggregateId stream, IReadOnlyList<JournalRecord> records, CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
