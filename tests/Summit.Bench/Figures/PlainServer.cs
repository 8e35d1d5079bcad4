using System.Diagnostics;
using Summit.Testing;

namespace Summit.Bench.Figures;

/// <summary>A server that Summit is measured beside, as a process of its own: it takes a change by POST /say and sends it to all.</summary>
public sealed class PlainServer : IAsyncDisposable
{
    /// <summary>What such a server prints first, with its address behind it.</summary>
    public const string Greeting = "The plain hub is at ";

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private PlainServer(Process process, DirectoryInfo folder, Uri address, Dialect dialect) =>
        (_process, _folder, Address, Dialect) = (process, folder, address, dialect);

    public Uri Address { get; }

    public Dialect Dialect { get; }

    public int Id => _process.Id;

    /// <summary>The plain SignalR hub, from this very program.</summary>
    public static Task<PlainServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("summit-bench-");
        return StartAsync(new ProcessStartInfo("dotnet", [typeof(PlainServer).Assembly.Location, "plain-hub", folder.FullName]), folder, Dialect.SignalR);
    }

    /// <summary>Socket.IO on Node, fetched for the occasion.</summary>
    /// <returns>Null, and why, where that cannot be had.</returns>
    public static async Task<(PlainServer? Server, string? Missing)> TryStartSocketIoAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("summit-bench-");
        try
        {
            var fetch = Process.Start(new ProcessStartInfo("npm", ["install", "--silent", "--no-fund", "--no-audit", "--prefix", folder.FullName, "socket.io@4"]))!;
            await fetch.WaitForExitAsync(cancellationToken);
            if (fetch.ExitCode == 0)
            {
                var script = Path.Combine(folder.FullName, "socket-io.mjs");
                File.Copy(Path.Combine(AppContext.BaseDirectory, "Figures", "socket-io.mjs"), script);
                return (await StartAsync(new ProcessStartInfo("node", [script]), folder, Dialect.SocketIo), null);
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no npm here at all.
        }

        folder.Delete(recursive: true);
        return (null, "npm could not fetch socket.io 4");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task<PlainServer> StartAsync(ProcessStartInfo start, DirectoryInfo folder, Dialect dialect)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Wait.Limit);
        return line?.StartsWith(Greeting, StringComparison.Ordinal) == true
            ? new PlainServer(process, folder, new Uri(line[Greeting.Length..]), dialect)
            : throw new InvalidOperationException($"The server beside did not start: {line}");
    }
}
