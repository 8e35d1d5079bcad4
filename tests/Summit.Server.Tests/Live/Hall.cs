using Microsoft.Extensions.Logging.Abstractions;
using Summit.Contracts;
using Summit.Domain;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;
using Summit.Server.Live;
using Summit.Testing;

namespace Summit.Server.Tests.Live;

/// <summary>An open session with its room, people who act in it and screens that follow it.</summary>
internal sealed class Hall : IAsyncDisposable
{
    private readonly List<Task> _following = [];
    private readonly CancellationTokenSource _end = new();
    private readonly MemoryJournal _journal;
    private readonly LocalEngine _engine;
    private readonly CountedFeeds _feeds;
    private readonly LiveMeters _meters = new(() => default);

    private Hall(MemoryJournal journal, LocalEngine engine, ConferenceId conference, Guid session)
    {
        (_journal, _engine, Conference, Session) = (journal, engine, conference, session);
        _feeds = new CountedFeeds(engine);
        Moderator = Person(Role.Moderator);
    }

    public ConferenceId Conference { get; }

    public Guid Session { get; }

    public Bearer Moderator { get; }

    public Room Room { get; private set; } = null!;

    public long Seq { get; private set; }

    /// <summary>How many the cell has had to feed so far.</summary>
    public int Feeds => _feeds.Count;

    /// <param name="time">The room's clock; everything else goes by the real one.</param>
    public static async Task<Hall> OpenAsync(PolicyChanges? policies = null, TimeProvider? time = null)
    {
        var journal = new MemoryJournal();
        var kinds = new AggregateKinds().Add<Session>().Add<Conference>();
        var engine = new LocalEngine(journal, kinds, TimeProvider.System, NullLoggerFactory.Instance);
        var hall = new Hall(journal, engine, new ConferenceId(Guid.NewGuid()), Guid.NewGuid());
        var host = hall.Person(Role.Host);
        await hall.DoAsync(host, new ScheduleSession(hall.Conference, "Hall", "en", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, policies));
        await hall.DoAsync(hall.Moderator, new OpenSession());
        hall.Room = await hall.OpenRoomAsync(time ?? TimeProvider.System);
        return hall;
    }

    private async Task<Room> OpenRoomAsync(TimeProvider time)
    {
        var kinds = new AggregateKinds().Add<Session>().Add<Conference>();
        var (session, seq) = await new Replay(_journal, kinds, NullLogger<Replay>.Instance).LoadAsync<Session>(Session, CancellationToken.None);
        return new Room(session, seq, _feeds, _engine, time, _meters, NullLogger.Instance);
    }

    public Bearer Person(Role role = Role.Participant, string? name = "Ana", string? city = "Tirana") => new(
        new Actor(new ParticipantId(Guid.NewGuid()), role, Conference, name, city), null, DateTimeOffset.MaxValue);

    /// <summary>Does it, and fails the test if it is refused.</summary>
    public async Task<ItemId> DoAsync(Bearer who, ICommand command)
    {
        var id = Guid.CreateVersion7();
        var reply = await TryAsync(who, command, id);
        Assert.Null(reply.Fault);
        return new ItemId(id);
    }

    public async Task<Reply> TryAsync(Bearer who, ICommand command, Guid id)
    {
        var reply = await _engine.SendAsync(new AggregateId("session", Session), new CommandEnvelope(id, who.Actor, command), CancellationToken.None);
        Seq = Math.Max(Seq, reply.Seq);
        return reply;
    }

    /// <summary>A screen that follows until the hall closes, or is turned <paramref name="off"/>. <paramref name="slow"/> is awaited after each frame.</summary>
    public Screen Follow(Bearer who, long since = 0, Func<Task>? slow = null, Screen? on = null, string connection = "one", CancellationTokenSource? off = null)
    {
        var screen = on ?? new Screen();
        _following.Add(Task.Run(async () =>
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, off?.Token ?? CancellationToken.None);
            try
            {
                await foreach (var frame in Room.FollowAsync(who, connection, since, ends.Token))
                {
                    screen.Take(frame);
                    await (slow?.Invoke() ?? Task.CompletedTask);
                }
            }
            catch (OperationCanceledException) when (ends.IsCancellationRequested)
            {
                // The hall closes, or the screen is turned off.
            }
        }));
        return screen;
    }

    /// <summary>The whole picture, asked for once.</summary>
    public async Task<Screen> ShowAsync(Bearer who, long since = 0, Screen? on = null)
    {
        await UntilAsync("the room has everything", () => RoomSeqAsync(who), Seq);
        var screen = on ?? new Screen();
        screen.Take(await Room.ShowAsync(who, since, CancellationToken.None));
        return screen;
    }

    public Task ReachesAsync(Screen screen, long? seq = null) =>
        Wait.UntilAsync($"the screen shows event {seq ?? Seq}, it is at {screen.Seq}", () => screen.Seq >= (seq ?? Seq));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_following);
        await Room.DisposeAsync();
        await _engine.DisposeAsync();
        _meters.Dispose();
        _end.Dispose();
    }

    private async Task<long> RoomSeqAsync(Bearer who) => new Screen().Take(await Room.ShowAsync(who, 0, CancellationToken.None))["seq"]!.GetValue<long>();

    private static Task UntilAsync(string what, Func<Task<long>> value, long least) => Wait.UntilAsync(what, async () => await value() >= least);

    private sealed class CountedFeeds(IEngine engine) : IEngine
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public Task<Reply> SendAsync(AggregateId to, CommandEnvelope command, CancellationToken cancellationToken) => engine.SendAsync(to, command, cancellationToken);

        public IAsyncEnumerable<FeedBatch> FollowAsync(AggregateId of, long after, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            return engine.FollowAsync(of, after, cancellationToken);
        }
    }
}
