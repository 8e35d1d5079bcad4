using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Summit.Server.Live;

/// <summary>SignalR's JSON protocol, with a short way for frames: their bytes go into the message as they are, without a serializer in between.</summary>
internal sealed class FrameProtocol(JsonHubProtocol json) : IHubProtocol
{
    private const byte EndOfMessage = 0x1E;

    /// <summary>Clients number their invocations; what is longer or stranger than a number takes the long way, which escapes it.</summary>
    private const int LongestNumber = 20;

    public string Name => json.Name;

    public int Version => json.Version;

    public TransferFormat TransferFormat => json.TransferFormat;

    public bool IsVersionSupported(int version) => json.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out HubMessage? message) =>
        json.TryParseMessage(ref input, binder, out message);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => HubProtocolExtensions.GetMessageBytes(this, message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output)
    {
        if (message is StreamItemMessage { Item: Frame frame, Headers: null, InvocationId: { Length: <= LongestNumber } id } && !id.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            output.Write("{\"type\":2,\"invocationId\":\""u8);
            Encoding.ASCII.GetBytes(id, output);
            output.Write("\",\"item\":"u8);
            output.Write(frame.Json.Span);
            output.Write([(byte)'}', EndOfMessage]);
            return;
        }

        json.WriteMessage(message, output);
    }
}
