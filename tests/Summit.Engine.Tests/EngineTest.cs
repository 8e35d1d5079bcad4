using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Domain;

namespace Summit.Engine.Tests;

/// <summary>A journal in memory, engines on it, and shorthands.</summary>
public abstract class EngineTest : IAsyncLifetime
{
    private readonly List<LocalEngine> _started = [];
    private readonly List<Follower> _followers = [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected AggregateId Id { get; } = new(Tally.Kind, Guid.CreateVersion7());

    protected GatedJournal Journal { get; } = new(new MemoryJournal());

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Journal.Release();
        foreach (var follower in _followers)
        {
            await follower.DisposeAsync();
        }

        foreach (var engine in _started)
        {
            await engine.DisposeAsync();
        }
    }

    protected LocalEngine Start(TimeProvider? time = null)
    {
        var engine = new LocalEngine(Journal, Tally.Kinds, time ?? TimeProvider.System, NullLoggerFactory.Instance);
        _started.Add(engine);
        return engine;
    }

    protected Follower Follow(LocalEngine engine, long after = 0)
    {
        var follower = new Follower(engine.FollowAsync(Id, after, CancellationToken.None));
        _followers.Add(follower);
        return follower;
    }

    protected static CommandEnvelope Envelope(ICommand command) =>
        new(Guid.CreateVersion7(), new Actor(new ParticipantId(Guid.CreateVersion7()), Role.Participant, default, null, null), command);

    protected static CommandEnvelope AddMany(int count) => Envelope(new AddEach([.. Enumerable.Repeat(1L, count)]));

    protected Task<Reply> Send(LocalEngine engine, CommandEnvelope command) => engine.SendAsync(Id, command, Cancel).Soon("an answer");

    protected Task<Reply> Send(LocalEngine engine, ICommand command) => Send(engine, Envelope(command));

    /// <summary>What a client does on Busy: the same command again, until it is taken.</summary>
    protected async Task<Reply> SendUntilTaken(LocalEngine engine, CommandEnvelope command)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var reply = await Send(engine, command);
            if (reply.Fault is not { Kind: FaultKind.Busy })
            {
                return reply;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "Not taken in 30 s.");
            await Task.Yield();
        }
    }

    /// <summary>Everything the journal holds of the aggregate.</summary>
    protected async Task<IReadOnlyList<JournalRecord>> Stored() => await Journal.ReadAsync(Id, 0, int.MaxValue, Cancel);

    protected async Task<IEnumerable<long>> StoredAmounts()
    {
        var codec = new Codec(Tally.Kinds);
        return (await Stored()).Select(record => codec.Decode(Id, record).Event).OfType<Added>().Select(added => added.Amount);
    }
}
