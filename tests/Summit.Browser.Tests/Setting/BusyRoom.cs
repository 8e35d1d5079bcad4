using System.Text.Json.Nodes;

namespace Summit.Browser.Tests.Setting;

/// <summary>
/// A room with many items and no end of changes, for one page: support all over the list, now and then something new for something that
/// goes, steps from state to state. The server has no part in it, so it can be as fast as the page.
/// </summary>
/// <param name="feed">Where the changes go.</param>
/// <param name="picture">Of a session with one item, which all others are made after.</param>
/// <param name="many">How many of them.</param>
public sealed class BusyRoom(FedPage feed, JsonNode picture, int many)
{
    private static readonly string[] States = ["published", "queued", "answered", "published"];

    private readonly List<JsonObject> _items = [.. Enumerable.Range(0, many).Select(number => Make(picture, number))];
    private int _changes;

    /// <summary>The whole room at once.</summary>
    public void Fill() => feed.Send([.. _items]);

    /// <summary>A frame with so many changes.</summary>
    public void Change(int count) => feed.Send([.. Enumerable.Range(0, count).SelectMany(_ => Next())]);

    /// <summary>Returns when the page has shown everything that was sent.</summary>
    public async Task SettleAsync(ILocator stage)
    {
        var last = _items[^1];
        (last["text"], last["state"]) = ($"Seen after {Guid.NewGuid()}", "staged");
        var session = picture["session"]!.DeepClone();
        session["onStage"] = (string)last["id"]!;
        feed.Send([last], session);
        await Expect(stage).ToContainTextAsync((string)last["text"]!, new() { Timeout = 4 * Hall.Patience });
    }

    private JsonObject[] Next()
    {
        var number = ++_changes;
        // All over the list, the last one left out: it ends up on stage.
        var at = number * 7 % (_items.Count - 1);
        var item = _items[at];
        switch (number % 20)
        {
            case 0:
                var gone = new JsonObject { ["id"] = (string)item["id"]!, ["gone"] = true, ["changed"] = number };
                return [gone, _items[at] = Make(picture, _items.Count + number)];
            case 10:
                item["state"] = States[number / 20 % States.Length];
                item["rank"] = (string)item["state"]! == "queued" ? number : null;
                return [item];
            default:
                item["support"] = (int)item["support"]! + 1;
                return [item];
        }
    }

    private static JsonObject Make(JsonNode picture, int number)
    {
        var made = Assert.Single(picture["items"]!.AsArray())!.DeepClone().AsObject();
        (made["id"], made["text"], made["support"]) = (Guid.CreateVersion7().ToString(), $"Question {number} of many, with as much to say as most", number % 50);
        return made;
    }
}
