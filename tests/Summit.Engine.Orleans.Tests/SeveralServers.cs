using Orleans.TestingHost;
using Summit.Contracts;
using Summit.Domain;

namespace Summit.Engine.Orleans.Tests;

/// <summary>One cluster, one store, and the promises that hold across the servers.</summary>
public abstract class SeveralServers : IAsyncLifetime
{
    private readonly MemoryJournal _store = new();
    private readonly List<Follower> _followers = [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected Servers Cluster { get; private set; } = null!;

    protected AggregateId Id { get; } = new(Tally.Kind, Guid.CreateVersion7());

    protected virtual short Count => 2;

    /// <summary>Renewals come far too late to help: what is seen was told, or the loss of a server was noticed.</summary>
    protected virtual Leases Leases => new(TimeSpan.FromHours(2), TimeSpan.FromHours(1));

    public async ValueTask InitializeAsync() =>
        Cluster = await Servers.StartAsync(Count, Tally.Kinds, _store.OpenAnother, Leases);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var follower in _followers)
        {
            await follower.DisposeAsync();
        }

        await Cluster.DisposeAsync();
    }

    protected static CommandEnvelope Add(long amount = 1) =>
        new(Guid.CreateVersion7(), new Actor(new ParticipantId(Guid.CreateVersion7()), Role.Host, default, "Ana", "Tirana"), new Add(amount));

    private protected Task<Reply> Send(InProcessSiloHandle from, CommandEnvelope command) =>
        Servers.EngineOf(from).SendAsync(Id, command, Cancel).Soon("an answer");

    private protected Follower Follow(InProcessSiloHandle at, long after = 0)
    {
        var follower = new Follower(Servers.EngineOf(at).FollowAsync(Id, after, CancellationToken.None));
        _followers.Add(follower);
        return follower;
    }

    /// <summary>Appends an event past all cells.</summary>
    protected async Task StoreAsync(Added added)
    {
        var version = (await StoredAsync()).Count;
        var context = new EventContext(version + 1, TimeProvider.System.GetUtcNow(), default, Guid.CreateVersion7());
        var record = new Codec(Tally.Kinds).Encode(added, context);
        Assert.Equal([true], await _store.AppendAsync([new Append(Id, version, [record])], Cancel));
    }

    /// <summary>What lies on disk.</summary>
    protected Task<IReadOnlyList<JournalRecord>> StoredAsync() => _store.ReadAsync(Id, 0, int.MaxValue, Cancel);

    /// <summary>Every acknowledged command is stored once, under the number it was answered with.</summary>
    protected async Task AssertEachCountedOnce(IEnumerable<(Guid Command, Reply Reply)> answered)
    {
        var stored = await StoredAsync();
        Assert.Equal(stored.Count, stored.Select(record => record.Command).Distinct().Count());
        var seqs = stored.ToDictionary(record => record.Command, record => record.Version);
        Assert.All(answered, answer => Assert.Equal(Reply.At(seqs[answer.Command]), answer.Reply));
    }
}
