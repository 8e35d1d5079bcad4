using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Summit.Testing;

/// <summary>A letter as a mail server took it.</summary>
/// <param name="User">Who had logged in; null for nobody.</param>
public sealed record TakenLetter(string From, string To, string Text, bool Encrypted = false, string? User = null);

/// <summary>Nodemailer's mail server as a process: it takes letters over TLS alone, from who logs in. Each start is on the same port.</summary>
public sealed class MailServerProcess : IAsyncDisposable
{
    public const string User = "summit";
    public const string Password = "a password of its own";

    private static readonly string Clients = typeof(MailServerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Clients").Value!;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("summit-mail-");
    private readonly ConcurrentQueue<TakenLetter> _letters = new();
    private Process? _process;

    public MailServerProcess() => Certify();

    public int Port { get; } = Programs.FreePort();

    /// <summary>A file with the certificate, for those who are to trust it.</summary>
    public string Certificate => Path.Combine(_folder.FullName, "certificate.pem");

    /// <summary>In the order of their arrival.</summary>
    public IReadOnlyList<TakenLetter> Letters => [.. _letters];

    /// <summary>Done when the next letter has been taken.</summary>
    public TaskCompletionSource Taken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a server of ours needs to send by it; the password comes from elsewhere.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Summit__Mail__Host"] = "localhost",
        ["Summit__Mail__Port"] = Port.ToString(CultureInfo.InvariantCulture),
        ["Summit__Mail__User"] = User,
        ["Summit__Mail__From"] = "summit@sofia.example",
        ["SSL_CERT_FILE"] = Certificate,
    };

    /// <summary>Returns when it takes connections.</summary>
    public async Task StartAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(
                "node", [Path.Combine(AppContext.BaseDirectory, "mail-server.mjs"), Clients, Port.ToString(CultureInfo.InvariantCulture), Key, Certificate])
            {
                RedirectStandardOutput = true,
                Environment = { ["MAIL_USER"] = User, ["MAIL_PASSWORD"] = Password },
            },
        };
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is "\"ready\"")
            {
                ready.TrySetResult();
            }
            else if (line.Data is { } letter)
            {
                _letters.Enqueue(JsonSerializer.Deserialize<TakenLetter>(letter, JsonSerializerOptions.Web)!);
                Taken.TrySetResult();
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        _process = process;
        await ready.Task.WaitAsync(Wait.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private string Key => Path.Combine(_folder.FullName, "key.pem");

    private void Certify()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
    }
}
