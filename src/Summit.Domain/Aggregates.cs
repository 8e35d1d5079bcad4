namespace Summit.Domain;

/// <summary>Names one aggregate and its stream in the journal, written <c>kind/guid</c>.</summary>
public readonly record struct AggregateId(string Kind, Guid Key)
{
    public override string ToString() => $"{Kind}/{Key:D}";

    /// <summary>Reads what <see cref="ToString"/> wrote. Throws <see cref="FormatException"/> on anything else.</summary>
    public static AggregateId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Guid.TryParseExact(text[(slash + 1)..], "D", out var key)
            ? new AggregateId(text[..slash], key)
            : throw new FormatException($"'{text}' is not an aggregate id.");
    }
}

/// <summary>What somebody wants to happen. Its JSON is the wire's: an object with a <c>type</c>.</summary>
public interface ICommand;

/// <summary>What happened. Stored for ever under its <see cref="EventNameAttribute"/>.</summary>
public interface IEvent;

/// <summary>The name of an event on disk, with its version: <c>session.item-supported.v1</c>. Never changed, never reused.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>An idempotent command that changed nothing still leaves its id behind, so that a late copy changes nothing either.</summary>
[EventName("command.noted.v1")]
public sealed record CommandNoted : IEvent;

/// <summary>What a command is decided with besides the state: its id, who sends it, and the time.</summary>
/// <param name="Id">The client-made id; an item posted by the command takes it as its own.</param>
/// <param name="Actor">Who sends it, as their token says.</param>
/// <param name="Now">The time of the server that decides, UTC.</param>
public readonly record struct CommandContext(Guid Id, Actor Actor, DateTimeOffset Now);

/// <summary>What an event is applied with besides itself: its number in the stream, its time, who caused it and by which command.</summary>
/// <param name="Seq">1 for the first event of the stream, then without gaps.</param>
public readonly record struct EventContext(long Seq, DateTimeOffset At, ParticipantId By, Guid Command);

/// <summary>
/// A unit of consistency: decides commands into events and folds events into state. Pure: the same calls in the same
/// order give the same state everywhere, in the cell that decides as in the rooms that follow.
/// </summary>
public interface IAggregate
{
    /// <summary>Says what the command leads to. Does not change the state; never throws for what a client sent.</summary>
    Decision Decide(ICommand command, CommandContext context);

    /// <summary>Folds one event in. Never refuses: what happened, happened.</summary>
    void Apply(IEvent happened, EventContext context);

    /// <summary>
    /// What an event before <paramref name="order"/> becomes so that it no longer holds what the order takes; null where it never did. The state
    /// is that of just after the order. Law: the events before an order, so rewritten, and the order come to the same state as the events
    /// as they were and the order.
    /// </summary>
    IEvent? Erased(IErasure order, IEvent happened, EventContext context) => null;

    /// <summary>The state as UTF-8 JSON, to be read by <see cref="IAggregate{TSelf}.Load"/> of the same <see cref="IAggregate{TSelf}.SnapshotVersion"/>.</summary>
    byte[] Save();
}

/// <summary>What the engine has to know of a kind of aggregate to host it.</summary>
public interface IAggregate<TSelf> : IAggregate
    where TSelf : IAggregate<TSelf>
{
    /// <summary>The first part of its ids and streams.</summary>
    static abstract string Kind { get; }

    /// <summary>Raised whenever <see cref="IAggregate.Save"/> writes something an older <see cref="Load"/> would misread; other versions are ignored and replayed.</summary>
    static abstract int SnapshotVersion { get; }

    static abstract TSelf Create(Guid key);

    static abstract TSelf Load(Guid key, ReadOnlySpan<byte> snapshot);
}
