using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Summit.Contracts;
using Summit.Domain;

namespace Summit.Engine.Orleans.Tests;

/// <summary>A rolling upgrade: one server runs today's version already, the other yesterday's, which knows neither its commands nor its events.</summary>
public sealed class TwoVersionsBesideEachOther : IAsyncLifetime
{
    private static readonly AggregateKinds Yesterday = new AggregateKinds().Add<TallyOfYesterday>();

    private readonly MemoryJournal _store = new();
    private readonly AggregateId _id = new(Tally.Kind, Guid.CreateVersion7());
    private Servers _servers = null!;
    private int _started;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InProcessSiloHandle Old => _servers.All.Single(server => server.ServiceProvider.GetRequiredService<AggregateKinds>() == Yesterday);

    private InProcessSiloHandle New => _servers.All.Single(server => server != Old);

    public async ValueTask InitializeAsync() => _servers = await Servers.StartAsync(
        2, Tally.Kinds, _store.OpenAnother, new Leases(TimeSpan.FromHours(2), TimeSpan.FromHours(1)), silo =>
        {
            if (Interlocked.Increment(ref _started) == 1)
            {
                silo.Services.AddSingleton(Yesterday);
            }
        });

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    [Fact]
    public async Task A_new_command_is_refused_as_busy_by_the_old_server_alone_and_changes_nothing()
    {
        await LiveAtAsync(Old);
        var engine = Servers.EngineOf(New);
        var refused = Envelope(new Add(7));
        var replies = await Task.WhenAll(
            new[] { Envelope(new Touch()), refused, Envelope(new Touch()) }.Select(command => engine.SendAsync(_id, command, Cancel))).Soon("the answers");
        Assert.Equal([Reply.At(2), Reply.Refused(EngineFaults.Upgrading), Reply.At(3)], replies);
        Assert.Equal(3, (await StoredAsync()).Count);

        // The same command with the same id, as its sender repeats it, is taken where the cell lives next.
        await LiveAtAsync(New);
        Assert.Null((await engine.SendAsync(_id, refused, Cancel).Soon("an answer")).Fault);
        Assert.Equal("tally.added.v1", (await StoredAsync())[^1].Type);
    }

    [Fact]
    public async Task A_new_event_ends_who_follows_at_the_old_server_with_its_name_and_nobody_else()
    {
        await LiveAtAsync(New);
        await using var current = new Follower(Servers.EngineOf(New).FollowAsync(_id, 0, CancellationToken.None));
        await using var outdated = Servers.EngineOf(Old).FollowAsync(_id, 0, CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await outdated.MoveNextAsync().AsTask().Soon("the first event"));

        var added = (await Servers.EngineOf(New).SendAsync(_id, Envelope(new Add(7)), Cancel).Soon("an answer")).Seq;
        var ended = await Assert.ThrowsAsync<JournalCorruptException>(async () =>
        {
            while (await outdated.MoveNextAsync().AsTask().Soon("the end"))
            {
                Assert.InRange(outdated.Current.Last, 1, added - 1);
            }
        });
        Assert.Contains("tally.added.v1", ended.Message, StringComparison.Ordinal);
        await current.SawAsync(added);
    }

    [Fact]
    public async Task A_cell_with_new_events_is_refused_by_the_old_server_and_not_written_to()
    {
        await LiveAtAsync(New);
        var added = (await Servers.EngineOf(New).SendAsync(_id, Envelope(new Add(7)), Cancel).Soon("an answer")).Seq;
        await _servers.MoveAsync(_id, Old).Soon("the move");
        await Assert.ThrowsAsync<JournalCorruptException>(() => Servers.EngineOf(New).SendAsync(_id, Envelope(new Touch()), Cancel).Soon("an answer"));
        Assert.Equal(added, (await StoredAsync()).Count);

        await _servers.MoveAsync(_id, New).Soon("the move back");
        Assert.Equal(Reply.At(added + 1), await Servers.EngineOf(New).SendAsync(_id, Envelope(new Add(1)), Cancel).Soon("an answer"));
    }

    private static CommandEnvelope Envelope(ICommand command) =>
        new(Guid.CreateVersion7(), new Actor(new ParticipantId(Guid.CreateVersion7()), Role.Host, default, null, null), command);

    private Task<IReadOnlyList<JournalRecord>> StoredAsync() => _store.ReadAsync(_id, 0, int.MaxValue, Cancel);

    /// <summary>Wakes the cell by a first event, which both versions know, and brings it to a server.</summary>
    private async Task LiveAtAsync(InProcessSiloHandle server)
    {
        if ((await StoredAsync()).Count == 0)
        {
            var noted = new JournalRecord(1, "command.noted.v1", "{}"u8.ToArray(), DateTimeOffset.UnixEpoch, Guid.Empty, Guid.CreateVersion7());
            Assert.Equal([true], await _store.AppendAsync([new Append(_id, 0, [noted])], Cancel));
            await ((IGatherings)Servers.EngineOf(server)).TellAsync(_id, new Share(Guid.NewGuid(), null, []), Cancel).Soon("an answer of the cell");
        }

        if (_servers.HomeOf(_id) != server)
        {
            await _servers.MoveAsync(_id, server).Soon("the move");
            await ((IGatherings)Servers.EngineOf(server)).TellAsync(_id, new Share(Guid.NewGuid(), null, []), Cancel).Soon("an answer of the cell");
        }

        Assert.Equal(server, _servers.HomeOf(_id));
    }
}
