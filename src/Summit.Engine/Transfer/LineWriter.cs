using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Summit.Engine.Transfer;

/// <summary>Writes lines of JSON and sums up their bytes.</summary>
internal sealed class LineWriter(Stream to) : IDisposable
{
    private const int Chunk = 64 * 1024;

    /// <summary>Of the first format and of all that follow: what cuts a line short is found by any reader.</summary>
    public static readonly HashAlgorithmName Algorithm = HashAlgorithmName.SHA256;

    private readonly IncrementalHash _sum = IncrementalHash.CreateHash(Algorithm);
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * Chunk);
    private readonly Utf8JsonWriter _json = new(Stream.Null, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <param name="write">Writes the members of the line's object.</param>
    public async ValueTask WriteAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        _json.Reset(_buffer);
        _json.WriteStartObject();
        write(_json);
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= Chunk)
        {
            await SendAsync(cancellationToken);
        }
    }

    /// <summary>The last line: the sum of all before it.</summary>
    public async Task EndAsync(long records, CancellationToken cancellationToken)
    {
        await SendAsync(cancellationToken);
        var sum = Convert.ToHexStringLower(_sum.GetCurrentHash());
        await WriteAsync(
            json =>
            {
                json.WriteNumber("end", records);
                json.WriteString("sha256", sum);
            },
            cancellationToken);
        await SendAsync(cancellationToken);
        await to.FlushAsync(cancellationToken);
    }

    public void Dispose()
    {
        _json.Dispose();
        _sum.Dispose();
    }

    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        _sum.AppendData(_buffer.WrittenSpan);
        await to.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }
}
