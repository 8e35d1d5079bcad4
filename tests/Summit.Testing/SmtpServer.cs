using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Summit.Testing;

/// <summary>A letter as a mail server took it.</summary>
/// <param name="User">Who had logged in; null for nobody.</param>
public sealed record TakenLetter(string From, string To, string Text, bool Encrypted, string? User);

/// <summary>A mail server (RFC 5321) with STARTTLS and login, which fails as it is told to. Each start is on the same port.</summary>
/// <param name="login">Who may send, with the password; null to ask for no login, and to offer no TLS.</param>
public sealed class SmtpServer((string User, string Password)? login = null) : IAsyncDisposable
{
    private readonly ConcurrentBag<Task> _guests = [];
    private readonly X509Certificate2? _certificate = login is null ? null : Certify();
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

    /// <summary>How many have connected.</summary>
    public int Guests => _guests.Count;

    /// <summary>The certificate as PEM, for those who are to trust it.</summary>
    public string Certificate => _certificate!.ExportCertificatePem();

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

        _certificate?.Dispose();
        _stop.Dispose();
    }

    private static X509Certificate2 Certify()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
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
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The other side hung up, or did not trust the certificate; or this one was told to stop.
        }
        finally
        {
            await talk.DisposeAsync();
        }
    }

    /// <summary>One connection.</summary>
    private sealed class Talk(SmtpServer server, Stream plain) : IAsyncDisposable
    {
        private Stream _stream = plain;
        private bool _encrypted;
        private string? _user;
        private string _from = "";
        private string _to = "";

        private (string User, string Password)? Login => server.Login;

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

        public ValueTask DisposeAsync() => _stream.DisposeAsync();

        /// <summary>False to hang up.</summary>
        private async Task<bool> AnswerAsync(string line, CancellationToken stop)
        {
            if (server.Trouble(line) is { } trouble)
            {
                return trouble.Length > 0 && await SayAsync(trouble, stop);
            }

            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    return await SayAsync(
                        Login is null ? "250 localhost" : _encrypted ? "250-localhost\r\n250 AUTH LOGIN" : "250-localhost\r\n250 STARTTLS", stop);
                case "STARTTLS" when Login is not null:
                    await SayAsync("220 go on", stop);
                    await EncryptAsync(stop);
                    return true;
                case "AUTH" when _encrypted:
                    return await LogInAsync(line, stop);
                case "MAIL" when Login is not null && _user is null:
                    return await SayAsync("530 5.7.0 Authentication required", stop);
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

        private async Task EncryptAsync(CancellationToken stop)
        {
            var secured = new SslStream(_stream);
            _stream = secured;
            // On some systems a key that was just made cannot be used until it has been through a file.
            using var certificate = X509CertificateLoader.LoadPkcs12(server._certificate!.Export(X509ContentType.Pkcs12), null);
            await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
            _encrypted = true;
        }

        private async Task<bool> LogInAsync(string line, CancellationToken stop)
        {
            var parts = line.Split(' ');
            var user = parts.Length > 2 ? parts[2] : await AskAsync("VXNlcm5hbWU6", stop);
            var password = await AskAsync("UGFzc3dvcmQ6", stop);
            var good = (Decoded(user), Decoded(password)) == Login;
            _user = good ? Login?.User : null;
            return await SayAsync(good ? "235 ok" : "535 5.7.8 Authentication failed", stop);
        }

        private async Task<string> AskAsync(string question, CancellationToken stop)
        {
            await SayAsync($"334 {question}", stop);
            return await ReadLineAsync(stop) ?? "";
        }

        private static string Decoded(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));

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

                server.Letters.Enqueue(new TakenLetter(_from, _to, text.ToString(), _encrypted, _user));
                return await SayAsync("250 taken", stop);
            }

            return false;
        }

        private async Task<bool> SayAsync(string line, CancellationToken stop)
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), stop);
            return true;
        }

        private async Task<string?> ReadLineAsync(CancellationToken stop)
        {
            var line = new List<byte>();
            var one = new byte[1];
            while (await _stream.ReadAsync(one, stop) == 1)
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

    private (string User, string Password)? Login => login;
}
