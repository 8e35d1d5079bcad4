using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Summit.Domain;

namespace Summit.Server.Access;

/// <summary>
/// What one person may take of the server, on HTTP and hub together. Never counted by address: a hall of a thousand phones
/// has one. Thread-safe.
/// </summary>
public sealed class Limits : IDisposable
{
    /// <summary>A laptop, a phone and a few forgotten tabs, or a stage link on every screen of a building; each costs some kilobytes.</summary>
    public const int StreamsPerPerson = 20;

    /// <summary>One a screen; one person must not take the places of a hall.</summary>
    public const int ConnectionsPerPerson = 20;

    /// <summary>A finger does six a second; the burst is what an outbox brings along after a tunnel.</summary>
    private static readonly (int Burst, int PerSecond) Participants = (30, 10);

    /// <summary>Keyboard moderation with undo, and tools that act for a host.</summary>
    private static readonly (int Burst, int PerSecond) Moderators = (200, 100);

    private readonly Places _streams = new(StreamsPerPerson);
    private readonly Places _connections = new(ConnectionsPerPerson);
    /// <summary>Somebody signed in may be a participant at one place and a moderator at another.</summary>
    private readonly PartitionedRateLimiter<Bearer> _rates = PartitionedRateLimiter.Create<Bearer, (ParticipantId, bool Runs)>(bearer =>
        RateLimitPartition.GetTokenBucketLimiter(
            (bearer.Actor.Id, Runs: bearer.Actor.Role is not (Role.Participant or Role.Stage or Role.Person)),
            key => Bucket(key.Runs ? Moderators : Participants)));

    /// <summary>Takes one command from what the person may send. False: <see cref="AccessFaults.RateLimit"/>.</summary>
    public bool TryTake(Bearer bearer)
    {
        using var lease = _rates.AttemptAcquire(bearer);
        return lease.IsAcquired;
    }

    /// <summary>Room for one more stream; disposing gives it back. Null: <see cref="AccessFaults.TooManyStreams"/>.</summary>
    public IDisposable? TryOpenStream(Bearer bearer)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        return _streams.TryTake(bearer.Actor.Id);
    }

    /// <summary>Room for one more connection to the live door; disposing gives it back. Null: <see cref="AccessFaults.TooManyStreams"/>.</summary>
    public IDisposable? TryConnect(Bearer bearer)
    {
        ArgumentNullException.ThrowIfNull(bearer);
        return _connections.TryTake(bearer.Actor.Id);
    }

    public void Dispose() => _rates.Dispose();

    private static TokenBucketRateLimiterOptions Bucket((int Burst, int PerSecond) limit) => new()
    {
        TokenLimit = limit.Burst,
        TokensPerPeriod = limit.PerSecond / 10,
        ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
        QueueLimit = 0,
    };

    /// <summary>So many at a time for each person. Remembers only who holds one.</summary>
    private sealed class Places(int most)
    {
        private readonly ConcurrentDictionary<ParticipantId, int> _held = new();

        public IDisposable? TryTake(ParticipantId person)
        {
            if (_held.AddOrUpdate(person, 1, static (_, held) => held + 1) <= most)
            {
                return new Place(this, person);
            }

            GiveBack(person);
            return null;
        }

        private void GiveBack(ParticipantId person)
        {
            if (_held.AddOrUpdate(person, 0, static (_, held) => held - 1) == 0)
            {
                _held.TryRemove(KeyValuePair.Create(person, 0));
            }
        }

        private sealed class Place(Places places, ParticipantId person) : IDisposable
        {
            private Places? _places = places;

            public void Dispose() => Interlocked.Exchange(ref _places, null)?.GiveBack(person);
        }
    }
}
