using Summit.Domain;

namespace Summit.Server.Live;

/// <summary>One person following a session on this server, over any number of streams: what changed for them alone, and when.</summary>
/// <remarks>Not thread-safe; its room calls it under the room's lock. It lives as long as the person's streams do.</remarks>
internal sealed class Presence(string? city)
{
    /// <summary>Reactions of one person that count within a second; more is a stuck thumb or a script.</summary>
    private const int ReactionsASecond = 5;

    private readonly Dictionary<ItemId, long> _own = [];
    private readonly Dictionary<ItemId, long> _given = [];
    private int _reactions;

    public int Streams { get; set; }

    public string? City { get; } = city;

    /// <summary>Number of the last event that concerns this person: a look at it tells most followers, most of the time, that there is nothing.</summary>
    public long Last { get; private set; }

    public void Acted(long seq) => Last = seq;

    /// <summary>An item this person wrote has changed.</summary>
    public void OwnChanged(ItemId item, long seq) => _own[item] = Last = seq;

    /// <summary>What this person gave to an item, support or ballot, may have changed.</summary>
    public void GivenChanged(ItemId item, long seq) => _given[item] = Last = seq;

    public IEnumerable<ItemId> OwnSince(long seq) => _own.Where(changed => changed.Value > seq).Select(changed => changed.Key);

    public IEnumerable<ItemId> GivenSince(long seq) => _given.Where(changed => changed.Value > seq).Select(changed => changed.Key);

    public bool MayReact() => ++_reactions <= ReactionsASecond;

    public void NewSecond() => _reactions = 0;
}
