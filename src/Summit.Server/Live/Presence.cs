using Summit.Domain;

namespace Summit.Server.Live;

/// <summary>One person following a session on this server, over any number of streams: what changed for them alone, and when.</summary>
/// <remarks>Not thread-safe; its room calls it under the room's lock. It lives as long as the person's streams do.</remarks>
internal sealed class Presence(string? city)
{
    /// <summary>Reactions of one person that count within a second; more is a stuck thumb or a script.</summary>
    private const int ReactionsASecond = 5;

    private readonly Changes _own = new();
    private readonly Changes _given = new();
    private int _reactions;

    public int Streams { get; set; }

    public string? City { get; } = city;

    /// <summary>Number of the last event that concerns this person: a look at it tells most followers, most of the time, that there is nothing.</summary>
    public long Last { get; private set; }

    public void Acted(long seq) => Last = seq;

    /// <summary>An item this person wrote has changed.</summary>
    public void OwnChanged(ItemId item, long seq) => _own.Mark(item, Last = seq);

    /// <summary>What this person gave to an item, support or ballot, may have changed.</summary>
    public void GivenChanged(ItemId item, long seq) => _given.Mark(item, Last = seq);

    public IEnumerable<ItemId> OwnSince(long seq) => _own.Since(seq);

    public IEnumerable<ItemId> GivenSince(long seq) => _given.Since(seq);

    public bool MayReact() => ++_reactions <= ReactionsASecond;

    public void NewSecond() => _reactions = 0;

    /// <summary>Items by their last change: what changed since N costs what it is, however much a long afternoon has left before.</summary>
    private sealed class Changes
    {
        private readonly LinkedList<(ItemId Item, long Seq)> _byChange = [];
        private readonly Dictionary<ItemId, LinkedListNode<(ItemId Item, long Seq)>> _places = [];

        public void Mark(ItemId item, long seq)
        {
            if (_places.TryGetValue(item, out var place))
            {
                _byChange.Remove(place);
            }

            _places[item] = _byChange.AddLast((item, seq));
        }

        public IEnumerable<ItemId> Since(long seq)
        {
            for (var place = _byChange.Last; place is not null && place.Value.Seq > seq; place = place.Previous)
            {
                yield return place.Value.Item;
            }
        }
    }
}
