using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Summit.Testing;

/// <summary>Other programs of this machine: where they are, what they say, and a port for them.</summary>
public static class Programs
{
    /// <summary>Below those that Linux gives to outgoing connections: one of these could take a server's port while it is down.</summary>
    private static readonly (int First, int End) Ports = (12_000, 32_000);

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A loopback port that nobody uses now, and that is given to nobody else here.</summary>
    public static int FreePort()
    {
        while (true)
        {
#pragma warning disable CA5394 // A port is no secret.
            var port = Random.Shared.Next(Ports.First, Ports.End);
#pragma warning restore CA5394
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                if (Given.TryAdd(port, true))
                {
                    return port;
                }
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Another one, then.
            }
        }
    }

    /// <summary>The path of a program; Debian keeps PostgreSQL's server programs off the usual one.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string Find(string program, string package)
    {
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return versions
            .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"This needs {program}. Install it: apt-get install {package}");
    }

    /// <exception cref="InvalidOperationException">It failed; the message holds its words.</exception>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        var (code, words) = await TryRunAsync(program, arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {words}");
        }
    }

    public static async Task<(int Code, string Words)> TryRunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await complained);
    }
}
