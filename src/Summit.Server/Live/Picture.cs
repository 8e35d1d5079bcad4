using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Summit.Domain.Sessions;

namespace Summit.Server.Live;

/// <summary>Who a picture is for. All of one audience get the same bytes.</summary>
public enum Audience
{
    Participants,
    Moderators,
    Stage,
}

/// <summary>What one audience of a session is shown: frames made from the state, each made once and kept until the state moves on.</summary>
/// <remarks>Not thread-safe; its room calls it under the room's lock.</remarks>
internal sealed class Picture(Audience audience, Session session)
{
    // Content type, nosniff and text rendering keep this from ever being HTML, so Cyrillic and Greek need not be escaped to six times their size.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Dictionary<long, Frame?> _frames = [];
    private readonly ArrayBufferWriter<byte> _buffer = new(4_096);
    private byte[] _sessionJson = [];
    private long _sessionChanged;

    public Audience Audience => audience;

    /// <summary>The state has moved on: what was made before is out of date.</summary>
    public void Turn() => _frames.Clear();

    /// <summary>What changed after <paramref name="since"/>, or null when nothing did for this audience. From 0 it is the whole picture, never null.</summary>
    public Frame? Since(long since, long seq)
    {
        if (_frames.Count == 0)
        {
            LookAtSession(seq);
        }

        if (!_frames.TryGetValue(since, out var frame))
        {
            frame = audience == Audience.Stage ? Stage(since, seq) : Changes(since, seq);
            _frames.Add(since, frame);
        }

        return frame;
    }

    /// <summary>Makes JSON with the encoder all frames share.</summary>
    public ReadOnlyMemory<byte> Render(Action<Utf8JsonWriter> write)
    {
        _buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_buffer, Relaxed))
        {
            write(writer);
        }

        return _buffer.WrittenSpan.ToArray();
    }

    private void LookAtSession(long seq)
    {
        var json = Render(writer => ItemJson.Write(writer, session, audience == Audience.Moderators));
        if (!json.Span.SequenceEqual(_sessionJson))
        {
            _sessionJson = json.ToArray();
            _sessionChanged = seq;
        }
    }

    private Frame? Changes(long since, long seq)
    {
        var whole = since == 0;
        var changed = whole ? session.Items.Values : session.TouchedSince(since);
        var any = whole || _sessionChanged > since;
        var json = Render(writer =>
        {
            StartFrame(writer, since, seq, whole);
            writer.WriteStartArray("items");
            foreach (var item in changed)
            {
                any |= Write(writer, item, since);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        return any ? new Frame(json) : null;
    }

    private bool Write(Utf8JsonWriter writer, Item item, long since)
    {
        if (audience == Audience.Moderators)
        {
            ItemJson.Write(writer, item, Eyes.Moderator);
            return true;
        }

        if (item.Changed <= since)
        {
            return false;
        }

        if (item.IsVisible)
        {
            ItemJson.Write(writer, item, Eyes.Everyone);
            return true;
        }

        if (item.WasVisible && since > 0)
        {
            ItemJson.WriteGone(writer, item);
            return true;
        }

        return false;
    }

    /// <summary>The stage holds a handful of items, so each change shows it whole: what slid out of the next three needs no note.</summary>
    private Frame? Stage(long since, long seq)
    {
        // Whatever an item's change is, it reaches the stage only by way of these few; but one may have left them.
        if (since > 0 && _sessionChanged <= since && !session.TouchedSince(since).Any())
        {
            return null;
        }

        return new Frame(Render(writer =>
        {
            StartFrame(writer, 0, seq, whole: true);
            writer.WriteStartArray("items");
            var shown = session.Queue.Take(session.Policies.StageNext);
            foreach (var id in session.OnStage is { } staged ? shown.Prepend(staged) : shown)
            {
                if (session.Items[id] is { IsVisible: true } item)
                {
                    ItemJson.Write(writer, item, Eyes.Everyone);
                }
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }));
    }

    private void StartFrame(Utf8JsonWriter writer, long since, long seq, bool whole)
    {
        writer.WriteStartObject();
        writer.WriteNumber("seq", seq);
        if (whole)
        {
            writer.WriteBoolean("reset", true);
        }

        if (_sessionChanged > since)
        {
            writer.WritePropertyName("session");
            writer.WriteRawValue(_sessionJson, skipInputValidation: true);
        }
    }
}
