using Microsoft.Extensions.Logging;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>Reads the present state of an aggregate from the journal, without waking its cell: for those who only look.</summary>
public sealed class Replay(IJournal journal, AggregateKinds kinds, ILogger<Replay> log)
{
    private readonly Codec _codec = new(kinds);

    /// <summary>The state and the number of the last event in it; an empty aggregate and 0 for a stream that does not exist. The state is the caller's own.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    /// <exception cref="JournalCorruptException">It holds something that cannot be right.</exception>
    public async Task<(TState State, long Seq)> LoadAsync<TState>(Guid key, CancellationToken cancellationToken)
        where TState : class, IAggregate<TState>
    {
        var id = new AggregateId(TState.Kind, key);
        var state = await CellState.LoadAsync(id, kinds.Of(id), journal, _codec, log, cancellationToken);
        return ((TState)state.Aggregate, state.Version);
    }

    /// <summary>All events of a stream up to now, in order; none for one that does not exist.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot be read now.</exception>
    /// <exception cref="JournalCorruptException">It holds something that cannot be right.</exception>
    public async Task<IReadOnlyList<Recorded>> ReadAsync(AggregateId id, CancellationToken cancellationToken)
    {
        const int Page = 1_000;
        var events = new List<Recorded>();
        while (await journal.ReadAsync(id, events.Count, Page, cancellationToken) is { Count: > 0 } page)
        {
            events.AddRange(page.Select(record => _codec.Decode(id, record)));
        }

        return events;
    }
}
