using Microsoft.Extensions.Logging;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>What all cells of one process share: the journal, its one writer, the codec, the clock.</summary>
public sealed class CellHost : IAsyncDisposable
{
    /// <param name="journal">Stays the caller's to dispose, after the host.</param>
    public CellHost(IJournal journal, AggregateKinds kinds, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        Journal = journal;
        Kinds = kinds;
        Time = time;
        Codec = new Codec(kinds, DomainJson.Default);
        CellLog = loggers.CreateLogger<Cell>();
        Writer = new GroupCommit(journal, time, loggers.CreateLogger<GroupCommit>());
        Snapshotter = new Snapshotter(journal, Codec, time, loggers.CreateLogger<Snapshotter>());
    }

    public IJournal Journal { get; }

    public Codec Codec { get; }

    internal AggregateKinds Kinds { get; }

    internal TimeProvider Time { get; }

    internal GroupCommit Writer { get; }

    internal Snapshotter Snapshotter { get; }

    internal ILogger<Cell> CellLog { get; }

    /// <summary>A cell that has read nothing yet; the first command makes it load. It costs nothing to throw it away unused.</summary>
    /// <exception cref="ArgumentException">No such kind of aggregate is known.</exception>
    public Cell CreateCell(AggregateId id) => new(id, Kinds.Of(id), this);

    public Gathering CreateGathering() => new(Time);

    /// <summary>A feed for events that are decided elsewhere and published here.</summary>
    public Feed CreateFeed(AggregateId id) => new(id, Journal, Codec);

    /// <summary>Commits what is staged. Close the cells before.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Snapshotter.DisposeAsync();
    }
}
