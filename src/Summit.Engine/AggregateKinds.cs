using System.Collections.Concurrent;
using System.Reflection;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>The kinds of aggregate an engine hosts. Filled at start, then only read.</summary>
public sealed class AggregateKinds
{
    private readonly ConcurrentDictionary<string, AggregateKind> _kinds = new(StringComparer.Ordinal);

    /// <summary>Where the commands and events of these kinds are defined.</summary>
    public IEnumerable<Assembly> Assemblies =>
        _kinds.Values.Select(kind => kind.Assembly).Append(typeof(IAggregate).Assembly).Distinct();

    /// <exception cref="ArgumentException">Another kind has that name.</exception>
    public AggregateKinds Add<T>()
        where T : class, IAggregate<T>
    {
        var kind = new AggregateKind(T.Kind, T.SnapshotVersion, typeof(T).Assembly, T.Create, T.Load);
        return _kinds.TryAdd(T.Kind, kind) ? this : throw new ArgumentException($"There is a kind '{T.Kind}' already.");
    }

    /// <exception cref="ArgumentException">No such kind was added.</exception>
    public AggregateKind Of(AggregateId id) =>
        _kinds.TryGetValue(id.Kind, out var kind) ? kind : throw new ArgumentException($"No aggregate of kind '{id.Kind}' is known.", nameof(id));
}

/// <summary>The static members of an <see cref="IAggregate{TSelf}"/>, to be used without its type.</summary>
public sealed record AggregateKind(
    string Name, int SnapshotVersion, Assembly Assembly, Func<Guid, IAggregate> Create, AggregateLoader Load);

/// <summary>Reads what <see cref="IAggregate.Save"/> wrote.</summary>
public delegate IAggregate AggregateLoader(Guid key, ReadOnlySpan<byte> snapshot);
