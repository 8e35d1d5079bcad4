using System.Collections.Concurrent;
using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Engine;
using Summit.Server.Conferences;
using Summit.Server.People;

namespace Summit.Server.Access;

/// <summary>
/// Says whether a token still opens anything: it must not have expired, its link must not be revoked, who is signed in must still be and
/// have the role, its conference or network must be in service. Never waits for a disk. Asked for each command; what is already open ends through <see cref="Ended"/>. Thread-safe.
/// </summary>
public sealed class Gate : IDisposable
{
    /// <summary>The longest a timer can wait is 49 days. A stream that outlives this one is asked at its next command.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    /// <summary>A timer runs by another clock than the one that says whether a token has expired, and may be a little ahead of it.</summary>
    private static readonly TimeSpan TimerIsAhead = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Key, CancellationTokenSource> _open = new();
    private readonly ConferenceDirectory _directory;
    private readonly PeopleDirectory _people;
    private readonly TimeProvider _time;

    public Gate(ConferenceDirectory directory, PeopleDirectory people, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(people);
        (_directory, _people, _time) = (directory, people, time);
        directory.Changed += EndWhatIsNoLongerGood;
        people.Changed += EndWhatIsNoLongerGood;
        people.Left += Forget;
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
        _people.Changed -= EndWhatIsNoLongerGood;
        _people.Left -= Forget;
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

    private void EndWhatIsNoLongerGood() => EndWhatIsNoLongerGood(null);

    /// <param name="person">Null for everybody.</param>
    private void EndWhatIsNoLongerGood(ParticipantId? person)
    {
        foreach (var (key, open) in _open)
        {
            if ((person is null || key.Person == person) && Check(key) is { Kind: not FaultKind.Busy })
            {
                End(key, open);
            }
        }
    }

    private void EndWhatIsNoLongerGood(ParticipantId person) => EndWhatIsNoLongerGood((ParticipantId?)person);

    /// <summary>Each who is signed in has a key of their own: kept for good, those would become very many.</summary>
    private void Forget(ParticipantId person)
    {
        foreach (var one in _open.Where(open => open.Key.Person == person))
        {
            if (_open.TryRemove(one))
            {
                one.Value.Dispose();
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

        if (key.SignIn is { } signIn && CheckPerson(key, signIn) is { } fault)
        {
            return fault;
        }

        var good = key switch
        {
            { SignIn: not null, Role: Role.Person } => true,
            { SignIn: not null } => _directory.Find(key.Conference) is not null || _directory.Find(key.Network) is not null,
            { Role: Role.Admin, Link: { } link } => _directory.Administrator?.Link == link,
            { Role: Role.Participant, Link: null } => _directory.Find(key.Conference) is not null,
            { Role: Role.Secretary or Role.Coordinator or Role.Member, Link: { } link } => _directory.Find(key.Network)?.State.FindLink(link) is { Revoked: false },
            { Role: Role.Key, Link: { } link } => _directory.FindIntegration(key.Conference)?.FindKey(link) is { Revoked: false },
            { Link: { } link } => _directory.Find(key.Conference)?.FindLink(link) is { Revoked: false },
            _ => false,
        };
        return good ? null : AccessFaults.Revoked;
    }

    /// <summary>By what was last seen of the person, which is some seconds old at the most: requests look first, and connections keep looking.</summary>
    private Fault? CheckPerson(Key key, SignInId signIn) =>
        _people.Known(key.Person!.Value) is not { State: var person } ? EngineFaults.JournalUnavailable
        : person.FindSignIn(signIn, _time.GetUtcNow()) is null ? AccessFaults.SignedOut
        : key.Held is { } held && !person.Holds(held) ? AccessFaults.RoleTaken
        : null;

    /// <summary>All that decides whether a token is good: a hall that joined within the same hour shares one.</summary>
    private readonly record struct Key(
        ConferenceId Conference, NetworkId Network, LinkId? Link, Role Role, DateTimeOffset Expires, ParticipantId? Person, SignInId? SignIn, HeldRole? Held)
    {
        public static Key Of(Bearer bearer) => new(
            bearer.Actor.Conference, bearer.Actor.Network, bearer.Link, bearer.Actor.Role, bearer.Expires,
            bearer.SignIn is null ? null : bearer.Actor.Id, bearer.SignIn, bearer.Held);
    }
}
