using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;

namespace Summit.Server.Live;

/// <summary>How a room moves: events in, turns out.</summary>
internal sealed partial class Room
{
    /// <summary>How long to wait before the feed is asked again after the journal could not be read.</summary>
    private static readonly TimeSpan RetryFeedAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>Events folded before a turn even if more are waiting: a room that catches up should show that it does.</summary>
    private const int MostEventsATurn = 10_000;

    private async Task FollowSessionAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await FollowFeedAsync(_closing.Token);
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (JournalUnavailableException unavailable)
            {
                Log.FeedInterrupted(_log, _session.Id.Value, unavailable);
                await Task.Delay(RetryFeedAfter, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowFeedAsync(CancellationToken cancellationToken)
    {
        await using var feed = _engine.FollowAsync(new AggregateId(Session.Kind, _session.Id.Value), _seq, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        var next = feed.MoveNextAsync().AsTask();
        while (await next)
        {
            lock (_gate)
            {
                var folded = 0;
                do
                {
                    folded += Fold(feed.Current);
                    next = feed.MoveNextAsync().AsTask();
                }
                while (folded < MostEventsATurn && next is { IsCompletedSuccessfully: true, Result: true });
                Turn();
            }

            await PaceAsync(cancellationToken);
        }
    }

    private async Task PaceAsync(CancellationToken cancellationToken)
    {
        var turned = _time.GetTimestamp();
        do
        {
            await Task.Delay(Pace, _time, cancellationToken);
        }
        while (MostAreBusy() && _time.GetElapsedTime(turned) < LongestStretch);
    }

    private bool MostAreBusy()
    {
        lock (_gate)
        {
            return _followers.Waiting * 2 < _followers.Count;
        }
    }

    private int Fold(FeedBatch batch)
    {
        foreach (var (happened, context) in batch.Events)
        {
            // Whose support moves with a merge has to be known from before it comes apart.
            var formerRoot = happened is ItemSteppedBack back && _session.Items[back.Id] is { MergedInto: not null } merged ? _session.Root(merged) : null;
            _session.Apply(happened, context);
            Tell(happened, context, formerRoot);
            _seq = context.Seq;
        }

        return batch.Events.Count;
    }

    /// <summary>Marks what an event changed for persons who are here.</summary>
    private void Tell(IEvent happened, EventContext context, Item? formerRoot)
    {
        if (_present.Count == 0)
        {
            return;
        }

        if (_present.TryGetValue(context.By, out var actor))
        {
            // Who acted always hears the number of it: a client keeps what it sent until then.
            actor.Acted(context.Seq);
            if (happened is ItemSupported or SupportWithdrawn or BallotCast)
            {
                actor.GivenChanged(_session.Root(_session.Items[((IItemEvent)happened).Id]).Id, context.Seq);
            }
        }

        foreach (var item in _session.TouchedSince(context.Seq - 1))
        {
            if (item.Changed == context.Seq && _present.TryGetValue(item.Author, out var author))
            {
                author.OwnChanged(item.Id, context.Seq);
            }
        }

        if (happened is ItemMerged merge)
        {
            TellSupporters(_session.Root(_session.Items[merge.Id]), context.Seq);
        }
        else if (formerRoot is not null)
        {
            TellAll(formerRoot, context.Seq);
            TellAll(_session.Items[((ItemSteppedBack)happened).Id], context.Seq);
        }
    }

    private void TellSupporters(Item root, long seq)
    {
        foreach (var (person, presence) in _present)
        {
            if (root.IsSupportedBy(person))
            {
                presence.GivenChanged(root.Id, seq);
            }
        }
    }

    private void TellAll(Item item, long seq)
    {
        foreach (var presence in _present.Values)
        {
            presence.GivenChanged(item.Id, seq);
        }
    }

    private void Turn()
    {
        var from = _now.Seq;
        foreach (var picture in _pictures)
        {
            picture.Turn();
        }

        // Only for those who are here: what nobody looks at is not drawn.
        var shared = Array.ConvertAll(_pictures, picture => _watching[(int)picture.Audience] > 0 ? picture.Since(from, _seq) : null);
        Volatile.Write(ref _now, _now with { From = from, Seq = _seq, Shared = shared });
        _meters.Turns.Add(1);
        TellOfTurn();
    }

    private void TellOfTurn()
    {
        _turned?.SetResult();
        _turned = null;
        _followers.Wake();
    }

    /// <summary>What all may know at once: where the room is, what the last turn brought for whom, and the newest pulse.</summary>
    /// <param name="DeskPulseNumber">Counts the pulses of moderators, who hear more.</param>
    private sealed record Turned(long From, long Seq, Frame?[] Shared, long PulseNumber, Frame? Pulse, long DeskPulseNumber);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The feed of session {Session} was interrupted; it is followed again from where it was.")]
        public static partial void FeedInterrupted(ILogger log, Guid session, Exception exception);
    }
}
