using Summit.Domain;

namespace Summit.Engine;

/// <summary>Where cells live: the one door for commands and the one for events.</summary>
public interface IEngine
{
    /// <summary>
    /// Sends a command to the cell of an aggregate, starting it if it sleeps, and answers when its events are durable.
    /// Commands that one caller sends without waiting are decided in that order.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting; the command may still take effect. Send it again with the same id to learn.</param>
    /// <returns>The number of the last event the command led to, or the fault that refused it. Does not throw for a store that is away: that is a Busy fault.</returns>
    Task<Reply> SendAsync(AggregateId to, CommandEnvelope command, CancellationToken cancellationToken);

    /// <summary>
    /// The events of one aggregate after position <paramref name="after"/>, in order, none missing, none twice, then live until cancelled.
    /// The reader sets the pace: nothing is queued for a slow one, it reads on from the journal. Cancelling frees everything and
    /// throws <see cref="OperationCanceledException"/>; the sequence ends by itself only when the engine stops.
    /// </summary>
    /// <param name="after">May lie beyond the end: then what comes after it.</param>
    /// <exception cref="JournalUnavailableException">The journal could not be read; follow again from the last batch seen, after a moment.</exception>
    /// <exception cref="JournalCorruptException">A record cannot be read, or one is missing; the message names it.</exception>
    IAsyncEnumerable<FeedBatch> FollowAsync(AggregateId of, long after, CancellationToken cancellationToken);
}

/// <summary>A command on its way to a cell.</summary>
/// <param name="Id">Made by the client, UUID v7. The same id again gets the same answer and changes nothing, for ever.</param>
/// <param name="Actor">Who sends it, established from the access token.</param>
public sealed record CommandEnvelope(Guid Id, Actor Actor, ICommand Command);

/// <summary>The answer to a command: the number of the last event it led to, or why it was refused.</summary>
/// <param name="Seq">For a command that changed nothing, the number under which its id is remembered. 0 with a fault.</param>
public readonly record struct Reply(long Seq, Fault? Fault)
{
    public static Reply At(long seq) => new(seq, null);

    public static Reply Refused(Fault fault) => new(0, fault);
}

/// <summary>Durable events of one aggregate, in order and without gaps. Never empty.</summary>
public sealed record FeedBatch(IReadOnlyList<Recorded> Events)
{
    /// <summary>The number of the first event in it.</summary>
    public long First => Events[0].Context.Seq;

    /// <summary>The number of the last event in it: where to follow from next.</summary>
    public long Last => Events[^1].Context.Seq;
}

/// <summary>An event with what the envelope says of it.</summary>
public readonly record struct Recorded(IEvent Event, EventContext Context);
