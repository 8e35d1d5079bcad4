using System.Runtime.CompilerServices;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Access;

namespace Summit.Server.Live;

/// <summary>
/// The read side of one session on this server: the rules' own Apply over the session's feed, and the pictures made from
/// it. What changed since N is asked of the state, so nothing is queued for anybody: a slow phone asks later and gets one
/// merged answer, and no loop here ever waits for a socket.
/// </summary>
/// <remarks>
/// The state stands still between two turns: events that arrive meanwhile wait in the feed. So all who keep up ask for
/// the same span, and its bytes are made once.
/// </remarks>
internal sealed partial class Room : IAsyncDisposable
{
    /// <summary>The shortest time between two turns. An eye takes 20 changes a second for continuous; each turn costs one write to every follower.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest a turn is put off because followers are still busy with the last one.</summary>
    private static readonly TimeSpan LongestStretch = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PulseEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Session _session;
    private readonly IEngine _engine;
    private readonly TimeProvider _time;
    private readonly LiveMeters _meters;
    private readonly ILogger _log;
    private readonly Picture[] _pictures;
    private readonly Dictionary<ParticipantId, Presence> _present = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;
    private readonly Waiters _waiters = new();
    private long _seq;
    private int _followers;

    /// <param name="session">The state at <paramref name="seq"/>; the room owns it from here on.</param>
    public Room(Session session, long seq, IEngine engine, TimeProvider time, LiveMeters meters, ILogger log)
    {
        (_session, _seq, _engine, _time, _meters, _log) = (session, seq, engine, time, meters, log);
        _handling = new Handling(time);
        _pictures = [.. Enum.GetValues<Audience>().Select(audience => new Picture(audience, session))];
        Turn();
        _running = Task.WhenAll(Task.Run(FollowSessionAsync), Task.Run(PulseAsync));
    }

    /// <summary>Streams open on this room now.</summary>
    public int Followers => Volatile.Read(ref _followers);

    /// <summary>When the last stream ended; a room without followers is closed some time after it.</summary>
    public DateTimeOffset IdleSince { get; private set; }

    /// <summary>Frames for one browser, at its own pace, until cancelled or until the room closes. A <paramref name="since"/> this room has never reached starts over with the whole picture.</summary>
    /// <param name="connection">Whose stream it is: what a moderator handles is let go with it.</param>
    public async IAsyncEnumerable<Frame> FollowAsync(
        Bearer bearer, string connection, long since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CatchUpAsync(since, cancellationToken);
        var waiter = new Waiter();
        await using var cancelled = waiter.ReleaseOn(cancellationToken);
        var presence = Enter(bearer, connection);
        try
        {
            var pulseSeen = 0L;
            for (var first = true; !_closing.IsCancellationRequested; first = false)
            {
                var (frame, pulse, seq) = Look(waiter, bearer, connection, presence, since, first, pulseSeen, cancellationToken);
                if (frame is { } changes)
                {
                    since = seq;
                    _meters.Frames.Add(1);
                    yield return changes;
                }

                if (pulse is { } beat)
                {
                    pulseSeen = beat.Number;
                    _meters.Frames.Add(1);
                    yield return beat.Frame;
                }

                if (frame is null && pulse is null)
                {
                    since = seq;
                    await waiter.Released;
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            Leave(bearer, connection, presence);
        }
    }

    /// <summary>One frame for somebody who does not stay: the whole picture from 0, or what changed since.</summary>
    public async Task<Frame> ShowAsync(Bearer bearer, long since, CancellationToken cancellationToken)
    {
        await CatchUpAsync(since, cancellationToken);
        lock (_gate)
        {
            return First(bearer, since);
        }
    }

    /// <summary>Ends all its streams.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _waiters.Wake();
        }
    }

    private static Audience AudienceOf(Role role) => role switch
    {
        Role.Stage => Audience.Stage,
        Role.Moderator or Role.Host => Audience.Moderators,
        _ => Audience.Participants,
    };

