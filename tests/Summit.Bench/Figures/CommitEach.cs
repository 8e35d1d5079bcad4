using Summit.Domain;
using Summit.Engine;

namespace Summit.Bench.Figures;

/// <summary>A journal that gives each record a commit of its own, to see what sharing them saves.</summary>
public sealed class CommitEach(IJournal journal) : IJournal
{
    public async Task<IReadOnlyList<bool>> AppendAsync(IReadOnlyList<Append> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var kept = new bool[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            kept[i] = true;
            foreach (var record in batch[i].Records)
            {
                kept[i] &= (await journal.AppendAsync([new Append(batch[i].Stream, record.Version - 1, [record])], cancellationToken))[0];
            }
        }

        return kept;
    }

    public Task<IReadOnlyList<JournalRecord>> ReadAsync(AggregateId stream, long after, int limit, CancellationToken cancellationToken) =>
        journal.ReadAsync(stream, after, limit, cancellationToken);

    public Task<IReadOnlyList<StreamHead>> ListAsync(CancellationToken cancellationToken) => journal.ListAsync(cancellationToken);

    public Task<Snapshot?> LoadSnapshotAsync(AggregateId stream, CancellationToken cancellationToken) => journal.LoadSnapshotAsync(stream, cancellationToken);

    public Task SaveSnapshotAsync(AggregateId stream, Snapshot snapshot, CancellationToken cancellationToken) =>
        journal.SaveSnapshotAsync(stream, snapshot, cancellationToken);

    public Task RewriteAsync(AggregateId stream, IReadOnlyList<JournalRecord> records, CancellationToken cancellationToken) =>
        journal.RewriteAsync(stream, records, cancellationToken);

    public ValueTask DisposeAsync() => journal.DisposeAsync();
}
