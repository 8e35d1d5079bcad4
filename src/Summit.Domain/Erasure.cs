namespace Summit.Domain;

/// <summary>What is kept for a number of days after a conference, and is then taken out.</summary>
public enum Expiry
{
    /// <summary>Names of those who joined. Cities stay: reports count them.</summary>
    Names,

    /// <summary>Texts of items that were declined or withdrawn.</summary>
    SetAside,

    /// <summary>What people wrote into the form when they registered.</summary>
    Registrations,

    /// <summary>All that anybody wrote, and every name.</summary>
    Everything,
}

/// <summary>
/// An event that takes words out of the events before it. From it on no state holds them; the events themselves are rewritten
/// after it, see <see cref="IAggregate.Erased"/>.
/// </summary>
public interface IErasure : IEvent;

/// <summary>The words that an <see cref="IErasure"/> takes are out of the journal: the proof of it.</summary>
/// <param name="Order">The number of the erasure in this stream.</param>
/// <param name="Records">How many events it took something from.</param>
[EventName("erasure.done.v1")]
public sealed record ErasureDone(long Order, int Records) : IEvent;

/// <summary>Takes words out of one aggregate, or says that it is done. The conference keeps the order; no door of the server leads here.</summary>
public interface IErasing : ICommand;

/// <summary>Takes out what this person wrote, and their name.</summary>
public sealed record ErasePerson(ParticipantId Person) : IErasing;

/// <summary>Takes out what a speaker was called in questions to them.</summary>
public sealed record EraseAddressee(SpeakerId Speaker) : IErasing;

/// <summary>Takes out what has been kept long enough.</summary>
public sealed record ExpireWords(Expiry What) : IErasing;

/// <summary>The events before number <paramref name="Order"/> have been rewritten.</summary>
public sealed record ConfirmErasure(long Order, int Records) : IErasing;
