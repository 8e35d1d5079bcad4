using System.Text.Json;
using System.Text.Json.Serialization;

namespace Summit.Server.Live;

/// <summary>
/// One message to a follower, already JSON: <c>{"seq":n,"items":[...]}</c>. The bytes are made once and shared by all who
/// are to hear the same; a frame costs its follower a copy into the socket, not a serialization.
/// </summary>
[JsonConverter(typeof(FrameConverter))]
public sealed record Frame(ReadOnlyMemory<byte> Json);

/// <summary>Puts a frame's bytes into the message as they are.</summary>
internal sealed class FrameConverter : JsonConverter<Frame>
{
    public override Frame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Frames go out only.");

    public override void Write(Utf8JsonWriter writer, Frame value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}
