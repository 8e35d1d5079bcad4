using Summit.Domain;

namespace Summit.Engine;

/// <summary>Rewrites a stream after an erasure, so that the journal no longer holds the words it took.</summary>
public sealed class Eraser(IJournal journal, AggregateKinds kinds)
{
    /// <summary>Records read, and rewritten, in one go: commits of living cells wait for no more than these.</summary>
    private const int PageLength = 500;

    private readonly Codec _codec = new(kinds, DomainJson.Default);

    /// <summary>Any process may do it, several at once, and do it again: cut short, it has done no harm.</summary>
    /// <param name="order">The number of the erasure in the stream.</param>
    /// <returns>How many events before it the erasure takes something from, whether they were rewritten now or before.</returns>
    /// <exception cref="JournalUnavailableException">It is not known to be done: run it again.</exception>
    public async Task<int> RunAsync(AggregateId stream, long order, CancellationToken cancellationToken)
    {
        var state = CellState.Empty(stream, kinds.Of(stream));
        IEvent? last = null;
        await foreach (var record in ReadAsync(stream, order))
        {
            var recorded = _codec.Decode(stream, record);
            state.Apply(recorded);
            last = recorded.Event;
        }

        if (last is not IErasure erasure || state.Version != order)
        {
            throw new ArgumentException($"{stream} holds no erasure at version {order}.", nameof(order));
        }

        // Before the records: with the last of them the store also lets go of what the snapshot before held. An older one that is still
        // being made is refused from now on.
        await journal.SaveSnapshotAsync(stream, state.Save(), cancellationToken);
        var (count, changed) = (0, new List<JournalRecord>());
        await foreach (var record in ReadAsync(stream, order - 1))
        {
            var (happened, context) = _codec.Decode(stream, record);
            if (state.Aggregate.Erased(erasure, happened, context) is not { } without)
            {
                continue;
            }

            count++;
            var written = _codec.Encode(without, context);
            if (!written.Data.Span.SequenceEqual(record.Data.Span))
            {
                changed.Add(written);
            }

            if (changed.Count == PageLength)
            {
                await journal.RewriteAsync(stream, changed, cancellationToken);
                changed.Clear();
            }
        }

        // With nothing left to write as well: who was cut short may have left old data behind.
        await journal.RewriteAsync(stream, changed, cancellationToken);
        return count;

        async IAsyncEnumerable<JournalRecord> ReadAsync(AggregateId of, long end)
        {
            for (var version = 0L; version < end;)
            {
                var page = await journal.ReadAsync(of, version, (int)Math.Min(PageLength, end - version), cancellationToken);
                if (page.Count == 0)
                {
                    yield break;
                }

                foreach (var record in page)
                {
                    yield return record;
                }

                version = page[^1].Version;
            }
        }
    }
}
