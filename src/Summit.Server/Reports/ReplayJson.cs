using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Summit.Domain.Conferences;
using Summit.Domain.Sessions;
using Summit.Server.Live;

namespace Summit.Server.Reports;

/// <summary>A replay as frames of the wire, each with its time: what a client that follows a session can already apply.</summary>
/// <param name="desk">With what moderators alone had: pending, declined and hidden items.</param>
internal sealed class ReplayJson(SessionReplay replay, bool desk)
{
    // As the frames of a picture: text, and never HTML.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly HashSet<Item> _shown = [];
    private long _session;

    public ReadOnlyMemory<byte> Write(ConferencePlanned conference)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("conference", conference.Title);
            json.WriteString("timeZone", conference.TimeZone);
            json.WriteStartArray("steps");
            foreach (var step in replay.Play().Where(Shows))
            {
                Write(json, step);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Whether those it is for see anything change.</summary>
    private bool Shows(ReplayStep step) =>
        replay.Now.Changed > _session || step.Changed.Any(item => May(item) || _shown.Contains(item)) || step.Supported.Any(_shown.Contains);

    private bool May(Item item) => desk ? replay.IsForModerators(item) : replay.IsForEverybody(item);

    private void Write(Utf8JsonWriter json, ReplayStep step)
    {
        json.WriteStartObject();
        json.WriteNumber("seq", step.Seq);
        json.WriteString("at", step.At.UtcDateTime);
        json.WriteNumber("people", step.People);
        if (replay.Now.Changed > _session)
        {
            json.WritePropertyName("session");
            ItemJson.Write(json, replay.Now, moderator: false);
            _session = replay.Now.Changed;
        }

        json.WriteStartArray("items");
        foreach (var item in step.Changed)
        {
            Write(json, item);
        }

        json.WriteEndArray();
        WriteSupport(json, step);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, Item item)
    {
        if (May(item))
        {
            // Who was anonymous to the others is so here, as in the report.
            ItemJson.Write(json, item, Eyes.Everyone);
            _shown.Add(item);
        }
        else if (_shown.Remove(item))
        {
            ItemJson.WriteGone(json, item);
        }
    }

    /// <summary>Most of what happens is support: a pair of numbers for each item, not the item again.</summary>
    private void WriteSupport(Utf8JsonWriter json, ReplayStep step)
    {
        json.WriteStartArray("support");
        foreach (var item in step.Supported.Where(_shown.Contains))
        {
            json.WriteStartArray();
            json.WriteNumberValue(item.Number);
            json.WriteNumberValue(item.Support);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
