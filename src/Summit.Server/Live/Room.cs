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

    /// <summary>How long a browser that is ahead waits for this server; a feed is never that late while all is well.</summary>
    private static readonly TimeSpan CatchUpWithin = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Session _session;
    private readonly IEngine _engine;
    private readonly IGatherings _gatherings;
    private readonly TimeProvider _time;
    private readonly LiveMeters _meters;
    private readonly ILogger _log;
    private readonly Picture[] _pictures;
    private readonly Dictionary<ParticipantId, Presence> _present = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;
    private readonly Followers _followers;
    private readonly int[] _watching = new int[Enum.GetValues<Audience>().Length];
    private long _seq;
    private Turned _now;
    private TaskCompletionSource? _turned;

    /// <param name="session">The state at <paramref name="seq"/>; the room owns it from here on.</param>
    public Room(Session session, long seq, IEngine engine, IGatherings gatherings, TimeProvider time, LiveMeters meters, ILogger log)
    {
        (_session, _seq, _engine, _gatherings, _time, _meters, _log) = (session, seq, engine, gatherings, time, meters, log);
        _handling = new Handling(time);
        _pictures = [.. Enum.GetValues<Audience>().Select(audience => new Picture(audience, session))];
        _followers = new Followers(meters);
        _now = new Turned(seq, seq, [], 0, null, 0);
        _running = Task.WhenAll(Task.Run(FollowSessionAsync), Task.Run(PulseAsync));
    }

    /// <summary>Streams open on this room now.</summary>
    public int Followers
    {
        get
        {
            lock (_gate)
            {
                return _followers.Count;
            }
        }
    }

    /// <summary>When the last stream ended; a room without followers is closed some time after it.</summary>
    public DateTimeOffset IdleSince { get; private set; }

    public bool IsClosed => _closing.IsCancellationRequested;

    /// <summary>Frames for one browser, at its own pace, until cancelled or until the room closes. A <paramref name="since"/> this room has never reached starts over with the whole picture.</summary>
    public IAsyncEnumerable<Frame> FollowAsync(Bearer bearer, string connection, long since, CancellationToken cancellationToken) =>
        new Follower(this, bearer, connection, since, null, () => null, cancellationToken);

    /// <summary>One frame for somebody who does not stay: the whole picture from 0, or what changed since.</summary>
    public async Task<Frame> ShowAsync(Bearer bearer, long since, CancellationToken cancellationToken)
    {
        await CatchUpAsync(since, cancellationToken);
        lock (_gate)
        {
            return First(bearer, since);
        }
    }

    /// <summary>How many would support what a merge leaves, as this room has it now; or why not.</summary>
    public (int Support, Fault? Fault) UnitedSupport(Bearer bearer, MergeItem merge)
    {
        lock (_gate)
        {
            return _session.UnitedSupport(merge, bearer.Actor);
        }
    }

    /// <summary>Ends all its streams.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            TellOfTurn();
        }
    }

    /// <summary>A browser may come from a server that was a moment ahead of this one: give the feed that moment, rather than the browser the whole picture.</summary>
    public async Task CatchUpAsync(long since, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (TurnBefore(since) is { } turned && CatchUpWithin - _time.GetElapsedTime(started) is { Ticks: > 0 } left)
        {
            try
            {
                await turned.WaitAsync(left, _time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }

    /// <summary>Lets one in, with the first frame.</summary>
    public Frame Enter(Follower follower)
    {
        var actor = follower.Bearer.Actor;
        lock (_gate)
        {
            if (actor.Moderates)
            {
                _handling.Come(follower.Connection, actor.Name);
            }

            if (actor.Role is Role.Stage or Role.Key)
            {
                follower.Presence = new Presence(null);
            }
            else
            {
                if (!_present.TryGetValue(actor.Id, out var presence))
                {
                    _present.Add(actor.Id, presence = new Presence(actor.City));
                    _untold = true;
                }

                presence.Streams++;
                follower.Presence = presence;
            }

            var first = First(follower.Bearer, follower.Since);
            follower.Since = _seq;
            _followers.Add(follower);
            _watching[(int)follower.Audience]++;
            return first;
        }
    }

    public void Leave(Follower follower)
    {
        lock (_gate)
        {
            _followers.Remove(follower);
            _watching[(int)follower.Audience]--;
            IdleSince = _time.GetUtcNow();
            if (follower.Bearer.Actor.Moderates)
            {
                _handling.Go(follower.Connection);
            }

            if (--follower.Presence!.Streams == 0 && _present.Remove(follower.Bearer.Actor.Id))
            {
                _untold = true;
            }
        }
    }

    /// <summary>What is new for a follower, or null; what all of an audience are to hear takes no lock.</summary>
    public Frame? Next(Follower follower)
    {
        var now = Volatile.Read(ref _now);
        var since = follower.Since;
        if (since != now.Seq)
        {
            // Who missed no turn, and whom none of it concerns, takes what the others take.
            var frame = since == now.From && follower.Presence!.Last <= since ? now.Shared[(int)follower.Audience] : Ask(follower);
            follower.Since = Math.Max(follower.Since, now.Seq);
            if (frame is not null)
            {
                return frame;
            }
        }

        return PulseFor(follower, now);
    }

    public void Count(int frames) => _meters.Frames.Add(frames);

    internal static Audience AudienceOf(Actor actor) => actor switch
    {
        { Role: Role.Stage } => Audience.Stage,
        { Moderates: true } => Audience.Moderators,
        _ => Audience.Participants,
    };

    /// <summary>The next turn, if the room is not yet where somebody has been.</summary>
    private Task? TurnBefore(long since)
    {
        lock (_gate)
        {
            return since <= _seq || IsClosed ? null : (_turned ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private Frame First(Bearer bearer, long since)
    {
        since = since > _seq ? 0 : since;
        var picture = _pictures[(int)AudienceOf(bearer.Actor)];
        var person = bearer.Actor.Id;
        var own = _session.PostedBy(person).Where(id => _session.Items[id].Changed > since);
        var touched = since == 0 ? _session.Items.Values : _session.TouchedSince(since);
        var given = touched.Where(item => item.Kind != ItemKind.Comment && (since > 0 || item.IsSupportedBy(person) || item.Vote?.Ballots.ContainsKey(person) == true));
        return Compose(picture, picture.Since(since, _seq), person, own, bearer.Actor.Role == Role.Stage ? [] : given.Select(item => item.Id));
    }

    private Frame? Ask(Follower follower)
    {
        lock (_gate)
        {
            var (since, presence) = (follower.Since, follower.Presence!);
            follower.Since = _seq;
            var picture = _pictures[(int)follower.Audience];
            var shared = picture.Since(since, _seq);
            return presence.Last <= since
                ? shared
                : Compose(picture, shared, follower.Bearer.Actor.Id, presence.OwnSince(since), presence.GivenSince(since));
        }
    }

    /// <summary>The shared bytes with what is for one person put in before the closing brace.</summary>
    private Frame Compose(Picture picture, Frame? shared, ParticipantId person, IEnumerable<ItemId> own, IEnumerable<ItemId> given)
    {
        var all = shared?.Json ?? picture.Render(json =>
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
        return any ? new Frame((byte[])[.. all.Span[..^1], .. ",\"mine\":"u8, .. mine.Span, (byte)'}']) : shared ?? new Frame(all);
    }
}
