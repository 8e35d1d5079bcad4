using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Summit.Testing;

/// <summary>A mail server (RFC 5321) that fails as it is told to, which no real one does. Each start is on the same port.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly ConcurrentBag<Task> _guests = [];
    private CancellationTokenSource _stop = new();
    private TcpListener? _listener;
    private Task _listening = Task.CompletedTask;

    public int Port { get; } = Programs.FreePort();

    /// <summary>In the order of their arrival.</summary>
    public ConcurrentQueue<TakenLetter> Letters { get; } = new();

    /// <summary>
    /// What to answer to a line in place of the usual; null for the usual, empty to hang up. The end of a letter is the line <c>.</c>
    /// </summary>
    public Func<string, string?> Trouble { get; set; } = static _ => null;

    public void Start()
    {
        _stop = new CancellationTokenSource();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _listening = ListenAsync(_listener, _stop.Token);
    }

    /// <summary>Down: nobody is answered until the next start.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        _listener?.Stop();
        await _listening;
        await Task.WhenAll(_guests);
        _stop.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await StopAsync();
        }

        _stop.Dispose();
    }

    private async Task ListenAsync(TcpListener listener, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var guest = await listener.AcceptTcpClientAsync(stop);
                _guests.Add(ServeAsync(guest, stop));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException && stop.IsCancellationRequested)
        {
            // Down.
        }
    }

    private async Task ServeAsync(TcpClient guest, CancellationToken stop)
    {
        using var connection = guest;
        var talk = new Talk(this, connection.GetStream());
        try
        {
            await talk.RunAsync(stop);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The other side hung up, or this one was told to stop.
        }
        finally
        {
            await talk.DisposeAsync();
        }
    }

    /// <summary>One connection.</summary>
    private sealed class Talk(SmtpServer server, Stream stream) : IAsyncDisposable
    {
        private string _from = "";
        private string _to = "";

        public async Task RunAsync(CancellationToken stop)
        {
            await SayAsync("220 localhost", stop);
            while (await ReadLineAsync(stop) is { } line)
            {
                if (!await AnswerAsync(line, stop))
                {
                    return;
                }
            }
        }

        public ValueTask DisposeAsync() => stream.DisposeAsync();

        /// <summary>False to hang up.</summary>
        private async Task<bool> AnswerAsync(string line, CancellationToken stop)
        {
            if (server.Trouble(line) is { } trouble)
            {
                return trouble.Length > 0 && await SayAsync(trouble, stop);
            }

            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "MAIL":
                    (_from, _to) = (line, "");
                    return await SayAsync("250 ok", stop);
                case "RCPT":
                    _to = line;
                    return await SayAsync("250 ok", stop);
                case "DATA":
                    return await SayAsync("354 go on", stop) && await TakeAsync(stop);
                case "QUIT":
                    await SayAsync("221 bye", stop);
                    return false;
                default:
                    return await SayAsync("250 ok", stop);
            }
        }

        private async Task<bool> TakeAsync(CancellationToken stop)
        {
            var text = new StringBuilder();
            while (await ReadLineAsync(stop) is { } line)
            {
                if (line != ".")
                {
                    text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
                    continue;
                }

                if (server.Trouble(".") is { } trouble)
                {
                    return trouble.Length > 0 && await SayAsync(trouble, stop);
                }

                server.Letters.Enqueue(new TakenLetter(_from, _to, text.ToString()));
                return await SayAsync("250 taken", stop);
            }

            return false;
        }

        private async Task<bool> SayAsync(string line, CancellationToken stop)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), stop);
            return true;
        }

        private async Task<string?> ReadLineAsync(CancellationToken stop)
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await stream.ReadAsync(one, stop) == 1)
            {
                if (one[0] == '\n')
                {
                    return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                }

                line.Add(one[0]);
            }

            return null;
        }
    }
}
