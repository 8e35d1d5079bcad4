using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using Summit.Contracts;
using Summit.Server.Live;
using Summit.Testing;

namespace Summit.Server.Tests.Live;

public sealed class WritingToASocket : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Pipe _transport = new();
    private readonly HeldSocket _socket = new();
    private readonly DirectOutput _output;
    private int _aborted;

    public WritingToASocket() => _output = new DirectOutput(_transport.Writer, _socket, () => _aborted++, _time);

    [Fact]
    public async Task Makes_one_message_of_what_was_written_in_pieces_of_any_size()
    {
        string[] pieces = ["{", new('a', 3_000), new('b', 50_000), "}"];
        foreach (var piece in pieces)
        {
            _output.Write(Encoding.UTF8.GetBytes(piece));
        }

        Assert.False((await _output.FlushAsync(CancellationToken.None)).IsCompleted);
        _output.Write("next"u8);
        await _output.FlushAsync(CancellationToken.None);
        Assert.Equal([string.Concat(pieces), "next"], _socket.Sent);
    }

    [Fact]
    public async Task Waits_for_the_socket_and_goes_on_when_it_has_taken_the_message()
    {
        _socket.Hold = new TaskCompletionSource();
        _output.Write("first"u8);
        var flushing = _output.FlushAsync(CancellationToken.None);
        Assert.False(flushing.IsCompleted);
        _socket.Hold.SetResult();
        Assert.False((await flushing).IsCompleted);
        _output.Write("second"u8);
        await _output.FlushAsync(CancellationToken.None);
        Assert.Equal(["first", "second"], _socket.Sent);
        Assert.Equal(0, _aborted);
    }

    [Fact]
    public async Task Ends_the_connection_of_a_reader_that_takes_nothing_for_too_long()
    {
        _socket.Hold = new TaskCompletionSource();
        _output.Write("never read"u8);
        var flushing = _output.FlushAsync(CancellationToken.None).AsTask();
        _time.Advance(DirectOutput.Patience - TimeSpan.FromSeconds(1));
        Assert.Equal(0, _aborted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await flushing.WaitAsync(Wait.Limit, CancellationToken.None)).IsCompleted);
        Assert.Equal(1, _aborted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Says_that_it_is_over_when_the_connection_is_lost(bool whileWaiting)
    {
        _socket.Hold = new TaskCompletionSource();
        var lost = new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        if (!whileWaiting)
        {
            _socket.Hold.SetException(lost);
        }

        _output.Write("too late"u8);
        var flushing = _output.FlushAsync(CancellationToken.None);
        if (whileWaiting)
        {
            _socket.Hold.SetException(lost);
        }

        Assert.True((await flushing).IsCompleted);
    }

    [Fact]
    public async Task Tells_the_transport_of_the_end()
    {
        await _output.CompleteAsync();
        Assert.True((await _transport.Reader.ReadAsync(CancellationToken.None)).IsCompleted);
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>A socket that takes a message when it is told to.</summary>
    private sealed class HeldSocket : WebSocket
    {
        public List<string> Sent { get; } = [];

        public TaskCompletionSource? Hold { get; set; }

        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => WebSocketState.Open;

        public override string? SubProtocol => null;

        public override async Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
        {
            Assert.Equal((WebSocketMessageType.Text, true), (messageType, endOfMessage));
            await (Hold?.Task ?? Task.CompletedTask);
            Sent.Add(Encoding.UTF8.GetString(buffer));
        }

        public override void Abort() => throw new NotSupportedException();

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override void Dispose()
        {
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
