using Summit.Domain;
using Summit.Engine;

namespace Summit.Server.Live;

/// <summary>Which item each moderator on this server is at, so that two do not do the same work: one for each connection that follows, told with the pulse, never stored.</summary>
/// <remarks>Not thread-safe; its room calls it under the room's lock.</remarks>
internal sealed class Handling(TimeProvider time)
{
    /// <summary>How long an item is held that is not named again. A browser names it again while a form is open; a card merely selected fades.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Desk> _desks = [];

    /// <summary>A moderator's stream begins.</summary>
    public void Come(string connection, string? name)
    {
        if (!_desks.TryGetValue(connection, out var desk))
        {
            _desks.Add(connection, desk = new Desk(name));
        }

        desk.Streams++;
    }

    /// <summary>A moderator's stream ends; with the last of its connection the item is let go.</summary>
    public void Go(string connection)
    {
        var desk = _desks[connection];
        if (--desk.Streams == 0)
        {
            _desks.Remove(connection);
        }
    }

    /// <summary>From here on this connection is at that item, or at none; of one that does not follow it is dropped.</summary>
    public void Take(string connection, ItemId? item)
    {
        if (_desks.TryGetValue(connection, out var desk))
        {
            (desk.Item, desk.Until) = (item, time.GetUtcNow() + Lease);
        }
    }

    /// <summary>Who is at what now. Lets go what was not named again in time.</summary>
    public IReadOnlyList<Busy> Beat()
    {
        var now = time.GetUtcNow();
        foreach (var desk in _desks.Values.Where(desk => desk.Until <= now))
        {
            desk.Item = null;
        }

        return [.. _desks.Where(desk => desk.Value.Item is not null).Select(desk => new Busy(desk.Key, desk.Value.Name, desk.Value.Item!.Value.Value))];
    }

    private sealed class Desk(string? name)
    {
        public string? Name { get; } = name;

        public int Streams { get; set; }

        public ItemId? Item { get; set; }

        public DateTimeOffset Until { get; set; }
    }
}