    /// <summary>A browser may come from a server that was a moment ahead of this one: give the feed that moment, rather than the browser the whole picture.</summary>
    private async Task CatchUpAsync(long since, CancellationToken cancellationToken)
    {
        if (since == 0)
        {
            return;
        }

        var waiter = new Waiter();
        await using var cancelled = waiter.ReleaseOn(cancellationToken);
        var started = _time.GetTimestamp();
        while (true)
        {
            lock (_gate)
            {
                if (since <= _seq || _closing.IsCancellationRequested || _time.GetElapsedTime(started) > PulseEvery)
                {
                    return;
                }

                Wait(waiter, cancellationToken);
            }

            // The pulse wakes all every second at the least, so this comes back.
            await waiter.Released;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Until the next turn; not at all for who was cancelled, or when there will be none, just before this.</summary>
    private void Wait(Waiter waiter, CancellationToken cancellationToken)
    {
        _waiters.Add(waiter);
        if (cancellationToken.IsCancellationRequested || _closing.IsCancellationRequested)
        {
            waiter.Release();
        }
    }

    private (Frame? Frame, (Frame Frame, long Number)? Pulse, long Seq) Look(
        Waiter waiter, Bearer bearer, string connection, Presence presence, long since, bool first, long pulseSeen, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var frame = first ? First(bearer, since) : since == _seq ? null : Next(bearer, presence, since);
            var pulse = PulseSince(bearer, connection, pulseSeen);
            if (frame is null && pulse is null)
            {
                Wait(waiter, cancellationToken);
            }

            return (frame, pulse, _seq);
        }
    }

    private Frame First(Bearer bearer, long since)
    {
        since = since > _seq ? 0 : since;
        var picture = _pictures[(int)AudienceOf(bearer.Actor.Role)];
        var person = bearer.Actor.Id;
        var own = _session.PostedBy(person).Where(id => _session.Items[id].Changed > since);
        var touched = since == 0 ? _session.Items.Values : _session.TouchedSince(since);
        var given = touched.Where(item => item.Kind != ItemKind.Comment && (since > 0 || item.IsSupportedBy(person) || item.Vote?.Ballots.ContainsKey(person) == true));
        return Compose(picture, picture.Since(since, _seq), person, own, bearer.Actor.Role == Role.Stage ? [] : given.Select(item => item.Id));
    }

    private Frame? Next(Bearer bearer, Presence presence, long since)
    {
        var picture = _pictures[(int)AudienceOf(bearer.Actor.Role)];
        var shared = picture.Since(since, _seq);
        if (presence.Last <= since)
        {
            return shared is { } all ? new Frame(all) : null;
        }

        return Compose(picture, shared, bearer.Actor.Id, presence.OwnSince(since), presence.GivenSince(since));
    }

    /// <summary>The shared bytes with what is for one person put in before the closing brace.</summary>
    private Frame Compose(Picture picture, ReadOnlyMemory<byte>? shared, ParticipantId person, IEnumerable<ItemId> own, IEnumerable<ItemId> given)
    {
        var all = shared ?? picture.Render(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("seq", _seq);
            json.WriteEndObject();
        });
        var any = false;
        var mine = picture.Render(json =>
        {
            json.WriteStartArray();
            foreach (var id in own)
            {
                any = true;
                ItemJson.Write(json, _session.Items[id], Eyes.Author);
            }

            foreach (var id in given.Where(id => _session.Items[id].IsVisible))
            {
                any = true;
                ItemJson.WriteGiven(json, _session.Items[id], person, _seq);
            }

            json.WriteEndArray();
        });
        return new Frame(any ? (byte[])[.. all.Span[..^1], .. ",\"mine\":"u8, .. mine.Span, (byte)'}'] : all);
    }

    private Presence Enter(Bearer bearer, string connection)
    {
        lock (_gate)
        {
            _followers++;
            if (bearer.Actor.Moderates)
            {
                _handling.Come(connection, bearer.Actor.Name);
            }

            if (bearer.Actor.Role == Role.Stage)
            {
                return new Presence(null);
            }

            if (!_present.TryGetValue(bearer.Actor.Id, out var presence))
            {
                _present.Add(bearer.Actor.Id, presence = new Presence(bearer.Actor.City));
            }

            presence.Streams++;
            return presence;
        }
    }

    private void Leave(Bearer bearer, string connection, Presence presence)
    {
        lock (_gate)
        {
            _followers--;
            IdleSince = _time.GetUtcNow();
            if (bearer.Actor.Moderates)
            {
                _handling.Go(connection);
            }

            if (--presence.Streams == 0)
            {
                _present.Remove(bearer.Actor.Id);
            }
        }
    }
}
