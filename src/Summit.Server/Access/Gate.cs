using System.Collections.Concurrent;
using Summit.Domain;
using Summit.Server.Conferences;

namespace Summit.Server.Access;

/// <summary>
/// Says whether a token still opens anything: it must not have expired, its link must not be revoked, its conference or
/// network must be in service. Asked for each command; what is already open ends through <see cref="Ended"/>. Thread-safe.
/// </summary>
public sealed class Gate : IDisposable
{
    /// <summary>The longest a timer can wait is 49 days. A stream that outlives this one is asked at its next command.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    /// <summary>A timer runs by another clock than the one that says whether a token has expired, and may be a little ahead of it.</summary>
    private static readonly TimeSpan TimerIsAhead = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Key, CancellationTokenSource> _open = new();
    private readonly ConferenceDirectory _directory;
    private readonly TimeProvider _time;

    public Gate(ConferenceDirectory directory, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(directory);
        _directory = directory;
        _time = time;
        directory.Changed += EndWhatIsNoLongerGood;
    }

    public bool IsGood(Bearer bearer) => Check(bearer) is null;

    /// <summary>Null, or why this bearer is to be turned away.</summary>
    public Fault? Check(Bearer bearer)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        return Check(Key.Of(bearer));
    }

    /// <summary>
    /// Cancelled when the bearer is no longer good; <see cref="Check(Bearer)"/> then says why. Shared by all who came the same way:
    /// do not dispose what is registered elsewhere than with the registration itself.
    /// </summary>
    public CancellationToken Ended(Bearer bearer)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        var key = Key.Of(bearer);
        var open = _open.GetOrAdd(key, Open);
        // It may have ended between the caller's check and now.
        if (Check(key) is not null)
        {
            End(key, open);
        }

        return open.Token;
    }

    public void Dispose()
    {
        _directory.Changed -= EndWhatIsNoLongerGood;
        foreach (var open in _open.Values)
        {
            open.Dispose();
        }
    }

    private CancellationTokenSource Open(Key key)
    {
        var left = key.Expires - _time.GetUtcNow();
        if (left > LongestTimer)
        {
            return new CancellationTokenSource();
        }

        var open = new CancellationTokenSource(left > TimeSpan.Zero ? left + TimerIsAhead : TimeSpan.Zero, _time);
        open.Token.Register(() => _open.TryRemove(KeyValuePair.Create(key, open)));
        return open;
    }

    private void EndWhatIsNoLongerGood()
    {
        foreach (var (key, open) in _open)
        {
            if (Check(key) is not null)
            {
                End(key, open);
            }
        }
    }

    private void End(Key key, CancellationTokenSource open)
    {
        _open.TryRemove(KeyValuePair.Create(key, open));
        // On other threads: what ends here must not hold up the feed that said so.
        _ = open.CancelAsync();
    }

    private Fault? Check(Key key)
    {
        if (key.Expires <= _time.GetUtcNow())
        {
            return AccessFaults.Expired;
        }

        var good = key switch
        {
            { Role: Role.Admin, Link: { } link } => _directory.Administrator?.Link == link,
            { Role: Role.Participant, Link: null } => _directory.Find(key.Conference) is not null,
            { Role: Role.Secretary or Role.Coordinator or Role.Member, Link: { } link } => _directory.Find(key.Network)?.State.FindLink(link) is { Revoked: false },
            { Link: { } link } => _directory.Find(key.Conference)?.FindLink(link) is { Revoked: false },
            _ => false,
        };
        return good ? null : AccessFaults.Revoked;
    }

    /// <summary>All that decides whether a token is good: a hall that joined within the same hour shares one.</summary>
    private readonly record struct Key(ConferenceId Conference, NetworkId Network, LinkId? Link, Role Role, DateTimeOffset Expires)
    {
        public static Key Of(Bearer bearer) => new(bearer.Actor.Conference, bearer.Actor.Network, bearer.Link, bearer.Actor.Role, bearer.Expires);
    }
}
