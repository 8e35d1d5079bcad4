using System.Collections.Concurrent;
using Summit.Domain;
using Summit.Domain.Participants;
using Summit.Engine;

namespace Summit.Server.People;

/// <summary>A person as the server reads them; never changes, a newer one takes its place.</summary>
/// <param name="State">Nothing is applied to it any more.</param>
/// <param name="Seq">The number of the last event in it.</param>
public sealed record PersonView(Participant State, long Seq);

/// <summary>
/// The reading side of people. There may be very many, so nobody is followed: a person is read from the journal when asked for, kept, and
/// looked at again by one small read once the last look is some seconds old. Who is connected is looked at all the time. Who has just
/// changed somebody waits with <see cref="ReachedAsync"/> until it shows here. Thread-safe.
/// </summary>
public sealed partial class PeopleDirectory : IAsyncDisposable
{
    /// <summary>Twice as many at the most, with some 2 kB each.</summary>
    internal const int Most = 10_000;

    /// <summary>What ends on one server shows on every other after this and the time of a round of reads: five seconds in all.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<ParticipantId, Watched> _watched = new();
    private readonly IJournal _journal;
    private readonly Replay _replay;
    private readonly TimeProvider _time;
    private readonly ILogger<PeopleDirectory> _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _rounds;
    private ConcurrentDictionary<ParticipantId, Kept> _young = new();
    private ConcurrentDictionary<ParticipantId, Kept> _old = new();

    public PeopleDirectory(IJournal journal, Replay replay, TimeProvider time, ILogger<PeopleDirectory> log)
    {
        (_journal, _replay, _time, _log) = (journal, replay, time, log);
        _rounds = Task.Run(GoRoundAsync);
    }

    /// <summary>After a change of a person was seen: be short, do not throw.</summary>
    public event Action<ParticipantId>? Changed;

    /// <summary>After the last connection of a person to this server has gone.</summary>
    public event Action<ParticipantId>? Left;

    /// <summary>As last seen, without looking; null for somebody who was not seen lately. Whoever is watched is there, seconds old at the most.</summary>
    public PersonView? Known(ParticipantId id) => Find(id)?.View;

    /// <summary>Seconds old at the most, or older while the journal is away; null for somebody who was never added.</summary>
    /// <exception cref="JournalUnavailableException">It cannot be read now, and nothing is known from before.</exception>
    public async ValueTask<PersonView?> FindAsync(ParticipantId id, CancellationToken cancellationToken)
    {
        if (Find(id) is not { } kept)
        {
            return await LookAsync(id, cancellationToken);
        }

        if (_time.GetElapsedTime(kept.Looked) < Fresh)
        {
            return kept.View;
        }

        try
        {
            return await LookAsync(id, cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            // Nobody can be signed out now either.
            return kept.View;
        }
    }

    /// <summary>As the journal has it now; null for somebody who was never added.</summary>
    /// <exception cref="JournalUnavailableException">It cannot be read now.</exception>
    public async Task<PersonView?> LookAsync(ParticipantId id, CancellationToken cancellationToken)
    {
        var looked = _time.GetTimestamp();
        var before = Known(id);
        var same = before is not null && (await _journal.ReadAsync(Stream(id), before.Seq, 1, cancellationToken)).Count == 0;
        var now = same ? before : await ReadAsync(id, cancellationToken);
        if (now is not null)
        {
            Keep(id, new Kept(now, looked));
        }

        if (!same && now?.Seq > before?.Seq)
        {
            Changed?.Invoke(id);
        }

        return now;
    }

    /// <summary>Returns when the person shows here as of event number <paramref name="seq"/>.</summary>
    public async Task ReachedAsync(ParticipantId id, long seq, CancellationToken cancellationToken)
    {
        if (Known(id) is not { } known || known.Seq < seq)
        {
            await LookAsync(id, cancellationToken);
        }
    }

    /// <summary>Keeps a person in sight until disposed: what changes shows within seconds, and <see cref="Known"/> has them.</summary>
    public IDisposable Watch(ParticipantId id)
    {
        while (true)
        {
            var watched = _watched.GetOrAdd(id, static (key, directory) => new Watched(directory, key), this);
            if (watched.TryTake())
            {
                return new Watching(watched);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _rounds;
        _stop.Dispose();
    }

    internal static AggregateId Stream(ParticipantId id) => new(Participant.Kind, id.Value);

    private async Task<PersonView?> ReadAsync(ParticipantId id, CancellationToken cancellationToken)
    {
        var (state, seq) = await _replay.LoadAsync<Participant>(id.Value, cancellationToken);
        return state.Card is null ? null : new PersonView(state, seq);
    }

    private Kept? Find(ParticipantId id)
    {
        if (_young.TryGetValue(id, out var kept))
        {
            return kept;
        }

        if (_old.TryGetValue(id, out kept))
        {
            Keep(id, kept);
        }

        return kept;
    }

    private void Keep(ParticipantId id, Kept seen)
    {
        // Two looks at once: the later state stays, whoever is slower.
        _young.AddOrUpdate(id, seen, (_, there) => seen.View.Seq >= there.View.Seq ? seen : there);
        if (_young.Count >= Most)
        {
            // Two threads at once forget somewhat more than they had to.
            (_old, _young) = (_young, new());
        }
    }

    private async Task GoRoundAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Fresh, _time, _stop.Token);
                foreach (var id in _watched.Keys)
                {
                    await LookAgainAsync(id);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task LookAgainAsync(ParticipantId id)
    {
        try
        {
            await LookAsync(id, _stop.Token);
        }
        catch (JournalUnavailableException e)
        {
            LogUnavailable(e.Message);
        }
        catch (JournalCorruptException e)
        {
            // One damaged record must not keep the others from being looked at.
            LogBroken(id, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "People cannot be looked at now: {Reason}. Trying again.")]
    private partial void LogUnavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Id} cannot be read.")]
    private partial void LogBroken(ParticipantId id, Exception exception);

    /// <param name="Looked">A timestamp of before the look: what came later may have been missed.</param>
    private sealed record Kept(PersonView View, long Looked);

    /// <summary>How many look at one person. Once the last has left it takes nobody new.</summary>
    private sealed class Watched(PeopleDirectory directory, ParticipantId id)
    {
        private readonly Lock _gate = new();
        private int _count;
        private bool _over;

        public bool TryTake()
        {
            lock (_gate)
            {
                _count += _over ? 0 : 1;
                return !_over;
            }
        }

        public void GiveBack()
        {
            lock (_gate)
            {
                _over = --_count == 0;
            }

            if (_over)
            {
                directory._watched.TryRemove(KeyValuePair.Create(id, this));
                directory.Left?.Invoke(id);
            }
        }
    }

    private sealed class Watching(Watched watched) : IDisposable
    {
        private Watched? _watched = watched;

        public void Dispose() => Interlocked.Exchange(ref _watched, null)?.GiveBack();
    }
}
