using Orleans.TestingHost;
using Summit.Contracts;
using Summit.Domain;
using Summit.Domain.Sessions;

namespace Summit.Engine.Orleans.Tests;

/// <summary>Words that were erased come from no server any more, from what it keeps in memory neither.</summary>
public sealed class ErasingAcrossServers : IAsyncLifetime
{
    private const string Word = "Ana of Tirana";

    private static readonly ConferenceId Here = new(Guid.CreateVersion7());
    private static readonly Actor Host = new(new ParticipantId(Guid.CreateVersion7()), Role.Host, Here, "Hana", null);
    private static readonly Actor Ana = new(new ParticipantId(Guid.CreateVersion7()), Role.Participant, Here, Word, null);

    private readonly AggregateKinds _kinds = new AggregateKinds().Add<Session>();
    private readonly MemoryJournal _store = new();
    private readonly AggregateId _session = new(Session.Kind, Guid.CreateVersion7());
    private Servers _servers = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _servers = await Servers.StartAsync(2, _kinds, _store.OpenAnother);

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    [Fact]
    public async Task A_follower_on_any_server_meets_them_no_more_once_it_is_done()
    {
        var now = TimeProvider.System.GetUtcNow();
        await SendAsync(Host, new ScheduleSession(Here, "Trade", "en", now, now));
        await SendAsync(Host, new OpenSession());
        await SendAsync(Ana, new AskQuestion($"What does {Word} ask?"));
        // Both servers keep the newest events for those who are a little behind.
        await using var here = Follow(_servers.HomeOf(_session));
        await using var there = Follow(_servers.NotHomeOf(_session));
        Assert.All(new[] { await here.SawAsync(3), await there.SawAsync(3) }, follower => Assert.Contains(Word, Written(follower), StringComparison.Ordinal));

        var order = await SendAsync(Ana, new ErasePerson(Ana.Id));
        Assert.Equal(1, await new Eraser(_store, _kinds).RunAsync(_session, order.Seq, Cancel));
        await SendAsync(Host, new ConfirmErasure(order.Seq, 1));
        await Task.WhenAll(here.SawAsync(5), there.SawAsync(5));

        foreach (var server in _servers.All)
        {
            await using var late = Follow(server);
            Assert.DoesNotContain(Word, Written(await late.SawAsync(5)), StringComparison.Ordinal);
        }

        var states = new[] { here, there }.Select(follower =>
        {
            var state = Session.Create(_session.Key);
            follower.Seen.ToList().ForEach(seen => state.Apply(seen.Event, seen.Context));
            return System.Text.Encoding.UTF8.GetString(state.Save());
        }).ToList();
        Assert.DoesNotContain(Word, states[0], StringComparison.Ordinal);
        Assert.Equal(states[0], states[1]);
    }

    private static string Written(Follower follower) => string.Join('\n', follower.Seen.Select(seen => seen.Event.ToString()));

    private Follower Follow(InProcessSiloHandle server) => new(Servers.EngineOf(server).FollowAsync(_session, 0, CancellationToken.None));

    private async Task<Reply> SendAsync(Actor actor, ICommand command)
    {
        var reply = await Servers.EngineOf(_servers.All[0]).SendAsync(_session, new CommandEnvelope(Guid.CreateVersion7(), actor, command), Cancel);
        Assert.Null(reply.Fault);
        return reply;
    }
}
