using System.Text.Json;
using Summit.Domain;

namespace Summit.Server.Live;

/// <summary>Which item each moderator here is at, so that two do not do the same work: one for each connection that follows, told with the pulse, never stored.</summary>
/// <remarks>Not thread-safe; its room calls it under the room's lock.</remarks>
internal sealed class Handling(TimeProvider time)
{
    /// <summary>How long an item is held that is not named again. A browser names it again while a form is open; a card merely selected fades.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Named in one pulse; more people at one desk see nothing by it.</summary>
    private const int Most = 50;

    private readonly Dictionary<string, Desk> _desks = [];

    /// <summary>Whether anything changed since this was asked last.</summary>
    private bool _changed;

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
            _changed |= desk.Item is not null;
            _desks.Remove(connection);
        }
    }

    /// <summary>From here on this connection is at that item, or at none; of one that does not follow it is dropped.</summary>
    public void Take(string connection, ItemId? item)
    {
        if (_desks.TryGetValue(connection, out var desk))
        {
            _changed |= desk.Item != item;
            (desk.Item, desk.Until) = (item, time.GetUtcNow() + Lease);
        }
    }

    /// <summary>Lets go what was not named again in time. True if anything changed since the last beat.</summary>
    public bool Beat()
    {
        var now = time.GetUtcNow();
        foreach (var desk in _desks.Values.Where(desk => desk.Item is not null && desk.Until <= now))
        {
            (desk.Item, _changed) = (null, true);
        }

        var changed = _changed;
        _changed = false;
        return changed;
    }

    /// <summary>What all others are at.</summary>
    public void Write(Utf8JsonWriter json, string except)
    {
        json.WriteStartArray("handling");
        foreach (var (_, desk) in _desks.Where(desk => desk.Value.Item is not null && desk.Key != except).Take(Most))
        {
            json.WriteStartObject();
            json.WriteString("item", desk.Item!.Value.Value);
            json.WriteString("name", desk.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private sealed class Desk(string? name)
    {
        public string? Name { get; } = name;

        public int Streams { get; set; }

        public ItemId? Item { get; set; }

        public DateTimeOffset Until { get; set; }
    }
}
