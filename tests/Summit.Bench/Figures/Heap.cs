using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Summit.Testing;

namespace Summit.Bench.Figures;

/// <summary>What a server's heap holds once everything is collected that nobody needs: the one figure for memory that shows a leak and nothing else.</summary>
/// <remarks>
/// The collection is asked for as dotnet-gcdump does: over the runtime's own diagnostic socket, by the start of an event session with the
/// keyword for it. https://github.com/dotnet/diagnostics/blob/main/documentation/design-docs/ipc-protocol.md
/// </remarks>
public static class Heap
{
    /// <summary>The keywords GC and GCHeapCollect of Microsoft-Windows-DotNETRuntime.</summary>
    private const long CollectKeywords = 0x80_0001;

    private const int HeaderLength = 20;

    /// <summary>Live megabytes after a full collection that this waits for.</summary>
    public static async Task<double> CollectAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(server, cancellationToken);
        using var session = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await session.ConnectAsync(new UnixDomainSocketEndPoint(DiagnosticSocket(server)), cancellationToken);
        await session.SendAsync(StartSession(), cancellationToken);
        var after = before;
        await Wait.UntilAsync("the server has collected its garbage", async () =>
        {
            after = await ReadAsync(server, cancellationToken);
            return after.Collections > before.Collections;
        });
        return after.Live / 1_048_576;
    }

    /// <summary>The newest of its number: a killed process leaves its socket behind, and the system gives its number to another.</summary>
    private static string DiagnosticSocket(ServerProcess server) => Directory
        .GetFiles(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{server.Id}-*-socket"))
        .MaxBy(File.GetLastWriteTimeUtc) ?? throw new FileNotFoundException("The server has no diagnostic socket.");

    /// <summary>CollectTracing with one provider. What it streams back nobody reads; the session ends with the socket.</summary>
    private static byte[] StartSession()
    {
        var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload, Encoding.Unicode);
        writer.Write(1); // Megabytes of buffer.
        writer.Write(1); // The format, which does not matter.
        writer.Write(1); // Providers.
        writer.Write(CollectKeywords);
        writer.Write(4); // Informational.
        WriteText(writer, "Microsoft-Windows-DotNETRuntime");
        WriteText(writer, "");
        var message = new byte[HeaderLength + payload.Length];
        "DOTNET_IPC_V1\0"u8.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        (message[16], message[17]) = (2, 2); // EventPipe, CollectTracing.
        payload.ToArray().CopyTo(message, HeaderLength);
        return message;
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write(text.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(text + '\0'));
    }

    private static async Task<(double Collections, double Live)> ReadAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        var metrics = (await server.MetricsAsync(cancellationToken)).Split('\n');
        double Sum(string name) => metrics.Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
        return (
            Sum("dotnet_gc_collections_total{gc_heap_generation=\"gen2\"}"),
            Sum("dotnet_gc_last_collection_heap_size_bytes{") - Sum("dotnet_gc_last_collection_heap_fragmentation_size_bytes{"));
    }
}
