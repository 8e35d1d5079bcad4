using Summit.Domain;
using Summit.Engine;

namespace Summit.Contracts;

/// <summary>What every <see cref="IEngine"/> promises. Each test gets a journal of its own.</summary>
public abstract partial class EngineContract : IAsyncLifetime
{
    private readonly List<IEngine> _started = [];
    private readonly List<Follower> _followers = [];
    private readonly AggregateId _tally = new(Tally.Kind, Guid.CreateVersion7());

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The journal the engines of this test write to, as a test can hold and break it.</summary>
    protected GatedJournal Journal { get; private set; } = null!;

    protected IEngine Engine { get; private set; } = null!;

    /// <summary>An engine on this journal that knows these kinds, ready for commands. It leaves the journal open when it stops.</summary>
    protected abstract Task<IEngine> StartAsync(IJournal journal, AggregateKinds kinds);

    /// <summary>Stops it gracefully.</summary>
    protected virtual async Task StopAsync(IEngine engine) => await ((IAsyncDisposable)engine).DisposeAsync();

    /// <summary>An empty journal; in memory unless the suite is to run on a real one.</summary>
    protected virtual Task<IJournal> CreateJournalAsync() => Task.FromResult<IJournal>(new MemoryJournal());

    public virtual async ValueTask InitializeAsync()
    {
        Journal = new GatedJournal(await CreateJournalAsync());
        Engine = await StartEngine();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Journal.Release();
        foreach (var follower in _followers)
        {
            await follower.DisposeAsync();
        }

        foreach (var engine in _started)
        {
            await StopAsync(engine);
        }

        await Journal.DisposeAsync();
    }

    private async Task<IEngine> StartEngine()
    {
        var engine = await StartAsync(Journal, Tally.Kinds);
        _started.Add(engine);
        return engine;
    }

    private async Task Restart()
    {
        _started.Remove(Engine);
        await StopAsync(Engine);
        Engine = await StartEngine();
    }

    private static CommandEnvelope Envelope(ICommand command, Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(), new Actor(new ParticipantId(Guid.CreateVersion7()), Role.Participant, default, null, null), command);

    private Task<Reply> Send(CommandEnvelope command) => Engine.SendAsync(_tally, command, Cancel).Soon("an answer");

    private Task<Reply> Send(ICommand command) => Send(Envelope(command));

    private async Task<Reply[]> SendAll(IEnumerable<CommandEnvelope> commands) =>
        await Task.WhenAll(commands.Select(Send));

    private Follower Follow(long after = 0)
    {
        var follower = new Follower(Engine.FollowAsync(_tally, after, CancellationToken.None));
        _followers.Add(follower);
        return follower;
    }

    private Task<Follower> Stored(long seq) => Follow().SawAsync(seq);
}
