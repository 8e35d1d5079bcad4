using Summit.Domain;

namespace Summit.Engine;

/// <summary>
/// What servers tell each other of the moment at an aggregate: who is there, what is clapped. It is put together where the cell lives,
/// is never stored and makes no event, which is why it has a door of its own beside <see cref="IEngine"/>.
/// </summary>
public interface IGatherings
{
    /// <summary>Tells what is at this server, and hears what is at all. To be told again well within <see cref="Gathering.Lease"/>, changed or not.</summary>
    /// <returns>Null if it is not known now: the cell could not be reached or has just moved. Tell all of it next time.</returns>
    Task<Together?> TellAsync(AggregateId at, Share share, CancellationToken cancellationToken);
}
