using System.Diagnostics;
using Summit.Testing;

namespace Summit.Bench.Figures;

/// <summary>The plain hub's process.</summary>
public sealed class PlainServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private PlainServer(Process process, DirectoryInfo folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    public int Id => _process.Id;

    public static async Task<PlainServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("summit-bench-");
        var start = new ProcessStartInfo("dotnet", [typeof(PlainServer).Assembly.Location, "plain-hub", folder.FullName])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Wait.Limit);
        return line?.StartsWith(PlainHub.Greeting, StringComparison.Ordinal) == true
            ? new PlainServer(process, folder, new Uri(line[PlainHub.Greeting.Length..]))
            : throw new InvalidOperationException($"The plain hub did not start: {line}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
