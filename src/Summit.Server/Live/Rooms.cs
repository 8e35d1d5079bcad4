using System.Collections.Concurrent;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;

namespace Summit.Server.Live;

/// <summary>The rooms of this server: opened when the first browser comes, closed some time after the last has gone.</summary>
internal sealed partial class Rooms : IHostedService, IAsyncDisposable
{
    /// <summary>How long a room without followers is kept: a hall that reconnects after a network cut finds it warm.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<SessionId, Lazy<Task<Room?>>> _rooms = new();
    private readonly IEngine _engine;
    private readonly IGatherings _gatherings;
    private readonly Replay _replay;
    private readonly TimeProvider _time;
    private readonly ILogger<Rooms> _log;
    private readonly LiveMeters _meters;
    private readonly ITimer _sweep;
    private readonly CancellationTokenRegistration _stopping;

    public Rooms(IEngine engine, IGatherings gatherings, Replay replay, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<Rooms> log)
    {
        (_engine, _gatherings, _replay, _time, _log) = (engine, gatherings, replay, time, log);
        _meters = new LiveMeters(Count);
        _sweep = time.CreateTimer(_ => _ = SweepAsync(), null, Linger, Linger);
        // Streams have to end before the web server waits for its connections, or a stop takes as long as it may.
        _stopping = lifetime.ApplicationStopping.Register(() => _ = CloseAllAsync());
    }

    /// <summary>The room of a session, up to date when it returns; null when nobody ever scheduled that session.</summary>
    /// <exception cref="JournalUnavailableException">The session could not be read.</exception>
    public async Task<Room?> FindAsync(SessionId id, CancellationToken cancellationToken)
    {
        var opening = _rooms.GetOrAdd(id, key => new Lazy<Task<Room?>>(() => OpenAsync(key)));
        try
        {
            var room = await opening.Value.WaitAsync(cancellationToken);
            if (room is null)
            {
                Forget(id, opening);
            }

            return room;
        }
        catch (Exception) when (opening.Value.IsFaulted)
        {
            Forget(id, opening);
            throw;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => CloseAllAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.DisposeAsync();
        await _sweep.DisposeAsync();
        await CloseAllAsync();
        _meters.Dispose();
    }

    private (int Rooms, int Followers) Count()
    {
        var open = _rooms.Values.Where(room => room is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: not null } }).ToList();
        return (open.Count, open.Sum(room => room.Value.Result!.Followers));
    }

    private async Task<Room?> OpenAsync(SessionId id)
    {
        var (session, seq) = await _replay.LoadAsync<Session>(id.Value, CancellationToken.None);
        return session.Exists ? new Room(session, seq, _engine, _gatherings, _time, _meters, _log) : null;
    }

    private async Task SweepAsync()
    {
        foreach (var (id, opening) in _rooms)
        {
            if (opening is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: { Followers: 0 } room } }
                && _time.GetUtcNow() - room.IdleSince > Linger
                && Forget(id, opening))
            {
                await room.DisposeAsync();
            }
        }
    }

    private async Task CloseAllAsync()
    {
        foreach (var (id, opening) in _rooms)
        {
            if (opening.IsValueCreated && Forget(id, opening) && await opening.Value is { } room)
            {
                await room.DisposeAsync();
            }
        }
    }

    private bool Forget(SessionId id, Lazy<Task<Room?>> opening) =>
        _rooms.TryRemove(new KeyValuePair<SessionId, Lazy<Task<Room?>>>(id, opening));
}
