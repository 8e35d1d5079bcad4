using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>A living aggregate with the ids of all commands that led to it: what a snapshot holds.</summary>
internal sealed class CellState
{
    /// <summary>Raised when the header below changes.</summary>
    private const int Layout = 1;

    /// <summary>Records read in one go: large enough to hide a round trip, small enough to stay out of the large object heap.</summary>
    private const int PageLength = 1_024;

    private const int ReceiptLength = 16 + sizeof(long);

    private readonly Dictionary<Guid, long> _receipts;

    private CellState(AggregateId id, AggregateKind kind, IAggregate aggregate, long version, Dictionary<Guid, long> receipts)
    {
        Id = id;
        Kind = kind;
        Aggregate = aggregate;
        Version = version;
        SnapshotVersion = version;
        _receipts = receipts;
    }

    public AggregateId Id { get; }

    public IAggregate Aggregate { get; }

    public AggregateKind Kind { get; }

    /// <summary>The number of the last event folded in.</summary>
    public long Version { get; private set; }

    /// <summary>When the last event folded in happened; the least there is when that came from a snapshot.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The version of the snapshot it was loaded from; 0 without one.</summary>
    public long SnapshotVersion { get; }

    /// <summary>Before the first event.</summary>
    public static CellState Empty(AggregateId id, AggregateKind kind) => new(id, kind, kind.Create(id.Key), 0, []);

    /// <summary>Snapshot and the events after it, up to the end of the journal as it is now.</summary>
    public static async Task<CellState> LoadAsync(
        AggregateId id, AggregateKind kind, IJournal journal, Codec codec, ILogger log, CancellationToken cancellationToken)
    {
        var state = await FromSnapshotAsync(id, kind, journal, log, cancellationToken)
            ?? Empty(id, kind);
        while (true)
        {
            var page = await journal.ReadAsync(id, state.Version, PageLength, cancellationToken);
            foreach (var record in page)
            {
                if (record.Version != state.Version + 1)
                {
                    throw new JournalCorruptException($"{id} lacks version {state.Version + 1}; {record.Version} follows.");
                }

                state.Apply(codec.Decode(id, record));
            }

            if (page.Count < PageLength)
            {
                return state;
            }
        }
    }

    public void Apply(Recorded recorded)
    {
        var context = recorded.Context;
        Aggregate.Apply(recorded.Event, context);
        (Version, At) = (context.Seq, context.At);
        if (context.Command != Guid.Empty)
        {
            // Later events of the same command overwrite: the receipt is that of the last.
            _receipts[context.Command] = context.Seq;
        }
    }

    /// <summary>The number of the last event the command led to, if it was accepted before.</summary>
    public bool Remembers(Guid command, out long seq) => _receipts.TryGetValue(command, out seq);

    /// <summary>Header: number of receipts, then each id and seq, little-endian; after it what the aggregate saved.</summary>
    public Snapshot Save()
    {
        var body = Aggregate.Save();
        var data = new byte[sizeof(int) + (_receipts.Count * ReceiptLength) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(data, _receipts.Count);
        var rest = data.AsSpan(sizeof(int));
        foreach (var (command, seq) in _receipts)
        {
            command.TryWriteBytes(rest);
            BinaryPrimitives.WriteInt64LittleEndian(rest[16..], seq);
            rest = rest[ReceiptLength..];
        }

        body.CopyTo(rest);
        return new Snapshot(Version, Format(Kind), data);
    }

    private static string Format(AggregateKind kind) => $"{kind.Name}.{kind.SnapshotVersion}.{Layout}";

    private static async Task<CellState?> FromSnapshotAsync(
        AggregateId id, AggregateKind kind, IJournal journal, ILogger log, CancellationToken cancellationToken)
    {
        var snapshot = await journal.LoadSnapshotAsync(id, cancellationToken);
        if (snapshot is null || snapshot.Format != Format(kind))
        {
            return null;
        }

        try
        {
            return Read(id, kind, snapshot);
        }
        catch (Exception e)
        {
            // A snapshot only saves work: an unreadable one costs a replay, nothing else.
            Log.SnapshotIgnored(log, id, snapshot.Version, e);
            return null;
        }
    }

    private static CellState Read(AggregateId id, AggregateKind kind, Snapshot snapshot)
    {
        var rest = snapshot.Data.Span;
        var count = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
        var receipts = new Dictionary<Guid, long>(count);
        for (var i = 0; i < count; i++)
        {
            receipts.Add(new Guid(rest[..16]), BinaryPrimitives.ReadInt64LittleEndian(rest[16..]));
            rest = rest[ReceiptLength..];
        }

        return new CellState(id, kind, kind.Load(id.Key, rest), snapshot.Version, receipts);
    }
}
