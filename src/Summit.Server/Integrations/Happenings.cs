using System.Collections.Concurrent;
using Summit.Domain;
using Summit.Domain.Integrations;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Server.Conferences;

namespace Summit.Server.Integrations;

/// <summary>What has happened in one conference that hooks can be told of, by following all its streams. Thread-safe.</summary>
internal sealed partial class Happenings(ConferenceId conference, IEngine engine, TimeProvider time, Action changed, ILogger logger, CancellationToken stop)
{
    /// <summary>The store is away.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<AggregateId, ConcurrentQueue<Happening>> _streams = new();

    /// <summary>Begins to follow what has come to the programme.</summary>
    public void Follow(ConferenceView view)
    {
        AggregateId[] streams =
        [
            ConferenceDirectory.Stream(conference), ConferenceDirectory.RegistrationStream(conference),
            .. view.Programme.Select(entry => new AggregateId(Session.Kind, entry.Session.Value)),
        ];
        foreach (var stream in streams)
        {
            var told = new ConcurrentQueue<Happening>();
            if (_streams.TryAdd(stream, told))
            {
                _ = Task.Run(() => FollowAsync(stream, told), CancellationToken.None);
            }
        }
    }

    /// <summary>What this hook is to be told next: of each stream in order, of all what happened first. Null while there is nothing.</summary>
    public Happening? Next(Hook hook, Func<Happening, bool> isSkipped) =>
        _streams.Values.Select(told => told.FirstOrDefault(happening => hook.Wants(happening) && !isSkipped(happening))).OfType<Happening>().MinBy(happening => happening.At);

    private async Task FollowAsync(AggregateId stream, ConcurrentQueue<Happening> told)
    {
        var seen = 0L;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var batch in engine.FollowAsync(stream, seen, stop))
                {
                    foreach (var happening in batch.Events.Select(one => Happening.Of(stream, one.Event, one.Context)).OfType<Happening>())
                    {
                        told.Enqueue(happening);
                    }

                    seen = batch.Last;
                    changed();
                }
            }
            catch (JournalUnavailableException)
            {
                await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A damaged session is told of no further; the others are.
                LogBroken(stream, e);
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhooks are no longer told of {Stream}.")]
    private partial void LogBroken(AggregateId stream, Exception exception);
}
